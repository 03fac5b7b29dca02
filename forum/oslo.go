package forum

import (
	"time"
	_ "time/tzdata" // a static binary on a bare machine still knows Oslo
)

// Oslo is the zone in which councils live: dates, deadlines and clock times of
// people are Europe/Oslo; instants are kept in UTC.
var Oslo = mustLoad("Europe/Oslo")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zone data is linked in, so this is a broken build
	}
	return zone
}

// Date is a calendar date in Oslo as 2006-01-02; "" means open-ended.
type Date string

// DateOf is the date in Oslo at an instant.
func DateOf(t time.Time) Date { return Date(t.In(Oslo).Format(time.DateOnly)) }

// ParseDate reads 2006-01-02; Invalid for anything else, "" included.
func ParseDate(text string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", Refuse(Invalid, "error.date", "Given", text)
	}
	return Date(text), nil
}

// Within tells whether the date lies in from–to, both included, "" being open.
func (d Date) Within(from, to Date) bool {
	return (from == "" || from <= d) && (to == "" || d <= to)
}

// EndOf is the last minute of the date in Oslo, as an instant: deadlines that
// name a day last through it.
func (d Date) EndOf() time.Time {
	day, err := time.ParseInLocation(time.DateOnly, string(d), Oslo)
	if err != nil {
		return time.Time{}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, Oslo).UTC()
}

// DaysTo is how many days later another date is, below zero for an earlier one.
func (d Date) DaysTo(other Date) int {
	return int(other.midnight().Sub(d.midnight()) / (24 * time.Hour))
}

// Before is the date a number of days earlier.
func (d Date) Before(days int) Date {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Date(day.AddDate(0, 0, -days).Format(time.DateOnly))
}

// overlap tells whether two open-ended periods share a day.
func overlap(from1, to1, from2, to2 Date) bool {
	return (to1 == "" || from2 <= to1) && (to2 == "" || from1 <= to2)
}
