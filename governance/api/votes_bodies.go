package api

import (
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// LevelPresent is how a level takes part, in seats.
type LevelPresent struct {
	Level   string `json:"level" doc:"municipal or specialist."`
	Present int    `json:"present" doc:"Seats that take part."`
	Seats   int    `json:"seats" doc:"All its seats with a vote."`
	Least   int    `json:"least" doc:"How many make it quorate."`
}

// Motion is a motion, an amendment or an election.
type Motion struct {
	ID         governance.MotionID `json:"id" doc:"Number of the motion."`
	MatterID   forum.MatterID      `json:"matter_id" doc:"Number of the matter."`
	Sort       string              `json:"sort" doc:"proposal or election."`
	Amends     governance.MotionID `json:"amends,omitempty" doc:"Number of the motion that it amends."`
	Position   int                 `json:"position" doc:"Its place in the order of voting."`
	Text       string              `json:"text,omitempty" doc:"What is to be decided; absent where the matter is exempt and not for the caller."`
	Candidates []Candidate         `json:"candidates" doc:"Who stand in an election."`
	Proposer   string              `json:"proposer" doc:"Name of who put it."`
	Withdrawn  *time.Time          `json:"withdrawn_at,omitempty" doc:"When it was withdrawn."`
	Outcome    string              `json:"outcome,omitempty" doc:"adopted, disagreement or not-quorate."`
	Ballots    []BallotSummary     `json:"ballots" doc:"The votes taken on it."`
}

// Candidate is who stands in an election.
type Candidate struct {
	ID   int64  `json:"id" doc:"Number within the election."`
	Name string `json:"name" doc:"Name of the candidate."`
}

// BallotSummary is a ballot in short.
type BallotSummary struct {
	ID       governance.BallotID `json:"id" doc:"Number of the ballot."`
	Way      string              `json:"way" doc:"hands, pages or written."`
	Secret   bool                `json:"secret" doc:"Whether who voted and what was voted stand apart."`
	Round    int                 `json:"round,omitempty" doc:"Round of an election."`
	OpenedAt time.Time           `json:"opened_at" doc:"When it was opened."`
	Deadline *time.Time          `json:"deadline,omitempty" doc:"When a written procedure ends."`
	ClosedAt *time.Time          `json:"closed_at,omitempty" doc:"When it ended."`
	Answered int                 `json:"answered" doc:"How many seats have voted."`
	Voters   int                 `json:"voters" doc:"How many seats may vote."`
	Ended    string              `json:"ended,omitempty" doc:"How it ended."`
	Ladder   bool                `json:"offers_ladder" doc:"Whether the motion failed by disagreement and the caller can open a ladder of it; what with stands in the offers of the matter's ladders."`
}

// Votes is how the motions of a matter stand.
type Votes struct {
	MatterID  forum.MatterID `json:"matter_id" doc:"Number of the matter."`
	Motions   []Motion       `json:"motions" doc:"In the order of voting."`
	Quorum    []LevelPresent `json:"quorum" doc:"Who is in the meeting now."`
	Questions []Impartiality `json:"impartialities" doc:"Whose impartiality is questioned."`
}

// Impartiality is a question of somebody's impartiality.
type Impartiality struct {
	ID          governance.ImpartialityID `json:"id" doc:"Number of the question."`
	PersonID    forum.PersonID            `json:"person_id" doc:"Number of the person."`
	Reason      string                    `json:"reason" doc:"Why."`
	Basis       string                    `json:"basis" doc:"The legal basis."`
	Judgement   string                    `json:"judgement" doc:"questioned, disqualified or cleared."`
	AllTookPart bool                      `json:"all_took_part" doc:"Whether those questioned decided too, because too few were left without them."`
}

// Ballot is a ballot with its result.
type Ballot struct {
	BallotSummary
	Rule     string         `json:"rule" doc:"The rule by which is counted."`
	Per      string         `json:"per" doc:"seat or organisation: what has one vote."`
	Outcome  string         `json:"outcome,omitempty" doc:"adopted, disagreement or not-quorate."`
	Reason   string         `json:"reason,omitempty" doc:"Why it was not adopted."`
	Where    string         `json:"where,omitempty" doc:"The level that the reason lies with."`
	Share    string         `json:"share,omitempty" doc:"What the yes weighs under the balanced rule, an exact fraction."`
	Counts   []Count        `json:"counts" doc:"The votes of each level."`
	Said     []SaidVote     `json:"votes" doc:"What each said, once the ballot is closed and not secret."`
	Standing []StandingVote `json:"standings" doc:"Totals of an election."`
	Elected  int64          `json:"elected,omitempty" doc:"Number of the candidate who is elected."`
}

// Count is the votes of a level.
type Count struct {
	Level     string `json:"level" doc:"The level."`
	Yes       int    `json:"yes" doc:"Votes for."`
	No        int    `json:"no" doc:"Votes against."`
	Abstained int    `json:"abstained" doc:"Votes of those who abstained."`
	Present   int    `json:"present" doc:"Seats that took part."`
	Least     int    `json:"least" doc:"Seats that had to."`
}

// SaidVote is what was said for a seat.
type SaidVote struct {
	SeatID forum.SeatID `json:"seat_id" doc:"Number of the seat."`
	Name   string       `json:"name" doc:"Name of who filled it."`
	Vote   string       `json:"vote,omitempty" doc:"yes, no or abstained; absent for nothing."`
	Reason string       `json:"reason,omitempty" doc:"Of an objection."`
}

// StandingVote is how many voted for a candidate.
type StandingVote struct {
	Candidate int64 `json:"candidate" doc:"Number of the candidate."`
	Votes     int   `json:"votes" doc:"How many."`
}

// OwnVote is the caller's own place in a ballot.
type OwnVote struct {
	BallotID governance.BallotID `json:"ballot_id" doc:"Number of the ballot."`
	Seats    []OwnSeat           `json:"seats" doc:"The seats that the caller votes for."`
	Taking   bool                `json:"taking" doc:"Whether votes are taken now."`
}

// OwnSeat is a seat that the caller votes for.
type OwnSeat struct {
	SeatID forum.SeatID `json:"seat_id" doc:"Number of the seat."`
	Voted  bool         `json:"voted" doc:"Whether it has voted."`
	Vote   string       `json:"vote,omitempty" doc:"What was said, of a ballot that is not secret."`
}

// NewVote is a vote.
type NewVote struct {
	SeatID    forum.SeatID `json:"seat_id,omitempty" minimum:"0" doc:"Number of the seat; left out for the only one."`
	Vote      string       `json:"vote,omitempty" enum:"yes,no,abstained" doc:"What is said to a motion."`
	Reason    string       `json:"reason,omitempty" maxLength:"2000" doc:"Why, of a no."`
	Candidate int64        `json:"candidate,omitempty" minimum:"0" doc:"Number of the candidate in an election; 0 for a blank vote."`
}

// NotedVotes is what was said by hands.
type NotedVotes struct {
	Votes []NewVote `json:"votes" minItems:"1" maxItems:"500" doc:"One for each seat."`
}

// NewMotion is a motion that is put.
type NewMotion struct {
	Text       string              `json:"text" minLength:"1" maxLength:"10000" doc:"What is to be decided, or the office of an election."`
	Amends     governance.MotionID `json:"amends,omitempty" minimum:"0" doc:"Number of the motion that it amends."`
	Candidates []string            `json:"candidates,omitempty" maxItems:"30" doc:"Names; some make it an election."`
}

// NewPlace says which way a motion moves.
type NewPlace struct {
	Way string `json:"way" enum:"up,down" doc:"Where to."`
}

// NewBallot is how a vote is to be taken.
type NewBallot struct {
	Way      string     `json:"way" enum:"hands,pages,written" doc:"How the vote is taken."`
	Deadline *time.Time `json:"deadline,omitempty" doc:"Of a written procedure."`
}

// NewQuestion questions somebody's impartiality.
type NewQuestion struct {
	PersonID forum.PersonID `json:"person_id" minimum:"1" doc:"Number of the person."`
	Reason   string         `json:"reason" maxLength:"1000" doc:"Why."`
	Basis    string         `json:"basis,omitempty" maxLength:"150" doc:"The legal basis, fvl. § 6 when left out."`
}

// NewJudgement is what the body decided.
type NewJudgement struct {
	Judgement string `json:"judgement" enum:"questioned,disqualified,cleared" doc:"questioned opens the question again."`
}

// Explanation tells step by step how a result came about.
type Explanation struct {
	Lines []string `json:"lines" doc:"One step each."`
}

// OwedVote is a vote that the caller owes.
type OwedVote struct {
	BallotID governance.BallotID `json:"ballot_id" doc:"Number of the ballot."`
	Forum    string              `json:"forum" doc:"Name of the forum."`
	Title    string              `json:"title" doc:"Public title of the matter."`
	Deadline *time.Time          `json:"deadline,omitempty" doc:"When a written procedure ends."`
}
