package forum

import (
	"context"
	"slices"
	"time"
)

// round is what the rule of substitution stands on at one meeting.
type round struct {
	meeting       *Meeting
	forum         *Forum
	mandate       *Mandate
	seats         []Seat // in the seating order
	invitations   map[PersonID]Invitation
	newest        map[PersonID]Answer
	people        map[PersonID]Person
	organisations map[OrganisationID]Organisation
	clock         Clock
}

func readRound(ctx context.Context, tx Tx, m *Meeting) (r *round, err error) {
	r = &round{meeting: m, invitations: map[PersonID]Invitation{}, clock: tx}
	day := DateOf(m.Start)
	if r.forum, err = tx.Forum(ctx, m.ForumID); err != nil {
		return nil, err
	}
	if r.mandate, err = mandateOn(ctx, tx, m.ForumID, day); err != nil {
		return nil, err
	}
	if r.seats, err = tx.Seats(ctx, m.ForumID, day); err != nil {
		return nil, err
	}
	slices.SortFunc(r.seats, bySeating)
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, i := range invitations {
		r.invitations[i.PersonID] = i
	}
	answers, err := tx.Answers(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	r.newest = NewestAnswers(answers)
	if r.people, err = tx.People(ctx); err != nil {
		return nil, err
	}
	r.organisations, err = organisationsOn(ctx, tx, day)
	return r, err
}

// reply is where someone stands who is invited, or was, or may be.
func (r *round) reply(person PersonID) Reply {
	return replyTo(r.meeting, r.newest[person], r.due(r.invitations[person]), r.clock.Now())
}

// due is when an invitation has to be answered, zero for never: nobody waits for
// those in whose place nobody is called up.
func (r *round) due(i Invitation) time.Time {
	if r.mandate.AnswerHours == 0 || i.Withdrawn || i.InvitedAt.IsZero() || !i.Capacity.votes() && !i.StandsIn() {
		return time.Time{}
	}
	return i.InvitedAt.Add(time.Duration(r.mandate.AnswerHours) * time.Hour)
}

// invited tells whether a person has an invitation of a seat's own.
func (r *round) invited(person PersonID) bool {
	i, has := r.invitations[person]
	return has && !i.Withdrawn && i.StandsFor == 0
}

// votes tells whether a capacity is one that a substitute stands in for and that
// counts for quorum.
func (c Capacity) votes() bool { return c == Chair || c == Deputy || c == Member }

// members are those invited whose seats substitutes stand in for, each once.
func (r *round) members() (members []Candidate) {
	for _, s := range r.seats {
		twice := slices.ContainsFunc(members, func(c Candidate) bool { return c.Person == s.PersonID })
		if s.Capacity.votes() && r.invited(s.PersonID) && !twice {
			members = append(members, Candidate{Person: s.PersonID, Organisation: s.OrganisationID, Reply: r.reply(s.PersonID)})
		}
	}
	return members
}

// substitutes are those who are or can be called up, in their order.
func (r *round) substitutes() (substitutes []Candidate) {
	for _, s := range r.seats {
		if s.Capacity != Substitute || r.invited(s.PersonID) {
			continue
		}
		c := Candidate{Person: s.PersonID, Organisation: s.OrganisationID, Reply: r.reply(s.PersonID)}
		if i := r.invitations[s.PersonID]; i.StandsIn() {
			c.For = i.StandsFor
		}
		substitutes = append(substitutes, c)
	}
	return substitutes
}

// standIns are the invitations of those who are called up now, by id.
func (r *round) standIns() (called []Invitation) {
	for _, i := range r.invitations {
		if i.StandsIn() {
			called = append(called, i)
		}
	}
	slices.SortFunc(called, func(a, b Invitation) int { return int(a.ID - b.ID) })
	return called
}
