package calendar

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/no"
	"github.com/teambition/rrule-go"

	"github.com/samraad/samraad/forum"
)

// Almanac knows Norway's holidays and where recurrence rules lead.
type Almanac struct{}

var _ forum.Almanac = Almanac{}

// holidays are the days on which councils do not meet, with their text keys:
// the public holidays (lov om helligdager § 2, lov om 1 og 17 mai), and the two
// eves that are half days.
var holidays = []struct {
	key     string
	holiday *cal.Holiday
}{
	{"new_year", no.FoersteNyttaarsdag},
	{"maundy_thursday", no.Skjaertorsdag},
	{"good_friday", no.Langfredag},
	{"easter_day", &cal.Holiday{Func: cal.CalcEasterOffset}},
	{"easter_monday", no.AndrePaaskedag},
	{"labour_day", no.Arbeiderenesdag},
	{"constitution_day", no.Grunnlovsdag},
	{"ascension_day", no.Kristihimmelfartsdag},
	{"pentecost", &cal.Holiday{Offset: 49, Func: cal.CalcEasterOffset}},
	{"pentecost_monday", no.AndrePinsedag},
	{"christmas_eve", &cal.Holiday{Month: time.December, Day: 24, Func: cal.CalcDayOfMonth}},
	{"christmas_day", no.FoersteJuledag},
	{"boxing_day", no.AndreJuledag},
	{"new_years_eve", &cal.Holiday{Month: time.December, Day: 31, Func: cal.CalcDayOfMonth}},
}

// Holiday is the text key of a holiday.
func (Almanac) Holiday(day forum.Date) string {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return ""
	}
	for _, h := range holidays {
		actual, _ := h.holiday.Calc(at.Year())
		if forum.Date(actual.Format(time.DateOnly)) == day {
			return h.key
		}
	}
	return ""
}

// Days lists the days that a rule names.
func (Almanac) Days(rule forum.SeriesRule, most int) []forum.Date {
	from, errFrom := time.Parse(time.DateOnly, string(rule.From))
	to, errTo := time.Parse(time.DateOnly, string(rule.To))
	if errFrom != nil || errTo != nil || most <= 0 {
		return nil
	}
	if rule.Kind == forum.SpreadOut {
		return spread(rule, from, to, most)
	}
	return recurring(rule, from, to, most)
}

var recurringDays = map[time.Weekday]rrule.Weekday{
	time.Monday: rrule.MO, time.Tuesday: rrule.TU, time.Wednesday: rrule.WE, time.Thursday: rrule.TH, time.Friday: rrule.FR,
}

// recurring expands a recurrence rule (RFC 5545 § 3.3.10), which ends by its
// date or by count, whatever it says.
func recurring(rule forum.SeriesRule, from, to time.Time, most int) []forum.Date {
	weekday := recurringDays[rule.Weekday]
	option := rrule.ROption{Freq: rrule.WEEKLY, Interval: rule.Weeks, Byweekday: []rrule.Weekday{weekday}, Dtstart: from, Until: to, Count: most}
	switch rule.Kind {
	case forum.EveryWeeks:
		// Counting begins at the first such day: otherwise a rule from a Friday would skip weeks of its own.
		option.Dtstart = from.AddDate(0, 0, (int(rule.Weekday)-int(from.Weekday())+7)%7)
	case forum.InMonths:
		option.Freq, option.Interval, option.Byweekday = rrule.MONTHLY, 1, []rrule.Weekday{weekday.Nth(rule.Nth)}
		for _, month := range rule.Months {
			option.Bymonth = append(option.Bymonth, int(month))
		}
	default:
		return nil
	}
	recurrence, err := rrule.NewRRule(option)
	if err != nil {
		return nil
	}
	var named []forum.Date
	for next := recurrence.Iterator(); len(named) < most; {
		day, more := next()
		if !more {
			break
		}
		named = append(named, forum.Date(day.Format(time.DateOnly)))
	}
	return named
}

// spread puts so many days into each year, each on the weekday closest to the
// middle of its part of the year.
func spread(rule forum.SeriesRule, from, to time.Time, most int) []forum.Date {
	const daysInFourYears = 1461
	var named []forum.Date
	for i := 0; rule.Count > 0 && len(named) < most; i++ {
		middle := from.AddDate(0, 0, (2*i+1)*daysInFourYears/(8*rule.Count))
		if middle.After(to) {
			break
		}
		later := middle.AddDate(0, 0, (int(rule.Weekday)-int(middle.Weekday())+7)%7)
		earlier := later.AddDate(0, 0, -7)
		day := later
		if middle.Sub(earlier) < later.Sub(middle) && !earlier.Before(from) || later.After(to) {
			day = earlier
		}
		date := forum.Date(day.Format(time.DateOnly))
		if !day.Before(from) && !slices.Contains(named, date) {
			named = append(named, date)
		}
	}
	return named
}
