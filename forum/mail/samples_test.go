package mail

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// sample is a mail, a calendar object or a body of a real program.
type sample struct {
	path, kind string
	reply      string // what the source expects as the author's own words, "" for nothing
	raw        []byte
}

func samples(t testing.TB) (list []sample) {
	t.Helper()
	manifest, err := os.ReadFile("testdata/samples/MANIFEST.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(manifest)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || c[0] == "path" {
			continue
		}
		s := sample{path: c[0], kind: c[3]}
		if s.raw, err = os.ReadFile(filepath.Join("testdata", "samples", filepath.FromSlash(c[0]))); err != nil {
			t.Fatal(err)
		}
		if c[4] != "" {
			if err := json.Unmarshal([]byte(c[4]), &s.reply); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, s)
	}
	if len(list) < 113 {
		t.Fatalf("%d samples", len(list))
	}
	return list
}

// understood reads a sample as what it is.
func (s sample) understood() *Message {
	switch asFor(s.path) {
	case AsCalendar:
		return UnderstandCalendar(s.raw)
	case AsText:
		return UnderstandText(s.raw)
	}
	return Understand(s.raw, nil)
}

// within runs what is to end within some time, thrice at the most: the machine may be busy with other things.
func within(t *testing.T, most time.Duration, run func()) {
	t.Helper()
	var took []time.Duration
	for range 3 {
		began := time.Now()
		run()
		if took = append(took, time.Since(began)); took[len(took)-1] <= most {
			return
		}
	}
	t.Errorf("took %v, want %s at the most", took, most)
}

// TestSamplesAreReadWithinBounds reads each sample in little time, and with little memory: all that is asked for counts, also what is given back meanwhile.
func TestSamplesAreReadWithinBounds(t *testing.T) {
	const most = 64 << 20
	for _, s := range samples(t) {
		t.Run(s.path, func(t *testing.T) {
			within(t, 250*time.Millisecond, func() {
				if m := s.understood(); m.Kind == "" {
					t.Error("no kind")
				}
			})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			s.understood()
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > most+uint64(len(s.raw)) {
				t.Errorf("%d bytes for a mail of %d", used, len(s.raw))
			}
		})
	}
}

// TestSamplesAreWhatTheyAre tells bounces from delays, and both from what people and their calendars say.
func TestSamplesAreWhatTheyAre(t *testing.T) {
	want := map[string]Kind{
		"bounce": BounceKind, "bounce of an iMIP REQUEST": BounceKind, "delay warning": Delay, "MDN (read receipt)": ReadReceipt, "abuse report (ARF)": Report,
		"iMIP REPLY": RSVP, "iMIP COUNTER": Counter,
	}
	seen := map[Kind]int{}
	for _, s := range samples(t) {
		m := s.understood()
		kind, told := want[s.kind]
		switch {
		case told && m.Kind != kind:
			t.Errorf("%s: %s, want %s", s.path, m.Kind, kind)
		case kind == BounceKind && (!m.Bounce.Final || m.Bounce.Recipient == ""):
			t.Errorf("%s: %+v", s.path, m.Bounce)
		case kind == Delay && m.Bounce.Final:
			t.Errorf("%s: a delay is no bounce", s.path)
		case !told && (m.Kind == Delay || m.Kind == RSVP || m.Kind == Counter):
			t.Errorf("%s: a %s is read as %s", s.path, s.kind, m.Kind)
		}
		if told {
			seen[kind]++
		}
	}
	if kinds := slices.Sorted(maps.Keys(seen)); len(kinds) != 6 || seen[BounceKind] < 20 || seen[Delay] < 2 {
		t.Errorf("samples of %v", seen)
	}
}

// TestSampleRepliesAreTheAuthorsWords finds in nine of ten Norwegian samples what their source expects, but for blanks, and loses in none of all samples a word of the author's.
func TestSampleRepliesAreTheAuthorsWords(t *testing.T) {
	exact, norwegian := 0, 0
	for _, s := range samples(t) {
		if s.reply == "" {
			continue
		}
		got := s.understood().Text
		if lost := lostWord(s.reply, got); lost != "" {
			t.Errorf("%s: %q is lost of %q, got %q", s.path, lost, s.reply, got)
		}
		if !strings.Contains(strings.ToLower(s.kind+s.path), "norwegian") {
			continue
		}
		norwegian++
		if strings.Join(strings.Fields(got), " ") == strings.Join(strings.Fields(s.reply), " ") {
			exact++
		} else {
			t.Logf("%s: got %q, want %q", s.path, got, s.reply)
		}
	}
	if norwegian < 24 || exact*10 < norwegian*9 {
		t.Errorf("%d of %d Norwegian samples", exact, norwegian)
	}
}

// lostWord is the first word of what is wanted that does not follow, by its letters, in what there is. Targets of links stand behind their text, and belong to it.
func lostWord(want, got string) string {
	letters := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, text)
	}
	rest := letters(got)
	for _, word := range strings.Fields(want) {
		word, _, _ = strings.Cut(word, "<http")
		_, after, found := strings.Cut(rest, letters(word))
		if !found {
			return word
		}
		rest = after
	}
	return ""
}

// TestHostileMailEndsInTime reads what is made to take long.
func TestHostileMailEndsInTime(t *testing.T) {
	for name, raw := range Hostile() {
		t.Run(name, func(t *testing.T) {
			within(t, time.Second, func() {
				if m := Understand([]byte(raw), nil); m.Kind == "" {
					t.Error("no kind")
				}
			})
		})
	}
}

// Hostile are mails that are made to take long, or to break what reads them.
func Hostile() map[string]string {
	inCalendar := func(lines string) string {
		return plainHead + "Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\n" + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	return map[string]string{
		"24 open multiparts":             nested(24, "tekst"),
		"100 open multiparts":            nested(100, "tekst"),
		"40,000 parts":                   plainHead + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 40_000),
		"a parameter of 300 KB":          plainHead + "Content-Type: text/plain; name=\"" + strings.Repeat("a", 300_000) + "\"\r\n\r\nx",
		"a calendar parameter of 300 KB": inCalendar("ATTENDEE;CN=\"" + strings.Repeat("a;=,:", 60_000) + "\";PARTSTAT=ACCEPTED:mailto:a@b.example"),
		"a parameter without a colon":    inCalendar("ATTENDEE;CN=\"a\"b\r\nATTENDEE;CN=\"a\"b:mailto:a@b.example\r\nDTSTART;TZID=Europe/Oslo"),
		"a rule for every second":        inCalendar("DTSTART:19700101T000000Z\r\nRRULE:FREQ=SECONDLY;BYSETPOS=-1;BYSECOND=0,1,2,3,4,5,6,7,8,9"),
		"a zone that changes every second": strings.Replace(inCalendar("DTSTART;TZID=Z:20260101T000000"), "BEGIN:VEVENT",
			"BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT", 1),
		"2 MB of header":                     plainHead + strings.Repeat("X-A: a\r\n", 250_000) + "\r\nx",
		"1 MB of open quotations":            plainHead + "\r\n" + strings.Repeat("Den 3. mai 2023 kl. 10:12 skrev ", 30_000),
		"1 MB of open HTML":                  plainHead + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<div><a href=\"", 70_000),
		"1 MB of encoded words in a subject": strings.Replace(plainHead, "Subject: Sak", "Subject: "+strings.Repeat("=?utf-8?q?=61?= ", 60_000), 1) + "\r\nx",
	}
}
