package forum_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestQuorum(t *testing.T) {
	seats := func(level forum.Level, replies ...forum.Reply) (list []forum.SeatReply) {
		for _, r := range replies {
			list = append(list, forum.SeatReply{Level: level, Reply: r})
		}
		return list
	}
	const yes, no, maybe, none, late = forum.Coming, forum.NotComing, forum.Unsure, forum.Waited, forum.Overdue
	for name, c := range map[string]struct {
		seats   []forum.SeatReply
		percent int
		want    forum.LevelQuorum
		outlook forum.Outlook
	}{
		"half of an even number":           {seats(forum.Municipal, yes, yes, no, no), 50, forum.LevelQuorum{Level: forum.Municipal, Seats: 4, Needed: 2, Coming: 2}, forum.Quorate},
		"half of an odd number rounds up":  {seats(forum.Specialist, yes, yes, no, no, no), 50, forum.LevelQuorum{Level: forum.Specialist, Seats: 5, Needed: 3, Coming: 2}, forum.NotQuorate},
		"some may still come":              {seats(forum.Municipal, yes, maybe, none, late, no), 50, forum.LevelQuorum{Level: forum.Municipal, Seats: 5, Needed: 3, Coming: 1, Open: 3}, forum.MayQuorate},
		"nobody has answered":              {seats(forum.Municipal, none, none), 50, forum.LevelQuorum{Level: forum.Municipal, Seats: 2, Needed: 1, Open: 2}, forum.MayQuorate},
		"two thirds as a mandate can ask":  {seats(forum.Municipal, yes, yes, no), 67, forum.LevelQuorum{Level: forum.Municipal, Seats: 3, Needed: 3, Coming: 2}, forum.NotQuorate},
		"all as a mandate can ask":         {seats(forum.Specialist, yes, yes), 100, forum.LevelQuorum{Level: forum.Specialist, Seats: 2, Needed: 2, Coming: 2}, forum.Quorate},
		"one seat at the least":            {seats(forum.Specialist, no), 1, forum.LevelQuorum{Level: forum.Specialist, Seats: 1, Needed: 1}, forum.NotQuorate},
		"advisory seats belong to neither": {append(seats(forum.Advisory, yes, yes), seats(forum.Specialist, no)...), 50, forum.LevelQuorum{Level: forum.Specialist, Seats: 1, Needed: 1}, forum.NotQuorate},
	} {
		t.Run(name, func(t *testing.T) {
			got := forum.Quorum(c.seats, c.percent)
			if diff := cmp.Diff([]forum.LevelQuorum{c.want}, got); diff != "" {
				t.Fatalf("-want +got:\n%s", diff)
			}
			if outlook := got[0].Outlook(); outlook != c.outlook {
				t.Errorf("it is %s, want %s", outlook, c.outlook)
			}
		})
	}
	if got := forum.Quorum(seats(forum.Advisory, yes), 50); got != nil {
		t.Errorf("a forum without the two levels has %v", got)
	}
}

func TestASeatIsFilledByTheBestOfThoseWhoMay(t *testing.T) {
	for _, c := range []struct {
		of   []forum.Reply
		want forum.Reply
	}{
		{[]forum.Reply{forum.NotComing}, forum.NotComing},
		{[]forum.Reply{forum.NotComing, forum.Waited}, forum.Waited},
		{[]forum.Reply{forum.Overdue, forum.Coming}, forum.Coming},
		{[]forum.Reply{forum.NotComing, forum.NotComing, forum.Unsure}, forum.Unsure},
	} {
		if got := forum.SeatsReply(c.of...); got != c.want {
			t.Errorf("%v: %s, want %s", c.of, got, c.want)
		}
	}
}

// TestQuorumTreatsLevelsAlike exchanges the levels of all seats: what is said of
// one is then said of the other, and nothing else changes.
func TestQuorumTreatsLevelsAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		replies := []forum.Reply{forum.Coming, forum.NotComing, forum.Unsure, forum.Waited, forum.Overdue}
		var seats, exchanged []forum.SeatReply
		for range rapid.IntRange(0, 20).Draw(t, "seats") {
			s := forum.SeatReply{Level: rapid.SampledFrom(forum.Levels).Draw(t, "level"), Reply: rapid.SampledFrom(replies).Draw(t, "reply")}
			seats = append(seats, s)
			if other := s.Level.Other(); other != "" {
				s.Level = other
			}
			exchanged = append(exchanged, s)
		}
		percent := rapid.IntRange(1, 100).Draw(t, "percent")
		want := forum.Quorum(exchanged, percent)
		for n := range want {
			want[n].Level = want[n].Level.Other()
		}
		slices.Reverse(want)
		got := forum.Quorum(seats, percent)
		if diff := cmp.Diff(want, got); diff != "" && len(got) > 0 {
			t.Fatalf("the levels are not treated alike: %s", diff)
		}
		for _, q := range got {
			if q.Needed < 1 || q.Needed > q.Seats || (q.Outlook() == forum.Quorate) != (q.Coming*100 >= q.Seats*percent) {
				t.Fatalf("%+v at %d %%", q, percent)
			}
		}
	})
}
