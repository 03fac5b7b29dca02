package forum

import (
	"slices"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// seriesNths are the text keys of which weekday of a month it is.
var seriesNths = map[int]string{
	1: "series_nth.first", 2: "series_nth.second", 3: "series_nth.third", 4: "series_nth.fourth", forum.LastOfMonth: "series_nth.last",
}

// seriesTitle is what a series is called.
func seriesTitle(t templates.Text, s forum.Series) string {
	return t.T("series.title", "Number", s.Number)
}

// seriesRule is a rule as people say it.
func seriesRule(t templates.Text, r forum.SeriesRule) string {
	weekday := t.Weekday(r.Weekday)
	switch {
	case r.Kind == forum.EveryWeeks && r.Weeks == 1:
		return t.T("series.each_week", "Weekday", weekday)
	case r.Kind == forum.EveryWeeks:
		return t.T("series.every_weeks", "Weeks", r.Weeks, "Weekday", weekday)
	case r.Kind == forum.InMonths:
		return t.T("series.in_months", "Nth", t.T(seriesNths[r.Nth]), "Weekday", weekday, "Months", monthNames(t, r.Months))
	default:
		return t.N("series.spread", r.Count, "Weekday", weekday)
	}
}

func monthNames(t templates.Text, months []time.Month) string {
	if len(months) == 12 {
		return t.T("series.all_months")
	}
	names := make([]string, len(months))
	for i, m := range months {
		names[i] = t.Month(m)
	}
	return strings.Join(names, ", ")
}

// seriesWhen is a series' rule with its clock times and its period.
func seriesWhen(t templates.Text, r forum.SeriesRule) string {
	return t.T("series.when", "Rule", seriesRule(t, r), "Start", clockText(t, r.Start), "End", clockText(t, r.End), "From", dateOf(t, r.From), "To", dateOf(t, r.To))
}

// clockText is a time of day of a rule as people write it.
func clockText(t templates.Text, clock string) string {
	hour, minute, _ := strings.Cut(clock, ":")
	return t.T("date.time_of_day", "Hour", hour, "Minute", minute)
}

// dayOf is a date with its weekday.
func dayOf(t templates.Text, d forum.Date) string { return capitalised(t.DateLong(noonOf(d))) }

// noonOf is an instant on a date in Oslo, the zero time for no date.
func noonOf(d forum.Date) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, string(d), forum.Oslo)
	if err != nil {
		return time.Time{}
	}
	return day.Add(12 * time.Hour)
}

// weeksName is "week 9" or "weeks 27–32".
func weeksName(t templates.Text, weeks forum.BlockedWeeks) string {
	if weeks.First == weeks.Last {
		return t.T("page.year.week", "First", weeks.First)
	}
	return t.T("page.year.weeks", "First", weeks.First, "Last", weeks.Last)
}

// obstacleText says what stands in the way of a day.
func obstacleText(t templates.Text, day forum.Date, o *forum.Obstacle) string {
	holiday := ""
	if o.Kind == forum.OnHoliday {
		holiday = t.T("holiday." + o.Holiday)
	}
	return t.T("obstacle."+string(o.Kind), "Day", dayOf(t, day), "Holiday", holiday, "Weeks", weeksName(t, o.Weeks), "Reason", o.Weeks.Reason)
}

func clashText(t templates.Text, c forum.Clash) string {
	return t.T("page.preview.clash", "Person", c.Person.Name, "Forum", c.Forum.Name, "When", meetingWhen(t, c.Meeting))
}

// untouched tells whether every instance stands as its rule says.
func untouched(instances []forum.Instance) bool {
	return !slices.ContainsFunc(instances, func(i forum.Instance) bool { return i.Why != nil })
}

// clashes counts those of all instances, and the absences.
func clashes(instances []forum.Instance) (count, gone int) {
	for _, i := range instances {
		count, gone = count+len(i.Clashes), gone+len(i.Away)
	}
	return count, gone
}
