package forum

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// longestAlong is what a secretary may write along with an agenda, in characters.
const longestAlong = 2000

// AskForKeys puts a called meeting's agenda, as it stands, before the
// key-holders: all of it the first time, what changed once an edition is out. An
// edition that still waits is withdrawn for it, and what was said of items that
// say the same holds of the new one. Key-holders who are left with something to
// say get a mail; those away have their stand-in get it.
func AskForKeys(ctx context.Context, tx Tx, by Actor, id MeetingID, text string) (*Edition, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, AskKeys, m.ForumID)
	if err != nil {
		return nil, err
	}
	if err := m.askable(tx.Now()); err != nil {
		return nil, err
	}
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestAlong {
		return nil, Refuse(Invalid, "error.too_long", "Most", longestAlong).On("text")
	}
	if HasIdentityNumber(text) {
		return nil, Refuse(Invalid, "error.identity_number").On("text")
	}
	editions, err := tx.Editions(ctx, id)
	if err != nil {
		return nil, err
	}
	e, err := newEdition(ctx, tx, m, editions)
	if err != nil {
		return nil, err
	}
	e.Text, e.AskedBy, e.AskedAt = text, by.Person, tx.Now()
	if err := askable(e, editions); err != nil {
		return nil, err
	}
	return e, ask(ctx, tx, by, standing, m, e, newestKeyed(editions))
}

// askable refuses a meeting to which no agenda can go out.
func (m *Meeting) askable(now time.Time) error {
	switch {
	case m.State == DraftMeeting:
		return Refuse(Conflict, "error.keys.draft")
	case !m.Movable():
		return m.conflict()
	case !now.Before(m.Start):
		return Refuse(Conflict, "error.keys.begun")
	}
	return nil
}

// newEdition freezes the agenda into the next edition of a meeting.
func newEdition(ctx context.Context, tx Tx, m *Meeting, editions []Edition) (*Edition, error) {
	mandate, err := MandateOn(ctx, tx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return nil, err
	}
	e := &Edition{
		MeetingID: m.ID, ForumID: m.ForumID, Number: 1, Sort: PackageEdition, State: AskedEdition, Deadline: keyDeadline(tx.Now(), mandate.KeyTime(), m),
	}
	if e.Revision, e.Items, err = freeze(ctx, tx, m); err != nil {
		return nil, err
	}
	if len(editions) > 0 {
		e.Number = editions[len(editions)-1].Number + 1
	}
	out := lastOut(editions)
	if out != nil {
		e.Sort = SupplementEdition
	}
	markChanged(e.Items, out)
	return e, nil
}

// askable refuses an edition that has nothing to ask about.
func askable(e *Edition, editions []Edition) error {
	open, out := waiting(editions), lastOut(editions)
	switch {
	case len(e.Asked()) == 0:
		return Refuse(Invalid, "error.keys.empty")
	case open != nil && sameAgenda(open.Items, e.Items) && open.Text == e.Text:
		return Refuse(Conflict, "error.keys.asked_already")
	case out != nil && sameAgenda(out.Outgoing(), e.Items):
		return Refuse(Conflict, "error.keys.nothing_new")
	}
	return nil
}

// ask saves an edition with what is carried over from the one before, nil for
// none, and tells the key-holders. What the carried words open goes out at once.
func ask(ctx context.Context, tx Tx, by Actor, as Standing, m *Meeting, e, before *Edition) error {
	var words []KeyWord
	if before != nil {
		said, err := tx.KeyWords(ctx, before.ID)
		if err != nil {
			return err
		}
		ring := KeyringOf(said)
		words = carried(ring, before, e)
		e.holdOver(ring, before)
		if len(e.Asked()) == 0 {
			return Refuse(Conflict, "error.keys.held_back")
		}
		if before.State == AskedEdition {
			if err := withdraw(ctx, tx, before); err != nil {
				return err
			}
		}
	}
	if err := tx.SaveEdition(ctx, e); err != nil {
		return err
	}
	for _, w := range words {
		w.EditionID = e.ID
		if err := tx.SaveKeyWord(ctx, &w); err != nil {
			return err
		}
	}
	err := recordKeys(ctx, tx, by, as, e, "keys_asked", map[string]string{"Deadline": e.Deadline.Format(time.RFC3339)})
	if err != nil {
		return err
	}
	ring := KeyringOf(words)
	if ring.Opens(e) {
		return goOut(ctx, tx, by, as, m, e)
	}
	return tellKeyHolders(ctx, tx, m, e, ring)
}

// withdraw ends an edition that waits for the keys.
func withdraw(ctx context.Context, tx Tx, e *Edition) error {
	e.State = WithdrawnEdition
	return tx.SaveEdition(ctx, e)
}

// carryEdition lets the edition that waits for the keys follow a meeting that
// was moved, with all that was said of it: the items come at other times but say
// the same. With a meeting that is off it is withdrawn.
func carryEdition(ctx context.Context, tx Tx, m *Meeting) error {
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return err
	}
	e := waiting(editions)
	if e == nil {
		return nil
	}
	if m.State == CancelledMeeting {
		return withdraw(ctx, tx, e)
	}
	setTimes(e.Items, m.Start)
	e.Deadline = earlier(e.Deadline, m.Start)
	return tx.SaveEdition(ctx, e)
}

func recordKeys(ctx context.Context, tx Tx, by Actor, as Standing, e *Edition, deed string, details map[string]string) error {
	if details == nil {
		details = map[string]string{}
	}
	details["Edition"] = fmt.Sprint(e.Number)
	return tx.Record(ctx, Event{
		ForumID: e.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: MeetingObject(e.MeetingID), Details: details,
	})
}
