package calendar_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/samraad/samraad/forum/calendar"
)

// inEvent wraps lines into an answer with the UID m.
func inEvent(lines string) string {
	return "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:m\r\n" + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

func littleEndian(text string) string {
	data := "\xFF\xFE"
	for _, unit := range utf16.Encode([]rune(text)) {
		data += string([]byte{byte(unit), byte(unit >> 8)})
	}
	return data
}

func one(address, name, partStat string) []calendar.Attendee {
	return []calendar.Attendee{{Address: address, Name: name, PartStat: partStat}}
}

func TestBrokenObjectsAreUnderstood(t *testing.T) {
	for _, test := range []struct {
		name, given string
		want        calendar.Entry
	}{
		{"a byte order mark", "\xEF\xBB\xBF" + inEvent("SUMMARY:Møte"), calendar.Entry{Summary: "Møte"}},
		{"UTF-16", littleEndian(inEvent("SUMMARY:Møte 👩‍⚕️")), calendar.Entry{Summary: "Møte 👩‍⚕️"}},
		{"windows-1252", inEvent("SUMMARY:M\xf8te \x96 sj\xe5 \x80"), calendar.Entry{Summary: "Møte – sjå €"}},
		{"two character sets", inEvent("SUMMARY:M\xf8te om \xc3\xa5 m\xf8tast"), calendar.Entry{Summary: "Møte om å møtast"}},
		{"control characters", inEvent("SUMMARY:M\x00ø\x1bte\x7f"), calendar.Entry{Summary: "Møte"}},
		{"a fold within a character", inEvent("SUMMARY:M\xc3\r\n \xb8te"), calendar.Entry{Summary: "Møte"}},
		{"a fold with a tab, in a name", inEvent("SUMM\r\n\tARY:Møte"), calendar.Entry{Summary: "Møte"}},
		{"mail headers before it", "Content-Type: text/calendar\r\n\r\n " + inEvent("SUMMARY:Møte"), calendar.Entry{Summary: "Møte"}},
		{"lower case", strings.ToLower(inEvent("summary:x\r\nstatus:confirmed")), calendar.Entry{Summary: "x", Status: "CONFIRMED"}},
		{"no end", strings.SplitAfter(inEvent("SUMMARY:Møte"), "Møte")[0], calendar.Entry{Summary: "Møte"}},
		{"no calendar around it", "BEGIN:VEVENT\nUID:m\nSUMMARY:Møte\nEND:VEVENT\n", calendar.Entry{Summary: "Møte"}},
		{"an end too many", inEvent("END:VALARM\r\nEND:VALARM\r\nSUMMARY:Møte"), calendar.Entry{Summary: "Møte"}},
		{"an alarm without an end", inEvent("SUMMARY:Møte\r\nBEGIN:VALARM\r\nSUMMARY:Nei"), calendar.Entry{Summary: "Møte"}},
		{"lines that are none", inEvent("this is no property\r\n:\r\n;;;\r\n=\r\nSUMMARY:Møte"), calendar.Entry{Summary: "Møte"}},
		{"escapes", inEvent(`SUMMARY:a\, b\; c\\n \Nd \x`), calendar.Entry{Summary: "a, b; c\\n \nd \\x"}},
		{"two comments", inEvent("COMMENT:Ein\r\nCOMMENT:To"), calendar.Entry{Comment: "Ein\nTo"}},
		{"an empty property before the real one", inEvent("SUMMARY:\r\nSUMMARY:Møte\r\nSUMMARY:Nei"), calendar.Entry{Summary: "Møte"}},
		{"a sequence that is none", inEvent("SEQUENCE:99999999999999999999"), calendar.Entry{}},
		{"a parameter without a colon", inEvent("ATTENDEE;CN=Kari;PARTSTAT=ACCEPTED"), calendar.Entry{Attendees: one("", "Kari", "ACCEPTED")}},
		{"letters after a quote", inEvent(`ATTENDEE;CN="a"b:mailto:k@k.example`), calendar.Entry{Attendees: one("k@k.example", "ab", "")}},
		{"only letters after a quote", inEvent(`ATTENDEE;CN="a"b:`), calendar.Entry{Attendees: one("", "ab", "")}},
		{"a quote that never closes", inEvent(`ATTENDEE;CN="Kari;PARTSTAT=DECLINED:mailto:k@k.example`),
			calendar.Entry{Attendees: one("k@k.example", "Kari", "DECLINED")}},
		{"a quote within", inEvent(`ATTENDEE;CN=Kari "K;PARTSTAT=DECLINED:mailto:k@k.example`),
			calendar.Entry{Attendees: one("k@k.example", `Kari "K`, "DECLINED")}},
		{"a colon in a name", inEvent("ATTENDEE;CN=Rom: Voss;PARTSTAT=ACCEPTED:mailto:rom@k.example"),
			calendar.Entry{Attendees: one("rom@k.example", "Rom: Voss", "ACCEPTED")}},
		{"a bare parameter", inEvent("ATTENDEE;RSVP;;PARTSTAT=accepted;PARTSTAT=DECLINED:mailto:k@k.example"),
			calendar.Entry{Attendees: one("k@k.example", "", "ACCEPTED")}},
		{"wrapped addresses", inEvent("ORGANIZER: MAILTO:<R@K.example> \r\nATTENDEE:mailto:mailto:'k%2Bx@k.example'"),
			calendar.Entry{Organizer: "r@k.example", Attendees: one("k+x@k.example", "", "")}},
		{"an address that is no URI", inEvent("ATTENDEE:K%2B@k.example"), calendar.Entry{Attendees: one("k%2b@k.example", "", "")}},
		{"an end before the start", inEvent("DTSTART:20260318T090000Z\r\nDTEND:20260318T080000Z"),
			calendar.Entry{Start: instant("2026-03-18T09:00:00Z")}},
		{"an end that is none", inEvent("DTSTART:20260318T090000Z\r\nDTEND:later"), calendar.Entry{Start: instant("2026-03-18T09:00:00Z")}},
		{"a start that is no day", inEvent("DTSTART:20260230T090000Z\r\nDTEND:20260318T080000Z"), calendar.Entry{}},
		{"an instance that is none", inEvent("RECURRENCE-ID:the second"), calendar.Entry{RecurrenceID: "the second"}},
		{"the extended form", inEvent("DTSTART:2026-03-18T10:00:00.000+01:00\r\nDURATION:P1W"),
			calendar.Entry{Start: instant("2026-03-18T09:00:00Z"), End: instant("2026-03-25T09:00:00Z")}},
		{"a rule that never ends", inEvent("DTSTART:20260318T090000Z\r\nRRULE:FREQ=SECONDLY\r\nRDATE:20260319T090000Z"),
			calendar.Entry{Start: instant("2026-03-18T09:00:00Z"), End: instant("2026-03-18T09:00:00Z")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.want.UID = "m"
			if diff := cmp.Diff(test.want, readOnly(t, []byte(test.given)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeveralCalendarsAreOne(t *testing.T) {
	for name, test := range map[string]struct {
		given, method string
		uids          []string
	}{
		"the same method": {"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n" +
			"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VCALENDAR", "REPLY", []string{"1", "2"}},
		"none closed": {"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nBEGIN:VEVENT\nUID:2\n" +
			"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:3", "REPLY", []string{"1", "2", "3"}},
		"another method": {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nMETHOD:CANCEL\nEND:VCALENDAR\n" +
			"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VCALENDAR", "CANCEL", []string{"1"}},
	} {
		t.Run(name, func(t *testing.T) {
			object, err := calendar.Read([]byte(test.given))
			if err != nil {
				t.Fatal(err)
			}
			var uids []string
			for _, entry := range object.Entries {
				uids = append(uids, entry.UID)
			}
			if object.Method != test.method || !cmp.Equal(uids, test.uids) {
				t.Errorf("method %s of %v, want %s of %v", object.Method, uids, test.method, test.uids)
			}
		})
	}
}
