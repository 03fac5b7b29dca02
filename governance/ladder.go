package governance

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// RungKind is where a rung of the ladder is.
type RungKind string

// The kinds of rung. The last two are outside the tree: their step is taken
// outside the program, with papers without names, and entered here.
const (
	ForumRung         RungKind = "forum" // one above in the tree
	LocalBoardRung    RungKind = "local-board"
	NationalBoardRung RungKind = "national-board"
)

// RungKinds lists them from the lowest up.
var RungKinds = []RungKind{ForumRung, LocalBoardRung, NationalBoardRung}

// LadderState is how far a ladder has come.
type LadderState string

// The states of a ladder.
const (
	WritingLadder  LadderState = "writing"  // each level writes its position
	ClimbingLadder LadderState = "climbing" // a rung has it
	BackLadder     LadderState = "back"     // an answer came: it settles the matter, or the next rung is asked
	SettledLadder  LadderState = "settled"
)

// Ladder is what follows a disagreement when somebody asks for it: both levels'
// written positions, sent up until there is an answer. It never opens by itself.
// The matter guards it with all that is in it.
type Ladder struct {
	ID          LadderID
	MatterID    forum.MatterID
	MotionID    MotionID // that failed, 0 for none
	State       LadderState
	Reason      string
	Deadline    forum.Date // for the positions
	OpenedBy    forum.PersonID
	OpenedLevel forum.Level
	OpenedAt    time.Time
	ClosedAt    time.Time // zero while it is climbed
	RemindedAt  time.Time // zero until a level was reminded of its position
}

// LadderPosition is what one level says. The other level reads it once it is submitted, and
// never writes it.
type LadderPosition struct {
	ID          PositionID
	LadderID    LadderID
	Level       forum.Level
	Text        string
	WrittenBy   forum.PersonID
	WrittenAt   time.Time
	SubmittedAt time.Time // zero while it is the level's own
}

// LadderRung is one step up, with what came back.
type LadderRung struct {
	ID           RungID
	LadderID     LadderID
	Number       int // from 1
	Kind         RungKind
	EscalationID EscalationID // of a forum's
	Papers       string       // what was sent to a board, without names
	SentBy       forum.PersonID
	SentAt       time.Time
	Deadline     forum.Date
	Answer       string
	AnsweredBy   forum.PersonID
	AnsweredAt   time.Time
}

// LadderKeeper keeps ladders and their rungs.
type LadderKeeper interface {
	Ladder(ctx context.Context, id LadderID) (*Ladder, error)
	// LaddersOf lists a matter's, the oldest first.
	LaddersOf(ctx context.Context, matter forum.MatterID) ([]Ladder, error)
	// LaddersDue lists those that wait for positions up to a date, and of which nobody was reminded.
	LaddersDue(ctx context.Context, until forum.Date) ([]Ladder, error)
	// SaveLadder keeps one; Conflict when the matter has another open one.
	SaveLadder(ctx context.Context, ladder *Ladder) error
	// LadderRungs lists a ladder's by number.
	LadderRungs(ctx context.Context, ladder LadderID) ([]LadderRung, error)
	SaveLadderRung(ctx context.Context, rung *LadderRung) error
}

// PositionKeeper keeps positions.
type PositionKeeper interface {
	// LadderPositions lists a ladder's, by level.
	LadderPositions(ctx context.Context, ladder LadderID) ([]LadderPosition, error)
	// SaveLadderPosition keeps one; Conflict when the level has another.
	SaveLadderPosition(ctx context.Context, position *LadderPosition) error
}

// positionOf is a level's position among several, nil for none.
func positionOf(positions []LadderPosition, level forum.Level) *LadderPosition {
	for i := range positions {
		if positions[i].Level == level {
			return &positions[i]
		}
	}
	return nil
}

// Missing are the equal levels that have not submitted a position.
func Missing(positions []LadderPosition) (levels []forum.Level) {
	for _, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		if p := positionOf(positions, level); p == nil || p.SubmittedAt.IsZero() {
			levels = append(levels, level)
		}
	}
	return levels
}

// climbable refuses to send up before both positions are there, or the deadline
// for them is over, and while another rung has it.
func (l *Ladder) climbable(positions []LadderPosition, today forum.Date) error {
	switch {
	case l.State == SettledLadder, l.State == ClimbingLadder:
		return forum.Refuse(forum.Conflict, "error.ladder.state."+string(l.State))
	case l.State == WritingLadder && len(Missing(positions)) > 0 && today <= l.Deadline:
		return forum.Refuse(forum.Conflict, "error.ladder.positions")
	}
	return nil
}

// next tells whether a kind of rung follows those that were taken: forums before
// boards, the local before the national, and no board twice.
func next(rungs []LadderRung, kind RungKind) error {
	order := map[RungKind]int{ForumRung: 1, LocalBoardRung: 2, NationalBoardRung: 3}
	if order[kind] == 0 {
		return forum.Refuse(forum.Invalid, "error.ladder.kind").On("kind")
	}
	for _, r := range rungs {
		if order[r.Kind] > order[kind] || r.Kind == kind && kind != ForumRung {
			return forum.Refuse(forum.Invalid, "error.ladder.order").On("kind")
		}
	}
	return nil
}
