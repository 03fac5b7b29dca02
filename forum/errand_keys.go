package forum

import (
	"context"
	"fmt"
)

// SendAsk puts an agenda before the keys, or out where none are asked for.
type SendAsk struct {
	Meeting MeetingID
	Text    string
}

// SendApproval is a key-holder's yes or taking back. It goes out as an errand
// only where it lets the edition go out; until then silence and the other words
// count as if it had not been said.
type SendApproval struct {
	Edition EditionID
	Saying  KeySaying
}

// SendObjection is a key-holder's no. It counts at once, since it has to come
// before a deadline and before the other key turns; what it tells the secretaries
// rests, and undoing lets hold what was said before.
type SendObjection struct {
	Edition EditionID
	Saying  KeySaying
	Before  KeyAnswer // TakeBack where nothing was said
	Reason  string    // of Before
}

// SendOverride lets an edition out without the keys.
type SendOverride struct {
	Edition EditionID
	Reason  string
}

// SendCorrection replaces an edition that went out wrong.
type SendCorrection struct {
	Edition EditionID
	Text    string
}

// SendNews tells all who are invited of a change at once.
type SendNews struct {
	Meeting MeetingID
	Text    string
}

func (SendAsk) ErrandKind() ErrandKind        { return "ask" }
func (SendApproval) ErrandKind() ErrandKind   { return "approval" }
func (*SendObjection) ErrandKind() ErrandKind { return "objection" }
func (SendOverride) ErrandKind() ErrandKind   { return "override" }
func (SendCorrection) ErrandKind() ErrandKind { return "correction" }
func (SendNews) ErrandKind() ErrandKind       { return "news" }

// ofAgenda is an act that is about a meeting and its agenda as they were seen.
func ofAgenda(ctx context.Context, tx Tx, id MeetingID) (ErrandScope, error) {
	of, err := ofMeeting(ctx, tx, id)
	if err != nil {
		return of, err
	}
	order, err := RunningOrderOf(ctx, tx, of.Seen.(*Meeting))
	if err != nil {
		return of, err
	}
	of.Seen = []any{of.Seen, order.Lines}
	return of, nil
}

// ofEdition is an act that is about an edition, which says the same for ever.
func ofEdition(ctx context.Context, tx Tx, id EditionID) (ErrandScope, error) {
	e, err := tx.Edition(ctx, id)
	if err != nil {
		return ErrandScope{}, err
	}
	of, err := ofMeeting(ctx, tx, e.MeetingID)
	of.Seen, of.Key = nil, fmt.Sprintf("edition/%d", id)
	return of, err
}

func (s SendAsk) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofAgenda(ctx, tx, s.Meeting)
}
func (s SendApproval) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofEdition(ctx, tx, s.Edition)
}
func (s SendOverride) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofEdition(ctx, tx, s.Edition)
}

func (s SendNews) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	of, err := ofMeeting(ctx, tx, s.Meeting)
	of.Key = fmt.Sprintf("news/%d", s.Meeting)
	return of, err
}

func (s SendCorrection) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	e, err := tx.Edition(ctx, s.Edition)
	if err != nil {
		return ErrandScope{}, err
	}
	of, err := ofAgenda(ctx, tx, e.MeetingID)
	of.Key = fmt.Sprintf("edition/%d", s.Edition)
	return of, err
}

// Scope of an objection is its item, so that another level, or the same one on
// another item, is not kept from speaking.
func (s *SendObjection) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	of, err := ofEdition(ctx, tx, s.Edition)
	of.Key = objectionKey(s.Edition, s.Saying)
	return of, err
}

func objectionKey(id EditionID, s KeySaying) string {
	return fmt.Sprintf("objection/%d/%v", id, s.Items)
}

func (s SendAsk) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	e, err := AskForKeys(ctx, tx, by, s.Meeting, s.Text)
	return outOr("keys_asked", e, err), err
}

// carryOut has nothing left to do where the edition went out meanwhile.
func (s SendApproval) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	said := map[KeyAnswer]string{Approve: "key_turned", TakeBack: "key_taken_back"}[s.Saying.Answer]
	before, err := tx.Edition(ctx, s.Edition)
	if err != nil {
		return Outcome{}, err
	}
	waited := before.State == AskedEdition
	e, err := GiveWords(ctx, tx, by, s.Edition, []KeySaying{s.Saying})
	if err != nil {
		return Outcome{}, err
	}
	if s.Saying.Answer == TakeBack {
		err = s.silence(ctx, tx)
	}
	if waited {
		return outOr(said, e, err), err
	}
	return Outcome{Done: said}, err
}

// silence keeps the secretaries from hearing of an objection that was taken back
// before they did.
func (s SendApproval) silence(ctx context.Context, tx Tx) error {
	told, err := restingOn(ctx, tx, ErrandScope{Key: objectionKey(s.Edition, s.Saying)})
	if err != nil || told == nil {
		return err
	}
	return tx.DropErrand(ctx, told.ID)
}

func (s *SendObjection) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	own, err := ownWord(ctx, tx, by, s.Edition, s.Saying.Items)
	if err != nil {
		return Outcome{}, err
	}
	s.Before, s.Reason = own.Answer, own.Reason
	if own.Answer == "" {
		s.Before = TakeBack
	}
	_, err = GiveWords(ctx, tx, by, s.Edition, []KeySaying{s.Saying})
	return Outcome{Done: "key_objected"}, err
}

func (s *SendObjection) TakeBack(ctx context.Context, tx Tx, by Actor) error {
	_, err := GiveWords(ctx, tx, by, s.Edition, []KeySaying{{Items: s.Saying.Items, Answer: s.Before, Reason: s.Reason}})
	return err
}

// holds while an objection to the items stands.
func (s *SendObjection) Holds(ctx context.Context, tx Tx) (bool, error) {
	words, err := tx.KeyWords(ctx, s.Edition)
	if err != nil || len(s.Saying.Items) == 0 {
		return false, err
	}
	return len(KeyringOf(words).Objections(s.Saying.Items[0])) > 0, nil
}

// ownWord is what holds of the actor's level on the first of some items, empty
// for nothing.
func ownWord(ctx context.Context, tx Tx, by Actor, id EditionID, items []string) (KeyWord, error) {
	e, err := tx.Edition(ctx, id)
	if err != nil || len(items) == 0 {
		return KeyWord{}, err
	}
	standing, _, err := KeyOf(ctx, tx, by, e.ForumID)
	if err != nil {
		return KeyWord{}, err
	}
	words, err := tx.KeyWords(ctx, id)
	return KeyringOf(words)[KeyPlace{items[0], standing.Level}], err
}

func (s SendOverride) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := OverrideTheKeys(ctx, tx, by, s.Edition, s.Reason)
	return Outcome{Done: "agenda_out"}, err
}

func (s SendCorrection) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := CorrectEdition(ctx, tx, by, s.Edition, s.Text)
	return Outcome{Done: "edition_corrected"}, err
}

func (s SendNews) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := SendNotice(ctx, tx, by, s.Meeting, s.Text)
	return Outcome{Done: "notice_sent"}, err
}

// outOr says that the agenda went out where it did.
func outOr(otherwise string, e *Edition, err error) Outcome {
	if err == nil && e.State == OutEdition {
		return Outcome{Done: "agenda_out"}
	}
	return Outcome{Done: otherwise}
}
