package governance

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// BallotWay is how a vote is taken.
type BallotWay string

// The ways.
const (
	ByHands   BallotWay = "hands"   // in the meeting, noted by who leads it or its secretary
	OnPages   BallotWay = "pages"   // in the meeting, each votes on the page
	InWriting BallotWay = "written" // a written procedure, until a deadline
)

// BallotWays lists them.
var BallotWays = []BallotWay{ByHands, OnPages, InWriting}

// StopReason is why a ballot ended without a result.
type StopReason string

// The reasons to stop.
const (
	StoppedWithdrawn StopReason = "withdrawn" // the motion was withdrawn
	StoppedDemanded  StopReason = "demanded"  // a member demanded that the matter be dealt with in a meeting
)

// Ballot (røysting) is the taking of votes on one motion. All that its result
// follows from is kept with it: what held when it was opened, the votes, and the
// result.
type Ballot struct {
	ID        BallotID
	ForumID   forum.ForumID
	MatterID  forum.MatterID
	MotionID  MotionID
	MeetingID forum.MeetingID // 0 for a written procedure
	Way       BallotWay
	Secret    bool // of an election: who has voted and what was voted stand apart
	Round     int  // of an election, from 1; 0 otherwise
	Ground    Ground
	OpenedAt  time.Time
	OpenedBy  forum.PersonID
	Deadline  time.Time // of a written procedure, zero otherwise
	ClosedAt  time.Time // zero while votes are taken
	ClosedBy  forum.PersonID
	Stopped   StopReason     // why it ended without a result
	Gone      []forum.SeatID // who left the meeting before it closed and had not voted
	Reminded  bool           // who owed a vote to a written procedure were reminded
	Result    Result         // of a motion that was voted on
	Election  Election       // of an election
	Lot       bool           // the one elected was drawn by lot
}

// Ground is what held when a ballot was opened: a result follows from it and the votes alone.
type Ground struct {
	Rule       forum.DecisionRule // by which is counted, never a recommendation
	Recommends bool               // each party ratifies for itself what is adopted
	Per        Unit
	Profile    forum.RuleProfile
	Needed     []Needed
	Electors   []Elector
	// Out are the members who are disqualified.
	Out []forum.PersonID
}

// CastID identifies a vote.
type CastID int64

// Cast is what was said for one seat in a ballot that is not secret. A change
// replaces it, until the ballot closes.
type Cast struct {
	ID       CastID
	BallotID BallotID
	SeatID   forum.SeatID
	PersonID forum.PersonID // who filled the seat
	Vote     Vote
	Reason   string // of an objection, recorded with it
	CastAt   time.Time
	CastBy   forum.PersonID // who noted it: the voter, or who noted the hands
}

// TurnoutID identifies a line of who has voted.
type TurnoutID int64

// Turnout is that a seat has voted in a secret ballot. It has no time, and says
// nothing of the vote.
type Turnout struct {
	ID       TurnoutID
	BallotID BallotID
	SeatID   forum.SeatID
}

// BallotKeeper keeps ballots.
type BallotKeeper interface {
	Ballot(ctx context.Context, id BallotID) (*Ballot, error)
	// Ballots lists a motion's, the oldest first.
	Ballots(ctx context.Context, motion MotionID) ([]Ballot, error)
	// BallotsOn lists a matter's, the oldest first.
	BallotsOn(ctx context.Context, matter forum.MatterID) ([]Ballot, error)
	// OpenBallots lists those of every forum that take votes.
	OpenBallots(ctx context.Context) ([]Ballot, error)
	// WrittenBetween lists a forum's written procedures that ended from one instant until before another.
	WrittenBetween(ctx context.Context, in forum.ForumID, from, until time.Time) ([]Ballot, error)
	SaveBallot(ctx context.Context, ballot *Ballot) error
}

// CastKeeper keeps votes, guarded by their ballot.
type CastKeeper interface {
	// Casts lists a ballot's by seat.
	Casts(ctx context.Context, ballot BallotID) ([]Cast, error)
	// Cast is what was said for a seat; NotFound when nothing was.
	Cast(ctx context.Context, ballot BallotID, seat forum.SeatID) (*Cast, error)
	// SaveCast keeps a vote; Conflict when the seat has another one in the ballot.
	SaveCast(ctx context.Context, cast *Cast) error
}

// BoxKeeper keeps secret ballots: who has voted, and apart from that what was voted.
type BoxKeeper interface {
	// Turnouts lists which seats have voted.
	Turnouts(ctx context.Context, ballot BallotID) ([]Turnout, error)
	// DropIn keeps that a seat has voted, and writes the whole box anew with the
	// vote in it: in random order, under fresh random keys, without times. Conflict
	// when the seat has voted.
	DropIn(ctx context.Context, ballot BallotID, seat forum.SeatID, vote CandidateID) error
	// Box gives what was voted, in no order.
	Box(ctx context.Context, ballot BallotID) ([]CandidateID, error)
}

// Open tells whether the ballot takes votes at an instant.
func (b *Ballot) Open(now time.Time) bool {
	return b.ClosedAt.IsZero() && (b.Deadline.IsZero() || now.Before(b.Deadline))
}

// Written tells whether it is a written procedure.
func (b *Ballot) Written() bool { return b.Way == InWriting }

// taking refuses a vote that the ballot does not take any more, with why.
func (b *Ballot) taking(now time.Time) error {
	switch {
	case b.Stopped != "":
		return forum.Refuse(forum.Conflict, "error.ballot.stopped."+string(b.Stopped))
	case !b.ClosedAt.IsZero():
		return forum.Refuse(forum.Conflict, "error.ballot.closed")
	case !b.Open(now):
		return forum.Refuse(forum.Conflict, "error.ballot.too_late")
	}
	return nil
}

// seatsOf are the electors that a person is.
func (b *Ballot) seatsOf(person forum.PersonID) []Elector {
	var own []Elector
	for _, e := range b.Ground.Electors {
		if e.Person == person {
			own = append(own, e)
		}
	}
	return own
}

// elector is who votes for a seat.
func (b *Ballot) elector(seat forum.SeatID) (Elector, bool) {
	for _, e := range b.Ground.Electors {
		if e.Seat == seat {
			return e, true
		}
	}
	return Elector{}, false
}

// Question is what the ballot asks with these votes. In a meeting, those who left
// before it closed and had not voted are no voters.
func (b *Ballot) Question(casts []Cast) Question {
	q := Question{Rule: b.Ground.Rule, Per: b.Ground.Per, Frame: FrameOf(b.Ground.Profile), Written: b.Written(), Quorum: b.Ground.Needed}
	votes := map[forum.SeatID]Vote{}
	for _, c := range casts {
		votes[c.SeatID] = c.Vote
	}
	gone := map[forum.SeatID]bool{}
	for _, seat := range b.Gone {
		gone[seat] = true
	}
	for _, e := range b.Ground.Electors {
		vote := votes[e.Seat]
		if vote == Silent && gone[e.Seat] {
			continue
		}
		q.Voters = append(q.Voters, Voter{Seat: e.Seat, Organisation: e.Organisation, Side: e.Side, Vote: vote, Leads: e.Leads})
	}
	return q
}
