package forum

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// AnswerID identifies an answer.
type AnswerID int64

// Reply is where someone stands with an invitation.
type Reply string

// The replies. Only the first three are ever given; the others are what a
// missing answer means.
const (
	Coming    Reply = "yes"
	NotComing Reply = "no"
	Unsure    Reply = "maybe"
	Waited    Reply = "none"    // no answer yet
	Overdue   Reply = "overdue" // no answer within the mandate's hours
)

// Replies lists those that can be given, the most careful last.
var Replies = []Reply{Coming, Unsure, NotComing}

// longestComment bounds what someone adds to an answer, in characters.
const longestComment = 2000

// Answer is one answer of one person to one meeting, as it came. Answers are
// only ever added; which of them holds is a rule.
type Answer struct {
	ID        AnswerID
	MeetingID MeetingID
	PersonID  PersonID
	Reply     Reply
	Sequence  int       // of the invitation that it answers
	Stamp     time.Time // when the person gave it
	Comment   string    // for the secretaries alone
	Delegate  string    // address of whom the person would send instead, "" for nobody; substitutes are called up in their order all the same
	Source    Source
	MailID    IncomingID // that it came in, 0 from the page
	CameAt    time.Time
}

// TimeProposalID identifies a proposal of another time.
type TimeProposalID int64

// TimeProposal is what a calendar proposes instead (COUNTER, RFC 5546 § 3.2.7):
// no answer, but a wish for the secretaries to see.
type TimeProposal struct {
	ID        TimeProposalID
	MeetingID MeetingID
	PersonID  PersonID
	Start     time.Time
	End       time.Time // zero when the calendar gave none
	Sequence  int
	Stamp     time.Time
	Comment   string
	MailID    IncomingID
	CameAt    time.Time
}

// Slot is the meeting's, at the time that is proposed.
func (p TimeProposal) Slot(m *Meeting) Slot {
	to := m.Slot
	to.Start, to.End = p.Start, p.End
	if !to.End.After(to.Start) {
		to.End = to.Start.Add(m.End.Sub(m.Start))
	}
	return to
}

// AnswerKeeper keeps answers and proposals of another time. The meeting guards
// both: who adds one holds the meeting.
type AnswerKeeper interface {
	// Answers lists a meeting's, in the order in which they came.
	Answers(ctx context.Context, meeting MeetingID) ([]Answer, error)
	SaveAnswer(ctx context.Context, answer *Answer) error
	// TimeProposals lists a meeting's, in the order in which they came.
	TimeProposals(ctx context.Context, meeting MeetingID) ([]TimeProposal, error)
	SaveTimeProposal(ctx context.Context, proposal *TimeProposal) error
}

// compare orders one person's answers: the higher sequence holds, then the later
// stamp (RFC 5546 § 2.1.5). Of two given in the same second the more careful one
// holds, so that the order of arrival never decides.
func (a Answer) compare(b Answer) int {
	return cmp.Or(
		cmp.Compare(a.Sequence, b.Sequence), a.Stamp.Compare(b.Stamp),
		cmp.Compare(slices.Index(Replies, a.Reply), slices.Index(Replies, b.Reply)), cmp.Compare(a.Comment, b.Comment),
	)
}

// NewestAnswers gives for each person the answer that holds. One to an earlier
// sequence than the meeting's is "for the old time" and does not count.
func NewestAnswers(answers []Answer) map[PersonID]Answer {
	newest := map[PersonID]Answer{}
	for _, a := range answers {
		if held, has := newest[a.PersonID]; !has || a.compare(held) > 0 {
			newest[a.PersonID] = a
		}
	}
	return newest
}

// replyTo is where a person stands: the newest answer if it is to the meeting as
// it is now, else whether there still is time to answer. due is zero for no limit.
func replyTo(m *Meeting, newest Answer, due, now time.Time) Reply {
	if newest.ID != 0 && newest.Sequence == m.Sequence {
		return newest.Reply
	}
	if due.IsZero() || now.Before(due) {
		return Waited
	}
	return Overdue
}

// verdict is what becomes of an answer or a proposal that came.
type verdict string

// The verdicts.
const (
	counts           verdict = "counts"
	forOldTime       verdict = "old_time"  // to an earlier sequence: kept, not counted
	supersededBefore verdict = "older"     // a newer one came before it: kept, not counted
	givenTwice       verdict = "twice"     // it is here already
	meetingOff       verdict = "cancelled" // nothing to come to
	meetingOver      verdict = "over"      // too late
	aheadOfUs        verdict = "ahead"     // to a sequence that was never sent
)

// judge tells what becomes of an answer to a meeting that has answers already.
func (m *Meeting) judge(a Answer, earlier []Answer, now time.Time) verdict {
	if off := m.closedTo(a.Sequence, now); off != "" {
		return off
	}
	if slices.ContainsFunc(earlier, func(e Answer) bool { return e.PersonID == a.PersonID && e.compare(a) == 0 }) {
		return givenTwice
	}
	newest, has := NewestAnswers(earlier)[a.PersonID]
	switch {
	case a.Sequence < m.Sequence:
		return forOldTime
	case has && newest.compare(a) > 0:
		return supersededBefore
	}
	return counts
}

// closedTo tells why nothing about a sequence is taken any more, "" when it is.
func (m *Meeting) closedTo(sequence int, now time.Time) verdict {
	switch {
	case m.State == CancelledMeeting:
		return meetingOff
	case !m.Movable() || !now.Before(m.End):
		return meetingOver
	case sequence > m.Sequence || m.State == DraftMeeting:
		return aheadOfUs
	}
	return ""
}
