package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
)

// Ladder is a disagreement on its way up.
type Ladder struct {
	ID        governance.LadderID `json:"id" doc:"Number of the ladder."`
	MatterID  forum.MatterID      `json:"matter_id" doc:"Number of the matter."`
	MotionID  governance.MotionID `json:"motion_id,omitempty" doc:"Number of the motion that failed."`
	State     string              `json:"state" doc:"writing, climbing, back or settled."`
	Reason    string              `json:"reason,omitempty" doc:"What the levels disagree on; absent where it is exempt from this reader."`
	Deadline  string              `json:"deadline" doc:"The day by which both positions are due." example:"2026-11-30"`
	Positions []Position          `json:"positions" doc:"One entry for each of the two levels."`
	Rungs     []Rung              `json:"rungs" doc:"The steps up, the first one first."`
	MayClimb  bool                `json:"may_climb" doc:"Whether the caller may send the positions up now."`
	MaySettle bool                `json:"may_settle" doc:"Whether the caller may end the disagreement now."`
}

// Position is what a level says.
type Position struct {
	Level     string `json:"level" doc:"municipal or specialist."`
	Submitted bool   `json:"submitted" doc:"Whether it is submitted."`
	Text      string `json:"text,omitempty" doc:"What the level says; until it is submitted for the level alone."`
	MayWrite  bool   `json:"may_write" doc:"Whether the caller may write it."`
}

// Rung is one step up.
type Rung struct {
	Kind         string                  `json:"kind" doc:"forum, local-board or national-board."`
	EscalationID governance.EscalationID `json:"escalation_id,omitempty" doc:"Of a forum: number of the escalation."`
	SentAt       time.Time               `json:"sent_at" doc:"When the positions were sent."`
	Answer       string                  `json:"answer,omitempty" doc:"What came back."`
	Decision     string                  `json:"decision,omitempty" doc:"Of a forum: the number of the decision that the answer rests on." example:"7/26"`
}

func ladderOf(v governance.LadderView) Ladder {
	return Ladder{
		ID: v.ID, MatterID: v.MatterID, MotionID: v.MotionID, State: string(v.State), Reason: v.Reason, Deadline: string(v.Deadline), MayClimb: v.MayClimb, MaySettle: v.MaySettle,
		Positions: api.Each(v.Sides[:], func(s governance.Side) Position {
			return Position{Level: string(s.Level), Submitted: s.Submitted, Text: s.Text, MayWrite: s.MayWrite}
		}),
		Rungs: api.Each(v.Rungs, func(r governance.Rung) Rung {
			shown := Rung{Kind: string(r.Kind), EscalationID: r.EscalationID, SentAt: r.SentAt.UTC(), Answer: r.Answer}
			if r.Rest != nil {
				shown.Decision = r.Rest.Number
			}
			return shown
		}),
	}
}

// Offer is what a ladder can be opened with after a motion failed.
type Offer struct {
	MotionID governance.MotionID `json:"motion_id" doc:"Number of the motion that failed."`
	BallotID governance.BallotID `json:"ballot_id" doc:"Number of the ballot that it failed in."`
	Reason   string              `json:"reason" doc:"The motion and its result, in the forum's language."`
	Deadline string              `json:"deadline" doc:"The suggested day by which both positions are due." example:"2026-11-30"`
	Writers  []Writers           `json:"writers" doc:"Who write the position of each level."`
}

// Writers are those who write the position of a level.
type Writers struct {
	Level string   `json:"level" doc:"municipal or specialist."`
	Names []string `json:"names" doc:"Their names."`
}

func offerOf(t templates.Text) func(governance.LadderOffer) Offer {
	return func(o governance.LadderOffer) Offer {
		words := api.Each(o.Lines(), func(l governance.Line) string { return templates.Explain(t, l.Key, l.Words, l.Args) })
		return Offer{
			MotionID: o.Motion.ID, BallotID: o.Ballot, Reason: strings.Join(words, "\n"), Deadline: string(o.Deadline),
			Writers: api.Each(o.Writers[:], func(w governance.LevelWriters) Writers {
				return Writers{string(w.Level), append([]string{}, w.Names...)}
			}),
		}
	}
}

// Ladders are a matter's, the newest first.
type Ladders struct {
	Items   []Ladder `json:"items" doc:"The ladders, the newest first."`
	MayOpen bool     `json:"may_open" doc:"Whether the caller may ask for the levels' positions."`
	Offers  []Offer  `json:"offers" doc:"What the caller can open a ladder with, one for each motion that failed, the last one first."`
}

func readLadders(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (Ladders, error) {
	p, err := governance.ReadLadderPage(ctx, governance.In(tx), by, id)
	if err != nil {
		return Ladders{}, err
	}
	t := templates.In(templates.Language(p.Forum.Language))
	return Ladders{Items: api.Each(p.Ladders, ladderOf), MayOpen: p.MayOpen, Offers: api.Each(p.Offers, offerOf(t))}, nil
}

// NewLadder is what a ladder is opened with.
type NewLadder struct {
	Reason   string              `json:"reason" maxLength:"100000" doc:"What the levels disagree on."`
	Deadline string              `json:"deadline" maxLength:"10" doc:"The day by which both positions are due." example:"2026-11-30"`
	MotionID governance.MotionID `json:"motion_id,omitempty" minimum:"1" doc:"Number of the motion that failed."`
}

// NewPosition is what the caller's level says.
type NewPosition struct {
	Level  string `json:"level" enum:"municipal,specialist" doc:"The level of the caller."`
	Text   string `json:"text" maxLength:"100000" doc:"What the level says."`
	Submit bool   `json:"submit" doc:"Whether the other level reads it from now on, and it stays as it is."`
}

// NewRung is the next step up.
type NewRung struct {
	Kind     string        `json:"kind" enum:"forum,local-board,national-board" doc:"A forum above, or a board outside the program."`
	ForumID  forum.ForumID `json:"forum_id,omitempty" minimum:"1" doc:"Of a forum: its number."`
	Question string        `json:"question,omitempty" maxLength:"100000" doc:"Of a forum: what it is asked; both positions follow below."`
	Papers   string        `json:"papers,omitempty" maxLength:"100000" doc:"Of a board: the case without names, as it was sent."`
	Deadline string        `json:"deadline,omitempty" maxLength:"10" doc:"The day by which an answer is wished for." example:"2026-11-30"`
}

// BoardAnswer is what a board answered.
type BoardAnswer struct {
	Answer string `json:"answer" maxLength:"100000" doc:"The answer."`
}

var ladderThing = api.Thing[governance.LadderID, Ladder]{
	Hold: func(ctx context.Context, tx forum.Tx, id governance.LadderID) error {
		matter, err := governance.MatterOfLadder(ctx, governance.In(tx), id)
		if err != nil {
			return err
		}
		return forum.HoldMatters(ctx, tx, matter)
	},
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.LadderID) (Ladder, error) {
		matter, err := governance.MatterOfLadder(ctx, governance.In(tx), id)
		if err != nil {
			return Ladder{}, err
		}
		all, err := readLadders(ctx, tx, by, matter)
		for _, l := range all.Items {
			if l.ID == id {
				return l, err
			}
		}
		return Ladder{}, err
	},
}

func ladders(a *api.API) {
	s := a.Group("Disagreements", "Both levels' positions, and the steps that they are sent up.", map[string]string{"ladders": "Number of the disagreement."})
	api.One(s, api.About{ID: "getLadders", Path: "/matters/{id}/ladders", Summary: "Read the disagreements on a matter", Text: "Both levels' positions, and the steps that they were sent up."}, readLadders)
	api.Create(s, api.About{ID: "openLadder", Path: "/matters/{id}/ladders", Summary: "Ask both levels for their positions", Text: "By any member or secretary of one of the two levels."},
		func(l Ladder) string { return fmt.Sprintf("/ladders/%d", l.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[forum.MatterID, NewLadder]) (Ladder, error) {
			l, err := governance.OpenLadder(ctx, governance.In(tx), by, in.ID, governance.LadderOpening{
				Reason: in.Body.Reason, Deadline: forum.Date(in.Body.Deadline), MotionID: in.Body.MotionID,
			})
			if err != nil {
				return Ladder{}, err
			}
			return ladderThing.See(ctx, tx.Peek(), by, l.ID)
		})
	api.One(s, api.About{ID: "getLadder", Path: "/ladders/{id}", Summary: "Read a disagreement", Text: "For who may read the matter."}, ladderThing.See)
	api.Change(s, api.About{ID: "setPosition", Method: http.MethodPut, Path: "/ladders/{id}/position", Summary: "Write the position of a level", Text: "By the level's own members and secretaries, until it is submitted."}, ladderThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.LadderID, in NewPosition) error {
			_, err := governance.SetPosition(ctx, governance.In(tx), by, id, forum.Level(in.Level), in.Text, in.Submit)
			return pointed(err, "position", "text")
		})
	api.Change(s, api.About{ID: "climbLadder", Path: "/ladders/{id}/climb", Summary: "Send both positions up", Text: "To a forum above as an escalation; to a board this is the record of what was sent by another way."}, ladderThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.LadderID, in NewRung) error {
			t, err := speech(ctx, tx, id)
			if err != nil {
				return err
			}
			_, err = governance.Climb(ctx, governance.In(tx), by, id, governance.Climbing{
				Kind: governance.RungKind(in.Kind), To: in.ForumID, Question: in.Question, Papers: in.Papers, Deadline: forum.Date(in.Deadline),
				Labels: map[forum.Level]string{forum.Municipal: t.T("level.municipal"), forum.Specialist: t.T("level.specialist")},
			})
			return pointed(err, "forum", "forum_id")
		})
	api.Change(s, api.About{ID: "enterBoardAnswer", Path: "/ladders/{id}/answer", Summary: "Enter what a board answered", Text: "The boards are outside the program."}, ladderThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.LadderID, in BoardAnswer) error {
			_, err := governance.EnterBoardAnswer(ctx, governance.In(tx), by, id, in.Answer)
			return err
		})
	api.Press(s, api.About{ID: "settleLadder", Path: "/ladders/{id}/settle", Summary: "End a disagreement", Text: "What came back settles it, or the levels have agreed meanwhile."}, ladderThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.LadderID) error {
			_, err := governance.SettleLadder(ctx, governance.In(tx), by, id)
			return err
		})
}

// speech is the language of the forum of a ladder.
func speech(ctx context.Context, tx forum.Tx, id governance.LadderID) (templates.Text, error) {
	matter, err := governance.MatterOfLadder(ctx, governance.In(tx), id)
	if err != nil {
		return templates.Text{}, err
	}
	m, err := tx.Matter(ctx, matter)
	if err != nil {
		return templates.Text{}, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return templates.Text{}, err
	}
	return templates.In(templates.Language(in.Language)), nil
}
