package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// The levels of government. Municipal and specialist have equal rights; advisory
// parties belong to neither.
const (
	municipal  = "municipal"
	specialist = "specialist"
	advisory   = "advisory"
	anyLevel   = "*"
)

var levels = []string{municipal, specialist, advisory}

// Table is a compiled policy. It never changes, so any number of goroutines may ask it.
type Table struct {
	// allowed counts for each thing that is allowed the lines that allow it.
	allowed                      map[entry]int
	capacities, actions, objects []string
	version                      string
}

type entry struct{ capacity, level, action, object string }

// May tells whether the capacity of an organisation of that level may do the action
// to the object. A word that the policy does not have is allowed nothing.
func (t *Table) May(capacity, level, action, object string) bool {
	_, ok := t.allowed[entry{capacity, level, action, object}]
	return ok
}

// Version is the SHA-256 of the policy's text in hex digits.
func (t *Table) Version() string { return t.version }

// Capacities lists the capacities that the policy names, in its order.
func (t *Table) Capacities() []string { return slices.Clone(t.capacities) }

// Levels lists the three levels, whether the policy names them or says any level.
func (t *Table) Levels() []string { return slices.Clone(levels) }

// Actions lists the actions that the policy names, in its order.
func (t *Table) Actions() []string { return slices.Clone(t.actions) }

// Objects lists the objects that the policy names, in its order.
func (t *Table) Objects() []string { return slices.Clone(t.objects) }

// compile writes out what casbin would answer to every question. Who may what another
// may is asked of casbin's role manager, once per capacity and line: asking Enforce about
// the whole space instead takes some fifty times as long, at every start.
func compile(r rules) (*Table, error) {
	enforcer, err := newEnforcer(r)
	if err != nil {
		return nil, err
	}
	t := &Table{allowed: map[entry]int{}}
	t.capacities, t.actions, t.objects = r.words()
	roles := enforcer.GetRoleManager()
	for _, g := range r.grants {
		for _, capacity := range t.capacities {
			inherits, err := roles.HasLink(capacity, g.capacity)
			if err != nil {
				return nil, err
			}
			if !inherits {
				continue
			}
			for _, level := range g.levels() {
				t.allowed[entry{capacity, level, g.action, g.object}]++
			}
		}
	}
	return t, nil
}

func version(csv []byte) string {
	sum := sha256.Sum256(csv)
	return hex.EncodeToString(sum[:])
}
