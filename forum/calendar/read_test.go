package calendar_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/samraad/samraad/forum/calendar"
)

// Answers as the calendars in use write them, with what must be understood of each.
func TestAnswersInTheWild(t *testing.T) {
	for _, test := range []struct {
		name, given string
		want        calendar.Object
	}{
		{"Exchange leaves the organizer out and names zones as Windows does", `BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN=Kari Nordmann:MAILTO:Kari.Nordmann@Kvam.example
COMMENT;LANGUAGE=nb-NO:Kjem\, men litt seint\n
UID:m1@samraad.example
SUMMARY;LANGUAGE=nb-NO:Akseptert: Møte
DTSTART;TZID=W. Europe Standard Time:20260318T100000
DTEND;TZID=W. Europe Standard Time:20260318T130000
DTSTAMP:20260303T080000Z
STATUS:CONFIRMED
SEQUENCE:2
LOCATION;LANGUAGE=nb-NO:Voss
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "REPLY", Entries: []calendar.Entry{{
			UID: "m1@samraad.example", Sequence: 2, Stamp: instant("2026-03-03T08:00:00Z"),
			Start: instant("2026-03-18T09:00:00Z"), End: instant("2026-03-18T12:00:00Z"),
			Summary: "Akseptert: Møte", Location: "Voss", Status: "CONFIRMED", Comment: "Kjem, men litt seint",
			Attendees: []calendar.Attendee{{Address: "kari.nordmann@kvam.example", Name: "Kari Nordmann", PartStat: "ACCEPTED"}},
		}}}},
		{"Microsoft's zone addresses", `BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VTIMEZONE
TZID:tzone://Microsoft/Custom
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
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:m2
DTSTART;TZID=tzone://Microsoft/Custom:20260701T100000
DTEND;TZID="tzone://Microsoft/Utc":20260701T090000
RECURRENCE-ID;TZID="tzone://Microsoft/W. Europe Standard Time":20260624T100000
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "REPLY", Entries: []calendar.Entry{{
			UID: "m2", RecurrenceID: "2026-06-24T08:00:00Z",
			Start: instant("2026-07-01T08:00:00Z"), End: instant("2026-07-01T09:00:00Z"),
		}}}},
		{"Google proposes a new time", `BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
METHOD:COUNTER
BEGIN:VEVENT
DTSTART:20260319T080000Z
DTEND:20260319T110000Z
DTSTAMP:20260304T101112Z
ORGANIZER;CN=Samarbeidsrådet:mailto:moete+k3v9q2@samraad.example
UID:m3
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=ola@v
 aksdal.example;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Kan vi ta det dagen etter
 , kl. 9?":mailto:ola@vaksdal.example
SEQUENCE:2
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "COUNTER", Entries: []calendar.Entry{{
			UID: "m3", Sequence: 2, Stamp: instant("2026-03-04T10:11:12Z"), Organizer: "moete+k3v9q2@samraad.example",
			Start: instant("2026-03-19T08:00:00Z"), End: instant("2026-03-19T11:00:00Z"),
			Attendees: []calendar.Attendee{{Address: "ola@vaksdal.example", Name: "ola@vaksdal.example", PartStat: "TENTATIVE",
				Role: "REQ-PARTICIPANT", Comment: "Kan vi ta det dagen etter, kl. 9?"}},
		}}}},
		{"Yahoo's role and its two states", `BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:m4
STATUS:CONFIRMED
STATUS:TENTATIVE
ATTENDEE;PARTSTAT=DECLINED;ROLE=REQ_PARTICIPANT:mailto:per@ulvik.example
DTSTART;TZID=Europe/Oslo:20260318T100000
DURATION:PT1H30M
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "REPLY", Entries: []calendar.Entry{{
			UID: "m4", Status: "CONFIRMED", Start: instant("2026-03-18T09:00:00Z"), End: instant("2026-03-18T10:30:00Z"),
			Attendees: []calendar.Attendee{{Address: "per@ulvik.example", PartStat: "DECLINED", Role: "REQ-PARTICIPANT"}},
		}}}},
		{"Spark leaves a comma unquoted, and the attendee out", `BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:m5
ORGANIZER;CN=Nordmann, Kari;SENT-BY="mailto:x@y.example":mailto:kari@kvam.example
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "REPLY", Entries: []calendar.Entry{{UID: "m5", Organizer: "kari@kvam.example"}}}},
		{"a delegate answers", `BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:m6
ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:Ny@Voss.example","MAILTO:to@voss.example":mailto:sjef@voss.example
ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM=mailto:sjef@voss.example:mailto:ny@voss.example
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "REPLY", Entries: []calendar.Entry{{UID: "m6", Attendees: []calendar.Attendee{
			{Address: "sjef@voss.example", PartStat: "DELEGATED", DelegatedTo: []string{"ny@voss.example", "to@voss.example"}},
			{Address: "ny@voss.example", PartStat: "ACCEPTED", DelegatedFrom: []string{"sjef@voss.example"}},
		}}}}},
		{"an address beside an identity", `BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:m7
ATTENDEE;PARTSTAT=ACCEPTED;EMAIL=Kari@kvam.example;CN="Kari ^'K^' N":urn:uuid:1b2c
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "REPLY", Entries: []calendar.Entry{{UID: "m7", Attendees: []calendar.Attendee{
			{Address: "kari@kvam.example", PartStat: "ACCEPTED", Name: `Kari "K" N`},
		}}}}},
		{"vCalendar 1.0 with quoted-printable", `BEGIN:VCALENDAR
VERSION:1.0
BEGIN:VEVENT
UID:m8
SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=B8te om =
beredskap
LOCATION;QUOTED-PRINTABLE:Sj=C3=B8huset
ATTENDEE;ROLE=ATTENDEE;STATUS=CONFIRMED:kari@kvam.example
ATTENDEE;STATUS=NEEDS ACTION:ola@voss.example
DTSTART:20260318T090000Z
DTEND:20260318T100000Z
END:VEVENT
END:VCALENDAR`, calendar.Object{Entries: []calendar.Entry{{
			UID: "m8", Summary: "Møte om beredskap", Location: "Sjøhuset",
			Start: instant("2026-03-18T09:00:00Z"), End: instant("2026-03-18T10:00:00Z"),
			Attendees: []calendar.Attendee{
				{Address: "kari@kvam.example", PartStat: "ACCEPTED", Role: "ATTENDEE"},
				{Address: "ola@voss.example", PartStat: "NEEDS-ACTION"},
			},
		}}}},
		{"days, alarms and tasks", `BEGIN:VCALENDAR
METHOD:PUBLISH
BEGIN:VTODO
UID:task
END:VTODO
BEGIN:VEVENT
UID:m9
DTSTART;VALUE=DATE:20260328
RECURRENCE-ID;VALUE=DATE:20260321
DURATION:P2D
BEGIN:VALARM
UID:alarm
SUMMARY:Ikkje denne
END:VALARM
SUMMARY:Samling
END:VEVENT
BEGIN:VEVENT
UID:m10
DTSTART;VALUE=DATE:20260701
END:VEVENT
END:VCALENDAR`, calendar.Object{Method: "PUBLISH", Entries: []calendar.Entry{
			{UID: "m9", AllDay: true, RecurrenceID: "2026-03-21", Summary: "Samling",
				Start: instant("2026-03-27T23:00:00Z"), End: instant("2026-03-29T22:00:00Z")},
			{UID: "m10", AllDay: true, Start: instant("2026-06-30T22:00:00Z"), End: instant("2026-07-01T22:00:00Z")},
		}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for ending, written := range map[string]string{"CRLF": "\r\n", "LF": "\n", "CR": "\r", "doubled": "\r\r\n"} {
				object, err := calendar.Read([]byte(strings.ReplaceAll(test.given, "\n", written)))
				if err != nil {
					t.Fatal(ending, err)
				}
				if diff := cmp.Diff(&test.want, object, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", ending, diff)
				}
			}
		})
	}
}

func TestWhatIsNoCalendar(t *testing.T) {
	for name, test := range map[string]struct {
		given string
		want  error
	}{
		"nothing":    {"", calendar.ErrNoCalendar},
		"a letter":   {"Hei!\r\nKjem ikkje: sjuk.\r\n", calendar.ErrNoCalendar},
		"a card":     {"BEGIN:VCARD\r\nFN:Ola\r\nEND:VCARD\r\n", calendar.ErrNoCalendar},
		"too much":   {"BEGIN:VCALENDAR\r\n" + strings.Repeat("X", calendar.MaxSize), calendar.ErrTooLarge},
		"only tasks": {"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := calendar.Read([]byte(test.given)); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}
