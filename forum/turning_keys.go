package forum

import (
	"context"
	"slices"
	"strings"
)

// KeySaying is what a key-holder says of items of an edition, given by the Keys
// of their lines; of none given, of all that the edition asks about. An
// objection names its items and has a reason.
type KeySaying struct {
	Items  []string
	Answer KeyAnswer
	Reason string
}

// GiveWords keeps what a key-holder, or the stand-in of one who is away, says of
// an edition, all at once. When both levels have approved all that it asks
// about, it goes out. The secretaries hear of objections.
func GiveWords(ctx context.Context, tx Tx, by Actor, id EditionID, sayings []KeySaying) (*Edition, error) {
	turn, err := beginTurning(ctx, tx, by, id, ByWeb, 0)
	if err != nil {
		return nil, err
	}
	return turn.edition, turn.give(ctx, tx, sayings)
}

// beginTurning checks that the actor has a key, and that the edition still waits
// for it.
func beginTurning(ctx context.Context, tx Tx, by Actor, id EditionID, source Source, mail IncomingID) (*turning, error) {
	e, m, newest, err := editionOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, standIn, err := KeyOf(ctx, tx, by, m.ForumID)
	if err != nil {
		return nil, err
	}
	if err := m.askable(tx.Now()); err != nil {
		return nil, err
	}
	if err := e.takes(newest, tx.Now()); err != nil {
		return nil, err
	}
	said, err := tx.KeyWords(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	ring := KeyringOf(said)
	if ring.holdsWordOf(by.Person, standing.Level.Other()) {
		return nil, Refuse(Forbidden, "error.forbidden.turn_keys") // one hand turns one key of an edition
	}
	return &turning{edition: e, meeting: m, ring: ring, by: by, as: standing, word: KeyWord{
		EditionID: e.ID, Level: standing.Level, PersonID: by.Person, StandIn: standIn, Source: source, MailID: mail, SaidAt: tx.Now(),
	}}, nil
}

// give keeps sayings, and does what follows from them together.
func (t *turning) give(ctx context.Context, tx Tx, sayings []KeySaying) error {
	for _, s := range sayings {
		if err := t.say(ctx, tx, s); err != nil {
			return err
		}
	}
	return t.settle(ctx, tx)
}

// editionOf gives an edition as it is once its meeting is locked. newest tells
// whether none that needs the keys came after it.
func editionOf(ctx context.Context, tx Tx, id EditionID) (e *Edition, m *Meeting, newest bool, err error) {
	found, err := tx.Edition(ctx, id)
	if err != nil {
		return nil, nil, false, err
	}
	if m, err = tx.Meeting(ctx, found.MeetingID); err != nil {
		return nil, nil, false, err
	}
	if e, err = tx.Edition(ctx, id); err != nil {
		return nil, nil, false, err
	}
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return nil, nil, false, err
	}
	last := newestKeyed(editions)
	return e, m, last != nil && last.ID == id, nil
}

// turning is one person's act on one edition.
type turning struct {
	edition  *Edition
	meeting  *Meeting
	ring     Keyring
	by       Actor
	as       Standing
	word     KeyWord // what all words of the act have in common
	objected []EditionItem
	lifted   []EditionItem // to which the level objects no more
	wasHeld  bool          // something that was held back can go out again
}

// say keeps one saying, as far as it says anything new.
func (t *turning) say(ctx context.Context, tx Tx, s KeySaying) error {
	items, err := t.items(s)
	if err != nil {
		return err
	}
	if s.Answer == Objects {
		if s.Reason, err = PublicReason(s.Reason); err != nil {
			return err
		}
	} else {
		s.Reason = ""
	}
	var names []string
	for _, item := range items {
		at := KeyPlace{item.Line.Key, t.as.Level}
		if held := t.ring[at]; held.Answer == s.Answer && held.Reason == s.Reason || held.Answer == "" && s.Answer == TakeBack {
			continue
		}
		w := t.word
		w.Item, w.Answer, w.Reason = item.Line.Key, s.Answer, s.Reason
		if err := tx.SaveKeyWord(ctx, &w); err != nil {
			return err
		}
		t.take(item, w)
		names = append(names, t.edition.Handle(item.Line.Key))
	}
	if names == nil {
		return nil
	}
	deed := map[KeyAnswer]string{Approve: "keys_approved", Objects: "keys_objected", TakeBack: "keys_taken_back"}[s.Answer]
	return recordKeys(ctx, tx, t.by, t.as, t.edition, deed, map[string]string{"Items": strings.Join(names, ", "), "Reason": s.Reason})
}

// take lets the keyring follow a word that was saved.
func (t *turning) take(item EditionItem, w KeyWord) {
	at := KeyPlace{w.Item, w.Level}
	if t.ring[at].Answer == Objects && w.Answer != Objects {
		t.lifted = append(t.lifted, item)
	}
	if w.Answer == TakeBack {
		delete(t.ring, at)
	} else {
		t.ring[at] = w
	}
	if w.Answer == Objects {
		t.objected = append(t.objected, item)
	}
	if kept := t.edition.Item(w.Item); t.edition.State == AskedEdition && kept.HeldBack && len(t.ring.Objections(w.Item)) == 0 {
		kept.HeldBack, t.wasHeld = false, true
	}
}

// items are what a saying is about.
func (t *turning) items(s KeySaying) ([]EditionItem, error) {
	if !slices.Contains(KeyAnswers, s.Answer) {
		return nil, Refuse(Invalid, "error.keys.choose").On("answer")
	}
	if len(s.Items) == 0 {
		if s.Answer == Objects {
			return nil, Refuse(Invalid, "error.keys.object_to_one").On("reason")
		}
		if t.edition.State == AskedEdition {
			return t.edition.Asked(), nil
		}
		return t.edition.answerable(), nil
	}
	var items []EditionItem
	for _, item := range t.edition.answerable() {
		if slices.Contains(s.Items, item.Line.Key) {
			items = append(items, item)
		}
	}
	if len(items) != len(s.Items) {
		return nil, Refuse(NotFound, "error.keys.no_item")
	}
	return items, nil
}

// PublicReason is a reason that goes out in mail, where nobody's identity number
// may stand.
func PublicReason(reason string) (string, error) {
	if HasIdentityNumber(reason) {
		return "", Refuse(Invalid, "error.identity_number").On("reason")
	}
	return Reasoned(reason)
}

// settle does what follows from the words.
func (t *turning) settle(ctx context.Context, tx Tx) error {
	if t.wasHeld {
		if err := tx.SaveEdition(ctx, t.edition); err != nil {
			return err
		}
	}
	if t.objected != nil {
		if err := tellObjection(ctx, tx, t.meeting, t.edition, t.objected, t.ring); err != nil {
			return err
		}
	}
	if t.lifted != nil {
		if err := tellLifted(ctx, tx, t.by, t.meeting, t.edition, t.lifted, t.ring); err != nil {
			return err
		}
	}
	if t.edition.State != AskedEdition || !t.ring.Opens(t.edition) {
		return nil
	}
	return goOut(ctx, tx, t.by, t.as, t.meeting, t.edition)
}

// OverrideTheKeys lets an edition go out in an emergency without what the keys
// still owe, objections or not. Why is recorded, and shown to all.
func OverrideTheKeys(ctx context.Context, tx Tx, by Actor, id EditionID, reason string) (*Edition, error) {
	e, m, _, err := editionOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, OverrideKeys, m.ForumID)
	if err != nil {
		return nil, err
	}
	if err := m.askable(tx.Now()); err != nil {
		return nil, err
	}
	if e.State != AskedEdition {
		return nil, Refuse(Conflict, "error.keys."+string(e.State))
	}
	if reason, err = PublicReason(reason); err != nil {
		return nil, err
	}
	e.Override, e.OverrideBy = reason, by.Person
	for i := range e.Items {
		e.Items[i].HeldBack = false
	}
	if err := recordKeys(ctx, tx, by, standing, e, "keys_overridden", map[string]string{"Reason": reason}); err != nil {
		return nil, err
	}
	return e, goOut(ctx, tx, by, standing, m, e)
}
