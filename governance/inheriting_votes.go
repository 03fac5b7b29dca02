package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// passing is a vote of a written procedure that passes from an elector to a seat.
type passing struct {
	elector int // place among the electors
	to      forum.Seat
}

// passings are the votes of an open written procedure whose seats have ended since,
// and were handed over or moved with a merged organisation. A vote that was cast
// stays as it was cast, and a seat that nobody took over has none to pass on.
func (h *heritage) passings(ctx context.Context, tx Tx, b *Ballot) (found []passing, err error) {
	if !b.Written() || !b.Open(tx.Now()) {
		return nil, nil
	}
	if err := h.enter(ctx, tx, b.ForumID); err != nil {
		return nil, err
	}
	answered, err := answeredBy(ctx, tx, b)
	if err != nil {
		return nil, err
	}
	var taken []forum.SeatID
	for _, e := range b.Ground.Electors {
		taken = append(taken, e.Seat)
	}
	for i, e := range b.Ground.Electors {
		at := slices.IndexFunc(h.endings[b.ForumID], func(s endedSeat) bool { return s.ID == e.Seat })
		if at < 0 || slices.Contains(answered, e.Seat) {
			continue
		}
		ended := h.endings[b.ForumID][at]
		to, err := h.voter(ctx, tx, b.ForumID, ended.OrganisationID, ended.heir, ended.PersonID)
		if err != nil {
			return nil, err
		}
		if to == nil || slices.Contains(taken, to.ID) {
			continue
		}
		taken = append(taken, to.ID)
		found = append(found, passing{i, *to})
	}
	return found, nil
}

// BallotsToInherit lists the written procedures of which a vote passes to a successor.
func BallotsToInherit(ctx context.Context, tx Tx) (list []BallotID, err error) {
	open, err := tx.OpenBallots(ctx)
	if err != nil {
		return nil, err
	}
	h := newHeritage(tx)
	for _, b := range open {
		found, err := h.passings(ctx, tx, &b)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			list = append(list, b.ID)
		}
	}
	return list, nil
}

// InheritBallot passes the votes of a written procedure that were not cast to who has
// the seats now, who get a link of their own. The organisation and the level that each
// vote counts for stay what they were when the ballot was opened.
func InheritBallot(ctx context.Context, tx Tx, id BallotID) error {
	b, err := HoldBallot(ctx, tx, id)
	if err != nil {
		return err
	}
	found, err := newHeritage(tx).passings(ctx, tx, b)
	if err != nil || len(found) == 0 {
		return err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return err
	}
	told := []forum.PersonID{}
	for _, e := range b.Ground.Electors {
		told = append(told, e.Person)
	}
	for _, p := range found {
		e := &b.Ground.Electors[p.elector]
		e.Seat, e.Person = p.to.ID, p.to.PersonID
		person, err := tx.Person(ctx, e.Person)
		if err != nil {
			return err
		}
		if err := recordBallot(ctx, tx, forum.Actor{}, forum.Standing{}, b, "ballot_inherited", map[string]string{"Person": person.Name}); err != nil {
			return err
		}
	}
	if err := tx.SaveBallot(ctx, b); err != nil {
		return err
	}
	return eachElector(ctx, tx, b, m, BallotMessage, told)
}
