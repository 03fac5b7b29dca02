package mail_test

import (
	"bytes"
	"context"
	"fmt"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/mail"
)

// sampleFiles are the samples of some kinds, all but these when isBut.
func sampleFiles(t *testing.T, kinds string, isBut bool) map[string][]byte {
	t.Helper()
	manifest, err := os.ReadFile("testdata/samples/MANIFEST.tsv")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for line := range strings.Lines(string(manifest)) {
		c := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || c[0] == "path" || strings.Contains(kinds, strings.Fields(c[3])[0]) == isBut {
			continue
		}
		if files[c[0]], err = os.ReadFile(filepath.Join("testdata", "samples", filepath.FromSlash(c[0]))); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 8 {
		t.Fatalf("%d samples of %s", len(files), kinds)
	}
	return files
}

// asMail is a sample as it would come: an object or a body alone gets a mail around it.
func asMail(path string, raw []byte, from string) []byte {
	kind := map[string]string{".ics": "text/calendar; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".html": "text/html; charset=utf-8", ".tnef": "application/ms-tnef"}[filepath.Ext(path)]
	if kind == "" {
		return raw
	}
	head := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%s@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: %s\r\n\r\n", from, council, path, strings.ReplaceAll(path, "/", "."), kind)
	return append([]byte(head), raw...)
}

// seat makes an address a member's of the council.
func (h *house) seat(address string) {
	h.Helper()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		f := plan()
		f.People = append(f.People, forum.PersonEntry{Address: address, Name: address})
		f.Forums[0].Seats = append(f.Forums[0].Seats, forum.SeatEntry{Person: address, Organisation: "944233199", Capacity: forum.Member})
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), f)
		return err
	})
}

// TestSampleAnswersReachTheirMember seeds a house for each answer with its author, and a meeting with its UID, sequence and
// instance: what the object says is the member's answer, and what says nothing is held.
func TestSampleAnswersReachTheirMember(t *testing.T) {
	want := map[string]string{
		"ccs-calendarserver/good_reply.eml":              "understood yes",
		"ccs-calendarserver/reply_missing_organizer.eml": "held held.answer_unclear",
		"james/alternative.cal.eml":                      "held held.answer_unclear",
		"sabre/BrokerAttendeeReply-1.ics":                "understood yes",
		"sabre/BrokerAttendeeReply-2.ics":                "understood yes",
		"james/calendar.eml":                             "held held.answer_no_meeting", // its object ends before the event
		"james/calendar2.eml":                            "held held.answer_no_meeting",
		"james/charset2.eml":                             "held held.answer_no_meeting",
	}
	got := map[string]string{}
	for path, raw := range sampleFiles(t, "iMIP", false) {
		if _, isAnswer := want[path]; !isAnswer {
			continue
		}
		h := onSQLite(t)
		object, author := objectOf(path, raw), "one@example.org"
		if m, err := netmail.ReadMessage(bytes.NewReader(raw)); err == nil && filepath.Ext(path) != ".ics" {
			from, err := m.Header.AddressList("From")
			h.must(err)
			author = from[0].Address
		}
		h.seat(author)
		h.invited()
		if object != nil {
			m := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) { return tx.Meeting(ctx, 1) })
			m.UID, m.Sequence = object.UID, object.Sequence
			h.write(func(ctx context.Context, tx forum.Tx) error { return tx.SaveMeeting(ctx, m) })
		}
		reader := h.reader()
		reader.Demo = true // whose mail it is was found out
		h.deliver(string(asMail(path, raw, author)), council)
		h.drained(reader)
		mail := h.only(council)
		got[path] = strings.TrimSpace(string(mail.State) + " " + mail.Reason)
		for _, a := range h.answers() {
			got[path] += " " + string(a.Reply)
			if a.PersonID != h.person(author).ID || a.MailID != mail.ID || object != nil && !a.Stamp.Equal(object.Stamp) {
				t.Errorf("%s: %+v", path, a)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func objectOf(path string, raw []byte) *calendar.Entry {
	m := mail.Understand(asMail(path, raw, "x@y.example"), nil)
	if m.Calendar == nil || len(m.Calendar.Entries) == 0 {
		return nil
	}
	return &m.Calendar.Entries[0]
}

// changed counts what mail could have brought about.
func (h *house) changed() string {
	h.Helper()
	id := h.forum(council).ID
	matters := seen(h, func(ctx context.Context, tx forum.Tx) (int, error) { return tx.CountMatters(ctx, id, forum.Proposed) })
	proposals := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.TimeProposal, error) { return tx.TimeProposals(ctx, 1) })
	return fmt.Sprintf("%d matters, %d answers, %d proposals", matters, len(h.answers()), len(proposals))
}

const nothingChanged = "0 matters, 0 answers, 0 proposals"

// TestForeignSamplesChangeNothing delivers every sample, each found to be its author's, to a council that knows none of them.
func TestForeignSamplesChangeNothing(t *testing.T) {
	h := onSQLite(t)
	h.invited()
	reader := h.reader()
	reader.Demo = true
	count := 0
	for path, raw := range sampleFiles(t, "", true) {
		h.deliver(string(asMail(path, raw, stranger)), council)
		count++
	}
	if n := h.drained(reader); n != count || count < 113 {
		t.Errorf("%d of %d mails were read", n, count)
	}
	for _, m := range h.mails(council) {
		if m.State != forum.HeldMail && m.State != forum.Noted {
			t.Errorf("%s is %s", m.Subject, m.State)
		}
	}
	if got := h.changed(); got != nothingChanged {
		t.Error(got)
	}
}

// TestAutomaticSamplesChangeNothing delivers every report of a machine in a member's name, at the address that only the member was
// given.
func TestAutomaticSamplesChangeNothing(t *testing.T) {
	h := onSQLite(t)
	_, facts := h.invited()
	before := len(h.sent(council))
	reader := h.reader()
	reader.Demo = true
	for _, raw := range sampleFiles(t, "bounce delay MDN abuse", false) {
		head, body, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
		lines := strings.Split(head, "\n")
		for i, line := range lines {
			if strings.HasPrefix(strings.ToLower(line), "from:") {
				lines[i] = "From: Medlem <" + member + ">"
				for i+1 < len(lines) && strings.TrimLeft(lines[i+1], " \t") != lines[i+1] {
					lines = append(lines[:i+1], lines[i+2:]...)
				}
				break
			}
		}
		h.deliver(strings.Join(lines, "\n")+"\n\n"+body, forum.TokenAddress(council, facts.Token))
	}
	h.drained(reader)
	for _, m := range h.mails(council) {
		if m.State != forum.Noted {
			t.Errorf("%s from %s is %s %s", m.Subject, m.From, m.State, m.Reason)
		}
	}
	if got := h.changed(); got != nothingChanged || len(h.sent(council)) != before {
		t.Errorf("%s, %d mails were sent", got, len(h.sent(council))-before)
	}
}

// TestHostileMailKeepsNobodyWaiting sends hostile mails over SMTP between those of a member: all come in, and every item of the
// member's is a matter.
func TestHostileMailKeepsNobodyWaiting(t *testing.T) {
	onBoth(t, func(h *house) {
		_, address := h.serve(nil)
		p := connect(h.T, address)
		p.expect("EHLO mx.voss.example", "250")
		hostile := mail.Hostile()
		n := 0
		for _, raw := range hostile {
			p.begin(stranger, council)
			p.expect(strings.ReplaceAll(raw, "\r\n.", "\r\n..")+"\r\n.", "250")
			n++
			p.begin(member, council)
			p.expect(passed("kvam.example")+strings.Replace(item(member, fmt.Sprint("Sak ", n), "Tekst."), "<1@", fmt.Sprintf("<%d@", n), 1)+".", "250")
		}
		if read := h.drained(h.reader()); read != 2*n || n < 10 {
			h.Errorf("%d of %d mails were read", read, 2*n)
		}
		if got, want := h.changed(), fmt.Sprintf("%d matters, ", n); !strings.HasPrefix(got, want) {
			h.Errorf("got %s, want %s", got, want)
		}
	})
}
