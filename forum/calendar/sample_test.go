package calendar_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum/calendar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with testdata/NAME, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// meeting is an invitation with everything in it.
func meeting() calendar.Invitation {
	return calendar.Invitation{
		Method:        calendar.Request,
		UID:           "7d1f0c52-samarbeidsradet@samraad.example",
		Sequence:      2,
		Stamp:         instant("2026-03-02T08:15:00Z"),
		Start:         instant("2026-03-18T09:00:00Z"),
		End:           instant("2026-03-18T12:00:00Z"),
		Summary:       "Samarbeidsrådet, møte 2/26: økonomi; utskriving, og «ferdig behandla»",
		Description:   "Vel møtt.\n\nSakspapira ligg på nettsida; dei vert òg sende på e-post, ei veke før møtet.",
		Location:      "Voss herad, Kommunestyresalen",
		ConferenceURL: "https://video.samraad.example/rom/samarbeidsradet?pin=1234",
		Language:      "nn",
		Organizer:     calendar.Organizer{Name: "Samarbeidsrådet", Address: "Moete+k3v9q2@Samraad.example"},
		Attendees: []calendar.Invitee{
			{Name: "Helse- og omsorgssjef, Kvam herad", Address: "Helsesjef@kvam.example", RSVP: true},
			{Name: "Kommunedirektør", Address: "direktor@voss.example", Role: calendar.Chair, PartStat: calendar.Accepted},
			{Name: "Observatør", Address: "observator@brukar.example", Role: calendar.Optional, PartStat: calendar.Declined},
		},
	}
}

// hostileTexts would be more than one property, or unreadable, if they were written as they are.
var hostileTexts = []struct{ given, line, lines string }{
	{"Ola\r\nATTENDEE:mailto:x@evil.example", "Ola ATTENDEE:mailto:x@evil.example", "Ola\nATTENDEE:mailto:x@evil.example"},
	{"Ola\rSTATUS:CANCELLED", "Ola STATUS:CANCELLED", "Ola\nSTATUS:CANCELLED"},
	{"Ola\n END:VEVENT", "Ola END:VEVENT", "Ola\n END:VEVENT"},
	{"Ola\x00\x1b\x7f\u0085Dunk", "OlaDunk", "OlaDunk"},
	{"Ola\u2028UID:2\u2029UID:3", "Ola UID:2 UID:3", "Ola\nUID:2\nUID:3"},
	{"\u202egnp.exe\u202c\u200fOla\u2066", "gnp.exeOla", "gnp.exeOla"},
	{`C:\Dokument a,b;c:d "e" f^g`, `C:\Dokument a,b;c:d "e" f^g`, `C:\Dokument a,b;c:d "e" f^g`},
	{"tab\there", "tab here", "tab here"},
	{"bad\xffutf\xc3", "bad\uFFFDutf\uFFFD", "bad\uFFFDutf\uFFFD"},
	{"\ufeffBEGIN:VCALENDAR", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR"},
	{"👩‍⚕️ æøå ÆØÅ " + "日本語日本語日本語日本語日本語日本語日本語日本語", "👩‍⚕️ æøå ÆØÅ 日本語日本語日本語日本語日本語日本語日本語日本語",
		"👩‍⚕️ æøå ÆØÅ 日本語日本語日本語日本語日本語日本語日本語日本語"},
	{"\r\n\x00 \u202e", "", ""},
}

func instant(text string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err) // a wrong literal in a test
	}
	return at
}

func osloTime(t *testing.T) *time.Location {
	t.Helper()
	location, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	return location
}

// clockChanges are the instants at which the clocks of Oslo were changed in two years.
func clockChanges() []time.Time {
	return []time.Time{
		instant("2026-03-29T01:00:00Z"), instant("2026-10-25T01:00:00Z"),
		instant("2027-03-28T01:00:00Z"), instant("2027-10-31T01:00:00Z"),
	}
}

func encoded(t *testing.T, invitation calendar.Invitation) []byte {
	t.Helper()
	data, err := invitation.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
