package mail

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// TestLanes has mails done at the same time, whichever way they come about: those of one Message-ID in order, and an answer
// after all that came before.
func TestLanes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "answer", "unreadable"}), 1, 30).Draw(t, "ids")
		var lanes lanes
		var mu sync.Mutex
		var done []int
		var all sync.WaitGroup
		for i, id := range ids {
			place := lanes.next()
			all.Go(func() {
				defer place.leave()
				if id == "unreadable" {
					return
				}
				place.take(id)
				if id == "answer" {
					place.waitForAll()
				}
				mu.Lock()
				defer mu.Unlock()
				done = append(done, i)
			})
		}
		all.Wait()
		for at, i := range done {
			for _, later := range done[at+1:] {
				if later < i && (ids[later] == ids[i] || ids[i] == "answer") {
					t.Fatalf("%d (%s) was done before %d (%s): %v", i, ids[i], later, ids[later], done)
				}
			}
		}
		if want := len(ids) - len(slices.DeleteFunc(slices.Clone(ids), func(a string) bool { return a != "unreadable" })); len(done) != want {
			t.Fatal(fmt.Sprint(len(done), " were done, want ", want))
		}
	})
}
