package governance

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

// RecordedMotion is what was moved in an item, with what was voted on it in the meeting.
type RecordedMotion struct {
	ID           MotionID
	Sort         MotionSort
	Position     int // in the order of voting
	Amends       int // position of what an amendment changes, 0 for none
	Text         string
	Proposer     string
	Organisation string
	Level        forum.Level
	Withdrawn    bool
	Ballots      []RecordedBallot `json:",omitempty"`
}

// RecordedBallot is one taking of votes, with all that its result follows from. Of a
// secret one there are totals alone.
type RecordedBallot struct {
	ID          BallotID
	Way         BallotWay
	ClosedAt    time.Time // UTC
	Rule        forum.DecisionRule
	Recommends  bool // each party ratifies for itself what is adopted
	Per         Unit
	Profile     forum.RuleProfile
	Out         []string `json:",omitempty"` // names of the disqualified
	Quorum      []LevelPresent
	Votes       []RecordedVote `json:",omitempty"` // of each party, none of a secret ballot
	Counts      []Count        `json:",omitempty"` // by level, likewise
	Share       string         // of the yes under the balanced rule, as in Result
	CastingVote bool
	Ended       string      // as Ballot.Ended
	Reason      Reason      // why a motion was not adopted
	Where       forum.Level // that the reason lies with, "" for the whole
	Stopped     StopReason  // why it ended without a result
	Election    *RecordedElection
}

// RecordedVote is what was said for one seat.
type RecordedVote struct {
	Name         string
	InPlace      string // name of whose seat a substitute filled, "" for the own one
	Organisation string
	Level        forum.Level // that the vote counts on
	Vote         Vote
	Reason       string // of an objection
}

// RecordedElection is the totals of a round of an election.
type RecordedElection struct {
	Round     int
	Votes     int // in all, blank ones included
	Standings []RecordedStanding
	Blank     int
	Elected   string // "" for nobody
	Lot       bool   // drawn between equals
}

// RecordedStanding is how many votes a candidate got.
type RecordedStanding struct {
	Name  string
	Votes int
}

// Adopted tells whether the meeting adopted the motion, or elected somebody by it.
func (m RecordedMotion) Adopted() bool {
	return slices.ContainsFunc(m.Ballots, func(b RecordedBallot) bool { return b.Ended == string(Adopted) || b.Ended == "elected" })
}

// EndedKey is the text key of how the ballot ended.
func (b RecordedBallot) EndedKey() string {
	if b.Stopped != "" {
		return "explain.stopped." + string(b.Stopped)
	}
	return "ended." + b.Ended
}

// DecisionText is what the motion says as a decision: its text and, of an election,
// who was elected.
func (m RecordedMotion) DecisionText() string {
	for _, b := range m.Ballots {
		if b.Election != nil && b.Election.Elected != "" {
			return m.Text + ": " + b.Election.Elected
		}
	}
	return m.Text
}

// Adopted are the motions of the item that the meeting adopted, in the order of voting.
func (i RecordedItem) Adopted() []RecordedMotion {
	return slices.DeleteFunc(slices.Clone(i.Motions), func(m RecordedMotion) bool { return !m.Adopted() })
}

// DecidedBy is the motion that stands behind the item's decision: the adopted one that
// it repeats, or else the last adopted in the order of voting, in which amendments come
// before what they amend, and motions before elections. It is 0 when none was adopted.
func (i RecordedItem) DecidedBy() MotionID {
	var of RecordedMotion
	for _, m := range i.Adopted() {
		if m.DecisionText() == strings.TrimSpace(i.Decision) {
			return m.ID
		}
		if of.ID == 0 || m.Sort == Proposal || of.Sort == Vacancy {
			of = m
		}
	}
	return of.ID
}

// votes are the motions of each matter that the meeting dealt with.
func (r *recorder) votes(ctx context.Context, tx Tx) error {
	for i := range r.record.Items {
		item := &r.record.Items[i]
		if item.Matter == 0 {
			continue
		}
		motions, err := tx.Motions(ctx, item.Matter)
		if err != nil {
			return err
		}
		for _, m := range motions {
			ballots, err := tx.Ballots(ctx, m.ID)
			if err != nil {
				return err
			}
			if !r.dealtWith(m, ballots) {
				continue
			}
			recorded := RecordedMotion{
				ID: m.ID, Sort: m.Sort, Position: m.Position, Text: m.Text, Proposer: r.people[m.Proposer].Name,
				Organisation: r.organisations[m.OrganisationID].Name, Level: m.Level, Withdrawn: !m.WithdrawnAt.IsZero(),
			}
			if at := slices.IndexFunc(motions, func(of Motion) bool { return of.ID == m.Amends }); at >= 0 {
				recorded.Amends = motions[at].Position
			}
			if recorded.Ballots, err = r.ballots(ctx, tx, &m, ballots); err != nil {
				return err
			}
			item.Motions = append(item.Motions, recorded)
		}
	}
	return nil
}

// dealtWith tells whether a motion was before the meeting: voted on there, or put
// before it ended and neither withdrawn nor decided before it began.
func (r *recorder) dealtWith(m Motion, ballots []Ballot) bool {
	begin := r.meeting.Start
	decided := false
	for _, b := range ballots {
		if b.MeetingID == r.meeting.ID {
			return true
		}
		open := b.ClosedAt.IsZero() || slices.Contains([]string{"stopped", string(NotQuorate), "again"}, b.Ended())
		decided = decided || !open && b.ClosedAt.Before(begin)
	}
	return !decided && m.PutAt.Before(r.meeting.End) && (m.WithdrawnAt.IsZero() || !m.WithdrawnAt.Before(begin))
}

// ballots are those that were taken in the meeting and are over.
func (r *recorder) ballots(ctx context.Context, tx Tx, m *Motion, all []Ballot) (list []RecordedBallot, err error) {
	for _, b := range all {
		if b.MeetingID != r.meeting.ID || b.ClosedAt.IsZero() {
			continue
		}
		g := b.Ground
		recorded := RecordedBallot{
			ID: b.ID, Way: b.Way, ClosedAt: b.ClosedAt.UTC(), Rule: g.Rule, Recommends: g.Recommends, Per: g.Per, Profile: g.Profile,
			Quorum: QuorumOf(g.Needed, b.voters()), Ended: b.Ended(), Stopped: b.Stopped,
		}
		for _, out := range g.Out {
			recorded.Out = append(recorded.Out, r.people[out].Name)
		}
		switch {
		case b.Stopped != "":
		case b.Secret:
			recorded.Election = b.recorded(m)
		default:
			recorded.Counts, recorded.Share, recorded.CastingVote = b.Result.Counts, b.Result.Share, b.Result.CastingVote
			recorded.Reason, recorded.Where = b.Result.Reason, b.Result.Where
			if recorded.Votes, err = r.casts(ctx, tx, &b); err != nil {
				return nil, err
			}
		}
		list = append(list, recorded)
	}
	return list, nil
}

// casts are what each said in a ballot that is not secret.
func (r *recorder) casts(ctx context.Context, tx Tx, b *Ballot) (votes []RecordedVote, err error) {
	casts, err := tx.Casts(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range b.voters() {
		vote := RecordedVote{
			Name: r.people[e.Person].Name, InPlace: r.people[e.StandsFor].Name, Organisation: r.organisations[e.Organisation].Name, Level: e.Side,
		}
		if at := slices.IndexFunc(casts, func(c Cast) bool { return c.SeatID == e.Seat }); at >= 0 {
			vote.Vote, vote.Reason = casts[at].Vote, casts[at].Reason
		}
		votes = append(votes, vote)
	}
	return votes, nil
}

// recorded is the totals of an election.
func (b *Ballot) recorded(m *Motion) *RecordedElection {
	e := &RecordedElection{Round: b.Round, Votes: b.Election.Blank, Blank: b.Election.Blank, Lot: b.Lot}
	for _, s := range b.Election.Standings {
		e.Votes += s.Votes
		e.Standings = append(e.Standings, RecordedStanding{m.name(s.Candidate), s.Votes})
	}
	if b.Election.Elected != 0 {
		e.Elected = m.name(b.Election.Elected)
	}
	return e
}
