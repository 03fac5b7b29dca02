package governance_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

var noon = time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)

func minute(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

// levelled gives everyone a vote on the own level, and advisory parties none.
func levelled(s forum.Standing) forum.Level {
	if s.Level == a {
		return ""
	}
	return s.Level
}

// there is a member in the own seat, of the same number, from one minute to another (0 for no end).
func there(seat int64, level forum.Level, from, to int) Presence {
	p := Presence{SeatID: forum.SeatID(seat), PersonID: forum.PersonID(seat), OrganisationID: forum.OrganisationID(seat), Level: level, Capacity: forum.Member, CameAt: minute(from)}
	if to != 0 {
		p.LeftAt = minute(to)
	}
	return p
}

// instead is a substitute in a seat, for one matter or 0 for all.
func instead(person, seat int64, level forum.Level, matter forum.MatterID) Presence {
	p := there(seat, level, 0, 0)
	p.PersonID, p.StandsFor, p.MatterID = forum.PersonID(person), forum.PersonID(seat), matter
	return p
}

func as(capacity forum.Capacity, p Presence) Presence { p.Capacity = capacity; return p }

func TestVotersAt(t *testing.T) {
	const matter = 7
	for _, test := range []struct {
		name  string
		list  []Presence
		out   []forum.PersonID
		at    int
		want  []int64 // people
		leads int64
	}{
		{name: "who is there", list: []Presence{there(1, m, 0, 0), there(2, s, 0, 0)}, want: []int64{1, 2}},
		{name: "late arrivals are out until they come", list: []Presence{there(1, m, 0, 0), there(2, s, 5, 0)}, at: 4, want: []int64{1}},
		{name: "from the very instant", list: []Presence{there(2, s, 5, 0)}, at: 5, want: []int64{2}},
		{name: "who has left is out", list: []Presence{there(1, m, 0, 5), there(2, s, 0, 0)}, at: 5, want: []int64{2}},
		{name: "who came back is in", list: []Presence{there(1, m, 0, 5), there(1, m, 8, 0)}, at: 9, want: []int64{1}},
		{name: "the disqualified are out", list: []Presence{there(1, m, 0, 0), there(2, s, 0, 0)}, out: []forum.PersonID{2}, want: []int64{1}},
		{name: "a substitute counts when seated", list: []Presence{instead(9, 1, m, 0), as(forum.Substitute, there(8, m, 0, 0))}, want: []int64{9}},
		{name: "for one matter in the place of the disqualified", list: []Presence{there(1, m, 0, 0), instead(9, 1, m, matter)}, out: []forum.PersonID{1}, want: []int64{9}},
		{name: "and in no other matter", list: []Presence{there(1, m, 0, 0), instead(9, 1, m, matter+1)}, want: []int64{1}},
		{name: "a substitute can be disqualified too", list: []Presence{there(1, m, 0, 0), instead(9, 1, m, matter)}, out: []forum.PersonID{1, 9}},
		{name: "advisory parties have no vote", list: []Presence{there(1, a, 0, 0)}},
		{name: "secretaries and observers neither", list: []Presence{as(forum.Secretary, there(1, m, 0, 0)), as(forum.Observer, there(2, s, 0, 0))}},
		{name: "the chair leads", list: []Presence{as(forum.Deputy, there(1, s, 0, 0)), as(forum.Chair, there(2, m, 0, 0))}, want: []int64{1, 2}, leads: 2},
		{name: "the deputy in the chair's absence", list: []Presence{as(forum.Deputy, there(1, s, 0, 0)), as(forum.Chair, there(2, m, 0, 1))}, at: 2, want: []int64{1}, leads: 1},
		{name: "who stands in for the chair does not lead", list: []Presence{as(forum.Deputy, there(1, s, 0, 0)), as(forum.Chair, instead(9, 2, m, 0))}, want: []int64{1, 9}, leads: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []int64
			var leads int64
			for _, e := range VotersAt(test.list, matter, test.out, minute(test.at), levelled) {
				got = append(got, int64(e.Person))
				if e.Leads {
					leads = int64(e.Person)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" || leads != test.leads {
				t.Errorf("%d leads, %s", leads, diff)
			}
		})
	}
}

func TestASeatCountsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Presence
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			from := rapid.IntRange(0, 9).Draw(t, "from")
			p := there(int64(rapid.IntRange(1, 4).Draw(t, "seat")), m, from, from+rapid.IntRange(1, 9).Draw(t, "long"))
			p.MatterID = forum.MatterID(rapid.IntRange(0, 2).Draw(t, "matter"))
			list = append(list, p)
		}
		seen := map[forum.SeatID]bool{}
		for _, e := range VotersAt(list, 1, nil, minute(rapid.IntRange(0, 20).Draw(t, "at")), levelled) {
			if seen[e.Seat] {
				t.Fatalf("seat %d votes twice", e.Seat)
			}
			seen[e.Seat] = true
		}
	})
}

func TestNeededOf(t *testing.T) {
	seat := func(person int64, organisation forum.OrganisationID, level forum.Level, c forum.Capacity) forum.Seat {
		return forum.Seat{PersonID: forum.PersonID(person), OrganisationID: organisation, Level: level, Capacity: c}
	}
	seats := []forum.Seat{
		seat(1, 1, m, forum.Chair), seat(1, 1, m, forum.Member), // one person, one vote
		seat(2, 2, m, forum.Member), seat(3, 3, m, forum.Member), seat(4, 3, m, forum.Substitute),
		seat(5, 9, s, forum.Deputy), seat(6, 9, s, forum.Secretary), seat(7, 5, a, forum.Member),
	}
	if diff := cmp.Diff([]Needed{{m, 3, 2}, {s, 1, 1}}, NeededOf(seats, 50, levelled)); diff != "" {
		t.Error(diff)
	}
	appointed := func(st forum.Standing) forum.Level {
		if st.Level == a {
			return s
		}
		return st.Level
	}
	if diff := cmp.Diff([]Needed{{m, 3, 2}, {s, 2, 2}}, NeededOf(seats, 60, appointed)); diff != "" {
		t.Errorf("with an advisory vote on the specialist side: %s", diff)
	}
}

func TestDeciders(t *testing.T) {
	electors := VotersAt([]Presence{there(1, m, 0, 0), there(2, m, 0, 0), there(3, s, 0, 0)}, 0, nil, noon, levelled)
	for _, test := range []struct {
		name       string
		questioned []forum.PersonID
		deciding   int
		all        bool
	}{
		{"nobody is questioned", nil, 3, false},
		{"the others decide", []forum.PersonID{1}, 2, false},
		{"too few without them: all take part", []forum.PersonID{3}, 3, true},
		{"too many are questioned", []forum.PersonID{1, 2}, 3, true},
		{"somebody who is not there", []forum.PersonID{8}, 3, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			deciding, all := Deciders(electors, test.questioned, []Needed{{m, 2, 1}, {s, 2, 1}})
			if len(deciding) != test.deciding || all != test.all {
				t.Errorf("%d decide, all: %v", len(deciding), all)
			}
		})
	}
}
