package mail

import (
	"encoding/base64"
	"encoding/binary"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// stream writes a winmail.dat.
type stream []byte

func newStream() stream { return binary.LittleEndian.AppendUint32(nil, tnefSignature)[:4:4] }

func (s stream) begin() stream { return append(s, 1, 0) }

func (s stream) attribute(id uint16, value string) stream {
	s = append(s, 1)
	s = binary.LittleEndian.AppendUint32(s, uint32(id))
	s = binary.LittleEndian.AppendUint32(s, uint32(len(value)))
	return append(append(s, value...), 0, 0)
}

// properties are those of a message, written one by one.
type properties struct {
	count uint32
	bytes []byte
}

func (p *properties) head(kind, id uint16) {
	p.count++
	p.bytes = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(p.bytes, kind), id)
}

func (p *properties) named(kind uint16, lid uint32) {
	p.head(kind, 0x8000)
	p.bytes = append(p.bytes, make([]byte, 20)...) // a namespace, and that it is a number
	p.bytes = binary.LittleEndian.AppendUint32(p.bytes, lid)
}

func (p *properties) value(value string) {
	p.bytes = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(p.bytes, 1), uint32(len(value)))
	p.bytes = append(append(p.bytes, value...), make([]byte, -len(value)&3)...)
}

func (p *properties) instant(lid uint32, at time.Time) {
	p.named(0x0040, lid)
	p.bytes = binary.LittleEndian.AppendUint64(p.bytes, uint64(at.Unix()+betweenEpochs)*1e7)
}

func (p *properties) String() string {
	return string(binary.LittleEndian.AppendUint32(nil, p.count)) + string(p.bytes)
}

// outlookAnswer is an answer to an invitation, in a stream.
func outlookAnswer(class string, proposed time.Time) []byte {
	var p properties
	p.named(kindBinary, lidCleanGlobalID)
	p.value("\x04\x00\x00\x00" + strings.Repeat("\x00", 36) + string(foreignUID) + "m7@voss.example\x00")
	p.instant(lidCriticalChange, time.Date(2026, 10, 19, 8, 30, 0, 0, time.UTC))
	p.instant(lidStart, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
	p.named(0x0003, lidSequence)
	p.bytes = append(p.bytes, 2, 0, 0, 0)
	if !proposed.IsZero() {
		p.named(0x000b, lidIsProposal)
		p.bytes = append(p.bytes, 1, 0, 0, 0)
		p.instant(lidProposedStart, proposed)
		p.instant(lidProposedEnd, proposed.Add(time.Hour))
	}
	return newStream().begin().attribute(attMessageClass, class+"\x00").attribute(attMAPIProps, p.String())
}

// winmail is a mail with a stream in it.
func winmail(content []byte, text string) []byte {
	lines := []string{
		"From: medlem@kvam.example", "To: raad@voss.example", "Subject: Sak", "Message-ID: <1@kvam.example>", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "",
		"--b", "Content-Type: text/plain; charset=utf-8", "", text, "--b", "Content-Type: application/ms-tnef; name=winmail.dat", "Content-Disposition: attachment; filename=winmail.dat",
		"Content-Transfer-Encoding: base64", "", base64.StdEncoding.EncodeToString(content), "--b--", "",
	}
	return []byte(strings.Join(lines, "\r\n"))
}

func TestTNEFIsUnpacked(t *testing.T) {
	var long properties
	long.head(kindUnicode, propLongName)
	long.value(utf16Text("Møte om rehabilitering.pdf"))
	plain := newStream().begin().attribute(attMessageClass, "IPM.Microsoft Mail.Note\x00").attribute(attBody, "Frå Outlook\x00")
	file := plain.attribute(attRendData, "").attribute(attTitle, "MTE~1.PDF\x00").attribute(attData, "%PDF-1.7").attribute(attAttachment, long.String())
	object := "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:m7\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:medlem@kvam.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	samples := map[string][]byte{}
	for _, s := range streams(t) {
		samples[s.path] = s.raw
	}
	for _, test := range []struct {
		name    string
		content []byte
		text    string // beside it
		want    string // text
		papers  []string
		kind    Kind
	}{
		{"a file", file, "Sjå vedlegg.", "Sjå vedlegg.", []string{"Møte om rehabilitering.pdf"}, Item},
		{"a file, and no other text", file, "", "Frå Outlook", []string{"Møte om rehabilitering.pdf"}, Item},
		{"only text, which the mail has too", plain, "Hei.", "Hei.", []string{"winmail.dat"}, Item},
		{"only text", plain, "", "Frå Outlook", nil, Item},
		{"a calendar object", plain.attribute(attRendData, "").attribute(attTitle, "svar.ics\x00").attribute(attData, object), "Ja.", "Ja.", nil, RSVP},
		{"a file that is cut off", file[:len(file)-20], "Sjå.", "Sjå.", []string{"MTE~1.PDF"}, Item},
		{"nothing but a signature", newStream().begin(), "Sjå.", "Sjå.", []string{"winmail.dat"}, Item},
		{"no stream", []byte("not a stream at all"), "Sjå.", "Sjå.", []string{"winmail.dat"}, Item},
		{"two files of Outlook", samples["mimekit/two-files.tnef"], "Sjå.", "Sjå.", []string{"AUTHORS", "README"}, Item},
		{"rich text of Outlook", samples["mimekit/triples.tnef"], "", "Sample description", []string{"body.rtf"}, Item},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := Understand(winmail(test.content, test.text), nil)
			var papers []string
			for _, a := range m.Attachments {
				papers = append(papers, a.Name)
				if a.Size != len(a.Content) || a.Size == 0 {
					t.Errorf("%s has %d bytes", a.Name, a.Size)
				}
				if a.Name == "body.rtf" && !strings.HasPrefix(string(a.Content), `{\rtf`) {
					t.Errorf("rich text %q", a.Content[:20])
				}
			}
			if m.Text != test.want || !slices.Equal(papers, test.papers) || m.Kind != test.kind {
				t.Errorf("%s %q, papers %q", m.Kind, m.Text, papers)
			}
		})
	}
}

func utf16Text(text string) string {
	var b []byte
	for _, r := range text {
		b = binary.LittleEndian.AppendUint16(b, uint16(r))
	}
	return string(b) + "\x00\x00"
}

func streams(t *testing.T) []sample {
	return slices.DeleteFunc(samples(t), func(s sample) bool { return filepath.Ext(s.path) != ".tnef" })
}

// TestOutlookAnswersInATNEF reads answers to invitations as calendars give them.
func TestOutlookAnswersInATNEF(t *testing.T) {
	other := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		class    string
		proposed time.Time
		kind     Kind
		says     string
	}{
		{"IPM.Microsoft Schedule.MtgRespP", time.Time{}, RSVP, "ACCEPTED"},
		{"IPM.Schedule.Meeting.Resp.Neg", time.Time{}, RSVP, "DECLINED"},
		{"IPM.Schedule.Meeting.Resp.Tent", time.Time{}, RSVP, "TENTATIVE"},
		{"IPM.Schedule.Meeting.Resp.Tent", other, Counter, "TENTATIVE"},
	} {
		m := Understand(winmail(outlookAnswer(test.class, test.proposed), "Ja."), nil)
		if m.Kind != test.kind || len(m.Attachments) != 0 {
			t.Errorf("%s: %s, %d papers", test.class, m.Kind, len(m.Attachments))
			continue
		}
		e := m.Calendar.Entries[0]
		start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
		if !test.proposed.IsZero() {
			start = test.proposed
		}
		if e.UID != "m7@voss.example" || e.Sequence != 2 || !e.Start.Equal(start) || e.Stamp.IsZero() || len(e.Attendees) != 1 || e.Attendees[0].PartStat != test.says {
			t.Errorf("%s: %+v", test.class, e)
		}
	}
	if m := Understand(winmail(outlookAnswer("IPM.Schedule.Meeting.Request", time.Time{}), "Kom."), nil); m.Kind != Item || m.Calendar != nil {
		t.Errorf("an invitation is a %s", m.Kind)
	}
}

func FuzzTNEF(f *testing.F) {
	for _, s := range samples(f) {
		if filepath.Ext(s.path) == ".tnef" {
			f.Add(s.raw)
		}
	}
	f.Add(outlookAnswer("IPM.Schedule.Meeting.Resp.Pos", time.Now()))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := Understand(winmail(raw, ""), nil)
		if len(m.Attachments) > mostTNEFFiles+2 {
			t.Errorf("%d papers", len(m.Attachments))
		}
		for _, a := range m.Attachments {
			if !utf8.ValidString(a.Name) || a.Name == "" || len(a.Content) > len(raw)+mostRTF {
				t.Errorf("%q with %d bytes", a.Name, len(a.Content))
			}
		}
		if !utf8.ValidString(m.Text) {
			t.Errorf("%q does not fit a database", m.Text)
		}
	})
}
