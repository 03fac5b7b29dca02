package forum

import (
	"context"
	"errors"
	"slices"
	"time"
)

// SeriesID identifies a series of meetings.
type SeriesID int64

// Series is meetings of one forum that come from one rule.
type Series struct {
	ID      SeriesID
	ForumID ForumID
	Number  int // the forum's own count, from 1
	Form    MeetingForm
	Rule    SeriesRule
	Place   string
	Link    string
	After   SeriesID // the series that this one carries on a year later, 0 for none
}

// SeriesKeeper keeps series.
type SeriesKeeper interface {
	Series(ctx context.Context, id SeriesID) (*Series, error)
	// SeriesIn lists a forum's series by number.
	SeriesIn(ctx context.Context, forum ForumID) ([]Series, error)
	// SeriesMeetings lists the meetings of a series by start, cancelled ones included.
	SeriesMeetings(ctx context.Context, series SeriesID) ([]Meeting, error)
	// MeetingsAmong lists the meetings of every forum that share time with from–to, by start, cancelled ones included.
	MeetingsAmong(ctx context.Context, from, to time.Time) ([]Meeting, error)
	SaveSeries(ctx context.Context, series *Series) error
}

// RuleKind is how a rule names days.
type RuleKind string

// The kinds of rule.
const (
	EveryWeeks RuleKind = "weeks"  // every so many weeks on a weekday
	InMonths   RuleKind = "months" // the first, second … weekday of some months
	SpreadOut  RuleKind = "spread" // so many a year, as far apart as can be, on a weekday
)

// RuleKinds lists them.
var RuleKinds = []RuleKind{EveryWeeks, InMonths, SpreadOut}

// Avoidance is what becomes of a meeting whose day is not open.
type Avoidance string

// What becomes of it.
const (
	MoveAway Avoidance = "move" // to the nearest open week day
	LeaveOut Avoidance = "leave-out"
)

// Avoidances lists them.
var Avoidances = []Avoidance{MoveAway, LeaveOut}

// LastOfMonth is the last weekday of a month, where 1 to 4 count from its start.
const LastOfMonth = -1

// SeriesRule says on which days, and at what time of day in Oslo, a series meets.
type SeriesRule struct {
	Kind    RuleKind
	Weekday time.Weekday // Monday to Friday
	Weeks   int          // from one meeting to the next, of EveryWeeks
	Nth     int          // 1 to 4 or LastOfMonth, of InMonths
	Months  []time.Month // of InMonths
	Count   int          // a year, of SpreadOut
	From    Date
	To      Date
	Start   string // 10:00
	End     string // 12:00, the same day
	Avoid   Avoidance
}

const (
	mostWeeks     = 26
	mostAYear     = 26
	mostInstances = 60 // a meeting every week for a year, and some
	longestSeries = 2  // years
)

// check refuses a series that cannot be planned.
func (s Series) check(now time.Time) error {
	return errors.Join(s.Rule.check(DateOf(now)), Slot{Place: s.Place, Link: s.Link}.CheckPlace(), s.Form.check())
}

func (r SeriesRule) check(today Date) error {
	return errors.Join(r.checkKind(), r.checkDays(), r.checkPeriod(today), r.checkClock(), r.checkAvoidance())
}

func (r SeriesRule) checkClock() error {
	start, noStart := checkClock("start", r.Start)
	end, noEnd := checkClock("end", r.End)
	if err := errors.Join(noStart, noEnd); err != nil {
		return err
	}
	if !end.After(start) {
		return Refuse(Invalid, "error.meeting.end_before_start").On("end")
	}
	return nil
}

func (r SeriesRule) checkKind() error {
	if !slices.Contains(RuleKinds, r.Kind) {
		return Refuse(Invalid, "error.series.kind").On("kind")
	}
	return nil
}

func (r SeriesRule) checkAvoidance() error {
	if !slices.Contains(Avoidances, r.Avoid) {
		return Refuse(Invalid, "error.series.avoid").On("avoid")
	}
	return nil
}

func (r SeriesRule) checkDays() error {
	unmonthly := func(m time.Month) bool { return m < time.January || m > time.December }
	switch {
	case r.Weekday < time.Monday || r.Weekday > time.Friday:
		return Refuse(Invalid, "error.series.weekday").On("weekday")
	case r.Kind == EveryWeeks && (r.Weeks < 1 || r.Weeks > mostWeeks):
		return Refuse(Invalid, "error.series.weeks", "Most", mostWeeks).On("weeks")
	case r.Kind == InMonths && r.Nth != LastOfMonth && (r.Nth < 1 || r.Nth > 4):
		return Refuse(Invalid, "error.series.nth").On("nth")
	case r.Kind == InMonths && (len(r.Months) == 0 || slices.ContainsFunc(r.Months, unmonthly)):
		return Refuse(Invalid, "error.series.months").On("months")
	case r.Kind == SpreadOut && (r.Count < 1 || r.Count > mostAYear):
		return Refuse(Invalid, "error.series.count", "Most", mostAYear).On("count")
	}
	return nil
}

func (r SeriesRule) checkPeriod(today Date) error {
	if err := errors.Join(checkDate("from", r.From), checkDate("to", r.To)); err != nil {
		return err
	}
	switch {
	case r.From < today:
		return Refuse(Invalid, "error.series.past").On("from")
	case r.To < r.From:
		return Refuse(Invalid, "error.series.to_before_from").On("to")
	case r.To > r.From.yearsOn(longestSeries):
		return Refuse(Invalid, "error.series.too_long", "Years", longestSeries).On("to")
	}
	return nil
}

func checkClock(field, written string) (time.Time, error) {
	clock, err := time.Parse("15:04", written)
	if err != nil {
		return clock, Refuse(Invalid, "error.time", "Given", written).On(field)
	}
	return clock, nil
}

func checkDate(field string, d Date) error {
	if _, err := ParseDate(string(d)); err != nil {
		return Refuse(Invalid, "error.date", "Given", string(d)).On(field)
	}
	return nil
}

// yearsOn is the same date some years on; the 29th of February becomes the 28th.
func (d Date) yearsOn(years int) Date {
	day := d.midnight()
	on := day.AddDate(years, 0, 0)
	if on.Month() != day.Month() {
		on = on.AddDate(0, 0, -1)
	}
	return Date(on.Format(time.DateOnly))
}

// slotOn is the slot of the series' meeting on a day. The clock in Oslo shows
// the same in summer and in winter.
func (s Series) slotOn(day Date) Slot {
	return Slot{clockOn(day, s.Rule.Start), clockOn(day, s.Rule.End), s.Place, s.Link}
}

func clockOn(day Date, clock string) time.Time {
	at, err := time.ParseInLocation(time.DateOnly+" 15:04", string(day)+" "+clock, Oslo)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// SeriesObject names what events speak of.
func SeriesObject(id SeriesID) Object { return Object{"series", int64(id)} }
