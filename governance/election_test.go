package governance_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	. "github.com/samraad/samraad/governance"
)

func TestElect(t *testing.T) {
	for _, test := range []struct {
		name    string
		votes   []CandidateID
		round   int
		elected CandidateID
		again   bool
		lot     []CandidateID
	}{
		{name: "more than half", votes: []CandidateID{1, 1, 2}, round: 1, elected: 1},
		{name: "half is not more than half", votes: []CandidateID{1, 1, 2, 3}, round: 1, again: true},
		{name: "blank votes are cast", votes: []CandidateID{1, 1, 0, 0}, round: 1, again: true},
		{name: "who does not stand is blank", votes: []CandidateID{1, 1, 7, 8}, round: 1, again: true},
		{name: "most in the second round", votes: []CandidateID{1, 1, 2, 3, 0}, round: 2, elected: 1},
		{name: "lots between equals", votes: []CandidateID{2, 3, 3, 2, 1}, round: 2, lot: []CandidateID{2, 3}},
		{name: "only blank", votes: []CandidateID{0, 0}, round: 1, again: true},
		{name: "only blank again", votes: []CandidateID{0, 0}, round: 2},
		{name: "nobody voted", round: 1, again: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Elect([]CandidateID{1, 2, 3}, test.votes, test.round)
			if got.Elected != test.elected || got.Again != test.again || cmp.Diff(test.lot, got.Lot) != "" {
				t.Errorf("%+v", got)
			}
		})
	}
}
