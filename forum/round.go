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
	told          *invitees // once somebody is written to
}

func readRound(ctx context.Context, tx Tx, m *Meeting) (r *round, err error) {
	r = &round{meeting: m, invitations: map[PersonID]Invitation{}, clock: tx}
	day := DateOf(m.Start)
	if r.forum, err = tx.Forum(ctx, m.ForumID); err != nil {
		return nil, err
	}
	if r.mandate, err = MandateOn(ctx, tx, m.ForumID, day); err != nil {
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
	if r.people, err = Everyone(ctx, tx); err != nil {
		return nil, err
	}
	r.organisations, err = OrganisationsOn(ctx, tx, day)
	return r, err
}

// invitees are read when the first one is written to.
func (r *round) invitees(ctx context.Context, tx Tx) (invitees, error) {
	if r.told == nil {
		of, err := inviteesOf(ctx, tx, r.forum.ID)
		if err != nil {
			return of, err
		}
		r.told = &of
	}
	return *r.told, nil
}

// reply is where someone stands who is invited, or was, or may be.
func (r *round) reply(person PersonID) Reply {
	return replyTo(r.meeting, r.newest[person], r.due(r.invitations[person]), r.clock.Now())
}

// due is when an invitation has to be answered, zero for never.
func (r *round) due(i Invitation) time.Time { return r.mandate.answerBy(r.meeting, i) }

// answerBy is until when an invitation to a meeting has to be answered, zero for
// no limit: nobody waits for those in whose place nobody is called up, or beyond
// the beginning of the meeting.
func (m *Mandate) answerBy(to *Meeting, i Invitation) time.Time {
	due := i.InvitedAt.Add(time.Duration(m.AnswerHours) * time.Hour)
	if m.AnswerHours == 0 || !i.owesAnswer() || i.InvitedAt.IsZero() || !due.Before(to.Start) {
		return time.Time{}
	}
	return due
}

// owesAnswer tells whether the meeting counts on an answer: of those whose seats
// substitutes stand in for, and of those who are called up.
func (i Invitation) owesAnswer() bool {
	return !i.Withdrawn && (i.Capacity.Votes() || i.StandsIn())
}

// invited tells whether a person has an invitation of a seat's own.
func (r *round) invited(person PersonID) bool {
	i, has := r.invitations[person]
	return has && !i.Withdrawn && i.StandsFor == 0
}

// Votes tells whether a capacity is one that a substitute stands in for and that
// counts for quorum.
func (c Capacity) Votes() bool { return c == Chair || c == Deputy || c == Member }

// members are those invited whose seats substitutes stand in for, once for each
// organisation.
func (r *round) members() (members []Candidate) {
	for _, s := range r.seats {
		twice := slices.ContainsFunc(members, func(c Candidate) bool { return c.stead() == Stead{s.PersonID, s.OrganisationID} })
		if s.Capacity.Votes() && r.invited(s.PersonID) && !twice {
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
		if i := r.invitations[s.PersonID]; i.StandsIn() && i.standsOf(s.OrganisationID) {
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
