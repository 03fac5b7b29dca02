// Package policies says which capacity may do what, to what, for which level of
// government, and proves that the two levels that cooperate have equal rights.
// It knows words, never persons: who sits in which capacity is asked elsewhere.
package policies

import (
	_ "embed"
	"errors"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var defaultPolicy []byte

// Default compiles the policy that the program carries with it.
func Default() (*Table, error) { return Parse("policy.csv", defaultPolicy) }

// Parse compiles the text of a policy file, whose name is used in errors only.
//
// A wrong text gives one or several joined *Error, each with its line and what is
// allowed there. That a line is redundant is an error and not a warning: a change to
// such a line changes nothing, so the proof could not notice it.
// Parse does not ask whether the policy is equal; that is [Table.Prove].
func Parse(name string, csv []byte) (*Table, error) {
	rules, err := read(name, csv)
	if err != nil {
		return nil, err
	}
	if err := rules.checkInheritance(); err != nil {
		return nil, err
	}
	table, err := compile(rules)
	if err != nil {
		return nil, err
	}
	if err := rules.checkNeeded(table); err != nil {
		return nil, err
	}
	table.version = version(csv)
	return table, nil
}

// newEnforcer loads the rules into casbin, which reads them as model.conf says.
func newEnforcer(r rules) (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, err
	}
	return casbin.NewEnforcer(m, stringadapter.NewAdapter(r.text()))
}

// checkNeeded reports every line without which the table would allow the same, at
// one of the line's levels or at all.
func (r rules) checkNeeded(whole *Table) error {
	var errs []error
	for _, g := range r.grants {
		for _, level := range g.levels() {
			if whole.allowed[entry{g.capacity, level, g.action, g.object}] > 1 {
				errs = append(errs, r.wrong(g.line, Redundant, level, ""))
				break
			}
		}
	}
	for i, l := range r.links {
		less, err := compile(r.withoutLink(i))
		if err != nil {
			return err
		}
		if len(less.allowed) == len(whole.allowed) {
			errs = append(errs, r.wrong(l.line, Redundant, l.capacity, ""))
		}
	}
	return errors.Join(errs...)
}
