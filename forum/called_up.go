package forum

import (
	"context"
	"slices"
)

// MayAt is May for a right at one meeting, which a called-up substitute has as a
// member has it.
func (by Actor) MayAt(ctx context.Context, tx Tx, right Right, m *Meeting) (Standing, error) {
	standing, refusal := by.May(ctx, tx, right, m.ForumID)
	if refusal == nil || !IsKind(refusal, Forbidden) {
		return standing, refusal
	}
	called, err := by.calledUp(ctx, tx, m)
	if IsKind(err, NotFound) {
		return Standing{}, refusal
	}
	if err != nil {
		return Standing{}, err
	}
	policy, err := tx.Policy(ctx)
	if err != nil {
		return Standing{}, err
	}
	mandate, err := MandateOn(ctx, tx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return Standing{}, err
	}
	if !mandate.Permits(policy, called, right) {
		return Standing{}, refusal
	}
	return called, nil
}

// calledUp is the standing of someone who is called up to a meeting; NotFound
// when the actor is not.
func (by Actor) calledUp(ctx context.Context, tx Tx, m *Meeting) (Standing, error) {
	nobody := Refuse(NotFound, "error.not_found.invitation")
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return Standing{}, err
	}
	invited := slices.IndexFunc(invitations, func(i Invitation) bool { return i.PersonID == by.Person && i.StandsIn() })
	if invited < 0 {
		return Standing{}, nobody
	}
	seats, err := tx.Seats(ctx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return Standing{}, err
	}
	at := slices.IndexFunc(seats, func(s Seat) bool {
		return s.PersonID == by.Person && s.Capacity == Substitute && invitations[invited].standsOf(s.OrganisationID)
	})
	if at < 0 {
		return Standing{}, nobody
	}
	return Standing{Member, seats[at].OrganisationID, seats[at].Level}, nil
}
