package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// Escalation is a matter that one forum sent to another.
type Escalation struct {
	ID         governance.EscalationID `json:"id" doc:"Number of the escalation."`
	FromForum  forum.ForumID           `json:"from_forum_id" doc:"Number of the forum that sent."`
	FromMatter forum.MatterID          `json:"from_matter_id" doc:"Number of the matter that was sent, and stays."`
	ToForum    forum.ForumID           `json:"to_forum_id" doc:"Number of the forum that it was sent to."`
	ToMatter   forum.MatterID          `json:"to_matter_id" doc:"Number of the matter that the other forum got."`
	Direction  string                  `json:"direction" doc:"up, down or sideways in the tree." example:"up"`
	Question   string                  `json:"question,omitempty" doc:"What the other forum is asked; absent where it is exempt from this reader."`
	Reason     string                  `json:"reason,omitempty" doc:"Why it was sent; likewise."`
	Deadline   string                  `json:"deadline,omitempty" doc:"The day by which an answer is wished for." example:"2026-11-30"`
	State      string                  `json:"state" doc:"open, answered, returned or withdrawn."`
	AskedLevel string                  `json:"asked_level" doc:"The level for which it was sent."`
	AskedAt    time.Time               `json:"asked_at" doc:"When it was sent."`
	Answer     string                  `json:"answer,omitempty" doc:"What came back; absent where it is exempt from this reader."`
	DecisionID governance.DecisionID   `json:"decision_id,omitempty" doc:"Number of the decision that the answer rests on."`
	Decision   string                  `json:"decision,omitempty" doc:"The forum's number of that decision." example:"7/26"`
	Holds      string                  `json:"decision_now,omitempty" doc:"The number of the decision that holds in its place, where it was superseded."`
	AnsweredAt *time.Time              `json:"answered_at,omitempty" doc:"When it was answered, returned or withdrawn."`
}

func escalationOf(e governance.Escalation, rest *governance.Rest) Escalation {
	shown := Escalation{
		ID: e.ID, FromForum: e.FromForum, FromMatter: e.FromMatter, ToForum: e.ToForum, ToMatter: e.ToMatter, Direction: string(e.Direction),
		Question: e.Question, Reason: e.Reason, Deadline: string(e.Deadline), State: string(e.State), AskedLevel: string(e.AskedLevel), AskedAt: e.AskedAt.UTC(),
		Answer: e.Answer, DecisionID: e.DecisionID,
	}
	if !e.AnsweredAt.IsZero() {
		at := e.AnsweredAt.UTC()
		shown.AnsweredAt = &at
	}
	if rest != nil {
		shown.Decision, shown.Holds = rest.Number, rest.Now
	}
	return shown
}

// Stop is one forum that has a matter or had it.
type Stop struct {
	ForumID    forum.ForumID  `json:"forum_id" doc:"Number of the forum."`
	Forum      string         `json:"forum" doc:"Its name."`
	MatterID   forum.MatterID `json:"matter_id" doc:"Number of the matter there."`
	State      string         `json:"state" doc:"Where the matter stands there."`
	Depth      int            `json:"depth" doc:"How many times it was sent on before."`
	Escalation *Escalation    `json:"escalation,omitempty" doc:"What it came by; absent where it began."`
	Decisions  []string       `json:"decisions" doc:"Numbers of the decisions there that hold."`
}

// Journey is a matter's way through the tree.
type Journey struct {
	Stops   []Stop `json:"stops" doc:"The forums, from where the matter began."`
	MaySend bool   `json:"may_send" doc:"Whether the caller may send it on."`
}

func journeyOf(j governance.Journey) Journey {
	return Journey{MaySend: j.MaySend, Stops: api.Each(j.Stops, func(s governance.Waypoint) Stop {
		return Stop{
			ForumID: s.Forum.ID, Forum: s.Forum.Name, MatterID: s.Matter.ID, State: string(s.Matter.State), Depth: s.Depth, Escalation: api.Some(s.By, func(e governance.Escalation) Escalation { return escalationOf(e, s.Rest) }),
			Decisions: api.Each(s.Decisions, func(d governance.Decision) string { return d.Number }),
		}
	})}
}

// NewEscalation is what a matter is sent to another forum with.
type NewEscalation struct {
	ForumID  forum.ForumID `json:"forum_id" minimum:"1" doc:"Number of another forum of the same area."`
	Question string        `json:"question" maxLength:"100000" doc:"What the other forum is asked."`
	Reason   string        `json:"reason" maxLength:"10000" doc:"Why it is sent."`
	Deadline string        `json:"deadline,omitempty" maxLength:"10" doc:"The day by which an answer is wished for." example:"2026-11-30"`
}

// EscalationEnd ends an escalation.
type EscalationEnd struct {
	Way        string                `json:"way" enum:"answered,returned,withdrawn" doc:"Answer it or return it from the forum that got it, or withdraw it from the one that sent it."`
	Text       string                `json:"text" maxLength:"100000" doc:"The answer, or the reason."`
	DecisionID governance.DecisionID `json:"decision_id,omitempty" minimum:"1" doc:"Number of the decision that the answer rests on."`
}

var escalationThing = api.Thing[governance.EscalationID, Escalation]{
	Hold: func(ctx context.Context, tx forum.Tx, id governance.EscalationID) error {
		e, err := governance.In(tx).Escalation(ctx, id)
		if err != nil {
			return err
		}
		return forum.HoldMatters(ctx, tx, e.FromMatter, e.ToMatter)
	},
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.EscalationID) (Escalation, error) {
		p, err := governance.ReadEscalation(ctx, governance.In(tx), by, id)
		if err != nil {
			return Escalation{}, err
		}
		return escalationOf(p.Escalation, p.Rest), nil
	},
}

func escalations(a *api.API) {
	s := a.Group("Escalations", "Matters that go up, down or sideways, and what comes back.", map[string]string{"escalations": "Number of the escalation."})
	api.One(s, api.About{ID: "getJourney", Path: "/matters/{id}/journey", Summary: "Read where a matter is", Text: "Every forum that the matter was sent to, with what was asked and what came back."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (Journey, error) {
			j, err := governance.ReadJourney(ctx, governance.In(tx), by, id)
			if err != nil {
				return Journey{}, err
			}
			return journeyOf(*j), nil
		})
	api.Create(s, api.About{ID: "escalateMatter", Path: "/matters/{id}/escalations", Summary: "Send a matter to another forum", Text: "The other forum gets a matter of its own with the same papers and joint draft; this one stays as it is."},
		func(e Escalation) string { return fmt.Sprintf("/escalations/%d", e.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[forum.MatterID, NewEscalation]) (Escalation, error) {
			e, err := governance.Escalate(ctx, governance.In(tx), by, in.ID, governance.Sending{
				To: in.Body.ForumID, Question: in.Body.Question, Reason: in.Body.Reason, Deadline: forum.Date(in.Body.Deadline),
			})
			if err != nil {
				return Escalation{}, err
			}
			return escalationOf(*e, nil), nil
		})
	api.One(s, api.About{ID: "getEscalation", Path: "/escalations/{id}", Summary: "Read an escalation", Text: "For who may read the matter at either end."}, escalationThing.See)
	api.Change(s, api.About{ID: "endEscalation", Path: "/escalations/{id}/end", Summary: "Answer, return or withdraw an escalation", Text: "The secretaries of both forums are told."}, escalationThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.EscalationID, in EscalationEnd) error {
			_, err := governance.SendEscalationBack{Escalation: id, State: governance.EscalationState(in.Way), Text: in.Text, Decision: in.DecisionID}.CarryOut(ctx, tx, by, nil)
			return err
		})
}
