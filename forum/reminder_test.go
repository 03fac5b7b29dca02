package forum_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestRemindersKeepOfficeHours(t *testing.T) {
	for _, c := range []struct {
		name, now, by string
		want          bool
	}{
		{"a working morning", "2026-01-12 07:00", "2026-02-01 09:00", true},
		{"before seven", "2026-01-12 06:59", "2026-02-01 09:00", false},
		{"the last minute of the day", "2026-01-12 17:59", "2026-02-01 09:00", true},
		{"at six in the evening", "2026-01-12 18:00", "2026-02-01 09:00", false},
		{"a Saturday", "2026-01-10 10:00", "2026-02-01 09:00", false},
		{"a Sunday", "2026-01-11 10:00", "2026-02-01 09:00", false},
		{"Labour Day", "2026-05-01 10:00", "2026-06-01 09:00", false},
		{"Maundy Thursday", "2026-04-02 10:00", "2026-06-01 09:00", false},
		{"the night before a deadline at dawn", "2026-01-12 23:00", "2026-01-13 06:59", true},
		{"the night before a deadline as the day begins", "2026-01-12 23:00", "2026-01-13 07:00", true},
		{"the night before a deadline in the morning", "2026-01-12 23:00", "2026-01-13 07:15", false},
		{"a Sunday before a deadline that night", "2026-01-11 10:00", "2026-01-11 23:59", true},
		{"Good Friday before a deadline on Easter Monday", "2026-04-03 10:00", "2026-04-06 23:59", true},
		{"Good Friday before a deadline on Tuesday", "2026-04-03 10:00", "2026-04-07 12:00", false},
		{"a Friday night before a deadline on Sunday", "2026-01-09 23:00", "2026-01-11 23:59", false},
		{"a Saturday before a deadline on Sunday", "2026-01-10 08:00", "2026-01-11 23:59", true},
		{"at the deadline", "2026-01-12 10:00", "2026-01-12 10:00", false},
		{"after the deadline", "2026-01-12 10:00", "2026-01-12 09:00", false},
		{"summer time", "2026-07-01 07:30", "2026-08-01 09:00", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := forum.Remindable(almanac, at(c.by), at(c.now)); got != c.want {
				t.Errorf("remindable is %t", got)
			}
		})
	}
}

// TestNobodyIsRemindedTooLate has scans every quarter of an hour: whatever the
// span, there is one in it at which somebody may be reminded.
func TestNobodyIsRemindedTooLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := planned.Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "from")) * time.Minute)
		by := from.Add(time.Duration(rapid.IntRange(16, 10*24*60).Draw(t, "minutes")) * time.Minute)
		for now := from; now.Before(by); now = now.Add(15 * time.Minute) {
			if forum.Remindable(almanac, by, now) {
				return
			}
		}
		t.Fatalf("from %s until %s nobody may be reminded", from.In(forum.Oslo), by.In(forum.Oslo))
	})
}
