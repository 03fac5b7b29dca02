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
		ClosedAt: instant(b.ClosedAt), Answered: b.Answered, Voters: len(b.Voters),
	}
	if !b.ClosedAt.IsZero() {
		s.Ended = b.Ballot.Ended()
	}
	return s
}

func candidateOf(c governance.Candidate) Candidate { return Candidate{int64(c.ID), c.Name} }

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
	page, err := governance.ReadBallot(ctx, governance.In(tx), by, id)
	if err != nil {
		return OwnVote{}, err
	}
	return OwnVote{id, api.Each(page.Ballot.Own, func(v governance.VoterRow) OwnSeat { return OwnSeat{v.Seat, v.Voted, string(v.Cast.Vote)} }), page.Ballot.Taking}, nil
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
	s := api.Subject{API: a, Tag: "Votes"}
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
	api.One(s, api.About{ID: "explainBallot", Path: "/ballots/{id}/explanation", Summary: "Explain a result", Text: "Step by step, counted anew from the stored votes, in Nynorsk."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.BallotID) (Explanation, error) {
			page, err := governance.ReadBallot(ctx, governance.In(tx), by, id)
			if err != nil {
				return Explanation{}, err
			}
			if page.Votes.Closed || page.Ballot.ClosedAt.IsZero() {
				return Explanation{Lines: []string{}}, nil
			}
			lines, err := governance.ExplainBallot(ctx, governance.In(tx), id)
			return Explanation{explained(templates.In(templates.Nynorsk), lines)}, err
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
