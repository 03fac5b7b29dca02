package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
)

func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}

func levelsOf(levels []governance.LevelPresent) []LevelPresent {
	return api.Each(levels, func(l governance.LevelPresent) LevelPresent {
		return LevelPresent{string(l.Level), l.Present, l.Seats, l.Least}
	})
}

func summaryOf(b governance.BallotRow) BallotSummary {
	s := BallotSummary{
		ID: b.ID, Way: string(b.Way), Secret: b.Secret, Round: b.Round, OpenedAt: b.OpenedAt.UTC(), Deadline: instant(b.Deadline),
		ClosedAt: instant(b.ClosedAt), Answered: b.Answered, Voters: len(b.Voters), Ladder: b.Ladder,
	}
	if !b.ClosedAt.IsZero() {
		s.Ended = b.Ballot.Ended()
	}
	return s
}

func candidateOf(c governance.Nominee) Candidate { return Candidate{int64(c.ID), c.Name} }

func motionOf(m governance.MotionRow) Motion {
	return Motion{
		ID: m.ID, MatterID: m.MatterID, Sort: string(m.Sort), Amends: m.Amends, Position: m.Position, Text: m.Text, Candidates: api.Each(m.Candidates, candidateOf),
		Proposer: m.ProposerName, Withdrawn: instant(m.WithdrawnAt), Outcome: string(m.Outcome), Ballots: api.Each(m.Ballots, summaryOf),
	}
}

func questionOf(q governance.Impartiality) Impartiality {
	return Impartiality{q.ID, q.PersonID, q.Reason, q.Basis, string(q.Judgement), q.AllTookPart}
}

func votesOf(p governance.VotesPage) Votes {
	return Votes{
		MatterID: p.Matter.ID, Motions: api.Each(p.Motions, motionOf), Quorum: levelsOf(p.Quorum),
		Questions: api.Each(p.Questions, func(q governance.QuestionRow) Impartiality { return questionOf(q.Impartiality) }),
	}
}

func ballotOf(p governance.BallotPage) Ballot {
	b := p.Ballot
	shown := Ballot{
		BallotSummary: summaryOf(b), Rule: string(b.Ground.Rule), Per: string(b.Ground.Per), Outcome: string(b.Result.Outcome), Reason: string(b.Result.Reason),
		Where: string(b.Result.Where), Share: b.Result.Share, Elected: int64(b.Election.Elected),
		Counts: api.Each(b.Result.Counts, func(c governance.Count) Count {
			return Count{string(c.Level), c.Yes, c.No, c.Abstained, c.Present, c.Least}
		}),
		Standing: api.Each(b.Election.Standings, func(s governance.Standing) StandingVote {
			return StandingVote{int64(s.Candidate), s.Votes}
		}),
		Said: []SaidVote{},
	}
	if !b.ClosedAt.IsZero() && !b.Secret {
		shown.Said = api.Each(b.Voters, func(v governance.VoterRow) SaidVote {
			return SaidVote{v.Seat, v.Name, string(v.Cast.Vote), v.Cast.Reason}
		})
	}
	return shown
}

func saidOf(v NewVote) governance.Said {
	return governance.Said{Seat: v.SeatID, Vote: governance.Vote(v.Vote), Reason: v.Reason, Candidate: governance.CandidateID(v.Candidate)}
}

// ballotSeen shows a ballot as it stands.
func ballotSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID) (Ballot, error) {
	page, err := governance.ReadBallot(ctx, governance.In(tx), by, id)
	if err != nil {
		return Ballot{}, err
	}
	return ballotOf(*page), nil
}

func votesSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (Votes, error) {
	page, err := governance.ReadVotes(ctx, governance.In(tx), by, id)
	if err != nil {
		return Votes{}, err
	}
	return votesOf(*page), nil
}

func motionSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MotionID) (Motion, error) {
	m, err := governance.In(tx).Motion(ctx, id)
	if err != nil {
		return Motion{}, err
	}
	page, err := governance.ReadVotes(ctx, governance.In(tx), by, m.MatterID)
	if err != nil {
		return Motion{}, err
	}
	for _, row := range page.Motions {
		if row.ID == id {
			return motionOf(row), nil
		}
	}
	return Motion{}, forum.Refuse(forum.NotFound, "error.not_found.motion")
}

func questionSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.ImpartialityID) (Impartiality, error) {
	q, err := governance.In(tx).Impartiality(ctx, id)
	if err != nil {
		return Impartiality{}, err
	}
	if _, err := by.May(ctx, tx, forum.ReadMatter, q.ForumID); err != nil {
		return Impartiality{}, err
	}
	return questionOf(*q), nil
}

func ownVoteSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID) (OwnVote, error) {
	own, err := governance.ReadOwnVote(ctx, governance.In(tx), by, id)
	if err != nil {
		return OwnVote{}, err
	}
	return OwnVote{id, api.Each(own.Seats, func(s governance.OwnSeat) OwnSeat { return OwnSeat{s.Seat, s.Voted, string(s.Vote)} }), own.Taking}, nil
}

var (
	ballotThing = api.Thing[governance.BallotID, Ballot]{See: ballotSeen, Hold: func(ctx context.Context, tx forum.Tx, id governance.BallotID) error {
		_, err := governance.HoldBallot(ctx, governance.In(tx), id)
		return err
	}}
	// ownVoteThing holds the ballot alone: all who vote change it, and none waits for what others said.
	ownVoteThing = api.Thing[governance.BallotID, OwnVote]{See: ownVoteSeen, Hold: func(ctx context.Context, tx forum.Tx, id governance.BallotID) error {
		_, err := governance.In(tx).Ballot(ctx, id)
		return err
	}}
	votesThing = api.Thing[forum.MatterID, Votes]{See: votesSeen, Hold: func(ctx context.Context, tx forum.Tx, id forum.MatterID) error {
		return holdPlaced(ctx, tx, id)
	}}
	motionThing = api.Thing[governance.MotionID, Motion]{See: motionSeen, Hold: func(ctx context.Context, tx forum.Tx, id governance.MotionID) error {
		m, err := governance.In(tx.Peek()).Motion(ctx, id)
		if err != nil {
			return err
		}
		_, err = tx.Matter(ctx, m.MatterID)
		return err
	}}
	questionThing = api.Thing[governance.ImpartialityID, Impartiality]{See: questionSeen, Hold: func(ctx context.Context, tx forum.Tx, id governance.ImpartialityID) error {
		q, err := governance.In(tx.Peek()).Impartiality(ctx, id)
		if err != nil {
			return err
		}
		_, err = tx.Matter(ctx, q.MatterID)
		return err
	}}
)

// holdPlaced makes sure that a matter is there. The act locks it itself, behind
// the meetings that it moves between.
func holdPlaced(ctx context.Context, tx forum.Tx, id forum.MatterID) error {
	_, err := tx.Peek().Matter(ctx, id)
	return err
}

// explained says the lines of an explanation in the words of a language.
func explained(t templates.Text, lines []governance.Line) []string {
	said := make([]string, len(lines))
	for i, line := range lines {
		said[i] = templates.Explain(t, line.Key, line.Words, line.Args)
	}
	return said
}

func votes(a *api.API) {
	s := a.Group("Votes", "Who is in a meeting and who is impartial, what is moved, and what is voted.", map[string]string{
		"presences": "Number of the presence.", "impartialities": "Number of the question.", "motions": "Number of the motion.", "ballots": "Number of the ballot.",
	})
	api.One(s, api.About{ID: "getVotes", Path: "/matters/{id}/votes", Summary: "Read the motions of a matter", Text: "In the order of voting, with the ballots taken on each and who takes part now."}, votesSeen)
	api.Create(s, api.About{ID: "putMotion", Path: "/matters/{id}/motions", Summary: "Put a motion", Text: "A motion, an amendment or an election."}, func(m Motion) string { return fmt.Sprintf("/motions/%d", m.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[forum.MatterID, NewMotion]) (Motion, error) {
			m, err := governance.PutMotion(ctx, governance.In(tx), by, in.ID, governance.Wording{Text: in.Body.Text, Amends: in.Body.Amends, Candidates: in.Body.Candidates})
			if err != nil {
				return Motion{}, err
			}
			return motionOf(governance.MotionRow{Motion: *m}), nil
		})
	api.One(s, api.About{ID: "getMotion", Path: "/motions/{id}", Summary: "Read a motion", Text: "With the ballots taken on it."}, motionSeen)
	api.Press(s, api.About{ID: "withdrawMotion", Path: "/motions/{id}/withdraw", Summary: "Withdraw a motion", Text: "Its proposer, or who sets the order of voting. An open ballot on it ends without a result."}, motionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MotionID) error {
			_, err := governance.WithdrawMotion(ctx, governance.In(tx), by, id)
			return err
		})
	api.Change(s, api.About{ID: "reorderMotion", Path: "/motions/{id}/order", Summary: "Move a motion in the order of voting", Text: "One place up or down."}, motionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MotionID, in NewPlace) error {
			_, err := governance.ReorderMotion(ctx, governance.In(tx), by, id, in.Way == "up")
			return err
		})
	ballots(s)
	impartiality(s)
	presence(s)
}

func ballots(s api.Subject) {
	api.Create(s, api.About{ID: "openBallot", Path: "/motions/{id}/ballots", Summary: "Take a vote", Text: "On the motion that is next in the order. An election is always secret."}, func(b Ballot) string { return fmt.Sprintf("/ballots/%d", b.ID) },
		func(ctx context.Context, within forum.Tx, by forum.Actor, in *api.With[governance.MotionID, NewBallot]) (Ballot, error) {
			tx := governance.In(within)
			m, err := tx.Motion(ctx, in.ID)
			if err != nil {
				return Ballot{}, err
			}
			taking := governance.Taking{Way: governance.BallotWay(in.Body.Way), Secret: m.Sort == governance.Vacancy}
			if in.Body.Deadline != nil {
				taking.Deadline = *in.Body.Deadline
			}
			b, err := governance.OpenBallot(ctx, tx, by, in.ID, taking)
			if err != nil {
				return Ballot{}, err
			}
			return ballotSeen(ctx, within, by, b.ID)
		})
	api.One(s, api.About{ID: "getBallot", Path: "/ballots/{id}", Summary: "Read a ballot", Text: "While votes are taken it tells how many have voted, and nothing of what."}, ballotSeen)
	press := func(id, path, summary, text string, act func(context.Context, governance.Tx, forum.Actor, governance.BallotID) (*governance.Ballot, error)) {
		api.Press(s, api.About{ID: id, Path: "/ballots/{id}/" + path, Summary: summary, Text: text}, ballotThing,
			func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID) error {
				_, err := act(ctx, governance.In(tx), by, id)
				return err
			})
	}
	press("closeBallot", "close", "Close a ballot", "Counts, and keeps the result. A written procedure lasts until its deadline, unless everyone has answered.", governance.CloseBallot)
	press("drawLot", "lot", "Draw lots", "Between those who share the most votes of a second round.", governance.DrawLot)
	api.Change(s, api.About{ID: "noteVotes", Path: "/ballots/{id}/votes", Summary: "Note a show of hands", Text: "What was said for each seat."}, ballotThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID, in NotedVotes) error {
			_, err := governance.NoteVotes(ctx, governance.In(tx), by, id, api.Each(in.Votes, saidOf)...)
			return err
		})
	api.One(s, api.About{ID: "getOwnVote", Path: "/ballots/{id}/own-vote", Summary: "Read the own vote", Text: "The seats that the caller votes for."}, ownVoteSeen)
	api.Change(s, api.About{ID: "castVote", Method: http.MethodPut, Path: "/ballots/{id}/own-vote", Summary: "Vote", Text: "It can be changed until the ballot closes; a secret vote cannot."}, ownVoteThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID, in NewVote) error {
			_, err := governance.CastBallot(ctx, governance.In(tx), by, id, saidOf(in))
			return err
		})
	demandAndExplain(s)
}

func demandAndExplain(s api.Subject) {
	// DemandMeeting locks meetings and the matter before the ballot, so that nothing is held here.
	api.Press(s, api.About{ID: "demandMeeting", Path: "/ballots/{id}/demand", Summary: "Demand a meeting", Text: "Any member who may vote turns a written procedure into a matter of the next meeting."},
		api.Thing[governance.BallotID, Ballot]{See: ballotSeen, Hold: func(context.Context, forum.Tx, governance.BallotID) error { return nil }},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID) error {
			_, err := governance.DemandMeeting(ctx, governance.In(tx), by, id)
			return err
		})
	api.One(s, api.About{ID: "explainBallot", Path: "/ballots/{id}/explanation", Summary: "Explain a result", Text: "Step by step, counted anew from the stored votes, in the language of the answer."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID) (Explanation, error) {
			page, err := governance.ReadBallot(ctx, governance.In(tx), by, id)
			if err != nil {
				return Explanation{}, err
			}
			if page.Votes.Closed || page.Ballot.ClosedAt.IsZero() {
				return Explanation{Lines: []string{}}, nil
			}
			lines, err := governance.ExplainBallot(ctx, governance.In(tx), id)
			return Explanation{explained(api.Text(ctx), lines)}, err
		})
	api.Press(s, api.About{ID: "postponeMatter", Path: "/matters/{id}/postpone", Summary: "Postpone a matter without a quorum", Text: "To the next meeting, or to the inbox when none is ahead."}, votesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) error {
			_, err := governance.PostponeMatter(ctx, governance.In(tx), by, id)
			return err
		})
	api.Lists(s, api.About{ID: "listOwedVotes", Path: "/me/owed-votes", Summary: "List the votes that the caller owes", Text: "Ballots that take the caller's vote and do not have it."},
		api.List[governance.OwedVote, OwedVote]{
			Key:  func(o governance.OwedVote) string { return fmt.Sprintf("%020d", o.ID) },
			Show: func(o governance.OwedVote) OwedVote { return OwedVote{o.ID, o.Forum, o.Title, instant(o.Deadline)} },
		},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *api.Paging) ([]governance.OwedVote, error) {
			return governance.ReadOwedVotes(ctx, governance.In(tx), by)
		})
}

func impartiality(s api.Subject) {
	api.Create(s, api.About{ID: "questionImpartiality", Path: "/matters/{id}/impartialities", Summary: "Question somebody's impartiality", Text: "The body decides it without the one who is questioned."}, func(q Impartiality) string { return fmt.Sprintf("/impartialities/%d", q.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[forum.MatterID, NewQuestion]) (Impartiality, error) {
			q, err := governance.QuestionImpartiality(ctx, governance.In(tx), by, in.ID, in.Body.PersonID, in.Body.Reason, in.Body.Basis)
			if err != nil {
				return Impartiality{}, err
			}
			return questionOf(*q), nil
		})
	api.One(s, api.About{ID: "getImpartiality", Path: "/impartialities/{id}", Summary: "Read a question of impartiality", Text: "With what the body decided."}, questionSeen)
	api.Change(s, api.About{ID: "judgeImpartiality", Path: "/impartialities/{id}/judgement", Summary: "Note what the body decided", Text: "Who is disqualified is out of quorum and vote."}, questionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.ImpartialityID, in NewJudgement) (err error) {
			if governance.Judgement(in.Judgement) == governance.Questioned {
				_, err = governance.ReopenDisqualify(ctx, governance.In(tx), by, id)
				return err
			}
			_, err = governance.Judge(ctx, governance.In(tx), by, id, governance.Judgement(in.Judgement))
			return err
		})
}
