package calendar_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/samraad/samraad/forum/calendar"
)

// Whatever comes in, Read neither fails in another way than it says nor gives what a database or a page cannot hold.
func FuzzRead(f *testing.F) {
	sent, err := filepath.Glob("testdata/sent/*.ics")
	if err != nil || len(sent) == 0 {
		f.Fatal("no samples", err)
	}
	for _, path := range sent {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, lines := range []string{
		`ATTENDEE;CN="a"b:`, "ATTENDEE;CN", "ATTENDEE;CN=a,b;PARTSTAT=ACCEPTED:mailto:x", "ATTENDEE;=:x", `ATTENDEE;CN="`, "ATTENDEE:İ:mailto:İ",
		"DTSTART;TZID=(UTC+01:00) Oslo:20260101T100000", "DTSTART;TZID=W. Europe Standard Time:99991231T235959", "DTSTART:00010101",
		"DTSTART:20260101T100000Z\r\nDURATION:P99999W", "DTSTART;VALUE=DATE:20260101\r\nDURATION:P99999D", "RECURRENCE-ID:20260101T246060Z",
		"SUMMARY;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=B8=00=\r\n", "SUMMARY:M\xf8te\r\n\t\xc3\r\n \xb8", "COMMENT:\\\\n\\", "SEQUENCE:-1",
		"END:VEVENT\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:20260229T030000\r\nTZOFFSETTO:+0100\r\n" +
			"RRULE:FREQ=YEARLY;BYDAY=-9XX;BYMONTH=13;COUNT=-5\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=X:20260101T100000",
		"BEGIN:STANDARD\r\nBEGIN:VTIMEZONE\r\nBEGIN:DAYLIGHT\r\nEND:VCALENDAR\r\nBEGIN:VEVENT",
	} {
		f.Add([]byte(inEvent(lines)))
	}
	f.Add([]byte("\xFF\xFEB\x00E\x00"))
	f.Add([]byte("junk\rBEGIN:VCALENDAR\rBEGIN:VEVENT\r\r\nUID:"))
	f.Fuzz(func(t *testing.T, data []byte) {
		object, err := calendar.Read(data)
		if err != nil {
			if object != nil || err != calendar.ErrNoCalendar && err != calendar.ErrTooLarge {
				t.Fatal(object, err)
			}
			return
		}
		storable(t, object.Method)
		for _, entry := range object.Entries {
			storable(t, entry.UID, entry.RecurrenceID, entry.Organizer, entry.Summary, entry.Location, entry.Status, entry.Comment)
			for _, at := range []time.Time{entry.Stamp, entry.Start, entry.End} {
				if _, err := at.MarshalJSON(); err != nil || at.Location() != time.UTC {
					t.Fatal(at, err)
				}
			}
			if entry.Sequence < 0 || !entry.End.IsZero() && entry.End.Before(entry.Start) {
				t.Fatalf("%+v", entry)
			}
			for _, attendee := range entry.Attendees {
				storable(t, attendee.Address, attendee.Name, attendee.PartStat, attendee.Role, attendee.Comment)
				storable(t, attendee.DelegatedTo...)
				storable(t, attendee.DelegatedFrom...)
			}
		}
	})
}

func storable(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		control := strings.IndexFunc(text, func(char rune) bool { return unicode.IsControl(char) && char != '\n' && char != '\t' })
		if !utf8.ValidString(text) || control >= 0 {
			t.Fatalf("%q", text)
		}
	}
}
