package mail

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"Saksframlegg æøå.pdf":            "Saksframlegg æøå.pdf",
		"../../etc/passwd":                "passwd",
		`C:\Brukarar\sjef\referat.docx`:   "referat.docx",
		"a\r\nb\x00.pdf":                  "ab.pdf",
		"fdp.\u202exe":                    "fdp.xe",
		"tal <1>: \"x\"?.csv":             "tal _1__ _x__.csv",
		"  ..namn.  ":                     "namn",
		"..":                              "",
		"":                                "",
		"\xe6.txt":                        "æ.txt",
		strings.Repeat("å", 150) + ".pdf": strings.Repeat("å", 98) + ".pdf",
	} {
		if got := safeName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestSafeNameIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := string(rapid.SliceOf(rapid.Byte()).Draw(t, "name"))
		got := safeName(name)
		if len(got) > maxNameBytes || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\r\n\x00") || strings.HasPrefix(got, ".") {
			t.Fatalf("%q became %q", name, got)
		}
	})
}

func TestReturnedCalendarIsNoAnswer(t *testing.T) {
	raw := plainHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSjå vedlagt svar.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n--b--\r\n"
	m := Understand([]byte(raw), nil)
	if m.Kind != Item || m.Calendar != nil || len(m.Attachments) != 1 {
		t.Errorf("kind %s, calendar %v, %d papers", m.Kind, m.Calendar, len(m.Attachments))
	}
}

func TestInvitationOfOthersIsAPaper(t *testing.T) {
	raw := plainHead + "Content-Type: text/calendar; method=REQUEST; name=mote.ics\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	m := Understand([]byte(raw), nil)
	if m.Kind != Item || m.Calendar == nil || m.Calendar.Method != "REQUEST" || len(m.Attachments) != 1 || m.Attachments[0].Name != "mote.ics" {
		t.Errorf("kind %s, calendar %v, papers %v", m.Kind, m.Calendar, m.Attachments)
	}
}
