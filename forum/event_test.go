package forum_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

// chain draws a forum's log, each event sealed behind the one before it.
func chain(t *rapid.T) []forum.Event {
	var events []forum.Event
	var previous forum.Digest
	for n := range rapid.IntRange(1, 8).Draw(t, "events") {
		e := forum.Event{
			ForumID: 1, At: planned.Add(time.Duration(rapid.Int64Range(0, 1e9).Draw(t, "microseconds")) * time.Microsecond),
			PersonID: forum.PersonID(rapid.Int64Range(0, 5).Draw(t, "person")), Level: rapid.SampledFrom(forum.Levels).Draw(t, "level"),
			Deed:    rapid.SampledFrom([]string{"matter_proposed", "meeting_called", "matter_placed"}).Draw(t, "deed"),
			Object:  forum.MatterObject(forum.MatterID(rapid.Int64Range(1, 9).Draw(t, "object"))),
			Details: rapid.MapOfN(rapid.SampledFrom([]string{"Reason", "Number", "Place"}), rapid.String(), 0, 3).Draw(t, "details"),
		}.Seal(int64(n)+1, previous)
		events, previous = append(events, e), e.Digest
	}
	return events
}

// tamper changes one thing that an event says.
var tamper = map[string]func(*forum.Event){
	"ForumID":     func(e *forum.Event) { e.ForumID++ },
	"Number":      func(e *forum.Event) { e.Number++ },
	"At":          func(e *forum.Event) { e.At = e.At.Add(time.Microsecond) },
	"PersonID":    func(e *forum.Event) { e.PersonID++ },
	"Level":       func(e *forum.Event) { e.Level += "x" },
	"Deed":        func(e *forum.Event) { e.Deed += "x" },
	"Object":      func(e *forum.Event) { e.Object.ID++ },
	"Object.Kind": func(e *forum.Event) { e.Object.Kind = "meeting" },
	"Details": func(e *forum.Event) {
		details := maps.Clone(e.Details)
		if details == nil {
			details = map[string]string{}
		}
		details["Reason"] += "x"
		e.Details = details
	},
	"Previous": func(e *forum.Event) { e.Previous += "0" },
	"Digest":   func(e *forum.Event) { e.Digest += "0" },
}

func TestEveryFieldOfAnEventIsTamperedWith(t *testing.T) {
	event := reflect.TypeFor[forum.Event]()
	for i := range event.NumField() {
		if name := event.Field(i).Name; tamper[name] == nil {
			t.Errorf("no case changes %s", name)
		}
	}
}

func TestAWholeChainIsSound(t *testing.T) {
	if n := forum.VerifyChain(nil); n != 0 {
		t.Errorf("an empty one fails at %d", n)
	}
	rapid.Check(t, func(t *rapid.T) {
		events := chain(t)
		if n := forum.VerifyChain(events); n != 0 {
			t.Fatalf("fails at %d", n)
		}
		for i := range events {
			events[i].At = events[i].At.In(forum.Oslo)
		}
		if n := forum.VerifyChain(events); n != 0 {
			t.Fatalf("read in another zone, it fails at %d", n)
		}
	})
}

func TestAnyChangeOfThePastShows(t *testing.T) {
	fields := slices.Sorted(maps.Keys(tamper))
	rapid.Check(t, func(t *rapid.T) {
		events := chain(t)
		at := rapid.IntRange(0, len(events)-1).Draw(t, "which event")
		field := rapid.SampledFrom(fields).Draw(t, "what of it")
		tamper[field](&events[at])
		if n := forum.VerifyChain(events); n != int64(at)+1 {
			t.Fatalf("a changed %s of event %d is found at %d", field, at+1, n)
		}
	})
}

func TestALostOrSwappedEventShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := chain(t)
		if len(events) < 2 {
			return
		}
		at := rapid.IntRange(0, len(events)-2).Draw(t, "which")
		lost := slices.Delete(slices.Clone(events), at, at+1)
		if n := forum.VerifyChain(lost); n != int64(at)+1 {
			t.Fatalf("without event %d it fails at %d", at+1, n)
		}
		events[at], events[at+1] = events[at+1], events[at]
		if n := forum.VerifyChain(events); n != int64(at)+1 {
			t.Fatalf("with events %d and %d swapped it fails at %d", at+1, at+2, n)
		}
	})
}

func TestAResealedEventBreaksTheNext(t *testing.T) {
	var events []forum.Event
	var previous forum.Digest
	for n := range 3 {
		e := forum.Event{ForumID: 1, At: planned, Deed: fmt.Sprint("deed", n)}.Seal(int64(n)+1, previous)
		events, previous = append(events, e), e.Digest
	}
	forged := events[0]
	forged.Deed = "another"
	events[0] = forged.Seal(1, "")
	if n := forum.VerifyChain(events); n != 2 {
		t.Errorf("found at %d, want at the event behind it", n)
	}
}
