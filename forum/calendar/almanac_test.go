package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
)

// easter is Easter Day of each year, as tables of the church print it.
var easter = map[int]forum.Date{
	2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2028: "2028-04-16", 2029: "2029-04-01",
	2030: "2030-04-21", 2031: "2031-04-13", 2032: "2032-03-28", 2033: "2033-04-17", 2034: "2034-04-09", 2035: "2035-03-25",
	2036: "2036-04-13", 2037: "2037-04-05", 2038: "2038-04-25", 2039: "2039-04-10", 2040: "2040-04-01",
}

func TestHolidaysOfNorway(t *testing.T) {
	for year := 2024; year <= 2040; year++ {
		day, err := time.Parse(time.DateOnly, string(easter[year]))
		if err != nil {
			t.Fatal(err)
		}
		after := func(days int) forum.Date { return forum.Date(day.AddDate(0, 0, days).Format(time.DateOnly)) }
		in := func(monthAndDay string) forum.Date { return forum.Date(day.Format("2006-") + monthAndDay) }
		want := map[forum.Date]string{
			after(-3): "maundy_thursday", after(-2): "good_friday", after(0): "easter_day", after(1): "easter_monday",
			after(39): "ascension_day", after(49): "pentecost", after(50): "pentecost_monday",
		}
		for date, key := range map[string]string{
			"01-01": "new_year", "05-01": "labour_day", "05-17": "constitution_day", "12-24": "christmas_eve",
			"12-25": "christmas_day", "12-26": "boxing_day", "12-31": "new_years_eve",
		} {
			want[in(date)] = key // a day that has two names goes by the one that stands in the law of its own
		}
		got := map[forum.Date]string{}
		for d := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
			date := forum.Date(d.Format(time.DateOnly))
			if key := (calendar.Almanac{}).Holiday(date); key != "" {
				got[date] = key
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d (-want +got):\n%s", year, diff)
		}
	}
	for _, odd := range []forum.Date{"", "2026-02-30", "jul"} {
		if key := (calendar.Almanac{}).Holiday(odd); key != "" {
			t.Errorf("%q is %s", odd, key)
		}
	}
}

func TestDaysOfRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rule forum.SeriesRule
		most int
		want []forum.Date
	}{
		{"every second Tuesday, from a Friday", forum.SeriesRule{Kind: forum.EveryWeeks, Weekday: time.Tuesday, Weeks: 2, From: "2026-01-02", To: "2026-02-17"}, 60,
			[]forum.Date{"2026-01-06", "2026-01-20", "2026-02-03", "2026-02-17"}},
		{"every week, from the day itself", forum.SeriesRule{Kind: forum.EveryWeeks, Weekday: time.Monday, Weeks: 1, From: "2026-03-23", To: "2026-04-12"}, 60,
			[]forum.Date{"2026-03-23", "2026-03-30", "2026-04-06"}},
		{"second Wednesday of three months", forum.SeriesRule{Kind: forum.InMonths, Weekday: time.Wednesday, Nth: 2, Months: []time.Month{2, 5, 11}, From: "2026-01-01", To: "2026-12-31"}, 60,
			[]forum.Date{"2026-02-11", "2026-05-13", "2026-11-11"}},
		{"last Thursday, clipped", forum.SeriesRule{Kind: forum.InMonths, Weekday: time.Thursday, Nth: forum.LastOfMonth, Months: []time.Month{1, 2, 3}, From: "2026-01-30", To: "2026-03-25"}, 60,
			[]forum.Date{"2026-02-26"}},
		{"four a year", forum.SeriesRule{Kind: forum.SpreadOut, Weekday: time.Tuesday, Count: 4, From: "2026-01-01", To: "2026-12-31"}, 60,
			[]forum.Date{"2026-02-17", "2026-05-19", "2026-08-18", "2026-11-17"}},
		{"one a year", forum.SeriesRule{Kind: forum.SpreadOut, Weekday: time.Friday, Count: 1, From: "2026-01-01", To: "2027-12-31"}, 60,
			[]forum.Date{"2026-07-03", "2027-07-02"}},
		{"no more than wanted", forum.SeriesRule{Kind: forum.EveryWeeks, Weekday: time.Monday, Weeks: 1, From: "2026-01-01", To: "9999-12-31"}, 2,
			[]forum.Date{"2026-01-05", "2026-01-12"}},
		{"no such kind", forum.SeriesRule{Kind: "moon", Weekday: time.Monday, From: "2026-01-01", To: "2026-12-31"}, 60, nil},
		{"no dates", forum.SeriesRule{Kind: forum.EveryWeeks, Weekday: time.Monday, Weeks: 1}, 60, nil},
		{"none wanted", forum.SeriesRule{Kind: forum.SpreadOut, Weekday: time.Monday, Count: 4, From: "2026-01-01", To: "2026-12-31"}, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, (calendar.Almanac{}).Days(c.rule, c.most)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// rules draws any rule that a form lets through.
func rules() *rapid.Generator[forum.SeriesRule] {
	return rapid.Custom(func(t *rapid.T) forum.SeriesRule {
		from := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 5000).Draw(t, "from"))
		return forum.SeriesRule{
			Kind:    rapid.SampledFrom(forum.RuleKinds).Draw(t, "kind"),
			Weekday: time.Weekday(rapid.IntRange(1, 5).Draw(t, "weekday")),
			Weeks:   rapid.IntRange(1, 26).Draw(t, "weeks"),
			Nth:     rapid.SampledFrom([]int{1, 2, 3, 4, forum.LastOfMonth}).Draw(t, "nth"),
			Months:  rapid.SliceOfNDistinct(rapid.Map(rapid.IntRange(1, 12), func(m int) time.Month { return time.Month(m) }), 1, 12, rapid.ID).Draw(t, "months"),
			Count:   rapid.IntRange(1, 26).Draw(t, "count"),
			From:    forum.Date(from.Format(time.DateOnly)),
			To:      forum.Date(from.AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "length")).Format(time.DateOnly)),
			Start:   "10:00", End: "12:00",
			Avoid: rapid.SampledFrom(forum.Avoidances).Draw(t, "avoid"),
		}
	})
}

func blockedWeeks() *rapid.Generator[forum.BlockedWeeks] {
	return rapid.Custom(func(t *rapid.T) forum.BlockedWeeks {
		first := rapid.IntRange(1, 53).Draw(t, "first")
		return forum.BlockedWeeks{
			Year:  rapid.SampledFrom([]int{0, 0, 2025, 2026, 2030}).Draw(t, "year"),
			First: first, Last: rapid.IntRange(first, min(53, first+8)).Draw(t, "last"), Lifted: rapid.IntRange(0, 4).Draw(t, "lifted") == 0,
		}
	})
}

func TestNoMeetingOnADayThatIsNotOpen(t *testing.T) {
	almanac := calendar.Almanac{}
	rapid.Check(t, func(t *rapid.T) {
		rule := rules().Draw(t, "rule")
		blocked := rapid.SliceOfN(blockedWeeks(), 0, 4).Draw(t, "blocked")
		days, err := forum.SeriesDays(rule, almanac, blocked)
		if err != nil {
			t.Fatal(err)
		}
		var met []forum.Date
		for _, d := range days {
			if !d.Wanted.Within(rule.From, rule.To) {
				t.Fatalf("the rule names %s", d.Wanted)
			}
			if d.Day == d.Wanted != (d.Why == nil) {
				t.Fatalf("%+v is without a reason, or has one for nothing", d)
			}
			if d.Day == "" {
				continue
			}
			weekday := weekdayOf(d.Day)
			if key := almanac.Holiday(d.Day); key != "" || weekday == time.Saturday || weekday == time.Sunday {
				t.Fatalf("%s is %s %s", d.Day, weekday, key)
			}
			for _, weeks := range blocked {
				if weeks.Cover(d.Day) {
					t.Fatalf("%s lies in %+v", d.Day, weeks)
				}
			}
			if !d.Day.Within(rule.From, rule.To) || slices.Contains(met, d.Day) || d.Why != nil && rule.Avoid == forum.LeaveOut {
				t.Fatalf("%+v of %+v", d, days)
			}
			met = append(met, d.Day)
		}
		if !slices.IsSorted(met) {
			t.Fatalf("meetings have changed places: %v", met)
		}
	})
}

func weekdayOf(day forum.Date) time.Weekday {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		panic(err)
	}
	return at.Weekday()
}

func TestADayThatIsNotOpen(t *testing.T) {
	weekly := forum.SeriesRule{Kind: forum.EveryWeeks, Weekday: time.Monday, Weeks: 2, From: "2026-03-23", To: "2026-05-04", Avoid: forum.MoveAway}
	left := weekly
	left.Avoid = forum.LeaveOut
	easterMonday := &forum.Obstacle{Kind: forum.OnHoliday, Holiday: "easter_monday"}
	spring := forum.BlockedWeeks{First: 15, Last: 15, Reason: "Ferie"}
	summer := forum.BlockedWeeks{First: 14, Last: 18, Year: 2026}
	for _, c := range []struct {
		name    string
		rule    forum.SeriesRule
		blocked []forum.BlockedWeeks
		want    forum.SeriesDay
	}{
		{"goes to the next week day", weekly, nil, forum.SeriesDay{Wanted: "2026-04-06", Day: "2026-04-07", Why: easterMonday}},
		{"is left out when so wished", left, nil, forum.SeriesDay{Wanted: "2026-04-06", Why: easterMonday}},
		{"goes back over a holiday before a blocked week", weekly, []forum.BlockedWeeks{spring}, forum.SeriesDay{Wanted: "2026-04-06", Day: "2026-04-01", Why: easterMonday}},
		{"is left out where all near are closed", weekly, []forum.BlockedWeeks{summer}, forum.SeriesDay{Wanted: "2026-04-06", Why: easterMonday}},
	} {
		t.Run(c.name, func(t *testing.T) {
			days, err := forum.SeriesDays(c.rule, calendar.Almanac{}, c.blocked)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, days[1]); diff != "" {
				t.Error(diff)
			}
		})
	}
	endless := forum.SeriesRule{Kind: forum.EveryWeeks, Weekday: time.Monday, Weeks: 1, From: "2026-01-01", To: "2027-12-31"}
	if _, err := forum.SeriesDays(endless, calendar.Almanac{}, nil); !forum.IsKind(err, forum.Invalid) {
		t.Errorf("104 meetings: %v", err)
	}
}
