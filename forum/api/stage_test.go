package api_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/forum/api/apitest"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/policies"
)

// The people of the stage.
const (
	chair       = "leiar@kvam.example"
	deputy      = "nestleiar@bergen.example"
	secretary   = "sekretar@kvam.example"   // municipal
	secretaryHF = "sekretar@bergen.example" // specialist
	outsider    = "utanfor@vaksdal.example"
)

var today = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func plan() *forum.AreaPlan {
	const kvam, bergen = "944233199", "983974724"
	seats := []forum.SeatEntry{
		{Person: chair, Organisation: kvam, Capacity: forum.Chair}, {Person: deputy, Organisation: bergen, Capacity: forum.Deputy},
		{Person: secretary, Organisation: kvam, Capacity: forum.Secretary}, {Person: secretaryHF, Organisation: bergen, Capacity: forum.Secretary},
	}
	mandate := forum.MandateEntry{
		From: "2020-01-01", To: "2030-12-31", Text: "Rådet samordnar.", ItemsDays: 21, PapersDays: 7,
		Keys: []forum.Capacity{forum.Chair, forum.Deputy, forum.Secretary}, Parties: []string{kvam, bergen},
	}
	return &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal}, {Number: bergen, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		People: []forum.PersonEntry{
			{Address: chair, Name: "Leiar"}, {Address: deputy, Name: "Nestleiar"}, {Address: secretary, Name: "Sekretær, kommunane"},
			{Address: secretaryHF, Name: "Sekretær, sjukehuset"}, {Address: outsider, Name: "Rådgjevar"},
		},
		Forums: []forum.ForumEntry{
			{Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: "raad@voss.example", Mandate: mandate, Seats: seats},
			{Key: "utval", Name: "Underutval", Kind: forum.SubCommittee, Parent: "raad", Address: "utval@voss.example", Mandate: mandate, Seats: seats},
		},
	}
}

// stage is the API on a real database that holds the plan.
type stage struct {
	apitest.Client
	db      *store.DB
	files   forum.Files
	address string // of the database
	api     *api.API
	later   *atomic.Int64 // nanoseconds after today
}

func newStage(t *testing.T, database string) *stage {
	t.Helper()
	policy, err := policies.Default()
	check(t, err)
	later := &atomic.Int64{}
	clock := func() time.Time { return today.Add(time.Duration(later.Load())) }
	db, err := store.Open(t.Context(), database, store.Options{Clock: clock, Policy: policy, Queueing: jobs.Queueing})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	papers, err := files.Open(t.TempDir())
	check(t, err)
	t.Cleanup(func() { check(t, papers.Close()) })
	s := &stage{Client: apitest.Client{T: t, Tokens: map[string]string{}}, address: database, db: db, files: papers, later: later}
	s.write(func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan())
		return err
	})
	for _, address := range []string{chair, deputy, secretary, secretaryHF, outsider} {
		s.Tokens[address] = s.token(address, forum.WriteScope)
	}
	s.serve(papers, slog.New(slog.DiscardHandler))
	return s
}

// serve begins to answer, with papers from somewhere.
func (s *stage) serve(papers forum.Files, log *slog.Logger) {
	s.api = api.New(api.Options{Keeper: s.db, Files: papers, Almanac: calendar.Almanac{}, URL: "https://samraad.example", Log: log})
	s.App = fiber.New(fiber.Config{Immutable: true, BodyLimit: 60_000_000, ErrorHandler: s.api.Problem})
	s.api.Mount(s.App)
	s.App.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
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

func (s *stage) token(address string, scope forum.Scope) (secret string) {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) (err error) {
		_, secret, err = forum.CreateAPIToken(ctx, tx, forum.Operator(), address, scope, 30)
		return err
	})
	return secret
}

// hold commits a mail and holds it.
func (s *stage) hold(subject string) (id forum.IncomingID) {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) error {
		if _, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: "raad@voss.example", Envelope: "x@y.example", Peer: "127.0.0.1"}, []byte("Subject: "+subject+"\r\n\r\nHei\r\n")); err != nil {
			return err
		}
		waiting, err := tx.NotUnderstood(ctx, 1)
		if err != nil {
			return err
		}
		id = waiting[0].ID
		return forum.HoldMail(ctx, tx, id, forum.Reading{MailKind: "item", From: "x@y.example", Subject: subject, Text: "Hei"}, "held.unknown_sender", false)
	})
	return id
}

// waiting is how many matters wait in the inbox.
func (s *stage) waiting() int {
	s.Helper()
	items, _ := s.Made(secretary, "GET", "/forums/1/inbox", "").Value("items").([]any)
	return len(items)
}

func contains(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%q is missing in %s", part, text)
	}
}
