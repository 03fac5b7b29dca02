package governance

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

// Explanation is how a decision came about and what became of it, as far as it is not
// exempt from public access.
type Explanation struct {
	Decision  Decision
	Exempt    bool
	Forum     forum.Forum
	Matter    forum.Matter
	Meeting   *forum.Meeting // nil for a written procedure
	Ballots   [][]Line       // steps of each ballot that its motion had, the oldest first
	Answers   []Passed       // forums that the matter came from, and got the decision as their answer
	Asked     []Passed       // forums that the matter was sent on to
	Parties   []PartyAnswer  // what the parties said to the recommendation, of each ledger
	Before    []Decision
	After     *Decision // nil while it holds
	FollowUps []FollowUpRow
	History   []forum.Deed
}

// ExplainDecision explains the decision of a number to the operator. Numbers are a
// forum's own: where several forums have it, the forum's key says which is meant, "" for
// the only one.
func ExplainDecision(ctx context.Context, tx Tx, by forum.Actor, number, key string) (*Explanation, error) {
	if !by.Operator {
		return nil, forum.Refuse(forum.Forbidden, "error.forbidden.operator")
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	var ids []forum.ForumID
	for _, f := range forums {
		if key == "" || f.Key == key {
			ids = append(ids, f.ID)
		}
	}
	decisions, err := tx.DecisionsIn(ctx, ids)
	if err != nil {
		return nil, err
	}
	decisions = slices.DeleteFunc(decisions, func(d Decision) bool { return d.Number != number })
	of := func(id forum.ForumID) forum.Forum {
		return forums[slices.IndexFunc(forums, func(f forum.Forum) bool { return f.ID == id })]
	}
	switch len(decisions) {
	case 0:
		return nil, forum.Refuse(forum.NotFound, "error.not_found.decision")
	case 1:
	default:
		var keys []string
		for _, d := range decisions {
			keys = append(keys, of(d.ForumID).Key)
		}
		return nil, forum.Refuse(forum.Invalid, "error.decision.several", "Number", number, "Forums", strings.Join(keys, ", "))
	}
	return explain(ctx, tx, decisions[0], of(decisions[0].ForumID))
}

func explain(ctx context.Context, tx Tx, d Decision, in forum.Forum) (*Explanation, error) {
	m, err := tx.Matter(ctx, d.MatterID)
	if err != nil {
		return nil, err
	}
	e := &Explanation{Decision: d.For(forum.Reader{}, m), Exempt: m.Withheld(forum.Reader{}), Forum: in, Matter: m.For(forum.Reader{})}
	if d.MeetingID != 0 {
		if e.Meeting, err = tx.Meeting(ctx, d.MeetingID); err != nil {
			return nil, err
		}
	}
	if e.Ballots, err = explainMotion(ctx, tx, d.MotionID); err != nil {
		return nil, err
	}
	if err := e.between(ctx, tx, m); err != nil {
		return nil, err
	}
	if e.Before, err = tx.DecisionsBefore(ctx, d.ID); err != nil {
		return nil, err
	}
	if d.SupersededBy != 0 {
		if e.After, err = tx.Decision(ctx, d.SupersededBy); err != nil {
			return nil, err
		}
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, forum.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	people, err := forum.Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	followUps, err := tx.FollowUpsOf(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range followUps {
		e.FollowUps = append(e.FollowUps, FollowUpRow{FollowUp: f.For(forum.Reader{}, m), Organisation: organisations[f.OrganisationID], Owner: people[f.OwnerID]})
	}
	e.History, err = forum.History(ctx, tx, DecisionObject(d.ID))
	return e, err
}

// Passed is an escalation as an explanation tells of it: where the other end is, and
// which decision answered it.
type Passed struct {
	Forum  string // name of the other forum
	Intake string // number of the matter there
	At     time.Time
	State  EscalationState
	Number string // of the decision that the answer rests on, "" for none
}

// PartyAnswer is what one party said to a recommendation.
type PartyAnswer struct {
	Party string
	State RatificationState
	At    time.Time // zero while it is asked
}

// between tells what went between forums and parties in the matter.
func (e *Explanation) between(ctx context.Context, tx Tx, m *forum.Matter) error {
	all, err := tx.EscalationsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, sent := range all {
		other, at, list := sent.ToMatter, sent.AskedAt, &e.Asked
		if sent.ToMatter == m.ID {
			if sent.DecisionID != e.Decision.ID {
				continue
			}
			other, at, list = sent.FromMatter, sent.AnsweredAt, &e.Answers
		}
		there, err := tx.Matter(ctx, other)
		if err != nil {
			return err
		}
		in, err := tx.Forum(ctx, there.ForumID)
		if err != nil {
			return err
		}
		p := Passed{Forum: in.Name, Intake: there.Intake, At: at, State: sent.State}
		rest, err := restOf(ctx, tx, sent.DecisionID)
		if err != nil {
			return err
		}
		if rest != nil {
			p.Number = rest.Number
		}
		*list = append(*list, p)
	}
	return e.readParties(ctx, tx, m.ID)
}

func (e *Explanation) readParties(ctx context.Context, tx Tx, matter forum.MatterID) error {
	ledgers, err := tx.LedgersOf(ctx, matter)
	if err != nil {
		return err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, forum.DateOf(tx.Now()))
	if err != nil {
		return err
	}
	for _, l := range ledgers {
		lines, err := tx.Ratifications(ctx, l.ID)
		if err != nil {
			return err
		}
		for _, r := range lines {
			e.Parties = append(e.Parties, PartyAnswer{organisations[r.OrganisationID].Name, r.State, r.AnsweredAt})
		}
	}
	return nil
}

// explainMotion tells how each ballot on a motion came out, nothing for no motion.
func explainMotion(ctx context.Context, tx Tx, id MotionID) (steps [][]Line, err error) {
	if id == 0 {
		return nil, nil
	}
	ballots, err := tx.Ballots(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, b := range ballots {
		lines, err := ExplainBallot(ctx, tx, b.ID)
		if err != nil {
			return nil, err
		}
		steps = append(steps, lines)
	}
	return steps, nil
}
