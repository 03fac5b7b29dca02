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

// TestEveryWordForWritingHasAStem looks for lines that the stems would hide.
func TestEveryWordForWritingHasAStem(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"skrev", "Skreiv", "SKREVA", "wrote", "Writes", "schrieb", "Kirjoitti", "a écrit", "ha scritto", "napisał", "napisał(a)", "escribió", "ESCREVEU", "schreef",
		"skriv", "writing", "critique", "Hei", "2013/2/3", "<a@b.example>", ":", "",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := fmt.Sprint(words.Draw(t, "first"), " ", words.Draw(t, "second"), rapid.String().Draw(t, "rest"))
		if got, want := saysWrote(text), hasWrote.MatchString(text); got != want {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
	})
}
