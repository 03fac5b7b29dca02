package forum_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestUntilWhenKeyHoldersHaveTime(t *testing.T) {
	for _, test := range []struct {
		name, asked, papers, start string
		hours                      int
		want                       string
	}{
		{"long before", "2026-02-02 12:00", "2026-02-23 23:59", "2026-03-02 09:00", 48, "2026-02-04 12:00"},
		{"no later than the papers are due", "2026-02-22 12:00", "2026-02-23 23:59", "2026-03-02 09:00", 48, "2026-02-23 23:59"},
		{"but half a day at least", "2026-02-23 20:00", "2026-02-23 23:59", "2026-03-02 09:00", 48, "2026-02-24 08:00"},
		{"no longer than the mandate says", "2026-02-23 20:00", "2026-02-23 23:59", "2026-03-02 09:00", 6, "2026-02-24 02:00"},
		{"once the papers are late", "2026-02-25 12:00", "2026-02-23 23:59", "2026-03-02 09:00", 48, "2026-02-27 12:00"},
		{"no later than the meeting", "2026-03-01 12:00", "2026-02-23 23:59", "2026-03-02 09:00", 48, "2026-03-02 09:00"},
		{"not even half a day", "2026-03-01 23:00", "2026-03-01 23:59", "2026-03-02 09:00", 48, "2026-03-02 09:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := &forum.Meeting{Slot: forum.Slot{Start: at(test.start)}, PapersDue: at(test.papers)}
			if got := forum.KeyDeadline(at(test.asked), time.Duration(test.hours)*time.Hour, m); !got.Equal(at(test.want)) {
				t.Errorf("until %s, want %s", got.In(forum.Oslo).Format("2006-01-02 15:04"), test.want)
			}
		})
	}
}

// issue is an edition of items by key: "a" as it is, "b*" changed, "c!" held back,
// "pause" a pause.
func issue(items ...string) *forum.Edition {
	e := &forum.Edition{ID: 1, State: forum.AskedEdition}
	for _, text := range items {
		item := forum.EditionItem{Line: forum.Line{Key: text}}
		switch last := len(text) - 1; {
		case text == "pause":
			item.Line.What = forum.PauseLine
		case text[last] == '*':
			item.Line.Key, item.Changed = text[:last], true
		case text[last] == '!':
			item.Line.Key, item.Changed, item.HeldBack = text[:last], true, true
		}
		e.Items = append(e.Items, item)
	}
	return e
}

func TestWhatNeedsTheKeys(t *testing.T) {
	for _, test := range []struct {
		items, want []string
	}{
		{[]string{"a", "pause", "b"}, []string{"a", "b"}},
		{[]string{"a", "b*", "c*"}, []string{"b", "c"}},
		{[]string{"a", "b*", "c!"}, []string{"b"}},
		{[]string{"a", "c!"}, nil}, // what nobody changed needs no key because something is held back
		{[]string{"pause"}, nil},
		{nil, nil},
	} {
		t.Run(fmt.Sprint(test.items), func(t *testing.T) {
			var got []string
			for _, item := range issue(test.items...).Asked() {
				got = append(got, item.Line.Key)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func keyWords(level forum.Level, answer forum.KeyAnswer, items ...string) (words []forum.KeyWord) {
	for _, item := range items {
		words = append(words, forum.KeyWord{Item: item, Level: level, Answer: answer})
	}
	return words
}

func TestWhatOpensAnEdition(t *testing.T) {
	all := [][]forum.KeyWord{keyWords(forum.Municipal, forum.Approve, "a", "b"), keyWords(forum.Specialist, forum.Approve, "a", "b")}
	for _, test := range []struct {
		name  string
		words [][]forum.KeyWord
		opens bool
	}{
		{"nothing said", nil, false},
		{"one level", all[:1], false},
		{"both", all, true},
		{"one item each", [][]forum.KeyWord{keyWords(forum.Municipal, forum.Approve, "a"), keyWords(forum.Specialist, forum.Approve, "b")}, false},
		{"the other level twice", [][]forum.KeyWord{all[0], all[0]}, false},
		{"an advisory party turns no key", [][]forum.KeyWord{all[0], keyWords(forum.Advisory, forum.Approve, "a", "b")}, false},
		{"then an objection", append(all, keyWords(forum.Specialist, forum.Objects, "b")), false},
		{"then taken back", append(all, keyWords(forum.Specialist, forum.Objects, "b"), keyWords(forum.Specialist, forum.TakeBack, "b")), false},
		{"then approved", append(all, keyWords(forum.Specialist, forum.Objects, "b"), keyWords(forum.Specialist, forum.Approve, "b")), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var words []forum.KeyWord
			for _, some := range test.words {
				words = append(words, some...)
			}
			if got := forum.KeyringOf(words).Opens(issue("a", "pause", "b")); got != test.opens {
				t.Errorf("opens: %v", got)
			}
		})
	}
	if forum.KeyringOf(nil).Opens(issue("pause")) {
		t.Error("an edition without items goes out by itself")
	}
}

// Whatever is said in whatever order: an edition opens only while the newest word
// of both levels on each item approves, and an item is held back only while one of
// them objects.
func TestKeysInAnyOrder(t *testing.T) {
	items, levels := []string{"a", "b", "c"}, []forum.Level{forum.Municipal, forum.Specialist}
	rapid.Check(t, func(t *rapid.T) {
		var words []forum.KeyWord
		newest := map[forum.KeyPlace]forum.KeyAnswer{}
		for range rapid.IntRange(0, 20).Draw(t, "words") {
			w := forum.KeyWord{
				Item: rapid.SampledFrom(items).Draw(t, "item"), Level: rapid.SampledFrom(levels).Draw(t, "level"),
				Answer: rapid.SampledFrom(forum.KeyAnswers).Draw(t, "answer"),
			}
			words = append(words, w)
			newest[forum.KeyPlace{Item: w.Item, Level: w.Level}] = w.Answer
		}
		ring, opens, left := forum.KeyringOf(words), true, false
		e := issue(items...)
		for _, item := range items {
			objected := 0
			for _, level := range levels {
				answer := newest[forum.KeyPlace{Item: item, Level: level}]
				opens = opens && answer == forum.Approve
				if answer == forum.Objects {
					objected++
				}
			}
			if got := len(ring.Objections(item)); got != objected {
				t.Fatalf("%d objections to %s, want %d", got, item, objected)
			}
			left = left || objected == 0
		}
		if got := ring.Opens(e); got != opens {
			t.Fatalf("opens: %v", got)
		}
		if got := forum.HoldBack(e, ring); got != left {
			t.Fatalf("something is left: %v", got)
		}
		for _, item := range e.Items {
			if item.HeldBack != (len(ring.Objections(item.Line.Key)) > 0) {
				t.Fatalf("%s is held back: %v", item.Line.Key, item.HeldBack)
			}
		}
	})
}
