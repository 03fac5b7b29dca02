package forum

import (
	"context"
	"slices"
	"strings"
	"time"
)

// CalendarAnswer is what somebody's calendar says of a meeting (REPLY and
// COUNTER, RFC 5546 § 3.2.3 and § 3.2.7), as far as the mailroom could read it.
type CalendarAnswer struct {
	Meeting  MeetingID // of the address that it came to, 0 for none
	UID      string
	Sequence int
	Stamp    time.Time // zero when the calendar gave none
	PartStat string    // in upper case
	// Delegate is the address of whom PartStat delegates to, "" for none.
	Delegate string
	// Instance names the one instance of a series that is meant (RECURRENCE-ID): an instant (RFC 3339) or a date; "" for none.
	Instance string
	Comment  string
	// Attendees are the addresses that the object speaks of.
	Attendees []string
	// Counter tells that another time is proposed, with Start and End.
	Counter    bool
	Start, End time.Time
}

// TakeMailedAnswer does what a calendar's answer asks, for the person whom the
// mail is from, and marks the mail in the same transaction: understood, noted
// when it changes nothing any more, or held with the reason when a secretary has
// to look at it.
func TakeMailedAnswer(ctx context.Context, tx Tx, id IncomingID, sender PersonID, reading Reading, said CalendarAnswer) (IncomingState, error) {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return "", err
	}
	m, trouble, err := answered(ctx, tx, mail, said)
	if err != nil {
		return "", err
	}
	if trouble == "" {
		trouble, err = said.speaksFor(ctx, tx, mail, sender)
		if err != nil {
			return "", err
		}
	}
	if trouble != "" {
		return HeldMail, HoldMail(ctx, tx, id, reading, trouble, false)
	}
	state, reason, err := said.take(ctx, tx, m, mail, sender)
	if err != nil {
		return "", err
	}
	if state == HeldMail {
		return state, HoldMail(ctx, tx, id, reading, reason, false)
	}
	mail.Reading, mail.State, mail.Reason = reading, state, reason
	return state, tx.SaveIncoming(ctx, mail)
}

// answered is the meeting that an answer is about: of the address that it came
// to and of its UID, which have to agree.
func answered(ctx context.Context, tx Tx, mail *Incoming, said CalendarAnswer) (m *Meeting, trouble string, err error) {
	const unknown, other, instance = "held.answer_no_meeting", "held.answer_other_meeting", "held.answer_other_instance"
	if said.Meeting != 0 {
		m, err = tx.Meeting(ctx, said.Meeting)
	} else {
		m, err = tx.MeetingByUID(ctx, said.UID)
	}
	switch {
	case IsKind(err, NotFound):
		return nil, unknown, nil
	case err != nil:
		return nil, "", err
	case m.ForumID != mail.ForumID || m.UID != said.UID:
		return nil, other, nil
	case !said.Means(m):
		return nil, instance, nil
	}
	return m, "", nil
}

// Means tells whether the instance that is meant is the meeting: each meeting of
// our series has a UID of its own, and begins when it says.
func (said CalendarAnswer) Means(m *Meeting) bool {
	if said.Instance == "" {
		return true
	}
	if at, err := time.Parse(time.RFC3339, said.Instance); err == nil {
		return at.Equal(m.Start)
	}
	return said.Instance == string(DateOf(m.Start))
}

// speaksFor checks that the answer is the sender's own: the object names the
// sender, or nobody whom we know, as when a calendar knows its owner by another
// address. Of a released mail a secretary has said whose it is.
func (said CalendarAnswer) speaksFor(ctx context.Context, tx Tx, mail *Incoming, sender PersonID) (trouble string, err error) {
	if mail.SpeaksFor != 0 || len(said.Attendees) == 0 {
		return "", nil
	}
	others := false
	for _, address := range said.Attendees {
		person, err := WriterOf(ctx, tx, address)
		switch {
		case IsKind(err, NotFound):
			others = others || said.Meeting == 0 // without an address of the sender's own nothing else says whose it is
		case err != nil:
			return "", err
		case person.ID == sender:
			return "", nil
		default:
			others = true
		}
	}
	if others {
		return "held.answer_of_another", nil
	}
	return "", nil
}

// take keeps the answer, or the proposal of another time, as far as it goes.
func (said CalendarAnswer) take(ctx context.Context, tx Tx, m *Meeting, mail *Incoming, sender PersonID) (IncomingState, string, error) {
	switch off := m.closedTo(said.Sequence, tx.Now()); off {
	case meetingOff, meetingOver:
		return Noted, "noted.answer_" + string(off), nil
	case aheadOfUs:
		return HeldMail, "held.answer_ahead", nil
	}
	invitations, err := tx.Invitations(ctx, m.ID)
	if err != nil {
		return "", "", err
	}
	at := slices.IndexFunc(invitations, func(i Invitation) bool { return i.PersonID == sender })
	if at < 0 {
		return HeldMail, "held.answer_not_invited", nil
	}
	stamp := said.given(mail)
	comment := cutComment(said.Comment)
	if said.Counter {
		return said.propose(ctx, tx, TimeProposal{
			MeetingID: m.ID, PersonID: sender, Start: said.Start, End: said.End, Sequence: said.Sequence, Stamp: stamp, Comment: comment,
			MailID: mail.ID, CameAt: tx.Now(),
		})
	}
	reply, trouble := said.reply()
	if trouble != "" {
		return HeldMail, trouble, nil
	}
	a := Answer{
		MeetingID: m.ID, PersonID: sender, Reply: reply, Sequence: said.Sequence, Stamp: stamp, Comment: comment, Source: ByMail, MailID: mail.ID, CameAt: tx.Now(),
	}
	if said.PartStat == delegated {
		a.Delegate = said.Delegate
	}
	earlier, err := tx.Answers(ctx, m.ID)
	if err != nil {
		return "", "", err
	}
	becomes := m.judge(a, earlier, tx.Now())
	if becomes == givenTwice {
		return Noted, "noted.answer_twice", nil
	}
	if err := takeAnswer(ctx, tx, m, &a, ""); err != nil {
		return "", "", err
	}
	switch {
	case becomes != counts:
		return Noted, "noted.answer_" + string(becomes), nil
	case invitations[at].Withdrawn:
		return Noted, "noted.answer_withdrawn", nil
	}
	return Understood, "", nil
}

// given is when the answer was given, as far as it can be believed.
func (said CalendarAnswer) given(mail *Incoming) time.Time {
	if said.Stamp.IsZero() || said.Stamp.After(mail.AcceptedAt) {
		return mail.AcceptedAt // a clock that is ahead would outlast every later answer
	}
	return said.Stamp
}

// delegated is the PARTSTAT of who sends somebody else.
const delegated = "DELEGATED"

// reply reads PARTSTAT (RFC 5545 § 3.2.12). Who delegates does not come; who comes
// instead is not theirs to say, but the next substitute.
func (said CalendarAnswer) reply() (reply Reply, trouble string) {
	switch said.PartStat {
	case "ACCEPTED":
		return Coming, ""
	case "DECLINED":
		return NotComing, ""
	case "TENTATIVE":
		return Unsure, ""
	case delegated:
		if said.Delegate != "" {
			return NotComing, ""
		}
		return "", "held.answer_delegated"
	}
	return "", "held.answer_unclear"
}

// propose keeps a proposal of another time once.
func (said CalendarAnswer) propose(ctx context.Context, tx Tx, p TimeProposal) (IncomingState, string, error) {
	if p.Start.IsZero() {
		return HeldMail, "held.counter_without_time", nil
	}
	earlier, err := tx.TimeProposals(ctx, p.MeetingID)
	if err != nil {
		return "", "", err
	}
	if slices.ContainsFunc(earlier, func(e TimeProposal) bool {
		return e.PersonID == p.PersonID && e.Sequence == p.Sequence && e.Start.Equal(p.Start) && e.End.Equal(p.End) && e.Comment == p.Comment
	}) {
		return Noted, "noted.counter_twice", nil
	}
	return Understood, "", tx.SaveTimeProposal(ctx, &p)
}

// cutComment shortens what a calendar says to what a comment may be; the mail
// has all of it.
func cutComment(comment string) string {
	comment = strings.TrimSpace(comment)
	if runes := []rune(comment); len(runes) > longestComment {
		return string(runes[:longestComment-1]) + "…"
	}
	return comment
}
