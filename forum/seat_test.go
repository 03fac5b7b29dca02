package forum_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestCapacitiesOfASeat(t *testing.T) {
	for name, c := range map[string]struct {
		seat forum.Seat
		want []forum.Capacity
	}{
		"a member":                         {forum.Seat{Capacity: forum.Member}, []forum.Capacity{forum.Member}},
		"a member marked to speak":         {forum.Seat{Capacity: forum.Member, Speak: true, Propose: true}, []forum.Capacity{forum.Member}},
		"an observer":                      {forum.Seat{Capacity: forum.Observer}, []forum.Capacity{forum.Observer}},
		"an observer who may speak":        {forum.Seat{Capacity: forum.Observer, Speak: true}, []forum.Capacity{forum.Observer, forum.ObserverSpeak}},
		"an observer who may propose":      {forum.Seat{Capacity: forum.Observer, Propose: true}, []forum.Capacity{forum.Observer, forum.ObserverPropose}},
		"an observer who may do all three": {forum.Seat{Capacity: forum.Observer, Speak: true, Propose: true}, []forum.Capacity{forum.Observer, forum.ObserverSpeak, forum.ObserverPropose}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.seat.Capacities()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestASeatWrittenTwice(t *testing.T) {
	seat := forum.Seat{ID: 1, ForumID: 1, OrganisationID: 1, PersonID: 1, Capacity: forum.Member, From: "2024-01-01", To: "2027-12-31"}
	for name, c := range map[string]struct {
		change func(*forum.Seat)
		want   bool
	}{
		"the same":                    {func(*forum.Seat) {}, true},
		"with another id":             {func(s *forum.Seat) { s.ID = 2 }, true},
		"with another rank":           {func(s *forum.Seat) { s.Rank = 2 }, true},
		"without an end":              {func(s *forum.Seat) { s.To = "" }, true},
		"a day shared":                {func(s *forum.Seat) { s.From, s.To = "2027-12-31", "" }, true},
		"from the day after":          {func(s *forum.Seat) { s.From, s.To = "2028-01-01", "" }, false},
		"in another forum":            {func(s *forum.Seat) { s.ForumID = 2 }, false},
		"for another organisation":    {func(s *forum.Seat) { s.OrganisationID = 2 }, false},
		"of another person":           {func(s *forum.Seat) { s.PersonID = 2 }, false},
		"in another capacity as well": {func(s *forum.Seat) { s.Capacity = forum.Secretary }, false},
	} {
		t.Run(name, func(t *testing.T) {
			other := seat
			c.change(&other)
			if got := forum.SameSeat(seat, other); got != c.want {
				t.Errorf("the same: %v", got)
			}
		})
	}
}

func someSeat(t *rapid.T) forum.Seat {
	from, to := period(t)
	few := func(name string) int64 { return rapid.Int64Range(1, 2).Draw(t, name) }
	return forum.Seat{
		ID: forum.SeatID(rapid.Int64Range(1, 9).Draw(t, "id")), ForumID: forum.ForumID(few("forum")), OrganisationID: forum.OrganisationID(few("organisation")),
		PersonID: forum.PersonID(few("person")), Capacity: rapid.SampledFrom(forum.SeatCapacities).Draw(t, "capacity"),
		Rank: rapid.IntRange(0, 3).Draw(t, "rank"), From: from, To: to,
	}
}

func TestTheSameSeatIsTheSameFromBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someSeat(t), someSeat(t)
		if forum.SameSeat(a, b) != forum.SameSeat(b, a) {
			t.Fatalf("%+v and %+v", a, b)
		}
		if !forum.SameSeat(a, a) {
			t.Fatalf("%+v is not itself", a)
		}
	})
}

func TestTheSeatingOrder(t *testing.T) {
	seats := []forum.Seat{
		{ID: 1, Capacity: forum.Observer}, {ID: 2, Capacity: forum.Substitute, Rank: 2}, {ID: 3, Capacity: forum.Substitute, Rank: 1},
		{ID: 5, Capacity: forum.Member}, {ID: 4, Capacity: forum.Member}, {ID: 6, Capacity: forum.Secretary}, {ID: 7, Capacity: forum.Deputy}, {ID: 8, Capacity: forum.Chair},
	}
	slices.SortFunc(seats, forum.BySeating)
	var got []forum.SeatID
	for _, s := range seats {
		got = append(got, s.ID)
	}
	if diff := cmp.Diff([]forum.SeatID{8, 7, 4, 5, 3, 2, 6, 1}, got); diff != "" {
		t.Error(diff)
	}
}
