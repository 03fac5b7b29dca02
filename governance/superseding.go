package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// Supersede says that a decision holds in the place of an earlier one. Who may do so
// may it in both forums. What was still owed by the earlier one lapses.
func Supersede(ctx context.Context, tx Tx, by forum.Actor, earlier, later DecisionID) (*Decision, error) {
	first, second := earlier, later
	if second < first {
		first, second = second, first
	}
	if _, err := tx.Decision(ctx, first); err != nil {
		return nil, err
	}
	if _, err := tx.Decision(ctx, second); err != nil {
		return nil, err
	}
	before, err := tx.Decision(ctx, earlier)
	if err != nil {
		return nil, err
	}
	d, err := tx.Decision(ctx, later)
	if err != nil {
		return nil, err
	}
	as, err := by.May(ctx, tx, SupersedeIt, before.ForumID)
	if err == nil {
		_, err = by.May(ctx, tx, SupersedeIt, d.ForumID)
	}
	if err != nil {
		return nil, err
	}
	return before, supersede(ctx, tx, by, as, before, d)
}

// supersede puts a decision in the place of another, both locked.
func supersede(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, before, d *Decision) error {
	switch {
	case before.ID == d.ID:
		return forum.Refuse(forum.Invalid, "error.decision.itself").On("later")
	case !before.Holds():
		return forum.Refuse(forum.Conflict, "error.decision.over", "Number", before.Number)
	case !d.Holds():
		return forum.Refuse(forum.Conflict, "error.decision.over", "Number", d.Number).On("later")
	}
	before.SupersededBy = d.ID
	if err := tx.SaveDecision(ctx, before); err != nil {
		return err
	}
	if err := lapse(ctx, tx, by, before); err != nil {
		return err
	}
	return recordDecision(ctx, tx, by, as, before, "decision_superseded", map[string]string{"Later": d.Number})
}

// withdraw takes a decision, locked, out of force that corrected minutes leave out.
func withdraw(ctx context.Context, tx Tx, by forum.Actor, d *Decision) error {
	d.WithdrawnAt = tx.Now()
	if err := tx.SaveDecision(ctx, d); err != nil {
		return err
	}
	if err := lapse(ctx, tx, by, d); err != nil {
		return err
	}
	return recordDecision(ctx, tx, by, forum.Standing{}, d, "decision_withdrawn", nil)
}

// lapse ends what is still owed by a decision.
func lapse(ctx context.Context, tx Tx, by forum.Actor, d *Decision) error {
	followUps, err := tx.FollowUpsOf(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, f := range followUps {
		if !f.Owed() {
			continue
		}
		p := Progress{FollowUpID: f.ID, Deed: LapsedWithout, Was: f.State, PersonID: by.Person, At: tx.Now()}
		f.State, f.Reason, f.Since, f.OfferedTo, f.OfferedOwnerID = LapsedFollowUp, "", tx.Now(), 0, 0
		if err := tx.SaveFollowUp(ctx, &f); err != nil {
			return err
		}
		if err := tx.SaveProgress(ctx, &p); err != nil {
			return err
		}
	}
	return nil
}

// recordDecision enters what was done to a decision into its forum's log.
func recordDecision(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, d *Decision, deed string, details map[string]string) error {
	if details == nil {
		details = map[string]string{}
	}
	details["Number"] = d.Number
	return tx.Record(ctx, forum.Event{
		ForumID: d.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: DecisionObject(d.ID), Details: details,
	})
}
