package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/policies"
)

// The people of the stage, by what they are in the council.
const (
	chair       = "leiar@kvam.example"       // municipal, holds a key
	deputy      = "nestleiar@bergen.example" // specialist, holds the other
	member      = "medlem@vaksdal.example"   // municipal
	hospital    = "medlem@bergen.example"    // specialist
	secretary   = "sekretar@kvam.example"    // municipal
	secretaryHF = "sekretar@bergen.example"  // specialist
	outsider    = "utanfor@vaksdal.example"  // sits in the sub-committee alone
)

// today is the time of the stage.
var today = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func plan() *forum.AreaPlan {
	const kvam, vaksdal, bergen = "944233199", "961821967", "983974724"
	return &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss lokalsjukehusområde"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal},
			{Number: vaksdal, Name: "Vaksdal kommune", Level: forum.Municipal},
			{Number: bergen, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		People: []forum.PersonEntry{
			{Address: chair, Name: "Leiar, Kvam herad"}, {Address: deputy, Name: "Nestleiar, Helse Bergen", Language: forum.Bokmal},
			{Address: member, Name: "Medlem, Vaksdal kommune"}, {Address: hospital, Name: "Medlem, Helse Bergen"},
			{Address: secretary, Name: "Sekretær, Kvam herad"}, {Address: secretaryHF, Name: "Sekretær, Helse Bergen"},
			{Address: outsider, Name: "Rådgjevar, Vaksdal kommune"},
		},
		Forums: []forum.ForumEntry{
			{
				Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: "raad@voss.example",
				Mandate: forum.MandateEntry{
					From: "2020-01-01", To: "2030-12-31", Text: "Rådet samordnar.", Basis: "Samarbeidsavtalen", ItemsDays: 21, PapersDays: 7,
					Keys: []forum.Capacity{forum.Chair, forum.Deputy}, Parties: []string{kvam, vaksdal, bergen},
					Exceptions: []forum.ExceptionEntry{{Capacity: forum.Observer, Level: "*", Action: "read", Object: "matter", Reason: "Sakene er interne."}},
				},
				Seats: []forum.SeatEntry{
					{Person: chair, Organisation: kvam, Capacity: forum.Chair}, {Person: deputy, Organisation: bergen, Capacity: forum.Deputy},
					{Person: member, Organisation: vaksdal, Capacity: forum.Member}, {Person: hospital, Organisation: bergen, Capacity: forum.Member},
					{Person: secretary, Organisation: kvam, Capacity: forum.Secretary}, {Person: secretaryHF, Organisation: bergen, Capacity: forum.Secretary},
				},
			},
			{
				Key: "utval", Name: "Underutval for beredskap", Kind: forum.SubCommittee, Parent: "raad", Address: "beredskap@voss.example",
				Mandate: forum.MandateEntry{From: "2020-01-01"},
				Seats:   []forum.SeatEntry{{Person: outsider, Organisation: vaksdal, Capacity: forum.Member}},
			},
		},
	}
}

// The forums of the stage.
const (
	council      = "/forums/1"
	subCommittee = "/forums/2"
)

// stage is a server on a real database that holds the plan.
type stage struct {
	*testing.T
	db      *store.DB
	options web.Options
	url     string
	log     *logBook
	woken   chan struct{}
	later   atomic.Int64 // nanoseconds after today
}

// logBook is where the server's log is read while it writes.
type logBook struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

func (l *logBook) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines.Write(line)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines.String()
}

func newStage(t *testing.T, database string, change func(*web.Options)) *stage {
	t.Helper()
	policy, err := policies.Default()
	check(t, err)
	s := &stage{T: t, log: &logBook{}, woken: make(chan struct{}, 10)}
	clock := func() time.Time { return today.Add(time.Duration(s.later.Load())) }
	db, err := store.Open(t.Context(), database, store.Options{Clock: clock, Policy: policy})
	check(t, err)
	s.db = db
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	papers, err := files.Open(t.TempDir())
	check(t, err)
	t.Cleanup(func() { check(t, papers.Close()) })
	s.write(func(ctx context.Context, tx forum.Tx) error {
		if err := tx.MarkDemo(ctx); err != nil {
			return err
		}
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan())
		return err
	})
	s.options = web.Options{
		Keeper: db, Files: papers, Demo: true, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Wake: func() { s.woken <- struct{}{} },
	}
	s.serve(change)
	return s
}

// serve answers on a port of its own.
func (s *stage) serve(change func(*web.Options)) {
	s.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(s.T, err)
	s.url = "http://" + listener.Addr().String()
	options := s.options
	options.URL = s.url
	if change != nil {
		change(&options)
	}
	server := web.New(options)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	s.Cleanup(func() {
		check(s.T, server.Shutdown(context.Background()))
		check(s.T, <-served)
	})
}

// at is the same stage as people reach it at a public address.
func (s *stage) at(public string) *stage {
	s.Helper()
	other := &stage{T: s.T, db: s.db, log: s.log, woken: s.woken, options: s.options}
	other.serve(func(o *web.Options) { o.URL = public })
	return other
}

// onSQLite is the usual stage.
func onSQLite(t *testing.T) *stage {
	t.Helper()
	return newStage(t, storetest.SQLite(t), nil)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stage) write(fn func(ctx context.Context, tx forum.Tx) error) {
	s.Helper()
	check(s.T, s.db.Write(context.Background(), fn))
}

// actor is the person who has an address.
func (s *stage) actor(address string) forum.Actor {
	s.Helper()
	var by forum.Actor
	check(s.T, s.db.Read(context.Background(), func(ctx context.Context, tx forum.Tx) error {
		person, err := tx.PersonByAddress(ctx, address)
		if err != nil {
			return err
		}
		by = forum.AsPerson(person.ID)
		return nil
	}))
	return by
}

// deliver commits a mail to the council, and holds it.
func (s *stage) deliver(from, subject string) forum.IncomingID {
	s.Helper()
	var id forum.IncomingID
	s.write(func(ctx context.Context, tx forum.Tx) error {
		mail := forum.Incoming{Recipient: "raad@voss.example", Envelope: from, Peer: "127.0.0.1"}
		if _, err := forum.AcceptMail(ctx, tx, mail, []byte("From: "+from+"\r\nSubject: "+subject+"\r\n\r\nHei <b>råd</b>\r\n")); err != nil {
			return err
		}
		waiting, err := tx.NotUnderstood(ctx, 1)
		if err != nil {
			return err
		}
		id = waiting[0].ID
		reading := forum.Reading{MailKind: "item", From: from, Subject: subject, Text: "Hei <b>råd</b>", Papers: []string{"notat.pdf"}}
		return forum.HoldMail(ctx, tx, id, reading, "held.unknown_sender", false)
	})
	return id
}

// logLines are what the server has logged of a message.
func (s *stage) logLines(message string) []map[string]any {
	s.Helper()
	var lines []map[string]any
	for line := range strings.Lines(s.log.String()) {
		var entry map[string]any
		check(s.T, json.Unmarshal([]byte(line), &entry))
		if entry["msg"] == message {
			lines = append(lines, entry)
		}
	}
	return lines
}
