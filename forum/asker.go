package forum

import "context"

// tellAsker mails who asked for a removal that the matter is kept; where that
// was somebody who has left, the secretaries of the level for which it was asked.
func tellAsker(ctx context.Context, tx Tx, m *Matter, r *Removal) error {
	to := []PersonID{r.AskedBy}
	left, err := askerLeft(ctx, tx, m, r)
	if err != nil {
		return err
	}
	if left {
		if to, err = Holders(ctx, tx, m.ForumID, r.Way.Right(), r.AskedLevel); err != nil {
			return err
		}
	}
	for _, id := range to {
		person, err := tx.Person(ctx, id)
		if err != nil {
			return err
		}
		toForum, toTitle, err := goal(ctx, tx, AsPerson(id), r)
		if err != nil {
			return err
		}
		err = tell(ctx, tx, m, person, RemovalKeptMessage, func(facts *MatterFacts) {
			facts.Way, facts.Reason, facts.Objection = r.Way, r.Reason, r.Objection
			facts.ToForum, facts.ToTitle = toForum, toTitle
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// askerLeft tells whether who asked for a removal has lost the right to it, so
// that it is the business of those who have it for the same level.
func askerLeft(ctx context.Context, tx Tx, m *Matter, r *Removal) (bool, error) {
	still, err := AsPerson(r.AskedBy).Can(ctx, tx, r.Way.Right(), m.ForumID)
	return !still, err
}

// mayWithdraw tells whether an actor takes a removal back: who asked for it, or
// in the place of who has left, whoever has the right for the same level.
func mayWithdraw(ctx context.Context, tx Tx, by Actor, m *Matter, r *Removal) (bool, error) {
	if by.Person == r.AskedBy {
		return true, nil
	}
	if left, err := askerLeft(ctx, tx, m, r); err != nil || !left {
		return false, err
	}
	_, err := by.MayFor(ctx, tx, r.Way.Right(), m.ForumID, r.AskedLevel)
	if IsKind(err, Forbidden) {
		return false, nil
	}
	return err == nil, err
}
