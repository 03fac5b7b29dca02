package governance

import (
	"context"
	"errors"
	"slices"

	"github.com/samraad/samraad/forum"
)

// LadderOpening is what a ladder is opened with.
type LadderOpening struct {
	MotionID MotionID // that failed, 0 for none
	Reason   string
	Deadline forum.Date // for both positions
}

// OpenLadder begins the ladder of a matter on which the levels disagree, and asks
// each level for its written position. It may be asked for by any member of
// either level.
func OpenLadder(ctx context.Context, tx Tx, by forum.Actor, matter forum.MatterID, o LadderOpening) (*Ladder, error) {
	m, err := tx.Matter(ctx, matter)
	if err != nil {
		return nil, err
	}
	standing, err := onLevel(ctx, tx, by, forum.OpenLadder, m.ForumID)
	if err != nil {
		return nil, err
	}
	if m.State != forum.Proposed && m.State != forum.Placed {
		return nil, forum.Refuse(forum.Conflict, "error.matter.state."+string(m.State))
	}
	earlier, err := tx.LaddersOf(ctx, matter)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(earlier, func(l Ladder) bool { return l.State != SettledLadder }) {
		return nil, forum.Refuse(forum.Conflict, "error.conflict.ladder")
	}
	l := &Ladder{MatterID: matter, MotionID: o.MotionID, State: WritingLadder, OpenedBy: by.Person, OpenedLevel: standing.Level, OpenedAt: tx.Now()}
	var unsaid, late error
	l.Reason, unsaid = said(o.Reason, "reason")
	l.Deadline, late = due(o.Deadline, forum.DateOf(tx.Now()))
	if o.Deadline == "" {
		late = forum.Refuse(forum.Invalid, "error.text_missing").On("deadline")
	}
	if err := errors.Join(unsaid, late, failedMotion(ctx, tx, o.MotionID, matter)); err != nil {
		return nil, err
	}
	if err := tx.SaveLadder(ctx, l); err != nil {
		return nil, err
	}
	if err := forum.RecordMatter(ctx, tx, by, standing, m, "ladder_opened", nil); err != nil {
		return nil, err
	}
	return l, tellLadder(ctx, tx, by, m, l, forum.WritePosition, "", LadderOpenedMessage, "")
}

// onLevel is a standing that gives a right, of one of the equal levels.
func onLevel(ctx context.Context, tx Tx, by forum.Actor, right forum.Right, in forum.ForumID) (forum.Standing, error) {
	standings, err := by.StandingsOf(ctx, tx, right, in)
	if err != nil {
		return forum.Standing{}, err
	}
	for _, s := range standings {
		if s.Level.Other() != "" {
			return s, nil
		}
	}
	if _, err := by.May(ctx, tx, right, in); err != nil {
		return forum.Standing{}, err
	}
	return forum.Standing{}, forum.Refuse(forum.Forbidden, "error.forbidden.other_level")
}

// climbingOf gives a ladder as it is once its matter is locked, and its positions.
func climbingOf(ctx context.Context, tx Tx, id LadderID) (*Ladder, *forum.Matter, []LadderPosition, error) {
	found, err := tx.Ladder(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	m, err := tx.Matter(ctx, found.MatterID)
	if err != nil {
		return nil, nil, nil, err
	}
	l, err := tx.Ladder(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	positions, err := tx.LadderPositions(ctx, id)
	return l, m, positions, err
}

// SetPosition keeps what the actor's own level says, and submits it when it is
// said to be: from then on the other level reads it, and it stays as it is.
func SetPosition(ctx context.Context, tx Tx, by forum.Actor, id LadderID, level forum.Level, text string, submit bool) (*LadderPosition, error) {
	l, m, positions, err := climbingOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.MayFor(ctx, tx, forum.WritePosition, m.ForumID, level)
	if err != nil {
		return nil, err
	}
	if level.Other() == "" {
		return nil, forum.Refuse(forum.Forbidden, "error.forbidden.other_level")
	}
	if l.State != WritingLadder {
		return nil, forum.Refuse(forum.Conflict, "error.ladder.state."+string(l.State))
	}
	p := positionOf(positions, level)
	if p == nil {
		p = &LadderPosition{LadderID: id, Level: level}
	}
	if !p.SubmittedAt.IsZero() {
		return nil, forum.Refuse(forum.Conflict, "error.ladder.submitted")
	}
	if text, err = said(text, "position"); err != nil {
		return nil, err
	}
	p.Text, p.WrittenBy, p.WrittenAt = text, by.Person, tx.Now()
	if submit {
		p.SubmittedAt = tx.Now()
	}
	if err := tx.SaveLadderPosition(ctx, p); err != nil {
		return nil, err
	}
	if !submit {
		return p, tx.Record(ctx, forum.Event{ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: standing.Level, Deed: "position_written", Object: LadderObject(id)})
	}
	if err := forum.RecordMatter(ctx, tx, by, standing, m, "position_submitted", nil); err != nil {
		return nil, err
	}
	return p, tellLadder(ctx, tx, by, m, l, forum.ClimbLadder, "", PositionSubmittedMessage, level)
}

// Climbing is the next step up.
type Climbing struct {
	Kind     RungKind
	To       forum.ForumID // of a forum above
	Question string        // to a forum; both positions go along below it
	Papers   string        // to a board, without names
	Deadline forum.Date    // "" for none
	// Labels head the positions that go to a forum, in its language.
	Labels map[forum.Level]string
}

// Climb sends both positions side by side to the next rung: to a forum above, as
// an escalation of the matter, or to a board outside the tree, which gets papers
// without names by another way, and of which this is the record.
func Climb(ctx context.Context, tx Tx, by forum.Actor, id LadderID, c Climbing) (*LadderRung, error) {
	l, m, positions, err := climbingOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.ClimbLadder, m.ForumID)
	if err != nil {
		return nil, err
	}
	rungs, err := tx.LadderRungs(ctx, id)
	if err == nil {
		err = l.climbable(positions, forum.DateOf(tx.Now()))
	}
	if err == nil {
		err = next(rungs, c.Kind)
	}
	if err != nil {
		return nil, err
	}
	r := &LadderRung{LadderID: id, Number: len(rungs) + 1, Kind: c.Kind, SentBy: by.Person, SentAt: tx.Now()}
	if c.Kind == ForumRung {
		err = r.toForum(ctx, tx, by, l, m, c, positions)
	} else {
		err = r.toBoard(c, tx)
	}
	if err != nil {
		return nil, err
	}
	if err := tx.SaveLadderRung(ctx, r); err != nil {
		return nil, err
	}
	l.State = ClimbingLadder
	if err := tx.SaveLadder(ctx, l); err != nil {
		return nil, err
	}
	return r, forum.RecordMatter(ctx, tx, by, standing, m, "ladder_climbed_"+string(c.Kind), nil)
}

// toForum sends the matter up with both positions.
func (r *LadderRung) toForum(ctx context.Context, tx Tx, by forum.Actor, l *Ladder, m *forum.Matter, c Climbing, positions []LadderPosition) error {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	if way, err := DirectionOf(forums, m.ForumID, c.To); err != nil || way != Up {
		return forum.Refuse(forum.Invalid, "error.ladder.above").On("forum")
	}
	question, err := said(c.Question, "question")
	if err != nil {
		return err
	}
	for _, p := range positions {
		if !p.SubmittedAt.IsZero() {
			question += "\n\n" + c.Labels[p.Level] + ":\n" + p.Text
		}
	}
	e, err := escalate(ctx, tx, by, m.ID, Sending{To: c.To, Reason: l.Reason, Question: question, Deadline: c.Deadline}, longestAnswer*3)
	if err != nil {
		return err
	}
	r.EscalationID, r.Deadline = e.ID, e.Deadline
	return nil
}

// toBoard notes what was sent to a board.
func (r *LadderRung) toBoard(c Climbing, tx Tx) error {
	var unsaid, late error
	r.Papers, unsaid = said(c.Papers, "papers")
	r.Deadline, late = due(c.Deadline, forum.DateOf(tx.Now()))
	return errors.Join(unsaid, late)
}
