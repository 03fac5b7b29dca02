package templates

import (
	"fmt"
	"time"
	_ "time/tzdata" // a machine may have no time zone database
)

// Oslo is the zone of every date and clock time that a person reads.
var Oslo = mustLoad("Europe/Oslo")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// Date is a day in Oslo written with the month's short name, "24. nov. 2026"; the zero time gives "".
func (t Text) Date(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(Oslo)
	month := t.speaker().locale.MonthAbbreviated(at.Month())
	return t.T("date.short", "Day", at.Day(), "Month", month, "Year", at.Year())
}

// DateLong is a day in Oslo with its weekday, "tysdag 24. november 2026"; the zero time gives "".
func (t Text) DateLong(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	at = at.In(Oslo)
	return t.T("date.long", "Weekday", t.Weekday(at.Weekday()), "Day", at.Day(), "Month", t.Month(at.Month()), "Year", at.Year())
}

// Clock is a time of day in Oslo, "kl. 10.00"; the zero time gives "".
func (t Text) Clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.T("date.clock", "Time", t.timeOfDay(at))
}

// DateTime is a day and time in Oslo, "24. nov. 2026 kl. 10.00"; the zero time gives "".
func (t Text) DateTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.T("date.time", "Date", t.Date(at), "Time", t.timeOfDay(at))
}

// Between is the span of a meeting in Oslo, "tysdag 24. november 2026 kl. 10.00–12.00"; over midnight both days are named.
func (t Text) Between(start, end time.Time) string {
	if start.IsZero() {
		return ""
	}
	from := t.T("date.long_time", "Date", t.DateLong(start), "Time", t.timeOfDay(start))
	if end.IsZero() || end.Equal(start) {
		return from
	}
	if start.In(Oslo).Format(time.DateOnly) == end.In(Oslo).Format(time.DateOnly) {
		return from + "–" + t.timeOfDay(end)
	}
	return from + " – " + t.T("date.long_time", "Date", t.DateLong(end), "Time", t.timeOfDay(end))
}

// TimeOfDay is a time of day in Oslo without words, "10.00".
func (t Text) TimeOfDay(at time.Time) string { return t.timeOfDay(at) }

// Month is the full name of a month.
func (t Text) Month(month time.Month) string {
	return t.speaker().locale.MonthWide(month)
}

// Weekday is the full name of a day. CLDR writes "søndag" in nynorsk; we write the other form of the norm, "sundag", beside "laurdag".
func (t Text) Weekday(day time.Weekday) string {
	if day == time.Sunday && t.Language() == Nynorsk {
		return "sundag"
	}
	return t.speaker().locale.WeekdayWide(day)
}

func (t Text) timeOfDay(at time.Time) string {
	at = at.In(Oslo)
	return t.T("date.time_of_day", "Hour", fmt.Sprintf("%02d", at.Hour()), "Minute", fmt.Sprintf("%02d", at.Minute()))
}
