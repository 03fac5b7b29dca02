package forum_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/policies"
)

// exchanged is the level after municipal and specialist have changed places.
func exchanged(l forum.Level) forum.Level {
	if other := l.Other(); other != "" {
		return other
	}
	return l
}

// step is one thing that someone does to a removal.
type step struct {
	Act    string
	Person forum.PersonID
	Level  forum.Level
	Yes    bool
}

func steps() *rapid.Generator[[]step] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			Act:    rapid.SampledFrom([]string{"agree", "contest", "decide", "decide", "decide", "withdraw"}).Draw(t, "act"),
			Person: forum.PersonID(rapid.Int64Range(1, 4).Draw(t, "person")),
			Level:  rapid.SampledFrom(forum.Levels).Draw(t, "level"),
			Yes:    rapid.IntRange(0, 3).Draw(t, "yes") > 0,
		}
	}), 0, 8)
}

// play asks for a removal of a matter of a level and does the steps, each level
// seen through a mapping; it tells what happened.
func play(matter, asker forum.Level, then []step, seen func(forum.Level) forum.Level) (happened []string) {
	r := forum.Removal{Way: forum.Return, Reason: "For late"}
	note := func(err error) { happened = append(happened, fmt.Sprintf("%s (%s)", r.State, said(err))) }
	note(r.Ask(&forum.Matter{Level: seen(matter)}, 1, seen(asker), planned))
	for _, s := range then {
		switch s.Act {
		case "agree":
			note(r.Agree())
		case "contest":
			note(r.Contest("Saka hastar"))
		case "decide":
			note(r.Decide(forum.Key{Person: s.Person, Level: seen(s.Level)}, s.Yes))
		case "withdraw":
			note(r.Withdraw(s.Person))
		}
	}
	return happened
}

func TestExchangingTheLevelsChangesNoRemoval(t *testing.T) {
	asIs := func(l forum.Level) forum.Level { return l }
	rapid.Check(t, func(t *rapid.T) {
		matter, asker := rapid.SampledFrom(forum.Levels).Draw(t, "proposer's level"), rapid.SampledFrom(forum.Levels).Draw(t, "asker's level")
		then := steps().Draw(t, "steps")
		if diff := cmp.Diff(play(matter, asker, then, asIs), play(matter, asker, then, exchanged)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestNobodyRemovesTheOtherSidesMatterAlone follows every sequence that ends in
// a removal: it is of the own level, or both levels had a word in it.
func TestNobodyRemovesTheOtherSidesMatterAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.SampledFrom([]forum.Level{forum.Municipal, forum.Specialist}).Draw(t, "proposer's level")
		r := forum.Removal{Way: forum.Return, Reason: "For late"}
		refusedAs(t, r.Ask(&forum.Matter{Level: level}, 1, level.Other(), planned), "")
		yes := map[forum.Level]bool{}
		for _, s := range steps().Draw(t, "steps") {
			switch s.Act {
			case "contest":
				_ = r.Contest("Saka hastar")
			case "decide":
				if r.Decide(forum.Key{Person: s.Person, Level: s.Level}, s.Yes) == nil && s.Yes {
					yes[s.Level] = true
				}
			}
		}
		if r.State == forum.DoneRemoval && !(yes[forum.Municipal] && yes[forum.Specialist]) {
			t.Fatalf("removed on the word of %v", yes)
		}
	})
}

func refusedAs(t *rapid.T, err error, want string) {
	if got := said(err); got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

// small is a few forums in a row, each the parent of the next, as far as asking
// for a right looks at them.
type small struct {
	forum.Tx
	policy   forum.Policy
	mandates map[forum.ForumID]forum.Mandate
	seats    []forum.Seat
}

func (s *small) Now() time.Time                               { return planned }
func (s *small) Policy(context.Context) (forum.Policy, error) { return s.policy, nil }
func (s *small) Forum(_ context.Context, id forum.ForumID) (*forum.Forum, error) {
	return &forum.Forum{ID: id, Parent: id - 1}, nil
}

func (s *small) Mandate(_ context.Context, in forum.ForumID, _ forum.Date) (*forum.Mandate, error) {
	if m, found := s.mandates[in]; found {
		return &m, nil
	}
	return nil, forum.Refuse(forum.NotFound, "error.not_found.mandate")
}

func (s *small) Seats(_ context.Context, in forum.ForumID, on forum.Date) ([]forum.Seat, error) {
	return s.seatsOn(on, func(seat forum.Seat) bool { return seat.ForumID == in }), nil
}

func (s *small) seatsOn(on forum.Date, wanted func(forum.Seat) bool) (found []forum.Seat) {
	for _, seat := range s.seats {
		if wanted(seat) && on.Within(seat.From, seat.To) {
			found = append(found, seat)
		}
	}
	return found
}

// Recall works all out, as in an act.
func (s *small) Recall(_ any, work func() (any, error)) (any, error) { return work() }

// exchange gives the same forums with the levels of all organisations exchanged.
func (s *small) exchange() *small {
	other := *s
	other.seats = nil
	for _, seat := range s.seats {
		seat.Level = exchanged(seat.Level)
		other.seats = append(other.seats, seat)
	}
	return &other
}

const smallForums, smallPeople = 3, 4

func someForums(t *rapid.T, policy forum.Policy) *small {
	s := &small{policy: policy, mandates: map[forum.ForumID]forum.Mandate{}}
	capacities := rapid.SliceOfNDistinct(rapid.SampledFrom(forum.SeatCapacities), 0, 4, rapid.ID[forum.Capacity])
	for id := range forum.ForumID(smallForums) {
		if rapid.IntRange(0, 5).Draw(t, "without a mandate") > 0 {
			s.mandates[id+1] = forum.Mandate{ForumID: id + 1, Inherits: capacities.Draw(t, "inherits"), KeyHolders: capacities.Draw(t, "keys")}
		}
	}
	levels := [smallPeople]forum.Level{}
	for i := range levels {
		levels[i] = rapid.SampledFrom(forum.Levels).Draw(t, "level of an organisation")
	}
	for id := range rapid.IntRange(1, 8).Draw(t, "seats") {
		organisation := rapid.IntRange(1, smallPeople).Draw(t, "organisation")
		from, to := period(t)
		s.seats = append(s.seats, forum.Seat{
			ID: forum.SeatID(id + 1), ForumID: forum.ForumID(rapid.IntRange(1, smallForums).Draw(t, "forum")),
			OrganisationID: forum.OrganisationID(organisation), PersonID: forum.PersonID(rapid.IntRange(1, smallPeople).Draw(t, "person")),
			Capacity: rapid.SampledFrom(forum.SeatCapacities).Draw(t, "capacity"), Speak: rapid.Bool().Draw(t, "speak"),
			Propose: rapid.Bool().Draw(t, "propose"), From: from, To: to, Level: levels[organisation-1],
		})
	}
	return s
}

func TestExchangingTheLevelsChangesNobodysRights(t *testing.T) {
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		here := someForums(t, policy)
		there := here.exchange()
		for person := range forum.PersonID(smallPeople) {
			by := forum.AsPerson(person + 1)
			for in := range forum.ForumID(smallForums) {
				for _, right := range forum.Rights {
					compareRights(t, here, there, by, right, in+1)
				}
			}
		}
	})
}

func compareRights(t *rapid.T, here, there *small, by forum.Actor, right forum.Right, in forum.ForumID) {
	ctx := context.Background()
	as, err := by.May(ctx, here, right, in)
	mirrored, mirroredErr := by.May(ctx, there, right, in)
	mirrored.Level = exchanged(mirrored.Level)
	if said(err) != said(mirroredErr) || as != mirrored {
		t.Fatalf("%v may %v in forum %d as %+v (%q); with the levels exchanged as %+v (%q)", by, right, in, as, said(err), mirrored, said(mirroredErr))
	}
	for _, level := range forum.Levels {
		as, err := by.MayFor(ctx, here, right, in, level)
		mirrored, mirroredErr := by.MayFor(ctx, there, right, in, exchanged(level))
		mirrored.Level = exchanged(mirrored.Level)
		if said(err) != said(mirroredErr) || as != mirrored {
			t.Fatalf("%v may %v in forum %d for %s as %+v; with the levels exchanged as %+v", by, right, in, level, as, mirrored)
		}
	}
}
