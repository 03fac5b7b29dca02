package forum

import (
	"context"
	"slices"
)

// Actor is who acts: a person, or the operator at the command line, who may set
// up an installation but holds no seat.
type Actor struct {
	Person   PersonID
	Operator bool
}

// AsPerson is the actor of a person whom a door has made sure of.
func AsPerson(id PersonID) Actor { return Actor{Person: id} }

// Operator is the actor at the command line of the machine itself.
func Operator() Actor { return Actor{Operator: true} }

// Standing is in what capacity, for which organisation and level someone
// stands in a forum.
type Standing struct {
	Capacity     Capacity
	Organisation OrganisationID
	Level        Level
}

// May answers the standing that gives the actor a right in a forum, or the
// refusal. It is asked inside every act, on the seats of the act's transaction,
// so that a seat that ended a moment ago gives nothing.
func (by Actor) May(ctx context.Context, tx Tx, right Right, in ForumID) (Standing, error) {
	standings, err := by.standings(ctx, tx, right, in)
	if err != nil {
		return Standing{}, err
	}
	if len(standings) == 0 {
		return Standing{}, Refuse(Forbidden, "error.forbidden."+right.Action+"_"+right.Object)
	}
	return standings[0], nil
}

// Can is May for showing: false where the answer is no.
func (by Actor) Can(ctx context.Context, tx Tx, right Right, in ForumID) (bool, error) {
	_, err := by.May(ctx, tx, right, in)
	if IsKind(err, Forbidden) {
		return false, nil
	}
	return err == nil, err
}

// MayFor is May with a standing of one of the levels given; a person can sit
// for organisations of both.
func (by Actor) MayFor(ctx context.Context, tx Tx, right Right, in ForumID, level Level) (Standing, error) {
	standings, err := by.standings(ctx, tx, right, in)
	if err != nil {
		return Standing{}, err
	}
	at := slices.IndexFunc(standings, func(s Standing) bool { return s.Level == level })
	if at < 0 {
		return Standing{}, Refuse(Forbidden, "error.forbidden.other_level")
	}
	return standings[at], nil
}

// standings are all of the actor's standings in a forum that give a right.
func (by Actor) standings(ctx context.Context, tx Tx, right Right, in ForumID) ([]Standing, error) {
	policy, err := tx.Policy(ctx)
	if err != nil {
		return nil, err
	}
	all, mandate, err := standingsIn(ctx, tx, by.Person, in)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s Standing) bool { return !mandate.permits(policy, s, right) }), nil
}

// permits is the policy's answer, unless the mandate states an exception.
func (m *Mandate) permits(policy Policy, s Standing, right Right) bool {
	for _, e := range m.Exceptions {
		if e.Right == right && e.Capacity == s.Capacity && (e.Level == "*" || e.Level == s.Level) {
			return e.Allow
		}
	}
	return policy.May(string(s.Capacity), string(s.Level), right.Action, right.Object)
}

// standingsIn are a person's capacities in a forum today: the seats there,
// those in parents that mandates pass down, and the keys that come with them.
func standingsIn(ctx context.Context, tx Tx, person PersonID, in ForumID) ([]Standing, *Mandate, error) {
	today := DateOf(tx.Now())
	mandate, err := mandateOn(ctx, tx, in, today)
	if err != nil || person == 0 {
		return nil, mandate, err
	}
	seats, err := tx.SeatsOf(ctx, person, today)
	if err != nil || len(seats) == 0 {
		return nil, mandate, err
	}
	standings := seated(seats, in)
	passed, err := passedDown(ctx, tx, seats, mandate, today)
	if err != nil {
		return nil, nil, err
	}
	standings = append(standings, passed...)
	for _, s := range slices.Clone(standings) {
		if slices.Contains(mandate.KeyHolders, s.Capacity) {
			standings = append(standings, Standing{KeyHolder, s.Organisation, s.Level})
		}
	}
	return standings, mandate, nil
}

// mandateOn is the mandate in force on a date; without one the policy alone
// holds, as an empty mandate says.
func mandateOn(ctx context.Context, tx Tx, in ForumID, on Date) (*Mandate, error) {
	mandate, err := tx.Mandate(ctx, in, on)
	if IsKind(err, NotFound) {
		return &Mandate{ForumID: in}, nil
	}
	return mandate, err
}

// seated are the standings that seats in one forum give.
func seated(seats []Seat, in ForumID) []Standing {
	var standings []Standing
	for _, seat := range seats {
		if seat.ForumID != in {
			continue
		}
		for _, c := range seat.capacities() {
			standings = append(standings, Standing{c, seat.OrganisationID, seat.Level})
		}
	}
	return standings
}

// passedDown are the standings that come from forums above: each mandate on
// the way must pass the capacity on, so that a gap ends it.
func passedDown(ctx context.Context, tx Tx, seats []Seat, mandate *Mandate, on Date) ([]Standing, error) {
	var standings []Standing
	passing, at := mandate.Inherits, mandate.ForumID
	for len(passing) > 0 {
		here, err := tx.Forum(ctx, at)
		if err != nil {
			return nil, err
		}
		if here.Parent == 0 {
			break
		}
		at = here.Parent
		for _, s := range seated(seats, at) {
			if slices.Contains(passing, s.Capacity) {
				standings = append(standings, s)
			}
		}
		above, err := tx.Mandate(ctx, at, on)
		if IsKind(err, NotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		passing = slices.DeleteFunc(slices.Clone(passing), func(c Capacity) bool { return !slices.Contains(above.Inherits, c) })
	}
	return standings, nil
}
