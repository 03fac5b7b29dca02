package governance

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

// Direction is where in the tree a matter goes.
type Direction string

// The directions, as seen from the forum that sends.
const (
	Up       Direction = "up"
	Down     Direction = "down"
	Sideways Direction = "sideways"
)

// EscalationState is how far an escalation has come.
type EscalationState string

// The states of an escalation.
const (
	OpenEscalation      EscalationState = "open"      // the other forum has it
	AnsweredEscalation  EscalationState = "answered"  // what was decided came back
	ReturnedEscalation  EscalationState = "returned"  // undecided, with a reason
	WithdrawnEscalation EscalationState = "withdrawn" // by the forum that sent it
)

// Escalation is a matter that one forum sends to another of the same area. It
// takes nothing away: the matter stays with the forum that sent it, and the other
// gets one of its own with the same papers. The answer comes back to the first.
// Both matters guard it.
type Escalation struct {
	ID            EscalationID
	FromForum     forum.ForumID
	FromMatter    forum.MatterID
	ToForum       forum.ForumID
	ToMatter      forum.MatterID
	Direction     Direction
	Reason        string     // why it is sent
	Question      string     // what the other forum is asked
	Deadline      forum.Date // by which an answer is wished for, "" for none
	State         EscalationState
	AskedBy       forum.PersonID
	AskedLevel    forum.Level
	AskedAt       time.Time
	Answer        string     // what was decided, or why it is returned or withdrawn
	DecisionID    DecisionID // that the answer rests on, 0 for none
	AnsweredBy    forum.PersonID
	AnsweredLevel forum.Level
	AnsweredAt    time.Time
	RemindedAt    time.Time // zero until the other forum was reminded
}

// EscalationKeeper keeps escalations. Saving a second open one of a matter is a Conflict.
type EscalationKeeper interface {
	Escalation(ctx context.Context, id EscalationID) (*Escalation, error)
	// EscalationsOf lists those that a matter was sent by and came by, the oldest first.
	EscalationsOf(ctx context.Context, matter forum.MatterID) ([]Escalation, error)
	// EscalationsDue lists the open ones of every forum with a deadline up to a date that nobody was reminded of.
	EscalationsDue(ctx context.Context, until forum.Date) ([]Escalation, error)
	SaveEscalation(ctx context.Context, escalation *Escalation) error
}

const longestAnswer = 20_000

// said is a text that people wrote, fit to be kept in a field of a form.
func said(text, field string) (string, error) { return saidWithin(text, field, longestAnswer) }

func saidWithin(text, field string, most int) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", forum.Refuse(forum.Invalid, "error.text_missing").On(field)
	case len([]rune(text)) > most:
		return "", forum.Refuse(forum.Invalid, "error.too_long", "Most", most).On(field)
	case forum.HasIdentityNumber(text):
		return "", forum.Refuse(forum.Invalid, "error.identity_number").On(field)
	}
	return text, nil
}

// due is a deadline that may be left out, and is not over.
func due(deadline, today forum.Date) (forum.Date, error) {
	if deadline == "" {
		return "", nil
	}
	parsed, err := forum.ParseDate(string(deadline))
	if err != nil {
		return "", forum.Refuse(forum.Invalid, "error.date", "Given", string(deadline)).On("deadline")
	}
	if parsed < today {
		return "", forum.Refuse(forum.Invalid, "error.deadline_over").On("deadline")
	}
	return parsed, nil
}

// DirectionOf tells where a forum lies as seen from another of the same area.
func DirectionOf(forums []forum.Forum, from, to forum.ForumID) (Direction, error) {
	at := func(id forum.ForumID) *forum.Forum {
		if i := slices.IndexFunc(forums, func(f forum.Forum) bool { return f.ID == id }); i >= 0 {
			return &forums[i]
		}
		return nil
	}
	above := func(lower, upper forum.ForumID) bool {
		for f := at(lower); f != nil && f.Parent != 0; f = at(f.Parent) {
			if f.Parent == upper {
				return true
			}
		}
		return false
	}
	here, there := at(from), at(to)
	switch {
	case here == nil || there == nil || from == to || here.AreaID != there.AreaID:
		return "", forum.Refuse(forum.Invalid, "error.escalation.forum").On("forum")
	case above(from, to):
		return Up, nil
	case above(to, from):
		return Down, nil
	}
	return Sideways, nil
}

// close ends an open escalation with what is said of it.
func (e *Escalation) close(state EscalationState, text string, by forum.PersonID, as forum.Standing, now time.Time) error {
	if e.State != OpenEscalation {
		return forum.Refuse(forum.Conflict, "error.escalation.state."+string(e.State))
	}
	e.State, e.Answer, e.AnsweredBy, e.AnsweredLevel, e.AnsweredAt = state, text, by, as.Level, now
	return nil
}
