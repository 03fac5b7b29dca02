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
		mandate, err := mandateOn(ctx, tx, m.ForumID, DateOf(m.Start))
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
		if member := cover.Called[s.Person]; member != 0 && member != s.For {
			if err := r.call(ctx, tx, s, member); err != nil {
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
		of, has := invited[i.StandsFor]
		if already || !has || !i.StandsIn() {
			continue
		}
		at := slices.IndexFunc(seats, func(s Seat) bool {
			return s.PersonID == i.PersonID && s.Capacity == Substitute && s.OrganisationID == of.OrganisationID
		})
		if at >= 0 {
			invited[i.PersonID] = seats[at]
		}
	}
	return nil
}

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
	r.organisations, err = tx.Organisations(ctx)
	return r, err
}

// reply is where someone stands who is invited, or was, or may be.
func (r *round) reply(person PersonID) Reply {
	i, hours := r.invitations[person], r.mandate.AnswerHours
	if i.Withdrawn {
		hours = 0
	}
	return replyTo(r.meeting, i, r.newest[person], hours, r.clock.Now())
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

// release withdraws the invitations of those who are needed no longer.
func (r *round) release(ctx context.Context, tx Tx, cover Cover) error {
	for _, i := range r.standIns() {
		if cover.Called[i.PersonID] != 0 {
			continue
		}
		i.Withdrawn = true
		if err := notify(ctx, tx, r.forum, r.meeting, i, r.people, true); err != nil {
			return err
		}
		if err := r.record(ctx, tx, "substitute_released", i); err != nil {
			return err
		}
	}
	return nil
}

// call invites a substitute in the place of a member.
func (r *round) call(ctx context.Context, tx Tx, s Candidate, member PersonID) error {
	i, has := r.invitations[s.Person]
	if !has {
		var err error
		if i, err = newInvitation(ctx, tx, r.meeting, Seat{PersonID: s.Person, Capacity: Substitute}); err != nil {
			return err
		}
	}
	update := i.StandsIn()
	i.StandsFor, i.Withdrawn, i.Capacity = member, false, Substitute
	if err := notify(ctx, tx, r.forum, r.meeting, i, r.people, update); err != nil {
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
		i, uncovered := r.invitations[m.Person], slices.Contains(cover.Uncovered, m.Person)
		if i.Uncovered == uncovered {
			continue
		}
		i.Uncovered = uncovered
		if err := tx.SaveInvitation(ctx, &i); err != nil {
			return err
		}
		if uncovered {
			facts.Missing = append(facts.Missing, MissingMember{r.people[m.Person].Name, r.organisations[m.Organisation].Name})
		}
	}
	if facts.Missing == nil {
		return nil
	}
	secretaries, err := holders(ctx, tx, r.forum.ID, ReadAnswers, "")
	if err != nil {
		return err
	}
	for _, id := range secretaries {
		to := r.people[id]
		if err := send(ctx, tx, r.forum, &to, NoSubstituteMessage, facts); err != nil {
			return err
		}
	}
	return nil
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
