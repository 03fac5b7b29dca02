package calendar_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum/calendar"
)

func TestInvitationsAsTheyAreSent(t *testing.T) {
	for name, change := range map[string]func(*calendar.Invitation){
		"request.ics": func(*calendar.Invitation) {},
		"cancel.ics": func(i *calendar.Invitation) {
			i.Method, i.Sequence, i.Attendees = calendar.Cancel, 3, i.Attendees[:1]
		},
		"instance.ics": func(i *calendar.Invitation) {
			i.RecurrenceID, i.Language, i.ConferenceURL, i.Description = i.Start.AddDate(0, 0, -7), "", "", ""
		},
		"autumn-night.ics": func(i *calendar.Invitation) {
			i.Start, i.End = instant("2026-10-24T23:00:00Z"), instant("2026-10-25T00:30:00Z")
		},
		"hostile.ics": func(i *calendar.Invitation) {
			i.Summary = "Møte\r\nEND:VEVENT\r\nBEGIN:VEVENT"
			i.Organizer.Name = "Råd\";X=\"y\":mailto:x@evil.example\r\nATTENDEE:mailto:z@evil.example"
			i.Attendees[0].Name = "Kari \"Kjapp\" Nordmann, dr.; \u202eliam\x00 a^nb"
			i.Attendees[1].Address = "o'brien+råd%1@voss.example"
		},
	} {
		t.Run(name, func(t *testing.T) {
			invitation := meeting()
			change(&invitation)
			golden(t, "sent/"+name, encoded(t, invitation))
		})
	}
}

func TestLinkStandsOnceInPlaceAndText(t *testing.T) {
	invitation := meeting()
	invitation.ConferenceURL = "https://v.example/rom"
	invitation.Location, invitation.Description = "", "Sjå https://v.example/rom"
	entry := readOnly(t, encoded(t, invitation))
	if entry.Location != "https://v.example/rom" {
		t.Errorf("location %q", entry.Location)
	}
	plain := unfold(encoded(t, invitation))
	if !strings.Contains(plain, "\r\nDESCRIPTION;LANGUAGE=nn:Sjå https://v.example/rom\r\n") {
		t.Errorf("description in\n%s", plain)
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	for _, test := range []struct {
		name, field string
		change      func(*calendar.Invitation)
	}{
		{"no method", "Method", func(i *calendar.Invitation) { i.Method = "" }},
		{"an answer", "Method", func(i *calendar.Invitation) { i.Method = "REPLY" }},
		{"no uid", "UID", func(i *calendar.Invitation) { i.UID = "" }},
		{"a uid of two lines", "UID", func(i *calendar.Invitation) { i.UID = "a\nb" }},
		{"negative sequence", "Sequence", func(i *calendar.Invitation) { i.Sequence = -1 }},
		{"no stamp", "Stamp", func(i *calendar.Invitation) { i.Stamp = time.Time{} }},
		{"no start", "Start", func(i *calendar.Invitation) { i.Start = time.Time{} }},
		{"an end beyond four digits", "End", func(i *calendar.Invitation) { i.End = i.Start.AddDate(9000, 0, 0) }},
		{"an end at the start", "End", func(i *calendar.Invitation) { i.End = i.Start }},
		{"an end in the same second", "End", func(i *calendar.Invitation) { i.End = i.Start.Add(time.Millisecond) }},
		{"an end before the start", "End", func(i *calendar.Invitation) { i.End = i.Start.Add(-time.Hour) }},
		{"a link that runs code", "ConferenceURL", func(i *calendar.Invitation) { i.ConferenceURL = "javascript:alert(1)" }},
		{"a link with a line break", "ConferenceURL", func(i *calendar.Invitation) { i.ConferenceURL = "https://v.example/\r\nX:1" }},
		{"a link without a host", "ConferenceURL", func(i *calendar.Invitation) { i.ConferenceURL = "https:///rom" }},
		{"a language that is none", "Language", func(i *calendar.Invitation) { i.Language = "nn;X=1" }},
		{"no organizer", "Organizer", func(i *calendar.Invitation) { i.Organizer.Address = "" }},
		{"an organizer with a line break", "Organizer", func(i *calendar.Invitation) { i.Organizer.Address = "a@b.example\r\nX:1" }},
		{"nobody", "Attendees", func(i *calendar.Invitation) { i.Attendees = nil }},
		{"no address", "Attendees", func(i *calendar.Invitation) { i.Attendees[1].Address = "Voss herad" }},
		{"an address with a name", "Attendees", func(i *calendar.Invitation) { i.Attendees[1].Address = "Voss <post@voss.example>" }},
		{"two addresses", "Attendees", func(i *calendar.Invitation) { i.Attendees[1].Address = "a@b.example,c@d.example" }},
		{"a quoted address", "Attendees", func(i *calendar.Invitation) { i.Attendees[1].Address = `"a b"@c.example` }},
		{"an unknown role", "Attendees", func(i *calendar.Invitation) { i.Attendees[1].Role = "KING" }},
		{"an unknown answer", "Attendees", func(i *calendar.Invitation) { i.Attendees[1].PartStat = "MAYBE" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			invitation := meeting()
			test.change(&invitation)
			data, err := invitation.Encode()
			var refused *calendar.InvitationError
			if !errors.As(err, &refused) || refused.Field != test.field {
				t.Errorf("error %v, want one of %s; data %q", err, test.field, data)
			}
		})
	}
}

// hostileText draws any octets, with much of what separates lines, parameters and values.
func hostileText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"\r\n", "\r", "\n", "\n ", "\x00", "\u2028", "\u0085", "\u202e", `"`, ";", ":", ",", `\`, `\n`, "^", "^n",
			"=", "BEGIN:VEVENT", "END:VEVENT", "ATTENDEE:mailto:x@evil.example", "æ", "日本", "👩‍⚕️", "\xff", " ", "\t"}),
		rapid.StringN(0, 30, 100),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 20), func(octets []byte) string { return string(octets) }),
	)
	return rapid.Map(rapid.SliceOfN(piece, 0, 12), func(pieces []string) string { return strings.Join(pieces, "") })
}

func hostileInvitation(t *rapid.T) calendar.Invitation {
	text := hostileText()
	address := rapid.OneOf(rapid.StringMatching(`[a-zA-Z0-9!#$%&'*+/=?^_{|}~-]{1,60}@[a-z]{1,20}\.example`), text)
	invitation := meeting()
	invitation.Method = rapid.SampledFrom([]calendar.Method{calendar.Request, calendar.Cancel}).Draw(t, "method")
	invitation.UID = rapid.OneOf(rapid.StringMatching(`[!-~æøå]{1,120}`), text).Draw(t, "uid")
	invitation.Sequence = rapid.IntRange(0, 1<<20).Draw(t, "sequence")
	invitation.Start = time.Unix(rapid.Int64Range(-1e9, 1e10).Draw(t, "start"), 0)
	invitation.End = invitation.Start.Add(time.Duration(rapid.Int64Range(1, 1e6).Draw(t, "seconds")) * time.Second)
	if rapid.Bool().Draw(t, "of a series") {
		invitation.RecurrenceID = time.Unix(rapid.Int64Range(-1e9, 1e10).Draw(t, "instance"), 0)
	}
	invitation.Summary, invitation.Description = text.Draw(t, "summary"), text.Draw(t, "description")
	invitation.Location = text.Draw(t, "location")
	invitation.Organizer.Name, invitation.Organizer.Address = text.Draw(t, "organizer"), address.Draw(t, "organizer address")
	for n := range invitation.Attendees {
		invitation.Attendees[n].Name, invitation.Attendees[n].Address = text.Draw(t, "name"), address.Draw(t, "address")
	}
	return invitation
}

// Whatever stands in an invitation, it has the lines it should have, and none is too long.
func TestNothingAddsAProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		invitation := hostileInvitation(t)
		data, err := invitation.Encode()
		if err != nil {
			return
		}
		if !utf8.Valid(data) || !bytes.HasSuffix(data, []byte("END:VCALENDAR\r\n")) {
			t.Fatalf("not a calendar: %q", data)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
			if len(line) > 75 || line == "" || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("line %q", line)
			}
		}
		allowed := []string{"ATTENDEE", "BEGIN", "CALSCALE", "CONFERENCE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "END",
			"LOCATION", "METHOD", "ORGANIZER", "PRODID", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP",
			"TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "UID", "VERSION", "X-MICROSOFT-CDO-BUSYSTATUS"}
		count := map[string]int{}
		for _, line := range strings.Split(strings.TrimSuffix(unfold(data), "\r\n"), "\r\n") {
			count[line[:strings.IndexAny(line, ":;")]]++
		}
		once := map[string]int{"ATTENDEE": 3, "BEGIN": 5, "END": 5, "DTSTART": 3, "RRULE": 2, "TZNAME": 2, "TZOFFSETFROM": 2, "TZOFFSETTO": 2}
		for name, n := range count {
			want := max(once[name], 1)
			if n != want || !slices.Contains(allowed, name) {
				t.Fatalf("%d × %s in\n%s", n, name, data)
			}
		}
	})
}

// What is written is what is read, save what hostile texts lose.
func TestInvitationsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		invitation := hostileInvitation(t)
		plain := rapid.StringMatching(`[A-Za-zæøåÆØÅ0-9,;:\\'\^=()«»–]{1,20}( [A-Za-zæøå,;:\\'\^]{1,20}){0,5}`)
		invitation.UID = rapid.StringMatching(`[!-~æøå]{1,120}`).Draw(t, "plain uid")
		invitation.Summary, invitation.Location = plain.Draw(t, "plain summary"), plain.Draw(t, "plain location")
		invitation.Organizer.Address = "råd+k%3@samraad.example"
		invitation.ConferenceURL = ""
		want := calendar.Entry{
			UID: invitation.UID, Sequence: invitation.Sequence, Stamp: invitation.Stamp.UTC(), RecurrenceID: utc(invitation.RecurrenceID),
			Start: invitation.Start.UTC(), End: invitation.End.UTC(), Organizer: invitation.Organizer.Address,
			Summary: invitation.Summary, Location: invitation.Location, Status: "CONFIRMED",
		}
		if invitation.Method == calendar.Cancel {
			want.Status = "CANCELLED"
		}
		for n := range invitation.Attendees {
			invitee := &invitation.Attendees[n]
			invitee.Name = plain.Draw(t, "plain name")
			invitee.Address = rapid.StringMatching(`[a-zA-Z0-9!#$%&'*+/=?^_{|}~-]{1,60}@[a-z]{1,20}\.example`).Draw(t, "plain address")
			invitee.Role, invitee.PartStat = calendar.Optional, calendar.Tentative
			want.Attendees = append(want.Attendees, calendar.Attendee{
				Address: strings.ToLower(invitee.Address), Name: invitee.Name, PartStat: "TENTATIVE", Role: "OPT-PARTICIPANT",
			})
		}
		data, err := invitation.Encode()
		if err != nil {
			t.Fatal(err)
		}
		object, err := calendar.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		wanted := &calendar.Object{Method: string(invitation.Method), Entries: []calendar.Entry{want}}
		if diff := cmp.Diff(wanted, object, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-sent +read):\n%s\n%s", diff, data)
		}
	})
}

func unfold(data []byte) string { return strings.ReplaceAll(string(data), "\r\n ", "") }

func readOnly(t *testing.T, data []byte) calendar.Entry {
	t.Helper()
	object, err := calendar.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(object.Entries) != 1 {
		t.Fatalf("%d entries in\n%s", len(object.Entries), data)
	}
	return object.Entries[0]
}
