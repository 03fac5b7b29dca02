package governance

import "github.com/samraad/samraad/forum"

// Vote is what somebody who may vote said to a motion.
type Vote string

// The votes. Saying nothing is none of them: in a meeting it is no objection,
// in a written procedure it is never a yes.
const (
	Silent    Vote = ""
	Yes       Vote = "yes"
	No        Vote = "no"
	Abstained Vote = "abstained"
)

// Votes lists what can be said.
var Votes = []Vote{Yes, No, Abstained}

// cast tells whether the vote is one for or against.
func (v Vote) cast() bool { return v == Yes || v == No }

// Voter is a seat that takes part in a question: filled by its member or by who
// stands in, present, and not disqualified.
type Voter struct {
	Seat         forum.SeatID
	Organisation forum.OrganisationID
	// Side is the level that the vote counts on: the organisation's own, or the
	// one that appointed an advisory party; Advisory counts on neither.
	Side  forum.Level
	Vote  Vote
	Leads bool // the meeting
}

// Unit is what one vote stands for.
type Unit string

// The units.
const (
	PerSeat         Unit = "seat"
	PerOrganisation Unit = "organisation"
)

// byOrganisation makes one voter of all that sit for one organisation, in the
// order of their first: it says what more of its votes say, and abstains on a tie.
func byOrganisation(voters []Voter) []Voter {
	at := map[forum.OrganisationID]int{}
	var spoken []Voter
	var yes, no, abstained []int
	for _, v := range voters {
		i, known := at[v.Organisation]
		if !known {
			i = len(spoken)
			at[v.Organisation] = i
			spoken = append(spoken, Voter{Seat: v.Seat, Organisation: v.Organisation, Side: v.Side})
			yes, no, abstained = append(yes, 0), append(no, 0), append(abstained, 0)
		}
		spoken[i].Leads = spoken[i].Leads || v.Leads
		switch v.Vote {
		case Yes:
			yes[i]++
		case No:
			no[i]++
		case Abstained:
			abstained[i]++
		}
	}
	for i := range spoken {
		switch {
		case yes[i] > no[i]:
			spoken[i].Vote = Yes
		case no[i] > yes[i]:
			spoken[i].Vote = No
		case yes[i] > 0 || abstained[i] > 0:
			spoken[i].Vote = Abstained
		}
	}
	return spoken
}
