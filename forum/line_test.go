package forum_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

// anyLines are lines of an agenda with keys of their own.
func anyLines() *rapid.Generator[[]forum.Line] {
	return rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) forum.Line {
		number := rapid.IntRange(1, 12).Draw(t, "number")
		line := forum.Line{Key: fmt.Sprintf("own-%d", number), What: forum.OwnLine, Title: "Punkt", Minutes: rapid.IntRange(0, 90).Draw(t, "minutes")}
		if number%3 == 0 {
			line = forum.Line{Key: fmt.Sprintf("item-%d", number), Item: forum.ItemID(number), Minutes: line.Minutes}
		}
		return line
	}), 0, 10, func(l forum.Line) string { return l.Key })
}

func keys(lines []forum.Line) (keys []string) {
	for _, line := range lines {
		keys = append(keys, line.Key)
	}
	return keys
}

// TestRunningTimesAddUp holds that lines follow each other without gaps, also
// over the hours at which the clocks change.
func TestRunningTimesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "start"), 0).UTC()
		lines := anyLines().Draw(t, "lines")
		spans := forum.RunningTimes(start, lines)
		at, total := start, 0
		for i, span := range spans {
			if !span.Start.Equal(at) || span.End.Sub(span.Start) != time.Duration(lines[i].Minutes)*time.Minute {
				t.Fatalf("line %d of %d minutes lasts %s–%s after %s", i, lines[i].Minutes, span.Start, span.End, at)
			}
			at, total = span.End, total+lines[i].Minutes
		}
		if len(spans) != len(lines) || at.Sub(start) != time.Duration(total)*time.Minute {
			t.Fatalf("%d minutes end after %s", total, at.Sub(start))
		}
	})
}

func anyStanding() *rapid.Generator[[]forum.StandingItem] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forum.StandingItem {
		return forum.StandingItem{
			What:    rapid.SampledFrom(forum.StandingSorts).Draw(t, "what"),
			Minutes: rapid.IntRange(0, 60).Draw(t, "minutes"),
			AtEnd:   rapid.Bool().Draw(t, "at the end"),
		}
	}), 0, 8)
}

// TestLevelsGetTheSameSlots holds for whatever a mandate says: both levels have
// equally many slots, of the same lengths, and every line has a key of its own.
func TestLevelsGetTheSameSlots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := forum.StandingLines(anyStanding().Draw(t, "standing items"))
		slots, seen := map[forum.Level][]int{}, map[string]bool{}
		for _, line := range append(before, after...) {
			if seen[line.Key] {
				t.Fatalf("two lines have the key %s", line.Key)
			}
			seen[line.Key] = true
			if line.What == forum.LevelSlot {
				slots[line.Level] = append(slots[line.Level], line.Minutes)
			}
		}
		if diff := cmp.Diff(slots[forum.Municipal], slots[forum.Specialist]); diff != "" || len(slots[forum.Advisory]) > 0 {
			t.Fatalf("slots are %v", slots)
		}
	})
}

func TestUnevenSlotsAreRefused(t *testing.T) {
	slot := func(level forum.Level, minutes int) forum.Line {
		return forum.Line{Key: fmt.Sprintf("%s-%d", level, minutes), What: forum.LevelSlot, Level: level, Minutes: minutes}
	}
	for name, c := range map[string]struct {
		lines []forum.Line
		want  string
	}{
		"none":              {nil, ""},
		"same":              {[]forum.Line{slot(forum.Municipal, 10), slot(forum.Specialist, 10)}, ""},
		"same, out of turn": {[]forum.Line{slot(forum.Municipal, 10), slot(forum.Municipal, 5), slot(forum.Specialist, 5), slot(forum.Specialist, 10)}, ""},
		"one longer":        {[]forum.Line{slot(forum.Municipal, 10), slot(forum.Specialist, 15)}, "invalid: error.agenda.uneven on minutes-municipal-10"},
		"one alone":         {[]forum.Line{slot(forum.Specialist, 15)}, "invalid: error.agenda.uneven on minutes-specialist-15"},
		"split otherwise":   {[]forum.Line{slot(forum.Municipal, 10), slot(forum.Specialist, 4), slot(forum.Specialist, 6)}, "invalid: error.agenda.uneven on minutes-municipal-10"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, forum.EvenSlots(c.lines), c.want) })
	}
}

// edited is a version of an agenda that someone made of it: shuffled, with
// lines taken away, changed and added. Matters stay.
func edited(t *rapid.T, base []forum.Line, name string) []forum.Line {
	lines := rapid.Permutation(base).Draw(t, name)
	kept := lines[:0:0]
	for _, line := range lines {
		switch rapid.IntRange(0, 4).Draw(t, name+" of "+line.Key) {
		case 0:
			if line.Item == 0 {
				continue
			}
		case 1:
			line.Minutes += 5
		}
		kept = append(kept, line)
	}
	if rapid.Bool().Draw(t, name+" adds") {
		kept = append(kept, forum.Line{Key: "pause-" + name, What: forum.PauseLine, Minutes: 15})
	}
	return kept
}

// TestReorderingIsAPermutation combines two versions in which only the order
// differs: every line is there once, in the order that was picked.
func TestReorderingIsAPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := anyLines().Draw(t, "lines")
		theirs, mine := rapid.Permutation(base).Draw(t, "theirs"), rapid.Permutation(base).Draw(t, "mine")
		found := forum.Compare(base, theirs, mine)
		if len(found.Differences) > 0 || found.Order == slices.Equal(keys(theirs), keys(mine)) {
			t.Fatalf("found %+v", found)
		}
		for side, want := range map[forum.Side][]forum.Line{forum.Theirs: theirs, forum.Mine: mine} {
			if diff := cmp.Diff(keys(want), keys(forum.Combine(theirs, mine, nil, side))); diff != "" {
				t.Fatalf("%s: %s", side, diff)
			}
		}
	})
}

// TestNothingIsLostBetweenTwoVersions picks a side for each difference: what
// was picked is there, once each, and what both have alike.
func TestNothingIsLostBetweenTwoVersions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := anyLines().Draw(t, "lines")
		theirs, mine := edited(t, base, "theirs"), edited(t, base, "mine")
		found := forum.Compare(base, theirs, mine)
		pick, want := map[string]forum.Side{}, map[string]forum.Line{}
		for _, line := range theirs {
			want[line.Key] = line
		}
		for _, d := range found.Differences {
			pick[d.Key] = rapid.SampledFrom([]forum.Side{forum.Theirs, forum.Mine}).Draw(t, d.Key)
			if pick[d.Key] == forum.Mine {
				delete(want, d.Key)
				if d.Mine != nil {
					want[d.Key] = *d.Mine
				}
			}
		}
		merged := forum.Combine(theirs, mine, pick, rapid.SampledFrom([]forum.Side{forum.Theirs, forum.Mine}).Draw(t, "order"))
		got := map[string]forum.Line{}
		for _, line := range merged {
			got[line.Key] = line
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) != len(merged) {
			t.Fatalf("(-want +got):\n%s\n%v", diff, keys(merged))
		}
	})
}

func TestCompare(t *testing.T) {
	item, own := forum.Line{Key: "item-1", Item: 1, Minutes: 20}, forum.Line{Key: "own-a", What: forum.OwnLine, Title: "Omvising", Minutes: 10}
	longer, longest := own, own
	longer.Minutes, longest.Minutes = 15, 30
	for name, c := range map[string]struct {
		base, theirs, mine []forum.Line
		want               []forum.Difference
	}{
		"alike":                {[]forum.Line{own}, []forum.Line{longer}, []forum.Line{longer}, nil},
		"only they changed it": {[]forum.Line{own}, []forum.Line{longer}, []forum.Line{own}, []forum.Difference{{"own-a", &longer, &own, forum.Theirs, false}}},
		"only I changed it":    {[]forum.Line{own}, []forum.Line{own}, []forum.Line{longer}, []forum.Difference{{"own-a", &own, &longer, forum.Mine, false}}},
		"both changed it":      {[]forum.Line{own}, []forum.Line{longer}, []forum.Line{longest}, []forum.Difference{{"own-a", &longer, &longest, forum.Mine, false}}},
		"they took it away":    {[]forum.Line{own}, nil, []forum.Line{own}, []forum.Difference{{"own-a", nil, &own, forum.Theirs, false}}},
		"I took it away":       {[]forum.Line{own}, []forum.Line{own}, nil, []forum.Difference{{"own-a", &own, nil, forum.Mine, false}}},
		"I added it":           {nil, nil, []forum.Line{own}, []forum.Difference{{"own-a", nil, &own, forum.Mine, false}}},
		"a matter came":        {nil, []forum.Line{item}, nil, []forum.Difference{{"item-1", &item, nil, forum.Theirs, true}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, forum.Compare(c.base, c.theirs, c.mine).Differences); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
