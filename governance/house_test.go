package governance_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	forumstore "github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	. "github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// The people of the tests. Each level has two voting seats; the council's other
// seats have none.
const (
	chair      = "leiar@kvam.example"
	deputy     = "nestleiar@bergen.example"
	vaksdal    = "medlem@vaksdal.example"
	bergen     = "medlem@bergen.example"
	substitute = "vara@kvam.example" // for the chair's organisation
	secretary  = "sekretar@kvam.example"
	users      = "brukar@brukar.example" // a member of an advisory party
	outside    = "utanfor@vaksdal.example"
)

// house is a store with a council in it, at an hour that the test sets.
type house struct {
	*testing.T
	keeper  forum.Keeper
	now     time.Time
	council forum.ForumID
	meeting forum.MeetingID // called, and begun
	matter  forum.MatterID  // on its agenda
	read    forum.MessageID // the last message that letters gave
}

// councilPlan is the area of the tests, with a mandate that they set.
func councilPlan(mandate forum.MandateEntry) *forum.AreaPlan {
	const kvam, vaksdalNumber, helse, brukar = "944233199", "961821967", "983974724", "999999999"
	mandate.From = "2020-01-01"
	plan := &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: m, Municipality: "4622"},
			{Number: vaksdalNumber, Name: "Vaksdal kommune", Level: m, Municipality: "4628"},
			{Number: helse, Name: "Helse Bergen HF", Level: s, Language: forum.Bokmal},
			{Number: brukar, Name: "Brukarutvalet", Level: a, Side: s},
		},
		Forums: []forum.ForumEntry{{
			Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: "raad@voss.example", Mandate: mandate,
			Seats: []forum.SeatEntry{
				{Person: chair, Organisation: kvam, Capacity: forum.Chair},
				{Person: deputy, Organisation: helse, Capacity: forum.Deputy},
				{Person: vaksdal, Organisation: vaksdalNumber, Capacity: forum.Member},
				{Person: bergen, Organisation: helse, Capacity: forum.Member},
				{Person: substitute, Organisation: kvam, Capacity: forum.Substitute, Rank: 1},
				{Person: secretary, Organisation: kvam, Capacity: forum.Secretary},
				{Person: users, Organisation: brukar, Capacity: forum.Member},
			},
		}},
	}
	for _, address := range []string{chair, deputy, vaksdal, bergen, substitute, secretary, users, outside} {
		plan.People = append(plan.People, forum.PersonEntry{Address: address, Name: "Person " + address})
	}
	return plan
}

// onBoth runs a test on each database, in a meeting that has begun and whose
// agenda has one matter.
func onBoth(t *testing.T, mandate forum.MandateEntry, test func(h *house)) {
	t.Helper()
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	storetest.Both(t, func(t *testing.T, address string) {
		h := &house{T: t, now: noon}
		db, err := forumstore.Open(t.Context(), address, forumstore.Options{
			Clock: func() time.Time { return h.now }, Policy: policy, Queueing: jobs.Queueing, Tables: store.Tables,
		})
		h.must(err)
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		h.must(db.Migrate(t.Context()))
		h.keeper = store.Keeper{DB: db}
		h.open(mandate)
		test(h)
	})
}

// open brings the area in, calls a meeting with a matter, and lets it begin.
func (h *house) open(mandate forum.MandateEntry) {
	h.Helper()
	done(h, func(ctx context.Context, tx Tx) (forum.ImportCount, error) {
		return forum.ImportArea(ctx, tx, forum.Operator(), councilPlan(mandate))
	})
	all := seen(h, func(ctx context.Context, tx Tx) ([]forum.Forum, error) { return tx.Forums(ctx) })
	h.council = all[slices.IndexFunc(all, func(f forum.Forum) bool { return f.Key == "raad" })].ID
	h.meeting = h.call(noon.Add(24 * time.Hour))
	h.matter = h.propose("Felles øving", h.meeting)
	h.now = noon.Add(24 * time.Hour)
}

// call plans and calls a meeting.
func (h *house) call(start time.Time) forum.MeetingID {
	h.Helper()
	return done(h, func(ctx context.Context, tx Tx) (*forum.Meeting, error) {
		planned, err := forum.PlanMeeting(ctx, tx, h.as(secretary), h.council, forum.Ordinary, forum.Slot{Start: start, End: start.Add(3 * time.Hour), Place: "Heradshuset"})
		if err != nil {
			return nil, err
		}
		return forum.CallMeeting(ctx, tx, h.as(secretary), planned.ID)
	}).ID
}

// propose puts a matter on a meeting's agenda.
func (h *house) propose(title string, on forum.MeetingID) forum.MatterID {
	h.Helper()
	return done(h, func(ctx context.Context, tx Tx) (*forum.Matter, error) {
		matter, err := forum.ProposeMatter(ctx, tx, h.as(secretary), h.council, forum.Proposal{Title: title, Kind: forum.DiscussionMatter, Source: forum.ByWeb})
		if err != nil {
			return nil, err
		}
		return forum.PlaceMatter(ctx, tx, h.as(secretary), matter.ID, on)
	}).ID
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

type deed[T any] func(ctx context.Context, tx Tx) (T, error)

// try runs an act in a transaction of its own.
func try[T any](h *house, act deed[T]) (result T, err error) {
	err = h.keeper.Write(h.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = act(ctx, In(tx))
		return err
	})
	return result, err
}

// done runs an act that has to succeed.
func done[T any](h *house, act deed[T]) T {
	h.Helper()
	result, err := try(h, act)
	h.must(err)
	return result
}

// seen reads what has to be there.
func seen[T any](h *house, act deed[T]) (result T) {
	h.Helper()
	h.must(h.keeper.Read(h.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = act(ctx, In(tx))
		return err
	}))
	return result
}

// refused checks that an act is refused with a text.
func refused[T any](h *house, key string, act deed[T]) {
	h.Helper()
	_, err := try(h, act)
	var refusal *forum.Error
	if !asError(err, &refusal) || refusal.Key != key {
		h.Errorf("got %v, want a refusal with %s", err, key)
	}
}

func (h *house) person(address string) forum.PersonID {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*forum.Person, error) { return tx.PersonByAddress(ctx, address) }).ID
}

func (h *house) as(address string) forum.Actor { h.Helper(); return forum.AsPerson(h.person(address)) }

// seatOf is a person's seat in the council.
func (h *house) seatOf(address string) forum.SeatID {
	h.Helper()
	person := h.person(address)
	seats := seen(h, func(ctx context.Context, tx Tx) ([]forum.Seat, error) {
		return tx.Seats(ctx, h.council, forum.DateOf(h.now))
	})
	return seats[slices.IndexFunc(seats, func(s forum.Seat) bool { return s.PersonID == person })].ID
}

// arrive lets people come into the meeting.
func (h *house) arrive(people ...string) []Presence {
	h.Helper()
	var arrivals []Arrival
	for _, p := range people {
		arrivals = append(arrivals, Arrival{Person: h.person(p)})
	}
	return done(h, func(ctx context.Context, tx Tx) ([]Presence, error) {
		return NoteArrival(ctx, tx, h.as(secretary), h.meeting, arrivals...)
	})
}

// deeds are what was done in the council, the oldest first, from the first of a name on.
func (h *house) deeds(from string) (deeds []string) {
	h.Helper()
	for _, e := range seen(h, func(ctx context.Context, tx Tx) ([]forum.Event, error) { return tx.Chain(ctx, h.council) }) {
		if deeds != nil || e.Deed == from {
			deeds = append(deeds, e.Deed)
		}
	}
	return deeds
}
