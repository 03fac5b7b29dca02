package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// SendLadder opens a ladder.
type SendLadder struct {
	Matter  forum.MatterID
	Opening LadderOpening
}

// SendPosition submits a level's position.
type SendPosition struct {
	Ladder LadderID
	Level  forum.Level
	Text   string
}

// SendClimb sends both positions to the next rung.
type SendClimb struct {
	Ladder   LadderID
	Climbing Climbing
}

// SendBoardAnswer enters what a board answered.
type SendBoardAnswer struct {
	Ladder LadderID
	Answer string
}

// ErrandKind names it.
func (SendLadder) ErrandKind() forum.ErrandKind { return "ladder" }

// ErrandKind names it.
func (SendPosition) ErrandKind() forum.ErrandKind { return "position" }

// ErrandKind names it.
func (SendClimb) ErrandKind() forum.ErrandKind { return "climb" }

// ErrandKind names it.
func (SendBoardAnswer) ErrandKind() forum.ErrandKind { return "board_answer" }

func ofLadder(ctx context.Context, tx forum.Tx, id LadderID) (forum.ErrandScope, error) {
	_, m, _, err := climbingOf(ctx, In(tx), id)
	if err != nil {
		return forum.ErrandScope{}, err
	}
	return ofMatter(ctx, tx, m.ID)
}

// Scope is the matter.
func (s SendLadder) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	return ofMatter(ctx, tx, s.Matter)
}

// Scope is the matter.
func (s SendPosition) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	return ofLadder(ctx, tx, s.Ladder)
}

// Scope is the matter.
func (s SendClimb) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	return ofLadder(ctx, tx, s.Ladder)
}

// Scope is the matter.
func (s SendBoardAnswer) Scope(ctx context.Context, tx forum.Tx) (forum.ErrandScope, error) {
	return ofLadder(ctx, tx, s.Ladder)
}

// CarryOut opens it.
func (s SendLadder) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := OpenLadder(ctx, In(tx), by, s.Matter, s.Opening)
	return forum.Outcome{Done: "ladder_opened"}, err
}

// CarryOut submits it.
func (s SendPosition) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := SetPosition(ctx, In(tx), by, s.Ladder, s.Level, s.Text, true)
	return forum.Outcome{Done: "position_submitted"}, err
}

// CarryOut sends them.
func (s SendClimb) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := Climb(ctx, In(tx), by, s.Ladder, s.Climbing)
	return forum.Outcome{Done: "ladder_climbed"}, err
}

// CarryOut enters it.
func (s SendBoardAnswer) CarryOut(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.Almanac) (forum.Outcome, error) {
	_, err := EnterBoardAnswer(ctx, In(tx), by, s.Ladder, s.Answer)
	return forum.Outcome{Done: "board_answered"}, err
}
