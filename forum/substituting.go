package forum

import (
	"context"
	"slices"
)

// NoSubstituteFacts is what the secretaries are told of members who stay away
// and for whom nobody is left to stand in.
type NoSubstituteFacts struct {
	Meeting MeetingID
	Forum   string
	Address string
	Slot
	Missing []MissingMember
}

// MissingMember is one of them.
type MissingMember struct {
	Person       string
	Organisation string
}

// MeetingsToCallUp lists the meetings ahead whose mandates set hours to answer in.
func MeetingsToCallUp(ctx context.Context, tx Tx) ([]MeetingID, error) {
	ahead, err := tx.MeetingsAhead(ctx, tx.Now())
	if err != nil {
		return nil, err
	}
	var ids []MeetingID
	for _, m := range ahead {
		mandate, err := MandateOn(ctx, tx, m.ForumID, DateOf(m.Start))
		if err != nil {
			return nil, err
		}
		if m.inviting(tx) && mandate.AnswerHours > 0 {
			ids = append(ids, m.ID)
		}
	}
	return ids, nil
}

// CallUpSilent calls substitutes up for those who have not answered a meeting
// within the mandate's hours. Doing it again changes nothing.
func CallUpSilent(ctx context.Context, tx Tx, id MeetingID) error {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return err
	}
	return callUp(ctx, tx, m)
}

// inviting tells whether people are invited to the meeting and can still be.
func (m *Meeting) inviting(clock Clock) bool {
	return m.Movable() && m.State != DraftMeeting && clock.Now().Before(m.Start)
}

// callUp brings those who stand in for others to where the answers are now.
func callUp(ctx context.Context, tx Tx, m *Meeting) error {
	if !m.inviting(tx) {
		return nil
	}
	r, err := readRound(ctx, tx, m)
	if err != nil {
		return err
	}
	substitutes := r.substitutes()
	cover := CallUp(r.members(), substitutes)
	if err := r.release(ctx, tx, cover); err != nil {
		return err
	}
	for _, s := range substitutes {
		if stead, called := cover.Called[s.Person]; called && s.Organisation == stead.Organisation && s.For != stead.Member {
			if err := r.call(ctx, tx, s, stead); err != nil {
				return err
			}
		}
	}
	return r.tellUncovered(ctx, tx, cover)
}

// withStandIns adds to those invited by their own seats those who are called up
// in the place of someone who still is.
func withStandIns(ctx context.Context, tx Tx, m *Meeting, invitations []Invitation, invited map[PersonID]Seat) error {
	if m.State == CancelledMeeting {
		return nil
	}
	seats, err := tx.Seats(ctx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return err
	}
	for _, i := range invitations {
		_, already := invited[i.PersonID]
		_, has := invited[i.StandsFor]
		if already || !has || !i.StandsIn() {
			continue
		}
		at := slices.IndexFunc(seats, func(s Seat) bool {
			return s.PersonID == i.PersonID && s.Capacity == Substitute && i.standsOf(s.OrganisationID) && votesFor(seats, i.StandsFor, s.OrganisationID)
		})
		if at >= 0 {
			invited[i.PersonID] = seats[at]
		}
	}
	return nil
}

// votesFor tells whether somebody has a seat for an organisation that
// substitutes stand in for.
func votesFor(seats []Seat, person PersonID, organisation OrganisationID) bool {
	return slices.ContainsFunc(seats, func(s Seat) bool {
		return s.PersonID == person && s.OrganisationID == organisation && s.Capacity.Votes()
	})
}

// notify saves an invitation and sends it.
func (r *round) notify(ctx context.Context, tx Tx, i Invitation, update bool) error {
	people, err := r.invitees(ctx, tx)
	if err != nil {
		return err
	}
	return notify(ctx, tx, r.forum, r.meeting, i, people, update, nil)
}

// release withdraws the invitations of those who are needed no longer.
func (r *round) release(ctx context.Context, tx Tx, cover Cover) error {
	for _, i := range r.standIns() {
		if _, needed := cover.Called[i.PersonID]; needed {
			continue
		}
		i.Withdrawn = true
		if err := r.notify(ctx, tx, i, true); err != nil {
			return err
		}
		if err := r.record(ctx, tx, "substitute_released", i); err != nil {
			return err
		}
	}
	return nil
}

// call invites a substitute in a member's stead.
func (r *round) call(ctx context.Context, tx Tx, s Candidate, to Stead) error {
	i, has := r.invitations[s.Person]
	if !has {
		var err error
		if i, err = newInvitation(ctx, tx, r.meeting, Seat{PersonID: s.Person, Capacity: Substitute}); err != nil {
			return err
		}
	}
	i.StandsFor, i.StandsOf, i.Withdrawn, i.Capacity = to.Member, to.Organisation, false, Substitute
	if err := r.notify(ctx, tx, i, false); err != nil {
		return err
	}
	if err := deliverTo(ctx, tx, r.meeting, s.Person); err != nil {
		return err
	}
	return r.record(ctx, tx, "substitute_called", i)
}

func (r *round) record(ctx context.Context, tx Tx, deed string, i Invitation) error {
	return tx.Record(ctx, Event{
		ForumID: r.forum.ID, At: tx.Now(), Deed: deed, Object: MeetingObject(r.meeting.ID),
		Details: map[string]string{"Substitute": r.people[i.PersonID].Name, "Member": r.people[i.StandsFor].Name},
	})
}

// tellUncovered marks for whom nobody is left to stand in, and tells the
// secretaries of those who were not so before, all in one mail to each.
func (r *round) tellUncovered(ctx context.Context, tx Tx, cover Cover) error {
	facts := NoSubstituteFacts{Meeting: r.meeting.ID, Forum: r.forum.Name, Address: r.forum.Address, Slot: r.meeting.Slot}
	for _, m := range r.members() {
		i, uncovered := r.invitations[m.Person], cover.of(m.Person)
		if i.Uncovered == (len(uncovered) > 0) {
			continue
		}
		i.Uncovered = !i.Uncovered
		if err := tx.SaveInvitation(ctx, &i); err != nil {
			return err
		}
		r.invitations[m.Person] = i
		for _, stead := range uncovered {
			facts.Missing = append(facts.Missing, MissingMember{r.people[m.Person].Name, r.organisations[stead.Organisation].Name})
		}
	}
	if facts.Missing == nil {
		return nil
	}
	secretaries, err := Holders(ctx, tx, r.forum.ID, ReadAnswers, "")
	if err != nil {
		return err
	}
	for _, id := range secretaries {
		to := r.people[id]
		if err := Send(ctx, tx, r.forum, &to, NoSubstituteMessage, facts); err != nil {
			return err
		}
	}
	return nil
}
