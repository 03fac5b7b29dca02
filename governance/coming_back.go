package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// EnterBoardAnswer enters what a board outside the tree answered.
func EnterBoardAnswer(ctx context.Context, tx Tx, by forum.Actor, id LadderID, answer string) (*LadderRung, error) {
	l, m, _, err := climbingOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.ClimbLadder, m.ForumID)
	if err != nil {
		return nil, err
	}
	rungs, err := tx.LadderRungs(ctx, id)
	if err != nil {
		return nil, err
	}
	if l.State != ClimbingLadder || rungs[len(rungs)-1].Kind == ForumRung {
		return nil, forum.Refuse(forum.Conflict, "error.ladder.no_board")
	}
	if answer, err = said(answer, "answer"); err != nil {
		return nil, err
	}
	r := &rungs[len(rungs)-1]
	if err := r.come(ctx, tx, l, answer, by.Person); err != nil {
		return nil, err
	}
	if err := forum.RecordMatter(ctx, tx, by, standing, m, "ladder_answered", nil); err != nil {
		return nil, err
	}
	return r, tellLadder(ctx, tx, by, m, l, forum.ClimbLadder, "", LadderAnsweredMessage, "")
}

// come keeps what came back from a rung.
func (r *LadderRung) come(ctx context.Context, tx Tx, l *Ladder, answer string, by forum.PersonID) error {
	r.Answer, r.AnsweredBy, r.AnsweredAt = answer, by, tx.Now()
	if err := tx.SaveLadderRung(ctx, r); err != nil {
		return err
	}
	l.State = BackLadder
	return tx.SaveLadder(ctx, l)
}

// climbedBack brings the answer to an escalation back to the ladder that sent it, if one did.
func climbedBack(ctx context.Context, tx Tx, e *Escalation) error {
	ladders, err := tx.LaddersOf(ctx, e.FromMatter)
	if err != nil {
		return err
	}
	for _, l := range ladders {
		if l.State != ClimbingLadder {
			continue
		}
		rungs, err := tx.LadderRungs(ctx, l.ID)
		if err != nil {
			return err
		}
		if last := &rungs[len(rungs)-1]; last.EscalationID == e.ID {
			return last.come(ctx, tx, &l, e.Answer, e.AnsweredBy)
		}
	}
	return nil
}

// SettleLadder ends a ladder: what came back settles the matter, or the levels
// have agreed meanwhile.
func SettleLadder(ctx context.Context, tx Tx, by forum.Actor, id LadderID) (*Ladder, error) {
	l, m, _, err := climbingOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, forum.ClimbLadder, m.ForumID)
	if err != nil {
		return nil, err
	}
	if l.State != BackLadder && l.State != WritingLadder {
		return nil, forum.Refuse(forum.Conflict, "error.ladder.state."+string(l.State))
	}
	l.State, l.ClosedAt = SettledLadder, tx.Now()
	if err := tx.SaveLadder(ctx, l); err != nil {
		return nil, err
	}
	return l, forum.RecordMatter(ctx, tx, by, standing, m, "ladder_settled", nil)
}
