package forum

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// WaitingSort is what kind of thing waits for somebody.
type WaitingSort string

// The sorts, those first that come first of what has the same deadline.
const (
	ErrandWaits       WaitingSort = "errand"       // could not be sent
	NoticeWaits       WaitingSort = "notice"       // to be confirmed
	AnswerWaits       WaitingSort = "answer"       // to an invitation
	KeyWaits          WaitingSort = "key"          // to be turned
	StandInWaits      WaitingSort = "stand-in"     // to be named by a key-holder who is going away
	AgreeWaits        WaitingSort = "agree"        // to a removal that the other level asked for
	DecideWaits       WaitingSort = "decide"       // of a contested removal
	UncoveredWaits    WaitingSort = "uncovered"    // somebody stays away and nobody is left to stand in
	GuestWaits        WaitingSort = "guest"        // stays away
	ContributionWaits WaitingSort = "contribution" // of the own level to a joint draft, or its "no remark"
	DraftWaits        WaitingSort = "draft"        // of a meeting, to be called
	PapersWait        WaitingSort = "papers"       // to be put before the keys
	SupplementWait    WaitingSort = "supplement"   // the agenda has changed since it went out
	MatterWaits       WaitingSort = "matter"       // in the inbox
	MailWaits         WaitingSort = "mail"         // held
	FailureWaits      WaitingSort = "failure"      // a mail that could not be delivered
)

// WaitingSorts lists them in that order.
var WaitingSorts = []WaitingSort{
	ErrandWaits, NoticeWaits, AnswerWaits, KeyWaits, StandInWaits, AgreeWaits, DecideWaits, UncoveredWaits, GuestWaits,
	ContributionWaits, DraftWaits, PapersWait, SupplementWait, MatterWaits, MailWaits, FailureWaits,
}

// Waiting is one thing that waits for a person, with what its row needs to be
// done in place. What its sort does not speak of is zero.
type Waiting struct {
	Sort       WaitingSort
	Forum      Forum
	By         time.Time // the last instant at which it is done in time, zero for none
	Since      time.Time // of a contribution: from when on it could be given
	Level      Level     // whose contribution it is
	Meeting    Meeting   // of a matter the one that it can reach next, with ID 0 for none
	Matter     Matter
	Errand     Errand
	Edition    Edition
	Items      []EditionItem // of which a key-holder has said nothing
	Removal    Removal
	Mail       Incoming
	Message    Message
	Guest      Guest
	Person     Person // who asked, who stays away, who seems to have written
	ForOld     bool   // an answer was given to an earlier time or place
	Absence    Absence
	Candidates []Person // who can stand in
	StandIn    bool     // the reader was called up, or turns another's key
}

// AwaitingKeeper reads across forums what waits for one person.
type AwaitingKeeper interface {
	// InvitationsOf lists a person's that hold, to called meetings that end after an instant.
	InvitationsOf(ctx context.Context, person PersonID, after time.Time) ([]Invitation, error)
	// AnswersOf lists what a person has answered to those meetings, in the order in which it came.
	AnswersOf(ctx context.Context, person PersonID, after time.Time) ([]Answer, error)
	// NoticesTo lists the notices to a person of those meetings that the person has not confirmed.
	NoticesTo(ctx context.Context, person PersonID, after time.Time) ([]Edition, error)
}

// AwaitingForums reads across forums what waits for those who run them.
type AwaitingForums interface {
	// MattersIn lists the matters of forums in a state.
	MattersIn(ctx context.Context, forums []ForumID, state MatterState) ([]Matter, error)
	// RemovalsIn lists the open removals of matters in forums.
	RemovalsIn(ctx context.Context, forums []ForumID) ([]Removal, error)
	// HeldIn lists the mails that forums hold, the newest first.
	HeldIn(ctx context.Context, forums []ForumID, most int) ([]Incoming, error)
	// Uncovered lists the invitations to meetings of those who stay away and whom nobody stands in for.
	Uncovered(ctx context.Context, meetings []MeetingID) ([]Invitation, error)
	// GuestsAway lists the guests of meetings who have said no to the time that they were told last.
	GuestsAway(ctx context.Context, meetings []MeetingID) ([]Guest, error)
	// EditionsOf lists the editions of meetings by meeting and number.
	EditionsOf(ctx context.Context, meetings []MeetingID) ([]Edition, error)
}

// byUrgency puts first what is to be done first: what went wrong, then by
// deadline, then what has none.
func byUrgency(a, b Waiting) int {
	return cmp.Or(
		cmp.Compare(a.rank(), b.rank()), a.By.Compare(b.By),
		cmp.Compare(slices.Index(WaitingSorts, a.Sort), slices.Index(WaitingSorts, b.Sort)),
	)
}

func (w Waiting) rank() int {
	switch {
	case w.Sort == ErrandWaits || w.Sort == NoticeWaits:
		return 0
	case w.By.IsZero():
		return 2
	}
	return 1
}

// Awaiting is what waits for a person across forums.
type Awaiting struct {
	Now  time.Time
	List []Waiting
	More map[ForumID]int // matters of an inbox that the list leaves out
}

// ReadAwaiting lists what waits for the reader across forums, the most urgent first.
func ReadAwaiting(ctx context.Context, tx Tx, by Actor) (*Awaiting, error) {
	if err := by.mustBeSomeone(); err != nil {
		return nil, err
	}
	a, err := aheadOf(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	page := &Awaiting{Now: tx.Now(), More: map[ForumID]int{}}
	for _, find := range []func(context.Context, *ahead) ([]Waiting, error){
		failedErrands, noticesWaiting, answersWaiting, keysWaiting, standInsWaiting, removalsWaiting, absentWaiting, guestsWaiting, draftsWaiting, meetingsWaiting,
		page.mattersWaiting, mailWaiting, failuresWaiting,
	} {
		found, err := find(ctx, a)
		if err != nil {
			return nil, err
		}
		page.List = append(page.List, found...)
	}
	resting, err := tx.RestingErrands(ctx)
	if err != nil {
		return nil, err
	}
	page.List = slices.DeleteFunc(page.List, func(w Waiting) bool {
		return slices.ContainsFunc(resting, func(e Errand) bool { return e.Key == w.key() })
	})
	slices.SortStableFunc(page.List, byUrgency)
	return page, nil
}

// key is that of an errand which does what waits, so that nothing waits that is
// on its way already; "" where none does.
func (w Waiting) key() string {
	switch w.Sort {
	case KeyWaits:
		return fmt.Sprintf("edition/%d", w.Edition.ID)
	case AgreeWaits, DecideWaits, MatterWaits:
		return ErrandScope{Subject: MatterObject(w.Matter.ID)}.on()
	case GuestWaits:
		return fmt.Sprintf("guest/%d", w.Guest.ID)
	case DraftWaits, PapersWait, SupplementWait:
		return ErrandScope{Subject: MeetingObject(w.Meeting.ID)}.on()
	case MailWaits:
		return ErrandScope{Subject: MailObject(w.Mail.ID)}.on()
	case FailureWaits:
		return ErrandScope{Subject: Object{"message", int64(w.Message.ID)}}.on()
	}
	return ""
}
