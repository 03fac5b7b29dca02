package forum

import (
	"context"
	"slices"
	"time"
)

// invite brings the calendars of all concerned to where the meeting is now:
// each person with a seat has one invitation and gets a REQUEST; whoever has an
// invitation but no seat any more, or a meeting that is off, gets a CANCEL. The
// notice is of a change on the day itself, nil for any other.
func invite(ctx context.Context, tx Tx, m *Meeting, notice *Edition) error {
	forum, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return err
	}
	seated, err := attendees(ctx, tx, m)
	if err != nil {
		return err
	}
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return err
	}
	if err := withStandIns(ctx, tx, m, invitations, seated); err != nil {
		return err
	}
	people, err := inviteesOf(ctx, tx, forum.ID)
	if err != nil {
		return err
	}
	for _, i := range invitations {
		seat, still := seated[i.PersonID]
		delete(seated, i.PersonID)
		if i.Withdrawn && !still {
			continue
		}
		if still {
			i.Capacity = seat.Capacity
		}
		if i.Capacity != Substitute {
			i.StandsFor, i.StandsOf = 0, 0
		}
		update := !i.Withdrawn
		i.Withdrawn = !still
		if err := notify(ctx, tx, forum, m, i, people, update, notice); err != nil {
			return err
		}
	}
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, seat := range inOrder(seated) {
		i, err := newInvitation(ctx, tx, m, seat)
		if err != nil {
			return err
		}
		if err := notify(ctx, tx, forum, m, i, people, false, notice); err != nil {
			return err
		}
		if len(editions) == 0 {
			continue
		}
		if err := deliverTo(ctx, tx, m, seat.PersonID); err != nil {
			return err
		}
	}
	return callUp(ctx, tx, m)
}

// newInvitation gives a seat's person a place at the meeting, with an address of
// its own to answer to.
func newInvitation(ctx context.Context, tx Tx, m *Meeting, seat Seat) (Invitation, error) {
	i := Invitation{MeetingID: m.ID, PersonID: seat.PersonID, Capacity: seat.Capacity, Token: NewSecret()}
	return i, tx.SaveAddressToken(ctx, &AddressToken{i.Token, AnswerPurpose, int64(m.ID), seat.PersonID, m.ForumID})
}

// attendees are the seats that are invited on the meeting's day, one per
// person: the first in the seating order. A meeting that is off has none.
func attendees(ctx context.Context, tx Tx, m *Meeting) (map[PersonID]Seat, error) {
	invited := map[PersonID]Seat{}
	if m.State == CancelledMeeting {
		return invited, nil
	}
	policy, err := tx.Policy(ctx)
	if err != nil {
		return nil, err
	}
	day := DateOf(m.Start)
	mandate, err := MandateOn(ctx, tx, m.ForumID, day)
	if err != nil {
		return nil, err
	}
	seats, err := tx.Seats(ctx, m.ForumID, day)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(seats, bySeating)
	for _, seat := range seats {
		_, already := invited[seat.PersonID]
		if already || !mandate.Permits(policy, Standing{seat.Capacity, seat.OrganisationID, seat.Level}, AttendIt) {
			continue
		}
		invited[seat.PersonID] = seat
	}
	return invited, nil
}

// inOrder lists the seats of people in the seating order, so that mail goes out
// and tests read the same each time.
func inOrder(seated map[PersonID]Seat) []Seat {
	seats := make([]Seat, 0, len(seated))
	for _, seat := range seated {
		seats = append(seats, seat)
	}
	slices.SortFunc(seats, bySeating)
	return seats
}

// notify saves one invitation and sends what its calendar needs. Of a change
// that a notice is about, the receiver is asked to confirm it.
func notify(ctx context.Context, tx Tx, in *Forum, m *Meeting, i Invitation, people invitees, update bool, notice *Edition) error {
	to, answerBy := people.known[i.PersonID], time.Time{}
	if !i.Withdrawn {
		i.InvitedAt = tx.Now()
		mandate, err := MandateOn(ctx, tx, in.ID, DateOf(m.Start))
		if err != nil {
			return err
		}
		answerBy = mandate.answerBy(m, i)
	}
	if err := tx.SaveInvitation(ctx, &i); err != nil {
		return err
	}
	facts := invitationFacts(tx, in, m, i, people)
	facts.Update, facts.AnswerBy = update, answerBy
	var copy *Delivery
	if notice != nil && update && to.ID != notice.AskedBy {
		copy = newDelivery(notice, to.ID, tx.Now())
		facts.Confirm = copy.Link
	}
	message := &Message{PersonID: to.ID, To: to.Address, Language: to.Language, Kind: InvitationMessage, Facts: MarshalFacts(facts)}
	if err := dispatch(ctx, tx, in, message); err != nil || copy == nil {
		return err
	}
	copy.MessageID = message.ID
	return tx.SaveDelivery(ctx, copy)
}

// invitees is what invitations say of people: who they are, and whether they may
// propose matters in the forum.
type invitees struct {
	known   map[PersonID]Person
	propose []PersonID
}

func inviteesOf(ctx context.Context, tx Tx, in ForumID) (of invitees, err error) {
	if of.known, err = tx.People(ctx); err != nil {
		return of, err
	}
	of.propose, err = Holders(ctx, tx, in, ProposeIt, "")
	return of, err
}

// invitationFacts is what an invitation says now.
func invitationFacts(tx Tx, in *Forum, m *Meeting, i Invitation, people invitees) InvitationFacts {
	to, change := people.known[i.PersonID], Request
	if i.Withdrawn {
		change = Cancel
	}
	return InvitationFacts{
		Change: change, Meeting: m.ID, Forum: in.Name, Address: in.Address, Token: i.Token, Form: m.Form, Slot: m.Slot,
		ItemsDue: m.ItemsDue, UID: m.UID, Sequence: m.Sequence, Stamp: tx.Now(), Reason: m.Reason, Chairs: i.Chairs(),
		Required: i.Required(), Person: to.Name, To: to.Address, InPlace: people.known[i.StandsFor].Name,
		MayPropose: slices.Contains(people.propose, to.ID),
	}
}
