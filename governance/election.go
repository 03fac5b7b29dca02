package governance

import (
	"cmp"
	"slices"
)

// CandidateID identifies who or what stands in an election.
type CandidateID int64

// Standing is how many votes a candidate has.
type Standing struct {
	Candidate CandidateID
	Votes     int
}

// Election is the result of one round, by heads: elections are the one thing
// that is not weighed by level.
type Election struct {
	Standings []Standing // most votes first, then as the candidates were put up
	Blank     int
	Elected   CandidateID // 0 when nobody is
	// Lot is who share the most votes of a second round, where lots are drawn.
	Lot []CandidateID
	// Again tells that a second round follows.
	Again bool
}

// Elect counts a round of an election by majority: in the first one it takes
// more than half of the votes cast, blank ones included; in the second the most,
// and lots are drawn between equals (koml. § 7-8). A vote for nobody who stands
// is blank, and so is 0.
func Elect(candidates []CandidateID, votes []CandidateID, round int) Election {
	var e Election
	for _, c := range candidates {
		e.Standings = append(e.Standings, Standing{Candidate: c})
	}
	for _, vote := range votes {
		if i := slices.Index(candidates, vote); i >= 0 {
			e.Standings[i].Votes++
		} else {
			e.Blank++
		}
	}
	slices.SortStableFunc(e.Standings, func(a, b Standing) int { return cmp.Compare(b.Votes, a.Votes) })
	if len(e.Standings) == 0 || e.Standings[0].Votes == 0 {
		e.Again = round < 2
		return e
	}
	first := e.Standings[0]
	switch {
	case 2*first.Votes > len(votes):
		e.Elected = first.Candidate
	case round < 2:
		e.Again = true
	case len(e.Standings) == 1 || e.Standings[1].Votes < first.Votes:
		e.Elected = first.Candidate
	default:
		for _, s := range e.Standings {
			if s.Votes == first.Votes {
				e.Lot = append(e.Lot, s.Candidate)
			}
		}
	}
	return e
}
