package governance

import (
	"context"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

// FollowUpState is how far what an organisation owes has come. Being late is none
// of them: it is told from the date.
type FollowUpState string

// The states of a follow-up.
const (
	OpenFollowUp    FollowUpState = "open"
	BlockedFollowUp FollowUpState = "blocked"     // something outside of the organisation is in the way
	HandedOver      FollowUpState = "handed-over" // offered to another organisation, whose secretary has not answered
	DoneFollowUp    FollowUpState = "done"
	LapsedFollowUp  FollowUpState = "lapsed" // its decision holds no more
)

// FollowUp is what one organisation has to do by one decision, and who in it sees to
// that.
type FollowUp struct {
	ID             FollowUpID
	DecisionID     DecisionID
	ForumID        forum.ForumID // of the decision
	OrganisationID forum.OrganisationID
	OwnerID        forum.PersonID // 0 where the organisation has nobody in the forum
	Text           string         // what is to be done, "" for what the decision says
	Due            forum.Date     // the last day on which it is done in time
	State          FollowUpState
	Reason         string // of a block or an offer
	Since          time.Time
	// OfferedTo is the organisation that a handed-over one waits for, and OfferedOwnerID who would see to it there.
	OfferedTo      forum.OrganisationID
	OfferedOwnerID forum.PersonID
}

// Owed tells whether something is still to be done.
func (f *FollowUp) Owed() bool { return f.State != DoneFollowUp && f.State != LapsedFollowUp }

// Late tells whether it is owed and its day has passed.
func (f *FollowUp) Late(today forum.Date) bool { return f.Owed() && f.Due < today }

// For is the follow-up as somebody may see it who reads the forum's decisions.
func (f FollowUp) For(r forum.Reader, matter *forum.Matter) FollowUp {
	if matter.Withheld(r) {
		f.Text, f.Reason = "", ""
	}
	return f
}

// FollowUpKeeper keeps follow-ups. The decision guards them: an act locks it first.
type FollowUpKeeper interface {
	FollowUp(ctx context.Context, id FollowUpID) (*FollowUp, error)
	// FollowUpsOf lists a decision's, in the order in which they were made.
	FollowUpsOf(ctx context.Context, decision DecisionID) ([]FollowUp, error)
	// FollowUpsIn lists those of forums by the day on which they are due.
	FollowUpsIn(ctx context.Context, forums []forum.ForumID) ([]FollowUp, error)
	// FollowUpsOwned lists what a person owes, by the day on which it is due.
	FollowUpsOwned(ctx context.Context, owner forum.PersonID) ([]FollowUp, error)
	// FollowUpsOwedBy lists what an organisation owes, by the day on which it is due.
	FollowUpsOwedBy(ctx context.Context, organisation forum.OrganisationID) ([]FollowUp, error)
	// FollowUpsDue lists what is owed and due on a day or before it, in every forum.
	FollowUpsDue(ctx context.Context, by forum.Date) ([]FollowUp, error)
	SaveFollowUp(ctx context.Context, followUp *FollowUp) error
}

// ProgressID identifies one word on a follow-up.
type ProgressID int64

// ProgressDeed is what was said or done.
type ProgressDeed string

// What can be done to a follow-up.
const (
	Noted         ProgressDeed = "note" // said, changing nothing
	Done          ProgressDeed = "done"
	Blocked       ProgressDeed = "blocked"
	Unblocked     ProgressDeed = "unblocked"
	Reassigned    ProgressDeed = "reassigned" // to another owner in the organisation
	Offered       ProgressDeed = "offered"    // to another organisation
	Taken         ProgressDeed = "taken"      // over by that one
	NotTaken      ProgressDeed = "not-taken"
	Reopened      ProgressDeed = "reopened"
	Rescheduled   ProgressDeed = "rescheduled"
	Inherited     ProgressDeed = "inherited" // by who got the seat, or by the merged organisation
	LapsedWithout ProgressDeed = "lapsed"    // its decision
)

// Progress is one word on a follow-up. Words are only ever added.
type Progress struct {
	ID         ProgressID
	FollowUpID FollowUpID
	Deed       ProgressDeed
	Text       string        // a note, a reason, or to whom it went
	Was        FollowUpState // before
	PersonID   forum.PersonID
	Source     forum.Source     // "" for the program
	MailID     forum.IncomingID // that it came in, 0 from the page
	At         time.Time
}

// ProgressKeeper keeps what was said of follow-ups, and what was sent of them. The
// decision guards them.
type ProgressKeeper interface {
	// Progress lists a follow-up's, in the order in which it came.
	Progress(ctx context.Context, followUp FollowUpID) ([]Progress, error)
	SaveProgress(ctx context.Context, progress *Progress) error
	// Nudges lists those of a follow-up.
	Nudges(ctx context.Context, followUp FollowUpID) ([]Nudge, error)
	// SaveNudge keeps one; Conflict when there is the same.
	SaveNudge(ctx context.Context, nudge *Nudge) error
}

// NudgeID identifies a nudge.
type NudgeID int64

// NudgeStep is how urgent a mail about a follow-up was.
type NudgeStep string

// The steps, in the order in which they come.
const (
	AheadStep     NudgeStep = "ahead"     // some days before it is due, to the owner
	DueStep       NudgeStep = "due"       // on the day, to the owner
	EscalatedStep NudgeStep = "escalated" // when it is late, to the organisation's leader
)

// Nudge is that somebody was told of a follow-up, once for each step and day on
// which it was due.
type Nudge struct {
	ID         NudgeID
	FollowUpID FollowUpID
	Step       NudgeStep
	Due        forum.Date
	PersonID   forum.PersonID
	SentAt     time.Time
}

const (
	longestAction   = 2000 // letters of what is to be done
	longestDecision = 20_000
	longestProgress = 4000
)

// Check refuses an action that cannot become a follow-up: without an organisation
// or a day, or too long.
func (a Action) Check() error {
	switch _, err := forum.ParseDate(string(a.Due)); {
	case a.OrganisationID == 0:
		return forum.Refuse(forum.Invalid, "error.follow_up.organisation").On("organisation")
	case err != nil:
		return err.(*forum.Error).On("due")
	case len([]rune(a.Text)) > longestAction:
		return forum.Refuse(forum.Invalid, "error.too_long", "Most", longestAction).On("text")
	case forum.HasIdentityNumber(a.Text):
		return forum.Refuse(forum.Invalid, "error.identity_number").On("text")
	}
	return nil
}

// Check refuses an enactment that cannot become a decision: without words, too
// long, or with one organisation in two actions.
func (e Enactment) Check() error {
	text := strings.TrimSpace(e.Text)
	switch {
	case text == "":
		return forum.Refuse(forum.Invalid, "error.decision.empty").On("text")
	case len([]rune(text)) > longestDecision:
		return forum.Refuse(forum.Invalid, "error.too_long", "Most", longestDecision).On("text")
	case forum.HasIdentityNumber(text):
		return forum.Refuse(forum.Invalid, "error.identity_number").On("text")
	}
	for i, a := range e.Actions {
		if err := a.Check(); err != nil {
			return err
		}
		for _, before := range e.Actions[:i] {
			if before.OrganisationID == a.OrganisationID {
				return forum.Refuse(forum.Invalid, "error.follow_up.twice").On("organisation")
			}
		}
	}
	return nil
}
