package calendar

import (
	"fmt"
	"strings"
	"testing"
)

// hostile builds objects of about n octets, each aimed at one way of looking at the same octets again and again.
var hostile = map[string]func(n int) string{
	"one parameter":          func(n int) string { return event("ATTENDEE;CN=" + strings.Repeat("x", n) + ":mailto:a@b.example") },
	"one parameter, quoted":  func(n int) string { return event(`ATTENDEE;CN="` + strings.Repeat("x:", n/2) + `":mailto:a@b.example`) },
	"one value":              func(n int) string { return event("SUMMARY:" + strings.Repeat(`\n`, n/2)) },
	"one name":               func(n int) string { return event(strings.Repeat("X", n)) },
	"quotes":                 func(n int) string { return event("ATTENDEE;CN=" + strings.Repeat(`"`, n)) },
	"quotes and commas":      func(n int) string { return event("ATTENDEE;CN=" + strings.Repeat(`",`, n/2)) },
	"semicolons":             func(n int) string { return event("ATTENDEE" + strings.Repeat(";", n) + ":mailto:a@b.example") },
	"many parameters":        func(n int) string { return event("ATTENDEE" + numbered(n, ";P%d=v")) },
	"colons":                 func(n int) string { return event("DTSTART;TZID=" + strings.Repeat(":", n)) },
	"mailto of mailto":       func(n int) string { return event("ORGANIZER:" + strings.Repeat("mailto:", n/7) + "a%40b.example") },
	"wrapped address":        func(n int) string { return event("ORGANIZER:" + strings.Repeat("<", n/2) + strings.Repeat(">", n/2)) },
	"many mailtos":           func(n int) string { return event("ATTENDEE:x" + strings.Repeat(":mailto:", n/8)) },
	"lines":                  func(n int) string { return event(strings.Repeat("X:1\r\n", n/5)) },
	"lines that are none":    func(n int) string { return event(strings.Repeat("?\n", n/2)) },
	"empty lines":            func(n int) string { return event("SUMMARY:a\r\n" + strings.Repeat("\r\n", n/2) + " b") },
	"folds":                  func(n int) string { return event("SUMMARY:a" + strings.Repeat("\n b", n/3)) },
	"soft line breaks":       func(n int) string { return event("SUMMARY;QUOTED-PRINTABLE:a" + strings.Repeat("=\nb", n/3)) },
	"empty properties":       func(n int) string { return event(strings.Repeat("UID:\n", n/5)) },
	"comments":               func(n int) string { return event(strings.Repeat("COMMENT:a\n", n/10)) },
	"attendees":              func(n int) string { return event(strings.Repeat("ATTENDEE:a\n", n/11)) },
	"nothing but high bytes": func(n int) string { return event("SUMMARY:" + strings.Repeat("\xff", n)) },
	"nothing but zeros":      func(n int) string { return strings.Repeat("\x00", n) + event("") },
	"junk before":            func(n int) string { return strings.Repeat("BEGIN:VCALENDA ", n/15) + "\n" + event("") },
	"nested":                 func(n int) string { return event(strings.Repeat("BEGIN:X\n", n/8)) },
	"nested and crossed":     func(n int) string { return event(strings.Repeat("BEGIN:X\n", n/16) + strings.Repeat("END:Y\n", n/12)) },
	"ends":                   func(n int) string { return event(strings.Repeat("END:X\n", n/6)) },
	"calendars":              func(n int) string { return strings.Repeat("BEGIN:VCALENDAR\n", n/16) },
	"calendars with a zone":  func(n int) string { return strings.Repeat(event("DTSTART;TZID=No/Where:20260101T100000"), n/100) },
	"events":                 func(n int) string { return event(strings.Repeat("BEGIN:VEVENT\n", n/13)) },
	"unknown zones":          func(n int) string { return event(numbered(n, "BEGIN:VEVENT\nDTSTART;TZID=Z%d:20260101T100000\n")) },
	"zones":                  func(n int) string { return event(numbered(n, "BEGIN:VTIMEZONE\nTZID:Z%d\nBEGIN:STANDARD\n")) },
	"rules and times": func(n int) string {
		rule := "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY\n"
		times := "BEGIN:VEVENT\nDTSTART;TZID=Q:20260101T100000\nDTEND;TZID=Q:20260101T110000\n"
		return event("BEGIN:VTIMEZONE\nTZID:Q\n" + strings.Repeat(rule, n/2/len(rule)) + strings.Repeat(times, n/2/len(times)))
	},
	"single changes and times": func(n int) string {
		changes := "BEGIN:VTIMEZONE\nTZID:Q\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+0200\nRDATE:19700101T000000"
		times := "BEGIN:VEVENT\nDTSTART;TZID=Q:20260101T100000\nDTEND;TZID=Q:20260101T110000\n"
		return event(changes + strings.Repeat(",19700101T000000", n/32) + "\n" + strings.Repeat(times, n/2/len(times)))
	},
}

func event(lines string) string {
	return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:m\n" + lines + "\nEND:VEVENT\nEND:VCALENDAR\n"
}

// numbered repeats a pattern with a number in it.
func numbered(n int, pattern string) string {
	var all strings.Builder
	for i := 0; all.Len() < n; i++ {
		fmt.Fprintf(&all, pattern, i)
	}
	return all.String()
}

// Reading looks at each octet a bounded number of times, however large the object and however it is built.
func TestReadingIsLinear(t *testing.T) {
	const perOctet, lookUps = 50, maxZones * lookUpEffort
	for name, build := range hostile {
		t.Run(name, func(t *testing.T) {
			for _, size := range []int{20_000, 1_000_000} {
				data, work := build(size), effort(0)
				if _, err := read([]byte(data), &work); err != nil {
					t.Fatal(err)
				}
				if int(work) < len(data)/2 {
					t.Errorf("only %d steps counted for %d octets", work, len(data))
				}
				if int(work) > perOctet*len(data)+lookUps {
					t.Errorf("%d steps for %d octets", work, len(data))
				}
			}
		})
	}
}
