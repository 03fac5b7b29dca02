package forum_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

// at reads an instant as a person in Oslo writes it: 2026-03-29 10:00.
func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", clock, forum.Oslo)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestDatesAreOslos(t *testing.T) {
	for name, c := range map[string]struct {
		instant string
		want    forum.Date
	}{
		"noon":                                    {"2026-06-15T12:00:00Z", "2026-06-15"},
		"a summer evening in UTC is tomorrow":     {"2026-06-15T22:00:00Z", "2026-06-16"},
		"a minute before that is still today":     {"2026-06-15T21:59:59Z", "2026-06-15"},
		"a winter evening in UTC is tomorrow":     {"2026-12-31T23:00:00Z", "2027-01-01"},
		"a minute before that is the old year":    {"2026-12-31T22:59:59Z", "2026-12-31"},
		"the night when summer time begins":       {"2026-03-28T23:00:00Z", "2026-03-29"},
		"the night when it ends":                  {"2026-10-24T22:00:00Z", "2026-10-25"},
		"the hour that comes twice":               {"2026-10-25T01:30:00Z", "2026-10-25"},
		"an instant that is given with an offset": {"2026-06-15T23:30:00-05:00", "2026-06-16"},
	} {
		t.Run(name, func(t *testing.T) {
			instant, err := time.Parse(time.RFC3339, c.instant)
			if err != nil {
				t.Fatal(err)
			}
			if got := forum.DateOf(instant); got != c.want {
				t.Errorf("%s is %s, want %s", c.instant, got, c.want)
			}
		})
	}
}

func TestParsingDates(t *testing.T) {
	for text, want := range map[string]string{
		"2026-02-28":           "",
		"2024-02-29":           "",
		"2026-02-29":           "invalid: error.date",
		"2026-13-01":           "invalid: error.date",
		"2026-1-1":             "invalid: error.date",
		"01.02.2026":           "invalid: error.date",
		"2026-02-28T10:00:00Z": "invalid: error.date",
		" 2026-02-28":          "invalid: error.date",
		"":                     "invalid: error.date",
	} {
		t.Run(text, func(t *testing.T) {
			date, err := forum.ParseDate(text)
			refused(t, err, want)
			if err == nil && string(date) != text {
				t.Errorf("read as %s", date)
			}
		})
	}
}

func TestEndOfADayIsItsLastMinuteInOslo(t *testing.T) {
	for date, want := range map[forum.Date]string{
		"2026-01-15": "2026-01-15T22:59:00Z",
		"2026-07-15": "2026-07-15T21:59:00Z",
		"2026-03-28": "2026-03-28T22:59:00Z",
		"2026-03-29": "2026-03-29T21:59:00Z", // summer time has begun
		"2026-10-24": "2026-10-24T21:59:00Z",
		"2026-10-25": "2026-10-25T22:59:00Z", // and has ended
		"":           "0001-01-01T00:00:00Z",
		"not a date": "0001-01-01T00:00:00Z",
		"2026-02-30": "0001-01-01T00:00:00Z",
	} {
		if got := date.EndOf().Format(time.RFC3339); got != want {
			t.Errorf("the end of %q is %s, want %s", date, got, want)
		}
	}
}

func TestDaysBefore(t *testing.T) {
	for name, c := range map[string]struct {
		date forum.Date
		days int
		want forum.Date
	}{
		"none":                            {"2026-03-30", 0, "2026-03-30"},
		"over the start of summer time":   {"2026-03-30", 1, "2026-03-29"},
		"over its end":                    {"2026-10-26", 2, "2026-10-24"},
		"over a leap day":                 {"2024-03-01", 1, "2024-02-29"},
		"over new year":                   {"2027-01-10", 21, "2026-12-20"},
		"of no date there is none either": {"", 7, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.date.Before(c.days); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	for name, c := range map[string]struct {
		date, from, to forum.Date
		want           bool
	}{
		"open on both sides": {"2026-05-01", "", "", true},
		"the first day":      {"2026-05-01", "2026-05-01", "2026-05-31", true},
		"the last day":       {"2026-05-31", "2026-05-01", "2026-05-31", true},
		"the day before":     {"2026-04-30", "2026-05-01", "", false},
		"the day after":      {"2026-06-01", "", "2026-05-31", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.date.Within(c.from, c.to); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// dates draws dates around the turns of summer time and of the year.
func dates() *rapid.Generator[forum.Date] {
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return rapid.Map(rapid.IntRange(0, 800), func(days int) forum.Date {
		return forum.Date(first.AddDate(0, 0, days).Format(time.DateOnly))
	})
}

func TestADeadlineFallsOnTheDayItNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := dates().Draw(t, "day")
		minutes := rapid.IntRange(0, 24*60-1).Draw(t, "minute of the day")
		back := rapid.IntRange(0, 365).Draw(t, "days before")
		start := at(string(day) + " 00:00").Add(time.Duration(minutes) * time.Minute)
		due := forum.Deadlines{ItemsDays: back}.ItemsDue(start)
		if got, want := forum.DateOf(due), forum.DateOf(start).Before(back); got != want {
			t.Fatalf("due on %s, want %s", got, want)
		}
		if clock := due.In(forum.Oslo).Format("15:04"); clock != "23:59" {
			t.Fatalf("due at %s", clock)
		}
	})
}

func TestOverlapIsACommonDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from1, to1 := period(t)
		from2, to2 := period(t)
		if forum.Overlap(from1, to1, from2, to2) != forum.Overlap(from2, to2, from1, to1) {
			t.Fatal("it depends on which period is named first")
		}
		common := false
		for _, day := range []forum.Date{from1, to1, from2, to2, "2026-06-01"} {
			common = common || day != "" && day.Within(from1, to1) && day.Within(from2, to2)
		}
		if got := forum.Overlap(from1, to1, from2, to2); got != common {
			t.Fatalf("overlap is %v, a common day %v", got, common)
		}
	})
}

// period draws from–to in order, each end sometimes open.
func period(t *rapid.T) (from, to forum.Date) {
	from, to = dates().Draw(t, "from"), dates().Draw(t, "to")
	if to < from {
		from, to = to, from
	}
	if rapid.Bool().Draw(t, "open from") {
		from = ""
	}
	if rapid.Bool().Draw(t, "open to") {
		to = ""
	}
	return from, to
}
