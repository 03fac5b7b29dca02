package mail

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// TestLanes has mails done at the same time, whichever way they come about: each author's in order, and an answer after all
// that came before.
func TestLanes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		authors := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "answer", "unreadable"}), 1, 30).Draw(t, "authors")
		var lanes lanes
		var mu sync.Mutex
		var done []int
		var all sync.WaitGroup
		for i, author := range authors {
			place := lanes.next()
			all.Go(func() {
				defer place.leave()
				if author == "unreadable" {
					return
				}
				place.take(author)
				if author == "answer" {
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
				if later < i && (authors[later] == authors[i] || authors[i] == "answer") {
					t.Fatalf("%d (%s) was done before %d (%s): %v", i, authors[i], later, authors[later], done)
				}
			}
		}
		if want := len(authors) - len(slices.DeleteFunc(slices.Clone(authors), func(a string) bool { return a != "unreadable" })); len(done) != want {
			t.Fatal(fmt.Sprint(len(done), " were done, want ", want))
		}
	})
}
