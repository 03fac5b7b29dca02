package governance

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// DutySort is what governance asks of somebody.
type DutySort string

// The sorts, those first that come first of what has the same deadline.
const (
	VoteDuty         DutySort = "vote"
	MinutesKeyDuty   DutySort = "minutes-key"      // to be turned
	ApproveDuty      DutySort = "minutes-answer"   // of minutes, or a remark on them
	ImpartialityDuty DutySort = "impartiality"     // what the body decided of it, to be noted
	PositionDuty     DutySort = "position"         // of the own level on a ladder
	ClimbDuty        DutySort = "climb"            // both positions, or an answer, are there: the next step is to be taken
	EscalationDuty   DutySort = "escalation"       // another forum's, to be taken up and answered
	RatificationDuty DutySort = "ratification"     // by the own organisation
	FollowUpDuty     DutySort = "follow-up"        // owed
	OfferDuty        DutySort = "offer"            // of a follow-up, by another organisation
	WriteMinutesDuty DutySort = "minutes-write"    // or begin them
	AskKeysDuty      DutySort = "minutes-ask-keys" // all have answered, or remarks are to be looked at
)

// DutySorts lists them in that order.
var DutySorts = []DutySort{
	VoteDuty, MinutesKeyDuty, ApproveDuty, ImpartialityDuty, PositionDuty, ClimbDuty, EscalationDuty, RatificationDuty, FollowUpDuty, OfferDuty, WriteMinutesDuty,
	AskKeysDuty,
}

// Duty is one thing that governance asks of a person, with what its row needs to
// be done in place. What its sort does not speak of is zero.
type Duty struct {
	Sort         DutySort
	Forum        forum.Forum
	Matter       forum.Matter // as the reader may see it, without its text
	By           time.Time    // the last instant at which it is done in time, zero for none
	Vote         OwedVote
	Minutes      MinutesWaiting
	Ladder       Ladder
	Level        forum.Level // whose position it is
	Begun        bool        // somebody of the level has begun to write it
	Escalation   Escalation  // without its words where they are exempt from the reader
	From         forum.Forum // that sent it
	Ratification Ratification
	Party        forum.Organisation // as it is today
	Impartiality Impartiality
	Person       forum.Person // whose impartiality is questioned
	FollowUp     OwedRow
}

// Duties is all that governance asks of a person across forums.
type Duties struct {
	Now  time.Time
	List []Duty // the most urgent first
}

// DutyKeeper reads across forums what is open in them.
type DutyKeeper interface {
	// LaddersOpen lists those of forums' matters that are not settled.
	LaddersOpen(ctx context.Context, forums []forum.ForumID) ([]Ladder, error)
	// EscalationsTo lists the open ones that forums were sent.
	EscalationsTo(ctx context.Context, forums []forum.ForumID) ([]Escalation, error)
	// LedgersAsked lists those of forums in which a party is asked still.
	LedgersAsked(ctx context.Context, forums []forum.ForumID) ([]Ledger, error)
	// ImpartialitiesOpen lists the questions in forums that nobody has decided.
	ImpartialitiesOpen(ctx context.Context, forums []forum.ForumID) ([]Impartiality, error)
}

// byUrgency puts first what is asked at once, then by deadline, then what has none.
func byUrgency(a, b Duty) int {
	return cmp.Or(
		cmp.Compare(a.rank(), b.rank()), a.By.Compare(b.By), cmp.Compare(slices.Index(DutySorts, a.Sort), slices.Index(DutySorts, b.Sort)),
	)
}

func (d Duty) rank() int {
	switch {
	case d.Sort == VoteDuty && d.By.IsZero():
		return 0 // the meeting waits for it
	case d.By.IsZero():
		return 2
	}
	return 1
}

// held is what an errand that does the duty holds while it rests, so that nothing
// waits that is on its way already; of no kind where none does.
func (d Duty) held() forum.Object {
	switch d.Sort {
	case PositionDuty, ClimbDuty, EscalationDuty, RatificationDuty:
		return forum.MatterObject(d.Matter.ID)
	case MinutesKeyDuty, AskKeysDuty:
		return forum.Object{Kind: "minutes", ID: int64(d.Minutes.Minutes.ID)}
	}
	return forum.Object{}
}
