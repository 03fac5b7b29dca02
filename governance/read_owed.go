package governance

import (
	"cmp"
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Owed is what waits for somebody of what was decided.
type Owed struct {
	Today forum.Date
	Rows  []OwedRow // late first, then by the day
}

// OwedRow is a follow-up that the reader sees to, or that another organisation offers
// one whose secretary the reader is.
type OwedRow struct {
	FollowUp
	Decision     Decision
	Forum        forum.Forum
	Matter       forum.Matter
	Organisation forum.Organisation
	Offered      bool
}

// ReadOwed lists what the reader owes, and what the reader can take over.
func ReadOwed(ctx context.Context, tx Tx, by forum.Actor) (*Owed, error) {
	o := &Owed{Today: forum.DateOf(tx.Now())}
	owned, err := tx.FollowUpsOwned(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	offers, err := offersTo(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, o.Today)
	if err != nil {
		return nil, err
	}
	for _, f := range owned {
		if err := o.add(ctx, tx, by, f, false, organisations); err != nil {
			return nil, err
		}
	}
	for _, f := range offers {
		if err := o.add(ctx, tx, by, f, true, organisations); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(o.Rows, func(a, b OwedRow) int { return cmp.Compare(a.Due, b.Due) })
	return o, nil
}

func (o *Owed) add(ctx context.Context, tx Tx, by forum.Actor, f FollowUp, offered bool, organisations map[forum.OrganisationID]forum.Organisation) error {
	peek := In(tx.Peek())
	d, err := peek.Decision(ctx, f.DecisionID)
	if err != nil {
		return err
	}
	m, err := peek.Matter(ctx, d.MatterID)
	if err != nil {
		return err
	}
	in, err := peek.Forum(ctx, d.ForumID)
	if err != nil {
		return err
	}
	reader, err := mayReadDecision(ctx, peek, by, d, m)
	if forum.IsKind(err, forum.Forbidden) {
		return nil
	}
	if err != nil {
		return err
	}
	o.Rows = append(o.Rows, OwedRow{f.For(reader, m), d.For(reader, m), *in, m.For(reader), organisations[f.OrganisationID], offered})
	return nil
}

// offersTo are the handed-over follow-ups that the actor can answer for.
func offersTo(ctx context.Context, tx Tx, by forum.Actor) (found []FollowUp, err error) {
	seats, err := tx.SeatsOf(ctx, by.Person, forum.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	var forums []forum.ForumID
	for _, s := range seats {
		may, err := by.Can(ctx, tx, SteerIt, s.ForumID)
		if err != nil {
			return nil, err
		}
		if may && !slices.Contains(forums, s.ForumID) {
			forums = append(forums, s.ForumID)
		}
	}
	all, err := tx.FollowUpsIn(ctx, forums)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if f.State != HandedOver || f.OwnerID == by.Person {
			continue
		}
		to, err := tx.Organisation(ctx, f.OfferedTo)
		if err != nil {
			return nil, err
		}
		switch _, err := steers(ctx, tx, by, f.ForumID, to); {
		case err == nil:
			found = append(found, f)
		case !forum.IsKind(err, forum.Forbidden):
			return nil, err
		}
	}
	return found, nil
}
