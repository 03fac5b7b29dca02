package governance

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// Decision (vedtak) is what a forum decided in a matter, as its approved minutes
// say. It never changes: a later one supersedes it, or a correction of the
// minutes withdraws it.
type Decision struct {
	ID        DecisionID
	ForumID   forum.ForumID
	Number    string // the forum's NN/YY of the year of the meeting, or of the procedure's end
	MinutesID MinutesID
	Place     int // among the decisions of the minutes, from 1
	MeetingID forum.MeetingID
	MatterID  forum.MatterID
	MotionID  MotionID
	Text      string
	Basis     string             // legal, "" for none
	Actions   []Action           // as the minutes say; what became of them is in the follow-ups
	Rule      forum.DecisionRule // by which the forum decides on the day
	MadeAt    time.Time          // when the minutes were approved
	// SupersededBy is the decision that holds in its place, 0 for none.
	SupersededBy DecisionID
	WithdrawnAt  time.Time // when corrected minutes left it out, zero while it stands
}

// Holds tells whether the decision is in force: neither superseded nor withdrawn.
func (d *Decision) Holds() bool { return d.SupersededBy == 0 && d.WithdrawnAt.IsZero() }

// For is the decision as somebody may see it who reads the forum's decisions: what
// was decided in a matter that is exempt is kept from who may not read that.
func (d Decision) For(r forum.Reader, matter *forum.Matter) Decision {
	if matter.Withheld(r) {
		d.Text, d.Actions = "", nil
	}
	return d
}

// DecisionKeeper keeps decisions.
type DecisionKeeper interface {
	Decision(ctx context.Context, id DecisionID) (*Decision, error)
	// DecisionsOf lists those that minutes made, in their order.
	DecisionsOf(ctx context.Context, minutes MinutesID) ([]Decision, error)
	// DecisionsAt lists those of a meeting, the oldest first.
	DecisionsAt(ctx context.Context, meeting forum.MeetingID) ([]Decision, error)
	// DecisionsOn lists those in a matter, the oldest first.
	DecisionsOn(ctx context.Context, matter forum.MatterID) ([]Decision, error)
	// DecisionsIn lists those of forums, the newest first.
	DecisionsIn(ctx context.Context, forums []forum.ForumID) ([]Decision, error)
	// DecisionsBefore lists those that a decision supersedes, the oldest first.
	DecisionsBefore(ctx context.Context, id DecisionID) ([]Decision, error)
	// SaveDecision keeps one; Conflict when the forum has another of that number, or the minutes another in that place.
	SaveDecision(ctx context.Context, decision *Decision) error
}
