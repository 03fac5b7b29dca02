package policies

import (
	"fmt"
	"strings"
)

// Proof is the result of exchanging the levels municipal and specialist in every
// question that a policy can be asked.
type Proof struct {
	// Cases is the number of questions: capacities × levels × actions × objects.
	Cases int
	// Asymmetries are the questions whose answer the exchange changes, in the policy's order.
	Asymmetries []Asymmetry
}

// Asymmetry is one thing that a capacity may do for one level and not for the other.
type Asymmetry struct {
	Capacity, Action, Object string
	May, MayNot              string // levels
}

func (a Asymmetry) String() string {
	return fmt.Sprintf("%s may %s %s when %s, but not when %s", a.Capacity, a.Action, a.Object, a.May, a.MayNot)
}

// Prove asks every question of the space that the policy's words span, with the levels
// as they are and exchanged. A question with any other word is answered no for both
// levels alike. Advisory parties stand outside the exchange: their level becomes itself.
func (t *Table) Prove() Proof {
	var proof Proof
	for _, capacity := range t.capacities {
		for _, action := range t.actions {
			for _, object := range t.objects {
				for _, level := range levels {
					proof.Cases++
					other := exchanged(level)
					if t.May(capacity, level, action, object) && !t.May(capacity, other, action, object) {
						proof.Asymmetries = append(proof.Asymmetries, Asymmetry{capacity, action, object, level, other})
					}
				}
			}
		}
	}
	return proof
}

// Err is nil when both levels have equal rights, else an error that names every asymmetry.
func (p Proof) Err() error {
	if len(p.Asymmetries) == 0 {
		return nil
	}
	var names strings.Builder
	for _, a := range p.Asymmetries {
		names.WriteString("\n  " + a.String())
	}
	return fmt.Errorf("the policy does not give both levels the same rights:%s", names.String())
}

func exchanged(level string) string {
	switch level {
	case municipal:
		return specialist
	case specialist:
		return municipal
	}
	return level
}
