package governance

import (
	"math/big"

	"github.com/samraad/samraad/forum"
)

// Question is everything that the result of a motion follows from.
type Question struct {
	Rule    forum.DecisionRule // Recommendation is decided by the rule that it is adopted by
	Per     Unit
	Frame   Frame
	Written bool // a written procedure: only what was answered counts as present
	// Quorum is what each of the two levels needs, of all its seats. A level
	// without seats has no part in the forum and none in the result.
	Quorum []Needed
	Voters []Voter
}

// Needed is how many seats a level has, and how many of them must take part.
type Needed struct {
	Level forum.Level
	Seats int
	Least int
}

// Outcome is what became of a motion.
type Outcome string

// The outcomes. What is not adopted is disagreement, never defeat by heads.
const (
	Adopted      Outcome = "adopted"
	Disagreement Outcome = "disagreement"
	NotQuorate   Outcome = "not-quorate"
)

// Reason is why a motion was not adopted.
type Reason string

// The reasons.
const (
	Short       Reason = "short"        // too few of a level took part
	Objected    Reason = "objected"     // somebody entitled objected
	NothingCast Reason = "nothing-cast" // a level cast no vote, and so decides nothing
	Against     Reason = "against"      // a level, or the weighed whole, is against
	Tied        Reason = "tied"
	Unanswered  Reason = "unanswered" // not everyone answered yes where everyone has to
)

// Count is how one side took part and voted, in the question's unit; Present
// and Seats are seats.
type Count struct {
	Level                 forum.Level
	Seats, Least, Present int
	Yes, No, Abstained    int
}

// Result is what became of a motion, with every figure that it follows from.
type Result struct {
	Outcome Outcome
	Reason  Reason      // "" when adopted
	Where   forum.Level // the level that the reason lies with, "" for the whole
	Counts  []Count     // the two levels as the quorum names them, then the advisory where it voted
	// Share is what the yes weighs under the balanced rule, an exact fraction
	// between 0 and 1 such as "5/8"; "" under others.
	Share string
	// CastingVote tells that the vote of who led the meeting broke a tie.
	CastingVote bool
}

// Tally tells the result of a question. It looks at nothing else, so the same
// ballots always give the same result, whatever the levels are called and in
// whatever order members voted.
func Tally(q Question) Result {
	r := Result{Counts: q.counts()}
	for _, c := range r.equal() {
		if c.Present < c.Least {
			return r.not(NotQuorate, Short, c.Level)
		}
	}
	if q.Written && q.Frame.WrittenByAll {
		return q.byAll(r)
	}
	switch q.Rule {
	case forum.DoubleMajority:
		return q.doubleMajority(r)
	case forum.Balanced:
		return q.balanced(r)
	}
	return q.consensus(r)
}

// counts counts the sides. Who is there is a seat, and what is said a voice of
// the question's unit.
func (q Question) counts() []Count {
	var counts []Count
	for _, n := range q.Quorum {
		counts = append(counts, Count{Level: n.Level, Seats: n.Seats, Least: n.Least})
	}
	side := func(level forum.Level) *Count {
		for i := range counts {
			if counts[i].Level == level {
				return &counts[i]
			}
		}
		counts = append(counts, Count{Level: level})
		return &counts[len(counts)-1]
	}
	for _, v := range q.Voters {
		if !q.Written || v.Vote != Silent {
			side(v.Side).Present++
		}
	}
	voices := q.Voters
	if q.Per == PerOrganisation {
		voices = byOrganisation(voices)
	}
	for _, v := range voices {
		switch v.Vote {
		case Yes:
			side(v.Side).Yes++
		case No:
			side(v.Side).No++
		case Abstained:
			side(v.Side).Abstained++
		}
	}
	return counts
}

// equal is the counts of the levels that weigh the same: those with seats.
func (r Result) equal() []Count {
	var equal []Count
	for _, c := range r.Counts {
		if c.Seats > 0 {
			equal = append(equal, c)
		}
	}
	return equal
}

func (r Result) not(outcome Outcome, reason Reason, where forum.Level) Result {
	r.Outcome, r.Reason, r.Where = outcome, reason, where
	return r
}

func (r Result) adopted() Result {
	r.Outcome = Adopted
	return r
}

// consensus is that nobody who takes part and may vote objects. One objection is
// enough whatever the unit is, and whichever side it comes from. A level of
// which everyone abstains has agreed to nothing.
func (q Question) consensus(r Result) Result {
	for _, v := range q.Voters {
		if v.Vote == No {
			return r.not(Disagreement, Objected, v.Side)
		}
	}
	for _, c := range r.equal() {
		if !q.agrees(c.Level) {
			return r.not(Disagreement, NothingCast, c.Level)
		}
	}
	return r.adopted()
}

// agrees tells whether anyone of a side agreed: said yes or, where people sit
// together, let it pass.
func (q Question) agrees(side forum.Level) bool {
	for _, v := range q.Voters {
		if v.Side == side && (v.Vote == Yes || v.Vote == Silent && !q.Written) {
			return true
		}
	}
	return false
}

// doubleMajority is more yes than no among the votes cast in each level.
func (q Question) doubleMajority(r Result) Result {
	for _, c := range r.equal() {
		switch {
		case c.Yes+c.No == 0:
			return r.not(Disagreement, NothingCast, c.Level)
		case c.Yes < c.No:
			return r.not(Disagreement, Against, c.Level)
		case c.Yes == c.No:
			// Who leads breaks the tie of the own level only: otherwise one level would decide for the other.
			if lead, leads := q.casting(); !leads || lead.Side != c.Level || lead.Vote != Yes {
				return r.not(Disagreement, Tied, c.Level)
			}
			r.CastingVote = true
		}
	}
	return r.adopted()
}

// balanced weighs each level the same, whatever its heads, and splits that by
// its votes cast.
func (q Question) balanced(r Result) Result {
	levels := r.equal()
	share := new(big.Rat)
	for _, c := range levels {
		if c.Yes+c.No == 0 {
			return r.not(Disagreement, NothingCast, c.Level)
		}
		share.Add(share, big.NewRat(int64(c.Yes), int64(c.Yes+c.No)*int64(len(levels))))
	}
	r.Share = share.RatString()
	switch share.Cmp(big.NewRat(1, 2)) {
	case 1:
		return r.adopted()
	case -1:
		return r.not(Disagreement, Against, "")
	}
	if lead, leads := q.casting(); leads && lead.Vote == Yes {
		r.CastingVote = true
		return r.adopted()
	}
	return r.not(Disagreement, Tied, "")
}

// casting is who breaks a tie where the frame lets anybody.
func (q Question) casting() (Voter, bool) {
	if !q.Frame.CastingVote || q.Written {
		return Voter{}, false
	}
	for _, v := range q.Voters {
		if v.Leads && v.Vote.cast() {
			return v, true
		}
	}
	return Voter{}, false
}

// byAll is that every seat has said yes, which a written procedure under the
// municipal act needs (koml. § 11-8).
func (q Question) byAll(r Result) Result {
	said := map[forum.Level]int{}
	for _, v := range q.Voters {
		switch v.Vote {
		case No, Abstained:
			return r.not(Disagreement, Objected, v.Side)
		case Silent:
			return r.not(Disagreement, Unanswered, v.Side)
		}
		said[v.Side]++
	}
	for _, c := range r.equal() {
		if said[c.Level] < c.Seats {
			return r.not(Disagreement, Unanswered, c.Level)
		}
	}
	return r.adopted()
}
