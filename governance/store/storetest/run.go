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
		{"decisions", decisions},
		{"follow-ups", followUps},
		{"progress", progress},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, keeper) })
	}
}
