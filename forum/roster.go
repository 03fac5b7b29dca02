package forum

import (
	"cmp"
	"context"
	"slices"
)

// roster is who stands in a forum on a day, and the mandate in force then. It
// is shared, and nobody changes it.
type roster struct {
	mandate   *Mandate
	people    []PersonID // each once, in the order of the seats
	standings map[PersonID][]Standing
}

// rosterKey is what a roster is remembered by.
type rosterKey struct {
	in ForumID
	on Date
}

// rosterIn is a forum's roster today.
func rosterIn(ctx context.Context, tx Tx, in ForumID) (*roster, error) {
	today := DateOf(tx.Now())
	return recalled(tx, rosterKey{in, today}, func() (*roster, error) { return readRoster(ctx, tx, in, today) })
}

// readRoster reads the seats of a forum, those in the forums above that
// mandates pass down, and the keys that come with them. Each mandate on the way
// must pass a capacity on, so that a gap ends it.
func readRoster(ctx context.Context, tx Tx, in ForumID, on Date) (*roster, error) {
	mandate, err := mandateOn(ctx, tx, in, on)
	if err != nil {
		return nil, err
	}
	r := &roster{mandate: mandate, standings: map[PersonID][]Standing{}}
	seats, err := tx.Seats(ctx, in, on)
	if err != nil {
		return nil, err
	}
	r.seat(seats, func(Capacity) bool { return true })
	for at, passing := in, mandate.Inherits; len(passing) > 0; {
		here, err := tx.Forum(ctx, at)
		if err != nil {
			return nil, err
		}
		if at = here.Parent; at == 0 {
			break
		}
		if seats, err = tx.Seats(ctx, at, on); err != nil {
			return nil, err
		}
		r.seat(seats, func(c Capacity) bool { return slices.Contains(passing, c) })
		above, err := mandateOn(ctx, tx, at, on)
		if err != nil {
			return nil, err
		}
		passing = slices.DeleteFunc(slices.Clone(passing), func(c Capacity) bool { return !slices.Contains(above.Inherits, c) })
	}
	r.giveKeys()
	return r, nil
}

// seat adds the standings of seats in one forum, of those capacities that count.
// A person's stand in the order in which the seats were given to them.
func (r *roster) seat(seats []Seat, counts func(Capacity) bool) {
	for _, seat := range seats {
		if !slices.Contains(r.people, seat.PersonID) {
			r.people = append(r.people, seat.PersonID)
		}
	}
	slices.SortFunc(seats, func(a, b Seat) int { return cmp.Compare(a.ID, b.ID) })
	for _, seat := range seats {
		for _, c := range seat.capacities() {
			if counts(c) {
				r.standings[seat.PersonID] = append(r.standings[seat.PersonID], Standing{c, seat.OrganisationID, seat.Level})
			}
		}
	}
}

// giveKeys adds the standings of those who hold the keys by what they are.
func (r *roster) giveKeys() {
	for person, standings := range r.standings {
		for _, s := range standings {
			if slices.Contains(r.mandate.KeyHolders, s.Capacity) {
				r.standings[person] = append(r.standings[person], Standing{KeyHolder, s.Organisation, s.Level})
			}
		}
	}
}

// entitled are a person's standings that give a right.
func (r *roster) entitled(policy Policy, person PersonID, right Right) (standings []Standing) {
	for _, s := range r.standings[person] {
		if r.mandate.permits(policy, s, right) {
			standings = append(standings, s)
		}
	}
	return standings
}
