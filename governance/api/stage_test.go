package api_test

import (
	"context"
	"fmt"
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
	forumstore "github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/api"
	"github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// The people of the stage, three of each level.
const (
	chair       = "leiar@kvam.example"
	member      = "medlem@kvam.example"
	secretary   = "sekretar@kvam.example"
	deputy      = "nestleiar@bergen.example"
	hospital    = "medlem@bergen.example"
	secretaryHF = "sekretar@bergen.example"
	outsider    = "utanfor@bergen.example" // has no seat
)

// The forums of the stage, in the order of the plan.
const (
	top = iota + 1
	council
	advisers // decide by recommendation
)

var (
	everyone = []string{chair, member, secretary, deputy, hospital, secretaryHF}
	today    = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

func plan() *forum.AreaPlan {
	const kvam, bergen = "944233199", "983974724"
	mandate := forum.MandateEntry{From: "2020-01-01", KeyHours: 24, Keys: []forum.Capacity{forum.Chair, forum.Deputy}, Parties: []string{kvam, bergen}}
	recommends := mandate
	recommends.Rule = forum.Recommendation
	seats := []forum.SeatEntry{
		{Person: chair, Organisation: kvam, Capacity: forum.Chair}, {Person: deputy, Organisation: bergen, Capacity: forum.Deputy},
		{Person: member, Organisation: kvam, Capacity: forum.Member}, {Person: hospital, Organisation: bergen, Capacity: forum.Member},
		{Person: secretary, Organisation: kvam, Capacity: forum.Secretary}, {Person: secretaryHF, Organisation: bergen, Capacity: forum.Secretary},
	}
	plan := &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal}, {Number: bergen, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		People: []forum.PersonEntry{{Address: outsider, Name: "Utanfor"}},
		Forums: []forum.ForumEntry{
			{Key: "topp", Name: "Toppleiarmøtet", Kind: forum.TopLeaderMeeting, Address: "topp@voss.example", Mandate: mandate, Seats: seats},
			{Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Parent: "topp", Address: "raad@voss.example", Mandate: mandate, Seats: seats},
			{Key: "fag", Name: "Fagrådet", Kind: forum.SubCommittee, Parent: "raad", Address: "fag@voss.example", Mandate: recommends, Seats: seats},
		},
	}
	for _, address := range everyone {
		plan.People = append(plan.People, forum.PersonEntry{Address: address, Name: "Person " + address})
	}
	return plan
}

// stage is the API, with what is governed, on a real database that holds the plan.
type stage struct {
	apitest.Client
	keeper forum.Keeper
	files  forum.Files
	api    *api.API
	below  map[string]apitest.Operation // of the forum alone
	later  *atomic.Int64                // nanoseconds after today
	people map[string]forum.PersonID
}

func newStage(t *testing.T) *stage {
	t.Helper()
	policy, err := policies.Default()
	check(t, err)
	later := &atomic.Int64{}
	clock := func() time.Time { return today.Add(time.Duration(later.Load())) }
	db, err := forumstore.Open(t.Context(), storetest.SQLite(t), forumstore.Options{Clock: clock, Policy: policy, Queueing: jobs.Queueing, Tables: store.Tables})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	papers, err := files.Open(t.TempDir())
	check(t, err)
	t.Cleanup(func() { check(t, papers.Close()) })
	s := &stage{Client: apitest.Client{T: t, Tokens: map[string]string{}}, keeper: store.Keeper{DB: db}, files: papers, later: later, people: map[string]forum.PersonID{}}
	s.write(func(ctx context.Context, tx governance.Tx) error {
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan())
		return err
	})
	for _, address := range append([]string{outsider}, everyone...) {
		s.write(func(ctx context.Context, tx governance.Tx) error {
			token, secret, err := forum.CreateAPIToken(ctx, tx, forum.Operator(), address, forum.WriteScope, 90)
			if err == nil {
				s.Tokens[address], s.people[address] = secret, token.PersonID
			}
			return err
		})
	}
	s.serve(nil)
	s.below = apitest.Read(&s.Client).Operations()
	s.serve(governed.Operations)
	return s
}

// serve begins to answer, with the operations of the house above.
func (s *stage) serve(more []func(*api.API)) {
	s.api = api.New(api.Options{Keeper: s.keeper, Files: s.files, Almanac: calendar.Almanac{}, URL: "https://samraad.example", Log: slog.New(slog.DiscardHandler), More: more})
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

func (s *stage) write(fn func(ctx context.Context, tx governance.Tx) error) {
	s.Helper()
	check(s.T, s.keeper.Write(context.Background(), func(ctx context.Context, tx forum.Tx) error { return fn(ctx, governance.In(tx)) }))
}

func (s *stage) now() time.Time           { return today.Add(time.Duration(s.later.Load())) }
func (s *stage) pass(time time.Duration)  { s.later.Add(int64(time)) }
func (s *stage) day(after int) forum.Date { return forum.DateOf(s.now().AddDate(0, 0, after)) }
func (s *stage) stamp(after time.Duration) string {
	return s.now().Add(after).Format(time.RFC3339)
}

// level is that of a secretary, and of its members and organisation.
type level struct {
	secretary, leader, member string
	name                      string
	organisation              int64
}

func of(by string) level {
	if by == secretary {
		return level{secretary, chair, member, "municipal", 1}
	}
	return level{secretaryHF, deputy, hospital, "specialist", 2}
}

// other is the level across from a secretary's.
func other(by string) level {
	if by == secretary {
		return of(secretaryHF)
	}
	return of(secretary)
}

// matter is a matter of a forum that waits in its inbox.
func (s *stage) matter(by string, in int) int64 {
	return s.Made(by, "POST", fmt.Sprintf("/forums/%d/matters", in), `{"title":"Felles øving","text":"Vi øver.","kind":"discussion"}`).ID()
}

// meeting is called, and begins in an hour.
func (s *stage) meeting(by string) int64 {
	s.Helper()
	body := fmt.Sprintf(`{"form":"ordinary","slot":{"start":%q,"end":%q,"place":"Voss"}}`, s.stamp(time.Hour), s.stamp(3*time.Hour))
	id := s.Made(by, "POST", fmt.Sprintf("/forums/%d/meetings", council), body).ID()
	s.Done(s.Press(by, "call", "", "/meetings/%d", id))
	return id
}

// begun is a meeting that has begun, with a matter on its agenda, to which nobody
// has come.
func (s *stage) begun(by string) (meeting, matter int64) {
	s.Helper()
	meeting, matter = s.meeting(by), s.matter(by, council)
	s.Done(s.Press(by, "place", fmt.Sprintf(`{"meeting_id":%d}`, meeting), "/matters/%d", matter))
	s.pass(time.Hour + time.Minute)
	return meeting, matter
}

// came is the call that notes who came.
func (s *stage) came(by string, meeting int64, who ...string) apitest.Call {
	s.Helper()
	var arrivals []string
	for _, address := range who {
		arrivals = append(arrivals, fmt.Sprintf(`{"person_id":%d}`, s.people[address]))
	}
	return s.Press(by, "presence", `{"arrivals":[`+strings.Join(arrivals, ",")+`]}`, "/meetings/%d", meeting)
}

// sitting is a meeting that has begun with all members there.
func (s *stage) sitting(by string) (meeting, matter int64) {
	s.Helper()
	meeting, matter = s.begun(by)
	s.noted(by, meeting, chair, deputy, member, hospital)
	return meeting, matter
}

// noted notes who came.
func (s *stage) noted(by string, meeting int64, who ...string) apitest.Answer {
	s.Helper()
	c := s.came(by, meeting, who...)
	c.Headers = []string{"If-Match", s.Tag(by, c.Path)}
	return s.Done(c)
}
