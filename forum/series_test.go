package forum_test

import (
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
)

var almanac = calendar.Almanac{}

// fortnightly is every second Tuesday of the spring, at ten; the fourth of its
// days is in the week before Easter, the fifth lies open.
func fortnightly(in forum.ForumID) forum.Series {
	return forum.Series{
		ForumID: in, Form: forum.Ordinary, Place: "Heradshuset",
		Rule: forum.SeriesRule{
			Kind: forum.EveryWeeks, Weekday: time.Tuesday, Weeks: 2, From: "2026-02-17", To: "2026-04-28", Start: "10:00", End: "12:00", Avoid: forum.MoveAway,
		},
	}
}

func TestBlockedWeeksCoverAndSpan(t *testing.T) {
	winter, summer, last := forum.BlockedWeeks{First: 9, Last: 9}, forum.BlockedWeeks{First: 27, Last: 32, Year: 2026}, forum.BlockedWeeks{First: 53, Last: 53}
	lifted := winter
	lifted.Lifted = true
	for _, c := range []struct {
		name  string
		weeks forum.BlockedWeeks
		day   forum.Date
		want  bool
	}{
		{"Monday of the week", winter, "2026-02-23", true},
		{"Sunday of the week", winter, "2026-03-01", true},
		{"the day after", winter, "2026-03-02", false},
		{"another year, when it is every year's", winter, "2031-02-24", true},
		{"another year, when it is one year's", summer, "2027-07-07", false},
		{"that year", summer, "2026-06-29", true},
		{"the last week of a year reaches into the next", last, "2027-01-03", true},
		{"open again", lifted, "2026-02-23", false},
	} {
		if got := c.weeks.Cover(c.day); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	for _, c := range []struct {
		weeks    forum.BlockedWeeks
		year     int
		from, to forum.Date
		ok       bool
	}{
		{winter, 2026, "2026-02-23", "2026-03-01", true},
		{summer, 2026, "2026-06-29", "2026-08-09", true},
		{summer, 2027, "", "", false},
		{last, 2026, "2026-12-28", "2027-01-03", true},
		{last, 2027, "", "", false},
	} {
		if from, to, ok := c.weeks.Span(c.year); from != c.from || to != c.to || ok != c.ok {
			t.Errorf("%+v in %d: %s–%s, %v", c.weeks, c.year, from, to, ok)
		}
	}
}

func TestNextYearOfASeries(t *testing.T) {
	s := fortnightly(1)
	s.ID, s.Number, s.Rule.From, s.Rule.To = 7, 3, "2024-02-29", "2024-12-31"
	for today, from := range map[forum.Date]forum.Date{"2024-11-01": "2025-02-28", "2025-06-01": "2025-06-01"} {
		next := forum.NextYear(s, today)
		if next.After != 7 || next.ID != 0 || next.Rule.From != from || next.Rule.To != "2025-12-31" || next.Rule.Weeks != 2 {
			t.Errorf("on %s: %+v", today, next)
		}
	}
}

func TestASeriesThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*forum.Series)
		want   string
	}{
		"no form":           {func(s *forum.Series) { s.Form = "" }, "invalid: error.meeting.form on form"},
		"no kind":           {func(s *forum.Series) { s.Rule.Kind = "moon" }, "invalid: error.series.kind on kind"},
		"on a Sunday":       {func(s *forum.Series) { s.Rule.Weekday = time.Sunday }, "invalid: error.series.weekday on weekday"},
		"no weeks":          {func(s *forum.Series) { s.Rule.Weeks = 0 }, "invalid: error.series.weeks on weeks"},
		"no month":          {func(s *forum.Series) { s.Rule.Kind, s.Rule.Nth = forum.InMonths, 1 }, "invalid: error.series.months on months"},
		"a 13th month":      {func(s *forum.Series) { s.Rule.Kind, s.Rule.Nth, s.Rule.Months = forum.InMonths, 1, []time.Month{13} }, "invalid: error.series.months on months"},
		"the fifth":         {func(s *forum.Series) { s.Rule.Kind, s.Rule.Nth = forum.InMonths, 5 }, "invalid: error.series.nth on nth"},
		"none a year":       {func(s *forum.Series) { s.Rule.Kind = forum.SpreadOut }, "invalid: error.series.count on count"},
		"no way to avoid":   {func(s *forum.Series) { s.Rule.Avoid = "" }, "invalid: error.series.avoid on avoid"},
		"no first day":      {func(s *forum.Series) { s.Rule.From = "" }, "invalid: error.date on from"},
		"no last day":       {func(s *forum.Series) { s.Rule.To = "31.12." }, "invalid: error.date on to"},
		"begun":             {func(s *forum.Series) { s.Rule.From = "2026-01-09" }, "invalid: error.series.past on from"},
		"ends first":        {func(s *forum.Series) { s.Rule.To = "2026-02-16" }, "invalid: error.series.to_before_from on to"},
		"for ever":          {func(s *forum.Series) { s.Rule.To = "9999-12-31" }, "invalid: error.series.too_long on to"},
		"too many":          {func(s *forum.Series) { s.Rule.Weeks, s.Rule.To = 1, "2028-01-01" }, "invalid: error.series.too_many on to"},
		"no hour":           {func(s *forum.Series) { s.Rule.Start = "ti" }, "invalid: error.time on start"},
		"no last hour":      {func(s *forum.Series) { s.Rule.End = "" }, "invalid: error.time on end"},
		"ends as it begins": {func(s *forum.Series) { s.Rule.End = "10:00" }, "invalid: error.meeting.end_before_start on end"},
		"nowhere":           {func(s *forum.Series) { s.Place = " " }, "invalid: error.meeting.no_place on place"},
		"a link that is no": {func(s *forum.Series) { s.Link = "http://x" }, "invalid: error.meeting.link on link"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fortnightly(1)
			c.change(&s)
			refused(t, forum.CheckSeries(s, almanac, planned), c.want)
		})
	}
	refused(t, forum.CheckSeries(fortnightly(1), almanac, planned), "")
}
