package api

import (
	"time"

	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// MinutesMotion is a motion as minutes record it.
type MinutesMotion struct {
	ID           governance.MotionID `json:"id" doc:"Number of the motion."`
	Sort         string              `json:"sort" doc:"proposal or election."`
	Position     int                 `json:"position" doc:"In the order of voting, from 1."`
	Amends       int                 `json:"amends,omitempty" doc:"Position of what an amendment changes."`
	Text         string              `json:"text" doc:"What was moved."`
	Proposer     string              `json:"proposer" doc:"Who put it."`
	Organisation string              `json:"organisation" doc:"For which it was put."`
	Level        string              `json:"level" doc:"Of the organisation."`
	Withdrawn    bool                `json:"withdrawn" doc:"Whether it was withdrawn."`
	Ballots      []MinutesBallot     `json:"ballots" doc:"What was voted on it in the meeting."`
}

// MinutesBallot is a ballot as minutes record it.
type MinutesBallot struct {
	ID         governance.BallotID `json:"id" doc:"Number of the ballot."`
	Way        string              `json:"way" doc:"hands or pages."`
	ClosedAt   time.Time           `json:"closed_at" doc:"When the taking of votes ended."`
	Rule       string              `json:"rule" doc:"Rule by which it is counted."`
	Recommends bool                `json:"recommends" doc:"Whether each party ratifies for itself what is adopted."`
	Outcome    string              `json:"outcome" doc:"adopted, disagreement, not-quorate, elected, again, lot, nobody or stopped."`
	Reason     string              `json:"reason,omitempty" doc:"Why a motion was not adopted, or the vote was stopped."`
	Quorum     []MinutesQuorum     `json:"quorum" doc:"Who took part, by level."`
	Counts     []MinutesCount      `json:"counts" doc:"What each level said; empty for a secret ballot."`
	Votes      []MinutesVote       `json:"votes" doc:"What each party said; empty for a secret ballot."`
	Election   *MinutesElection    `json:"election,omitempty" doc:"Totals of an election."`
}

// MinutesQuorum is how a level took part.
type MinutesQuorum struct {
	Level   string `json:"level" doc:"The level."`
	Present int    `json:"present" doc:"Seats that took part."`
	Seats   int    `json:"seats" doc:"All of its seats."`
	Least   int    `json:"least" doc:"How many have to take part."`
}

// MinutesCount is what a level said.
type MinutesCount struct {
	Level     string `json:"level" doc:"The level."`
	Yes       int    `json:"yes" doc:"Votes for."`
	No        int    `json:"no" doc:"Votes against."`
	Abstained int    `json:"abstained" doc:"Who abstained."`
}

// MinutesVote is what was said for one seat.
type MinutesVote struct {
	Name         string `json:"name" doc:"Who voted."`
	InPlace      string `json:"in_place,omitempty" doc:"For whom a substitute sat."`
	Organisation string `json:"organisation" doc:"For which."`
	Level        string `json:"level" doc:"On which the vote counts."`
	Vote         string `json:"vote,omitempty" doc:"yes, no or abstained; absent for silence."`
	Reason       string `json:"reason,omitempty" doc:"Of an objection."`
}

// MinutesElection is the totals of a round of an election.
type MinutesElection struct {
	Round     int               `json:"round" doc:"From 1."`
	Blank     int               `json:"blank" doc:"Blank votes."`
	Elected   string            `json:"elected,omitempty" doc:"Who was elected."`
	Lot       bool              `json:"lot" doc:"Whether the lot decided."`
	Standings []MinutesStanding `json:"standings" doc:"Votes of each candidate, most first."`
}

// MinutesStanding is how many votes a candidate got.
type MinutesStanding struct {
	Name  string `json:"name" doc:"The candidate."`
	Votes int    `json:"votes" doc:"How many."`
}

func minutesMotionOf(m governance.RecordedMotion) MinutesMotion {
	return MinutesMotion{
		m.ID, string(m.Sort), m.Position, m.Amends, m.Text, m.Proposer, m.Organisation, string(m.Level), m.Withdrawn, api.Each(m.Ballots, minutesBallotOf),
	}
}

func minutesBallotOf(b governance.RecordedBallot) MinutesBallot {
	all := MinutesBallot{
		ID: b.ID, Way: string(b.Way), ClosedAt: b.ClosedAt, Rule: string(b.Rule), Recommends: b.Recommends, Outcome: b.Ended, Reason: string(b.Reason) + string(b.Stopped),
		Quorum: api.Each(b.Quorum, func(l governance.LevelPresent) MinutesQuorum {
			return MinutesQuorum{string(l.Level), l.Present, l.Seats, l.Least}
		}),
		Counts: api.Each(b.Counts, func(c governance.Count) MinutesCount {
			return MinutesCount{string(c.Level), c.Yes, c.No, c.Abstained}
		}),
		Votes: api.Each(b.Votes, func(v governance.RecordedVote) MinutesVote {
			return MinutesVote{v.Name, v.InPlace, v.Organisation, string(v.Level), string(v.Vote), v.Reason}
		}),
	}
	if e := b.Election; e != nil {
		all.Election = &MinutesElection{e.Round, e.Blank, e.Elected, e.Lot, api.Each(e.Standings, func(s governance.RecordedStanding) MinutesStanding {
			return MinutesStanding{s.Name, s.Votes}
		})}
	}
	return all
}
