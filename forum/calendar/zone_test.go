package calendar

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
)

func TestEveryWindowsZoneIsKnown(t *testing.T) {
	if len(windowsZones) < 139 {
		t.Errorf("only %d zones", len(windowsZones))
	}
	for name, zone := range windowsZones {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if lookUp(strings.ToUpper(name)) == nil {
			t.Errorf("%s is not found", name)
		}
	}
}

func TestZoneNames(t *testing.T) {
	summer := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]time.Duration{
		"Europe/Oslo":   2 * time.Hour,
		`"Europe/Oslo"`: 2 * time.Hour,
		"/freeassociation.sourceforge.net/Europe/Oslo":    2 * time.Hour,
		"/mozilla.org/20250101_1/America/Argentina/Salta": -3 * time.Hour,
		"/softwarestudio.org/Tzfile/Europe/Oslo":          2 * time.Hour,
		"w. EUROPE standard time":                         2 * time.Hour,
		"tzone://Microsoft/Utc":                           0,
		"tzone://Microsoft/Romance Standard Time":         2 * time.Hour,
		"UTC":       0,
		"Z":         0,
		"GMT+0300":  3 * time.Hour,
		"UTC-05:30": -5*time.Hour - 30*time.Minute,
	} {
		zones := newZones(&rawCalendar{props: properties{}}, newZoneNames(new(effort)))
		if found := zones.named(name); found == nil || found.offset(summer) != want {
			t.Errorf("%s is %v, want %v ahead", name, found, want)
		}
	}
	for _, name := range []string{"", "Local", "Middle-earth/Bree", "../../etc/passwd", "tzone://Microsoft/Custom", strings.Repeat("a/", 5000)} {
		zones := newZones(&rawCalendar{props: properties{}}, newZoneNames(new(effort)))
		if found := zones.named(name); found != nil {
			t.Errorf("%.40q is %v, want unknown", name, found)
		}
	}
}

// defined reads a VTIMEZONE.
func defined(t *testing.T, text string) zone {
	t.Helper()
	lines, work := lineReader{rest: []byte(text), work: new(effort)}, new(effort)
	tree := newTree(work)
	for raw, ok := lines.next(); ok; raw, ok = lines.next() {
		prop, _ := parseLine(raw, work)
		tree.take(prop)
	}
	found := newRuleZone(tree.calendars[0].zones[0], work)
	if found == nil {
		t.Fatal("no zone is defined by\n" + text)
	}
	return found
}

// A zone that comes along has the offsets that the zone database knows.
func TestZonesDefinedByRules(t *testing.T) {
	for _, test := range []struct {
		name, location, definition string
		from, to                   int
	}{
		{"ours", "Europe/Oslo", string(encode(osloZone())), 1997, 2037},
		{"Outlook's, standard time first", "Europe/Oslo", `BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT`, 1997, 2037},
		{"changes one by one", "Europe/Oslo", `BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:20251026T030000
RDATE:20261025T030000,20271031T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
RDATE:20270328T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT`, 2026, 2027},
		{"rules that end, by month day and weekday", "America/New_York", `BEGIN:VTIMEZONE
BEGIN:DAYLIGHT
DTSTART:20000402T020000
RRULE:FREQ=YEARLY;UNTIL=20060402T070000Z;BYMONTH=4;BYDAY=1SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20001029T020000
RRULE:FREQ=YEARLY;UNTIL=20061029T020000;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD`, 2001, 2037},
		{"no summer time", "Asia/Tokyo", `BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETTO:+0900
END:STANDARD`, 1980, 2030},
		{"south of the equator", "Australia/Sydney", `BEGIN:VTIMEZONE
BEGIN:STANDARD
DTSTART:20080406T030000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU
TZOFFSETFROM:+1100
TZOFFSETTO:+1000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20081005T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU
TZOFFSETFROM:+1000
TZOFFSETTO:+1100
END:DAYLIGHT`, 2009, 2037},
	} {
		t.Run(test.name, func(t *testing.T) {
			location, err := time.LoadLocation(test.location)
			if err != nil {
				t.Fatal(err)
			}
			zone, known := defined(t, test.definition), namedZone{location}
			end := time.Date(test.to, 12, 31, 0, 0, 0, 0, time.UTC)
			for at := time.Date(test.from, 1, 1, 0, 0, 0, 0, time.UTC); at.Before(end); at = at.Add(time.Hour) {
				if zone.offset(at) != known.offset(at) {
					t.Fatalf("at %s %v ahead, want %v", at, zone.offset(at), known.offset(at))
				}
			}
		})
	}
}

// RFC 5545 § 3.3.5: a time that comes twice is the first, one that is skipped counts from before the gap.
func TestTimesAtTheClockChange(t *testing.T) {
	newYork := namedZone{location(t, "America/New_York")}
	for _, test := range []struct {
		name, wall string
		zone       zone
		want       string
	}{
		{"twice in Oslo", "20261025T023000", namedZone{oslo}, "2026-10-25T00:30:00Z"},
		{"after that", "20261025T030000", namedZone{oslo}, "2026-10-25T02:00:00Z"},
		{"skipped in Oslo", "20260329T023000", namedZone{oslo}, "2026-03-29T01:30:00Z"},
		{"twice by rules", "20261025T023000", defined(t, string(encode(osloZone()))), "2026-10-25T00:30:00Z"},
		{"skipped by rules", "20260329T023000", defined(t, string(encode(osloZone()))), "2026-03-29T01:30:00Z"},
		{"twice in New York", "20261101T013000", newYork, "2026-11-01T05:30:00Z"},
		{"skipped in New York", "20260308T023000", newYork, "2026-03-08T07:30:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			moment, ok := parseMoment(test.wall)
			if got := instantOf(moment.wall, test.zone).Format(time.RFC3339); !ok || got != test.want {
				t.Errorf("%s is %s, want %s", test.wall, got, test.want)
			}
		})
	}
}

func TestZonesOfACalendar(t *testing.T) {
	const strange = "BEGIN:VTIMEZONE\nTZID:Strange\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0545\nTZOFFSETTO:+0545\nEND:STANDARD\nEND:VTIMEZONE\n"
	for name, test := range map[string]struct{ head, start, want string }{
		"no zone is Oslo":             {"", "DTSTART:20260701T100000", "2026-07-01T08:00:00Z"},
		"the calendar's own":          {"X-WR-TIMEZONE:Asia/Tokyo\n", "DTSTART:20260701T100000", "2026-07-01T01:00:00Z"},
		"defined along":               {strange, "DTSTART;TZID=Strange:20260701T100000", "2026-07-01T04:15:00Z"},
		"defined under another name":  {strange, "DTSTART;TZID=(UTC+05:45) Kathmandu:20260701T100000", "2026-07-01T04:15:00Z"},
		"a name that is known counts": {strings.ReplaceAll(strange, "Strange", "Europe/Oslo"), "DTSTART;TZID=Europe/Oslo:20260701T100000", "2026-07-01T08:00:00Z"},
		"unknown":                     {"", "DTSTART;TZID=Strange:20260701T100000", "0001-01-01T00:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			object, err := Read([]byte("BEGIN:VCALENDAR\n" + test.head + "BEGIN:VEVENT\n" + test.start + "\nEND:VEVENT\nEND:VCALENDAR"))
			if err != nil {
				t.Fatal(err)
			}
			if got := object.Entries[0].Start.Format(time.RFC3339); got != test.want {
				t.Errorf("starts %s, want %s", got, test.want)
			}
		})
	}
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	found, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNoZoneIsDefinedByNothing(t *testing.T) {
	raw := &rawZone{props: properties{}, standard: []properties{{ical.PropDateTimeStart: {{Value: "never"}}}}}
	if found := newRuleZone(raw, new(effort)); found != nil {
		t.Errorf("found %v", found)
	}
}
