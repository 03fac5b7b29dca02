package forum

import (
	"context"
	"slices"
	"time"
)

// Answer is where the guest stands: the reply to the line's time as the guest
// was last told, else Waited; forOld tells that one was given to an earlier time.
func (g *Guest) Answer() (reply Reply, forOld bool) {
	switch {
	case g.Reply == "":
		return Waited, false
	case g.RepliedTo < g.Sequence:
		return Waited, true
	}
	return g.Reply, false
}

// take keeps a reply, unless a newer one is here: the verdict is as of members' answers.
func (g *Guest) take(m *Meeting, reply Reply, sequence int, stamp, now time.Time) verdict {
	given, held := Answer{Reply: reply, Sequence: sequence, Stamp: stamp}, Answer{Reply: g.Reply, Sequence: g.RepliedTo, Stamp: g.RepliedAt}
	switch {
	case g.TakenOff || m.State == CancelledMeeting:
		return meetingOff
	case !m.Movable() || !now.Before(m.End):
		return meetingOver
	case sequence > g.Sequence || g.Told.Start.IsZero():
		return aheadOfUs
	case g.Reply != "" && given.compare(held) == 0:
		return givenTwice
	case g.Reply != "" && given.compare(held) < 0:
		return supersededBefore
	}
	g.Reply, g.RepliedTo, g.RepliedAt = reply, sequence, stamp
	if sequence < g.Sequence {
		return forOldTime
	}
	return counts
}

// AnswerAsGuest is a guest's yes or no on the guest's page, for which the link is
// all that is asked.
func AnswerAsGuest(ctx context.Context, tx Tx, link string, reply Reply) (*Guest, error) {
	found, err := ReadGuestPage(ctx, tx, link)
	if err != nil {
		return nil, err
	}
	guest, m, err := guestLocked(ctx, tx, found.Guest.ID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Replies, reply) {
		return nil, Refuse(Invalid, "error.answer.choose").On("answer")
	}
	switch guest.take(m, reply, guest.Sequence, tx.Now(), tx.Now()) {
	case meetingOff, aheadOfUs:
		return nil, Refuse(NotFound, "error.guest.link")
	case meetingOver:
		return nil, Refuse(Conflict, "error.answer.over")
	}
	return guest, keepGuestAnswer(ctx, tx, m, guest)
}

// guestLocked is a guest as it is once the meeting, which guards it, is locked.
func guestLocked(ctx context.Context, tx Tx, id GuestID) (*Guest, *Meeting, error) {
	found, err := tx.Guest(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	m, err := tx.Meeting(ctx, found.MeetingID)
	if err != nil {
		return nil, nil, err
	}
	guest, err := tx.Guest(ctx, id)
	return guest, m, err
}

func keepGuestAnswer(ctx context.Context, tx Tx, m *Meeting, guest *Guest) error {
	if err := tx.SaveGuest(ctx, guest); err != nil {
		return err
	}
	return tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), Deed: "guest_answered", Object: GuestObject(guest.ID), Details: map[string]string{"Guest": guest.Name, "Answer": string(guest.Reply)},
	})
}

// TakeMailedGuestAnswer does what the calendar of a guest asks, who wrote to the
// guest's own address, and marks the mail as TakeMailedAnswer does.
func TakeMailedGuestAnswer(ctx context.Context, tx Tx, id IncomingID, from GuestID, reading Reading, said CalendarAnswer) (IncomingState, error) {
	guest, m, err := guestLocked(ctx, tx, from)
	if err != nil {
		return "", err
	}
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return "", err
	}
	reply, trouble := said.reply()
	switch {
	case said.UID != guest.UID:
		trouble = "held.answer_other_meeting"
	case said.Counter:
		trouble = "held.reply"
	case said.PartStat == delegated:
		trouble = "held.answer_delegated" // nobody stands in for a guest
	}
	if trouble != "" {
		return HeldMail, HoldMail(ctx, tx, id, reading, trouble, false)
	}
	before := *guest
	becomes := guest.take(m, reply, said.Sequence, said.given(mail), tx.Now())
	if becomes == aheadOfUs {
		return HeldMail, HoldMail(ctx, tx, id, reading, "held.answer_ahead", false)
	}
	if *guest != before {
		if err := keepGuestAnswer(ctx, tx, m, guest); err != nil {
			return "", err
		}
	}
	mail.Reading, mail.State, mail.Reason = reading, Understood, ""
	if becomes != counts {
		mail.State, mail.Reason = Noted, "noted.answer_"+string(becomes)
	}
	return mail.State, tx.SaveIncoming(ctx, mail)
}
