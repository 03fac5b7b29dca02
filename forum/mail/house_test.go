package mail_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/policies"
)

// The people of the tests, by what they are in the council.
const (
	member    = "medlem@kvam.example"
	secretary = "sekretar@bergen.example"
	guest     = "gjest@bergen.example" // an observer who may not propose
	stranger  = "kven@elsewhere.example"
	council   = "raad@voss.example"
	group     = "rehab@voss.example"
)

// house is a store with a small area in it, at an hour that the test sets.
type house struct {
	*testing.T
	keeper *store.DB
	files  forum.Files
	now    time.Time
}

func onBoth(t *testing.T, test func(h *house)) {
	t.Helper()
	storetest.Both(t, func(t *testing.T, address string) { test(newHouse(t, address)) })
}

// onSQLite is for what no database decides.
func onSQLite(t *testing.T) *house {
	t.Helper()
	return newHouse(t, storetest.SQLite(t))
}

func newHouse(t *testing.T, address string) *house {
	t.Helper()
	h := &house{T: t, now: made}
	policy, err := policies.Default()
	h.must(err)
	h.keeper, err = store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return h.now }, Policy: policy})
	h.must(err)
	papers, err := files.Open(t.TempDir())
	h.must(err)
	h.files = papers
	t.Cleanup(func() { h.must(errors.Join(h.keeper.Close(), papers.Close())) })
	h.must(h.keeper.Migrate(t.Context()))
	h.write(func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan())
		return err
	})
	return h
}

func plan() *forum.AreaPlan {
	mandate := forum.MandateEntry{From: "2020-01-01", ItemsDays: 21, PapersDays: 7}
	return &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: "944233199", Name: "Kvam herad", Level: forum.Municipal, Municipality: "4622"},
			{Number: "983974724", Name: "Helse Bergen HF", Level: forum.Specialist, Language: forum.Bokmal},
		},
		People: []forum.PersonEntry{
			{Address: member, Name: "Helse- og omsorgssjef, Kvam herad"},
			{Address: secretary, Name: "Sekretær, Helse Bergen HF", Language: forum.Bokmal},
			{Address: guest, Name: "Gjest, Helse Bergen HF", Language: forum.English},
		},
		Forums: []forum.ForumEntry{
			{Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: council, Mandate: mandate, Seats: []forum.SeatEntry{
				{Person: member, Organisation: "944233199", Capacity: forum.Member},
				{Person: secretary, Organisation: "983974724", Capacity: forum.Secretary},
				{Person: guest, Organisation: "983974724", Capacity: forum.Observer},
			}},
			{Key: "rehab", Name: "Underutval for rehabilitering", Kind: forum.SubCommittee, Parent: "raad", Address: group, Mandate: mandate, Seats: []forum.SeatEntry{
				{Person: member, Organisation: "944233199", Capacity: forum.Member},
			}},
		},
	}
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) write(fn func(ctx context.Context, tx forum.Tx) error) {
	h.Helper()
	h.must(h.keeper.Write(context.Background(), fn))
}

// seen reads what has to be there.
func seen[T any](h *house, read func(ctx context.Context, tx forum.Tx) (T, error)) (result T) {
	h.Helper()
	h.must(h.keeper.Read(context.Background(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = read(ctx, tx)
		return err
	}))
	return result
}

func (h *house) forum(address string) *forum.Forum {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Forum, error) { return tx.ForumByAddress(ctx, address) })
}

func (h *house) person(address string) *forum.Person {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Person, error) { return tx.PersonByAddress(ctx, address) })
}

// mails lists all mail that a forum has, in every state.
func (h *house) mails(address string) []forum.Incoming {
	h.Helper()
	id := h.forum(address).ID
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Incoming, error) {
		var all []forum.Incoming
		for _, state := range []forum.IncomingState{forum.Unproven, forum.Accepted, forum.Understood, forum.HeldMail, forum.Noted, forum.SetAside} {
			some, err := tx.IncomingIn(ctx, id, state, 1000)
			if err != nil {
				return nil, err
			}
			all = append(all, some...)
		}
		return all, nil
	})
}

// only is the one mail that a forum has.
func (h *house) only(address string) forum.Incoming {
	h.Helper()
	all := h.mails(address)
	if len(all) != 1 {
		h.Fatalf("%s has %d mails, want 1", address, len(all))
	}
	return all[0]
}

// sent lists a forum's outgoing messages, the oldest first.
func (h *house) sent(address string) []forum.Message {
	h.Helper()
	id := h.forum(address).ID
	newest := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Message, error) { return tx.Messages(ctx, id, 0, 100) })
	var oldest []forum.Message
	for i := range newest {
		oldest = append(oldest, newest[len(newest)-1-i])
	}
	return oldest
}

func (h *house) message(id forum.MessageID) *forum.Message {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Message, error) { return tx.Message(ctx, id) })
}

// invited plans and calls a meeting and gives the member's invitation.
func (h *house) invited() (forum.Message, forum.InvitationFacts) {
	h.Helper()
	by, in := forum.AsPerson(h.person(secretary).ID), h.forum(council).ID
	h.write(func(ctx context.Context, tx forum.Tx) error {
		m, err := forum.PlanMeeting(ctx, tx, by, in, forum.Ordinary, slot)
		if err != nil {
			return err
		}
		_, err = forum.CallMeeting(ctx, tx, by, m.ID)
		return err
	})
	for _, m := range h.sent(council) {
		if m.To == member {
			var facts forum.InvitationFacts
			h.must(json.Unmarshal(m.Facts, &facts))
			return m, facts
		}
	}
	h.Fatal("the member was not invited")
	return forum.Message{}, forum.InvitationFacts{}
}

func (h *house) reader() *mail.Reader {
	return &mail.Reader{Keeper: h.keeper, Files: h.files, Relays: mail.Relays{"mx.voss.example"}, Log: h.log()}
}

func (h *house) log() *slog.Logger { return slog.New(slog.NewTextHandler(testWriter{h.T}, nil)) }

// testWriter shows what parts log when a test fails.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(line []byte) (int, error) {
	if w.t.Context().Err() == nil {
		w.t.Log(strings.TrimSpace(string(line)))
	}
	return len(line), nil
}

// deliver puts a mail into the mailroom as a trusted relay would.
func (h *house) deliver(raw string, to ...string) {
	h.Helper()
	_, err := mail.Deliver(context.Background(), h.keeper, []byte(raw), to, "pipe", true)
	h.must(err)
}

// drained reads all that waits.
func (h *house) drained(r *mail.Reader) int {
	h.Helper()
	n, err := r.Drain(context.Background())
	h.must(err)
	return n
}

// serve starts a server for incoming mail and gives its address.
func (h *house) serve(change func(*mail.ServerOptions)) (*mail.Server, string) {
	h.Helper()
	options := mail.ServerOptions{Keeper: h.keeper, Domain: "voss.example", Log: h.log(), Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	if change != nil {
		change(&options)
	}
	server := mail.NewServer(options)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	h.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := errors.Join(server.Shutdown(ctx), <-ended); err != nil {
			h.Error(err)
		}
	})
	return server, listener.Addr().String()
}

// item is a mail that proposes something.
func item(from, subject, text string, headers ...string) string {
	lines := append([]string{
		"From: <" + from + ">", "To: <" + council + ">", "Subject: " + subject, "Message-ID: <1@kvam.example>", "Date: Mon, 19 Oct 2026 10:00:00 +0200",
		"MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8",
	}, headers...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n"
}

// passed is what a named relay writes above a mail that DMARC has found to be its author's.
func passed(domain string) string {
	return fmt.Sprintf("Authentication-Results: mx.voss.example; dmarc=pass header.from=%s\r\n", domain)
}

func readAll(r io.ReadCloser, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}
