package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
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
	*testing.T
	db      *store.DB
	files   forum.Files
	address string // of the database
	api     *api.API
	app     *fiber.App
	tokens  map[string]string // secrets that write, by address
	later   *atomic.Int64     // nanoseconds after today
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
	s := &stage{T: t, address: database, db: db, files: papers, tokens: map[string]string{}, later: later}
	s.write(func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan())
		return err
	})
	for _, address := range []string{chair, deputy, secretary, secretaryHF, outsider} {
		s.tokens[address] = s.token(address, forum.WriteScope)
	}
	s.serve(papers, slog.New(slog.DiscardHandler))
	return s
}

// serve begins to answer, with papers from somewhere.
func (s *stage) serve(papers forum.Files, log *slog.Logger) {
	s.api = api.New(api.Options{Keeper: s.db, Files: papers, Almanac: calendar.Almanac{}, URL: "https://samraad.example", Log: log})
	s.app = fiber.New(fiber.Config{Immutable: true, BodyLimit: 60_000_000, ErrorHandler: s.api.Problem})
	s.api.Mount(s.app)
	s.app.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
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

// answer is what a call was answered.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// value is a field of the answer's body, by its path.
func (a answer) value(path ...string) any {
	var v any
	_ = json.Unmarshal(a.body, &v)
	for _, name := range path {
		fields, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = fields[name]
	}
	return v
}

func (a answer) id() int64 { n, _ := a.value("id").(float64); return int64(n) }

// send makes a call; headers are names and values in turn.
func (s *stage) send(method, path string, body []byte, headers ...string) answer {
	s.Helper()
	request := httptest.NewRequest(method, path, bytes.NewReader(body))
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := s.app.Test(request, -1)
	check(s.T, err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	check(s.T, err)
	return answer{response.StatusCode, response.Header, content}
}

// as makes a call as a person.
func (s *stage) as(address, method, path, body string, headers ...string) answer {
	s.Helper()
	return s.send(method, "/api"+path, []byte(body), append([]string{"Authorization", "Bearer " + s.tokens[address]}, headers...)...)
}

// made makes a call that has to succeed.
func (s *stage) made(address, method, path, body string, headers ...string) answer {
	s.Helper()
	a := s.as(address, method, path, body, headers...)
	if a.status >= 300 {
		s.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	return a
}

// tag is the tag of what is read at a path.
func (s *stage) tag(address, path string) string {
	s.Helper()
	return s.made(address, "GET", path, "").header.Get("ETag")
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

// refused wants a problem.
func (s *stage) refused(a answer, status int, code string) {
	s.Helper()
	if a.status != status || a.value("code") != code || a.header.Get("Content-Type") != "application/problem+json" {
		s.Errorf("got %d %s, want %d %s", a.status, a.body, status, code)
	}
}

// waiting is how many matters wait in the inbox.
func (s *stage) waiting() int {
	s.Helper()
	items, _ := s.made(secretary, "GET", "/forums/1/inbox", "").value("items").([]any)
	return len(items)
}

func contains(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%q is missing in %s", part, text)
	}
}
