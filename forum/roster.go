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

func readRoster(ctx context.Context, tx Tx, in ForumID, on Date) (*roster, error) {
	return sittings{
		mandate: func(in ForumID) (*Mandate, error) { return MandateOn(ctx, tx, in, on) },
		seats:   func(in ForumID) ([]Seat, error) { return tx.Seats(ctx, in, on) },
		parent: func(of ForumID) (ForumID, error) {
			f, err := tx.Forum(ctx, of)
			if err != nil {
				return 0, err
			}
			return f.Parent, nil
		},
	}.roster(in)
}

// sittings is what rosters are made of.
type sittings struct {
	mandate func(in ForumID) (*Mandate, error)
	seats   func(in ForumID) ([]Seat, error)
	parent  func(of ForumID) (ForumID, error)
}

// roster has the seats of a forum, those in the forums above that mandates pass
// down, and the keys that come with them. Each mandate on the way must pass a
// capacity on, so that a gap ends it.
func (s sittings) roster(in ForumID) (*roster, error) {
	mandate, err := s.mandate(in)
	if err != nil {
		return nil, err
	}
	seats, err := s.seats(in)
	if err != nil {
		return nil, err
	}
	r := &roster{mandate: mandate, standings: map[PersonID][]Standing{}}
	r.seat(seats, func(Capacity) bool { return true })
	for at, passing := in, mandate.Inherits; len(passing) > 0; {
		if at, err = s.parent(at); err != nil {
			return nil, err
		}
		if at == 0 {
			break
		}
		if seats, err = s.seats(at); err != nil {
			return nil, err
		}
		r.seat(seats, func(c Capacity) bool { return slices.Contains(passing, c) })
		above, err := s.mandate(at)
		if err != nil {
			return nil, err
		}
		passing = slices.DeleteFunc(slices.Clone(passing), func(c Capacity) bool { return !slices.Contains(above.Inherits, c) })
	}
	r.giveKeys()
	return r, nil
}

// aroundKey is what the rosters of all forums with a person's own seats alone
// are remembered by.
type aroundKey struct {
	person PersonID
	on     Date
}

// lookAround works out at once where the actor stands in every forum, for a page
// that asks about many of them.
func (by Actor) lookAround(ctx context.Context, tx Tx) error {
	today := DateOf(tx.Now())
	_, err := recalled(tx, aroundKey{by.Person, today}, func() (map[ForumID]*roster, error) { return readAround(ctx, tx, by.Person, today) })
	return err
}

func readAround(ctx context.Context, tx Tx, person PersonID, on Date) (map[ForumID]*roster, error) {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	own, err := tx.SeatsOf(ctx, person, on)
	if err != nil {
		return nil, err
	}
	versions, err := tx.Mandates(ctx, on)
	if err != nil {
		return nil, err
	}
	parents, seats, mandates := map[ForumID]ForumID{}, map[ForumID][]Seat{}, map[ForumID]*Mandate{}
	for _, f := range forums {
		parents[f.ID], mandates[f.ID] = f.Parent, &Mandate{ForumID: f.ID}
	}
	for _, m := range versions {
		if m.From >= mandates[m.ForumID].From { // they come by their ids
			mandates[m.ForumID] = &m
		}
	}
	for _, s := range own {
		seats[s.ForumID] = append(seats[s.ForumID], s)
	}
	all := sittings{
		mandate: func(in ForumID) (*Mandate, error) { return mandates[in], nil },
		seats:   func(in ForumID) ([]Seat, error) { return seats[in], nil },
		parent:  func(of ForumID) (ForumID, error) { return parents[of], nil },
	}
	around := make(map[ForumID]*roster, len(forums))
	for _, f := range forums {
		if around[f.ID], err = all.roster(f.ID); err != nil {
			return nil, err
		}
	}
	return around, nil
}

// ownRoster is the roster of a forum today, with the actor's own seats at the least.
func (by Actor) ownRoster(ctx context.Context, tx Tx, in ForumID) (*roster, error) {
	around, _ := known[map[ForumID]*roster](tx, aroundKey{by.Person, DateOf(tx.Now())})
	if r := around[in]; r != nil {
		return r, nil
	}
	return rosterIn(ctx, tx, in)
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
		if r.mandate.Permits(policy, s, right) {
			standings = append(standings, s)
		}
	}
	return standings
}
