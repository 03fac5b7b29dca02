package forum

import (
	"context"
	"time"
)

// ReminderID identifies a reminder.
type ReminderID int64

// Cause is what someone owes a meeting.
type Cause string

// The causes.
const (
	AnswerOwed Cause = "answer" // to the invitation
	ItemsOwed  Cause = "items"  // matters that wait in the inbox
	ResendOwed Cause = "resend" // a matter that was returned
	PapersOwed Cause = "papers" // agenda and papers to send out
	DraftOwed  Cause = "draft"  // the own level's contribution to a draft
)

// Reminder is that someone was reminded of what they owed a meeting: once each.
type Reminder struct {
	ID         ReminderID
	PersonID   PersonID
	MeetingID  MeetingID
	Cause      Cause
	RemindedAt time.Time
}

// ReminderKeeper keeps whom the forums reminded.
type ReminderKeeper interface {
	// Reminders lists those of a meeting.
	Reminders(ctx context.Context, meeting MeetingID) ([]Reminder, error)
	// SaveReminder adds one; Conflict when the person was reminded of that already.
	SaveReminder(ctx context.Context, reminder *Reminder) error
}

const (
	remindAhead = 2 * 24 * time.Hour // of a deadline
	// answerAhead is how long before a meeting without hours to answer in those are reminded who have not.
	answerAhead = 7 * 24 * time.Hour
)

// answerWanted is from when on until when someone is reminded of an invitation
// that has to be answered by due, zero for no limit: from half of the hours on,
// or from a week before the meeting, but never sooner after the invitation than
// half of the time that is left.
func answerWanted(m *Meeting, invited, due time.Time) Span {
	if !due.IsZero() {
		return Span{halfway(invited, due), due}
	}
	from := m.Start.Add(-answerAhead)
	if half := halfway(invited, m.Start); half.After(from) {
		from = half
	}
	return Span{from, m.Start}
}

func halfway(from, to time.Time) time.Time { return from.Add(to.Sub(from) / 2) }

// itemsWanted is from when on until when the secretaries are reminded of matters
// that reach a meeting and are not on its agenda.
func (m *Meeting) itemsWanted() Span {
	if m.PapersDue.After(m.ItemsDue) {
		return Span{m.ItemsDue.Add(-remindAhead), m.atLatest(m.PapersDue)}
	}
	return Span{m.ItemsDue.Add(-remindAhead), m.Start}
}

// resendWanted is from when on until when a proposer is reminded that a returned
// matter can still reach a meeting.
func (m *Meeting) resendWanted() Span {
	return Span{m.ItemsDue.Add(-remindAhead), m.atLatest(m.ItemsDue)}
}

// papersWanted is from when on until when the secretaries are reminded of agenda
// and papers.
func (m *Meeting) papersWanted() Span {
	return Span{m.PapersDue.Add(-remindAhead), m.atLatest(m.PapersDue)}
}

// atLatest is a deadline, or the beginning of the meeting before it.
func (m *Meeting) atLatest(deadline time.Time) time.Time {
	if deadline.After(m.Start) {
		return m.Start
	}
	return deadline
}

// Holds tells whether an instant lies in the span, its end left out.
func (s Span) Holds(at time.Time) bool { return !at.Before(s.Start) && at.Before(s.End) }

// Hours in Oslo between which reminders go out.
const (
	dayBegins = 7
	dayEnds   = 18
)

// morningTakes is how long after the day has begun everybody is looked at once, at the latest.
const morningTakes = 15 * time.Minute

// Remindable tells whether somebody may be reminded now of what is owed by an
// instant: by day on a working day; on another day when it could be too late in
// the next working morning; and at night when it could be in the next morning.
func Remindable(almanac Almanac, by, now time.Time) bool {
	hour := now.In(Oslo).Hour()
	switch byDay := dayBegins <= hour && hour < dayEnds; {
	case !now.Before(by):
		return false
	case byDay && workingDay(almanac, DateOf(now)):
		return true
	case byDay:
		return by.Before(nextMorning(now, func(day Date) bool { return workingDay(almanac, day) }).Add(morningTakes))
	}
	return by.Before(nextMorning(now, func(Date) bool { return true }).Add(morningTakes))
}

func workingDay(almanac Almanac, day Date) bool { return day.isWeekday() && almanac.Holiday(day) == "" }

// nextMorning is when the next day of some begins; those that do not come
// within a month never do.
func nextMorning(now time.Time, of func(Date) bool) time.Time {
	local := now.In(Oslo)
	for days := range 31 {
		morning := time.Date(local.Year(), local.Month(), local.Day()+days, dayBegins, 0, 0, 0, Oslo)
		if morning.After(now) && of(DateOf(morning)) {
			return morning
		}
	}
	return time.Time{}
}
