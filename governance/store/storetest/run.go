// Package storetest is the contracts of governance's keepers.
package storetest

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// Run checks a keeper against the contracts of governance's interfaces. The
// keeper's database is migrated and holds nothing else.
func Run(t *testing.T, keeper forum.Keeper) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, keeper forum.Keeper)
	}{
		{"presences", inWorld(presences)}, {"impartialities", inWorld(impartialities)},
		{"decisions", decisions}, {"follow-ups", followUps}, {"progress", progress},
		{"escalations", inWorld(escalations)}, {"ledgers", inWorld(ledgers)}, {"ladders", inWorld(ladders)}, {"what is open", inWorld(open)}, {"rooms", inWorld(rooms)},
		{"minutes", minutes}, {"rounds of minutes", minutesRounds}, {"notes of minutes", minutesNotes},
		{"motions", inWorld(motions)}, {"ballots", inWorld(ballots)}, {"casts", inWorld(casts)}, {"boxes of secret ballots", inWorld(boxes)}, {"links to vote by", inWorld(votingLinks)},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, keeper) })
	}
}

// inWorld runs a test in a world of its own.
func inWorld(test func(w *world)) func(t *testing.T, keeper forum.Keeper) {
	return func(t *testing.T, keeper forum.Keeper) {
		w := newWorld(t, keeper)
		defer w.sayUnexpected()
		test(w)
	}
}
