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
		test func(w *world)
	}{
		{"presences", presences}, {"impartialities", impartialities},
		{"motions", motions}, {"ballots", ballots}, {"casts", casts}, {"boxes of secret ballots", boxes}, {"links to vote by", votingLinks},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, keeper)
			defer w.sayUnexpected()
			c.test(w)
		})
	}
}
