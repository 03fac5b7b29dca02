package mail

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const plainHead = "From: helsesjef@kvam.kommune.example\r\nTo: radet@samraad.example\r\nSubject: Sak\r\nMessage-ID: <1@kvam.kommune.example>\r\nMIME-Version: 1.0\r\n"

// nested builds a mail of multiparts in one another, none of which is closed.
func nested(levels int, inside string) string {
	var b strings.Builder
	b.WriteString(plainHead + "Content-Type: multipart/mixed; boundary=b0\r\n\r\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i-1, i)
	}
	fmt.Fprintf(&b, "--b%d\r\nContent-Type: text/plain\r\n\r\n%s\r\n", levels-1, inside)
	return b.String()
}

func TestHostileMailIsHeldBeforeItIsTakenApart(t *testing.T) {
	tests := []struct{ name, raw, held string }{
		{"ten open multiparts are read", nested(10, "tekst"), ""},
		{"eleven open multiparts", nested(11, "tekst"), HeldTooDeep},
		{"24 open multiparts", nested(24, "tekst"), HeldTooDeep},
		{"100 open multiparts", nested(100, "tekst"), HeldTooDeep},
		{"ten open multiparts around much", nested(10, strings.Repeat("tekst\r\n", 2<<20)), HeldTooDeep},
		{"500 parts are read", plainHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 500), ""},
		{"40,000 parts", plainHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 40_000), HeldTooManyParts},
		{"a parameter of 300 KB", plainHead + "Content-Type: text/plain; name=\"" + strings.Repeat("a", 300_000) + "\"\r\n\r\nx", HeldTooLarge},
		{"a folded parameter of 300 KB", plainHead + "Content-Type: text/plain;\r\n" + strings.Repeat(" a=b;\r\n", 50_000) + "\r\nx", HeldTooLarge},
		{"a file name of 300 KB", plainHead + "Content-Disposition: attachment; filename=" + strings.Repeat("a;", 150_000) + "\r\n\r\nx", HeldTooLarge},
		{"a boundary of 5 KB", plainHead + "Content-Type: multipart/mixed; boundary=" + strings.Repeat("b", 5000) + "\r\n\r\nx", HeldTooLarge},
		{"a header of 2 MB", plainHead + "X-A: " + strings.Repeat("a", 2<<20) + "\r\n\r\nx", HeldTooLarge},
		{"200,000 fields", plainHead + strings.Repeat("X-A: a\r\n", 200_000) + "\r\nx", HeldTooLarge},
		{"a part with a header of 100 KB", plainHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + strings.Repeat("X-A: a\r\n", 13_000) + "\r\nx", HeldTooLarge},
		{"base64 that is none", plainHead + "Content-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("!", 200_000) + "\r\n", HeldUnreadable},
		{"base64 with a foreign footer is read", plainHead + "Content-Transfer-Encoding: base64\r\n\r\nVGVrc3Q=\r\n" + strings.Repeat("-", 70) + "\r\n", ""},
		{"more than 25 MiB", plainHead + "\r\n" + strings.Repeat("tekst\r\n", 4<<20), HeldTooLarge},
		{"a text of 2 MB", plainHead + "\r\n" + strings.Repeat("tekst\r\n", 300_000), HeldTooLarge},
		{"a line that names no field hides the boundary", strings.Replace(nested(11, "x"), "mixed; boundary=b9", "mixed;\r\n:\r\n\x01:\r\n boundary=b9", 1), HeldTooDeep},
		{"a closing delimiter inside a line closes nothing", strings.Replace(nested(11, "x"), "--b8\r\n", "x --b8--\r\n--b8\r\n", 1), HeldTooDeep},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := Understand([]byte(test.raw), nil)
			if m.Held != test.held {
				t.Errorf("held = %q, want %q", m.Held, test.held)
			}
			if m.From.Address != "helsesjef@kvam.kommune.example" || m.Subject != "Sak" {
				t.Errorf("the header is lost: %+v", m.From)
			}
			if m.FullText == "" || len(m.FullText) > maxText {
				t.Errorf("%d bytes of text are shown", len(m.FullText))
			}
			if m.Held != "" && len(m.Attachments) > 0 && test.name != "a text of 2 MB" {
				t.Error("a mail that was not taken apart has papers")
			}
		})
	}
}

func TestTooLargeMailShowsItsWords(t *testing.T) {
	raw := plainHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSjå vedlegg.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		strings.Repeat(strings.Repeat("A", 76)+"\r\n", 350_000) + "--b--\r\n"
	m := Understand([]byte(raw), nil)
	if m.Text != "Sjå vedlegg." || m.Held != HeldTooLarge || len(m.Attachments) != 0 {
		t.Errorf("text %q, held %q, %d papers", m.Text, m.Held, len(m.Attachments))
	}
}

func TestHeaderIsTakenOver(t *testing.T) {
	raw := "Return-Path: <Helsesjef@kvam.kommune.example>\r\nDelivered-To: radet+t7@samraad.example\r\nX-Original-To: radet+t7@samraad.example\r\n" +
		"From: =?utf-8?Q?Helsesjef_=C3=A6?= <Helsesjef@kvam.kommune.example>\r\nSender: arkiv@kvam.kommune.example\r\nReply-To: post@kvam.kommune.example\r\nTo: radet@samraad.example, a@b.example\r\nCc: c@d.example\r\n" +
		"Subject: SV: =?utf-8?Q?m=C3=B8te?=\r\nMessage-ID: <2@kvam.kommune.example>\r\nIn-Reply-To: svar <1@samraad.example>\r\nReferences: <0@samraad.example>\r\n <1@samraad.example>\r\nDate: Wed, 4 Mar 2026 09:12:00 +0100\r\n\r\nJa.\r\n"
	want := &Message{
		Kind: Reply, From: Address{"Helsesjef æ", "helsesjef@kvam.kommune.example"}, FromCount: 1, Sender: Address{"", "arkiv@kvam.kommune.example"}, ReplyTo: []Address{{"", "post@kvam.kommune.example"}},
		To: []Address{{"", "radet@samraad.example"}, {"", "a@b.example"}}, Cc: []Address{{"", "c@d.example"}}, DeliveredTo: []string{"radet+t7@samraad.example"}, ReturnPath: "helsesjef@kvam.kommune.example",
		Subject: "SV: møte", MessageID: "<2@kvam.kommune.example>", InReplyTo: "<1@samraad.example>", References: []string{"<0@samraad.example>", "<1@samraad.example>"},
		Date: time.Date(2026, 3, 4, 8, 12, 0, 0, time.UTC), Text: "Ja.", FullText: "Ja.", Auth: Auth{AuthNone, "no results of a named relay"},
	}
	if diff := cmp.Diff(want, Understand([]byte(raw), nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMailWithoutAHeaderIsUnreadable(t *testing.T) {
	for _, raw := range []string{"", "\x00\x01\x02", "berre tekst", "eit: felt\n\nmen ikkje e-post", strings.Repeat(":", 1000)} {
		m := Understand([]byte(raw), nil)
		if m.Kind != Unreadable || m.Held != HeldUnreadable {
			t.Errorf("%q: kind %s, held %q", raw, m.Kind, m.Held)
		}
	}
}

func TestWholeMailCanBeACalendarObject(t *testing.T) {
	object := "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:m7\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:helsesjef@kvam.kommune.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	m := Understand([]byte(plainHead+"Content-Type: text/calendar; method=REPLY\r\n\r\n"+object), nil)
	if m.Kind != RSVP || m.Calendar == nil || len(m.Attachments) != 0 {
		t.Errorf("kind %s, calendar %v, %d papers", m.Kind, m.Calendar, len(m.Attachments))
	}
	m = Understand([]byte(object), nil)
	if m.Kind != RSVP {
		t.Errorf("without a header: kind %s", m.Kind)
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, path := range fixtures(f) {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, s := range samples(f) {
		f.Add(s.raw)
	}
	f.Add([]byte(nested(12, "x")))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, m := range []*Message{Understand(raw, testRelays), UnderstandCalendar(raw), UnderstandText(raw)} {
			if m.Kind == "" {
				t.Error("no kind")
			}
			texts := []string{m.Subject, m.From.Name, m.From.Address, m.Text, m.FullText, m.HTML, m.MessageID, m.ReturnPath, m.Auth.Detail, m.InReplyTo}
			texts = append(texts, m.References...)
			for _, a := range append(m.To, m.Cc...) {
				texts = append(texts, a.Name, a.Address)
			}
			for _, a := range m.Attachments {
				texts = append(texts, a.Name, a.Type)
				if a.Name == "" || len(a.Name) > maxNameBytes || strings.ContainsAny(a.Name, "/\\\n\r") {
					t.Errorf("file name %q", a.Name)
				}
			}
			if m.Bounce != nil {
				texts = append(texts, m.Bounce.Recipient, m.Bounce.Status)
			}
			for _, text := range texts {
				if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
					t.Errorf("%q does not fit a database", text)
				}
			}
		}
	})
}
