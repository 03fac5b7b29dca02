package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Wording is a motion as somebody puts it.
type Wording struct {
	Text       string
	Amends     MotionID // 0 for a motion of its own
	Candidates []string // names; some make it an election
}

// PutMotion puts a motion, an amendment or an election in a matter.
func PutMotion(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID, w Wording) (*Motion, error) {
	matter, standingAs, err := mayMove(ctx, tx, by, id, PutMotions)
	if err != nil {
		return nil, err
	}
	m := Motion{
		ForumID: matter.ForumID, MatterID: id, Sort: Proposal, Amends: w.Amends,
		Proposer: by.Person, OrganisationID: standingAs.Organisation, Level: standingAs.Level, PutAt: tx.Now(),
	}
	if m.Text, err = motioned(w.Text); err != nil {
		return nil, err
	}
	if w.Candidates != nil {
		m.Sort = Vacancy
		if m.Candidates, err = nominated(w.Candidates); err != nil {
			return nil, err
		}
	}
	motions, err := tx.Motions(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(motions) >= mostMotions {
		return nil, forum.Refuse(forum.Conflict, "error.motion.too_many", "Most", mostMotions)
	}
	if m.Amends != 0 {
		at := slices.IndexFunc(motions, func(of Motion) bool { return of.ID == m.Amends })
		if at < 0 || !motions[at].Open() || motions[at].Sort != Proposal || m.Sort != Proposal {
			return nil, forum.Refuse(forum.Invalid, "error.motion.amends").On("amends")
		}
	}
	ordered := Put(motions, m)
	if err := saveOrder(ctx, tx, motions, ordered); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(ordered, func(of Motion) bool {
		return !slices.ContainsFunc(motions, func(was Motion) bool { return was.ID == of.ID })
	})
	return &ordered[at], recordMotion(ctx, tx, by, standingAs, &ordered[at], "motion_put")
}

// WithdrawMotion takes a motion back: its proposer, or who sets the order of
// voting. A ballot on it that is open ends without a result.
func WithdrawMotion(ctx context.Context, tx Tx, by forum.Actor, id MotionID) (*Motion, error) {
	m, standingAs, err := mayMoveMotion(ctx, tx, by, id, PutMotions)
	if err != nil {
		return nil, err
	}
	if m.Proposer != by.Person {
		if standingAs, err = by.May(ctx, tx, OrderMotions, m.ForumID); err != nil {
			return nil, err
		}
	}
	if !m.WithdrawnAt.IsZero() {
		return m, nil
	}
	if m.Outcome != "" && m.Outcome != NotQuorate {
		return nil, forum.Refuse(forum.Conflict, "error.motion.voted")
	}
	m.WithdrawnAt = tx.Now()
	if err := tx.SaveMotion(ctx, m); err != nil {
		return nil, err
	}
	if err := recordMotion(ctx, tx, by, standingAs, m, "motion_withdrawn"); err != nil {
		return nil, err
	}
	return m, stopBallots(ctx, tx, m.ID, StoppedWithdrawn)
}

// ReorderMotion moves a motion one place up or down in the order of voting.
func ReorderMotion(ctx context.Context, tx Tx, by forum.Actor, id MotionID, up bool) ([]Motion, error) {
	m, standingAs, err := mayMoveMotion(ctx, tx, by, id, OrderMotions)
	if err != nil {
		return nil, err
	}
	motions, err := tx.Motions(ctx, m.MatterID)
	if err != nil {
		return nil, err
	}
	moved, err := Shift(motions, id, up)
	if err != nil {
		return nil, err
	}
	if err := saveOrder(ctx, tx, motions, moved); err != nil {
		return nil, err
	}
	return moved, recordMotion(ctx, tx, by, standingAs, m, "motion_reordered")
}

// saveOrder saves those that are new or stand elsewhere now.
func saveOrder(ctx context.Context, tx Tx, before, after []Motion) error {
	for i := range after {
		at := slices.IndexFunc(before, func(m Motion) bool { return m.ID == after[i].ID })
		if at >= 0 && before[at].Position == after[i].Position {
			continue
		}
		if err := tx.SaveMotion(ctx, &after[i]); err != nil {
			return err
		}
	}
	return nil
}

// mayMove is a matter whose motions the actor may touch, locked.
func mayMove(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID, right forum.Right) (*forum.Matter, forum.Standing, error) {
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, forum.Standing{}, err
	}
	standingAs, err := by.May(ctx, tx, right, matter.ForumID)
	if err != nil {
		return nil, standingAs, err
	}
	if matter.State != forum.Proposed && matter.State != forum.Placed {
		return nil, standingAs, forum.Refuse(forum.Conflict, "error.matter.state."+string(matter.State))
	}
	return matter, standingAs, nil
}

func mayMoveMotion(ctx context.Context, tx Tx, by forum.Actor, id MotionID, right forum.Right) (*Motion, forum.Standing, error) {
	m, err := tx.Motion(ctx, id)
	if err != nil {
		return nil, forum.Standing{}, err
	}
	_, standingAs, err := mayMove(ctx, tx, by, m.MatterID, right)
	if err != nil {
		return nil, standingAs, err
	}
	m, err = tx.Motion(ctx, id) // as it is once the matter is locked
	return m, standingAs, err
}

func recordMotion(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, m *Motion, deed string) error {
	return tx.Record(ctx, forum.Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: MotionObject(m.ID),
	})
}
