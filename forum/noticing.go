package forum

import (
	"context"
	"time"
)

// SendNotice tells all others who are invited of a change at once, and asks each
// to confirm. It is for the day of the meeting and the one before it; what can wait
// goes out with the agenda.
func SendNotice(ctx context.Context, tx Tx, by Actor, id MeetingID, text string) (*Edition, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, MoveIt, m.ForumID)
	if err != nil {
		return nil, err
	}
	if !m.Movable() || m.State == DraftMeeting {
		return nil, m.conflict()
	}
	if !m.TakesNotice(tx.Now()) {
		return nil, Refuse(Conflict, "error.edition.notice_early")
	}
	if text, err = written(text); err != nil {
		return nil, err
	}
	editions, err := tx.Editions(ctx, id)
	if err != nil {
		return nil, err
	}
	e := &Edition{MeetingID: id, ForumID: m.ForumID, Number: len(editions) + 1, Sort: NoticeEdition, Text: text}
	if err := issue(ctx, tx, by, standing, m, e, "notice_sent"); err != nil {
		return nil, err
	}
	return e, tellNotice(ctx, tx, m, e)
}

// TakesNotice tells whether a notice may go out: from the day before the meeting
// until it ends.
func (m *Meeting) TakesNotice(now time.Time) bool {
	return m.Movable() && m.State != DraftMeeting && DateOf(now) >= DateOf(m.Start).Before(1) && now.Before(m.End)
}

// tellNotice sends a notice to all who are invited, besides who tells it.
func tellNotice(ctx context.Context, tx Tx, m *Meeting, e *Edition) error {
	s, err := readSending(ctx, tx, e, m, &Print{})
	if err != nil {
		return err
	}
	for _, person := range s.receivers() {
		if person == e.AskedBy {
			continue // who tells it knows
		}
		to, copy := s.people[person], newDelivery(e, person, tx.Now())
		facts := NoticeFacts{Meeting: m.ID, Forum: s.forum.Name, Address: s.forum.Address, Slot: m.Slot, Person: to.Name, Text: e.Text, Confirm: copy.Link}
		message := &Message{PersonID: person, To: to.Address, Language: to.Language, Kind: NoticeMessage, Facts: MarshalFacts(facts)}
		if err := dispatch(ctx, tx, s.forum, message); err != nil {
			return err
		}
		copy.MessageID = message.ID
		if err := tx.SaveDelivery(ctx, copy); err != nil {
			return err
		}
	}
	return nil
}

// NoticeFacts is what a notice says.
type NoticeFacts struct {
	Meeting MeetingID
	Forum   string
	Address string
	Slot
	Person  string
	Text    string
	Confirm string // Link of the receiver's delivery
}

// newNotice is the edition that goes with moving or cancelling a meeting at
// short notice: the mails are those that calendars need anyway.
func newNotice(ctx context.Context, tx Tx, by Actor, m *Meeting) (*Edition, error) {
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	e := &Edition{
		MeetingID: m.ID, ForumID: m.ForumID, Number: len(editions) + 1, Sort: NoticeEdition, State: OutEdition,
		AskedBy: by.Person, AskedAt: tx.Now(), OutAt: tx.Now(),
	}
	return e, tx.SaveEdition(ctx, e)
}
