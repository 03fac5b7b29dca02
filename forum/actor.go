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
	standings, err := by.StandingsOf(ctx, tx, right, in)
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
	standings, err := by.StandingsOf(ctx, tx, right, in)
	return len(standings) > 0, err
}

// MayFor is May with a standing of one of the levels given; a person can sit
// for organisations of both.
func (by Actor) MayFor(ctx context.Context, tx Tx, right Right, in ForumID, level Level) (Standing, error) {
	standings, err := by.StandingsOf(ctx, tx, right, in)
	if err != nil {
		return Standing{}, err
	}
	at := slices.IndexFunc(standings, func(s Standing) bool { return s.Level == level })
	if at < 0 {
		return Standing{}, Refuse(Forbidden, "error.forbidden.other_level")
	}
	return standings[at], nil
}

// StandingsOf are all of the actor's standings in a forum that give a right.
func (by Actor) StandingsOf(ctx context.Context, tx Tx, right Right, in ForumID) ([]Standing, error) {
	policy, err := tx.Policy(ctx)
	if err != nil {
		return nil, err
	}
	r, err := by.ownRoster(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	return r.entitled(policy, by.Person, right), nil
}

// Permits is the policy's answer, unless the mandate states an exception.
func (m *Mandate) Permits(policy Policy, s Standing, right Right) bool {
	for _, e := range m.Exceptions {
		if e.Right == right && e.Capacity == s.Capacity && (e.Level == "*" || e.Level == s.Level) {
			return e.Allow
		}
	}
	return policy.May(string(s.Capacity), string(s.Level), right.Action, right.Object)
}

// mandateKey is what a mandate is remembered by.
type mandateKey struct {
	in ForumID
	on Date
}

// MandateOn is the mandate in force on a date, for reading: nobody changes it.
// Without one the policy alone holds, as an empty mandate says.
func MandateOn(ctx context.Context, tx Tx, in ForumID, on Date) (*Mandate, error) {
	return recalled(tx, mandateKey{in, on}, func() (*Mandate, error) {
		mandate, err := tx.Mandate(ctx, in, on)
		if IsKind(err, NotFound) {
			return &Mandate{ForumID: in}, nil
		}
		return mandate, err
	})
}
