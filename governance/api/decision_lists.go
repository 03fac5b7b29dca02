package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// Narrowing is which follow-ups a caller wants.
type Narrowing struct {
	api.Paging
	Forum        forum.ForumID        `query:"forum_id" minimum:"0" doc:"Of one forum."`
	Organisation forum.OrganisationID `query:"organisation_id" minimum:"0" doc:"Of one organisation."`
	Level        string               `query:"level" enum:"municipal,specialist,advisory" doc:"Of one level."`
	Year         int                  `query:"year" minimum:"0" maximum:"9999" doc:"Decided in one year."`
	Look         string               `query:"look" enum:"owed,late,blocked,done" doc:"In one state."`
}

// Owing is a follow-up in the overview.
type Owing struct {
	FollowUp FollowUp `json:"follow_up" doc:"The follow-up, without what was said of it."`
	ForumID  int64    `json:"forum_id" doc:"Number of the forum that decided."`
	Number   string   `json:"number" doc:"The forum's number of the decision."`
	MatterID int64    `json:"matter_id" doc:"Number of the matter."`
	Decided  string   `json:"decided,omitempty" doc:"What was decided; absent where it is exempt from this reader."`
}

// Happening is one entry of a matter's timeline.
type Happening struct {
	At      time.Time `json:"at" doc:"When."`
	ForumID int64     `json:"forum_id" doc:"Number of the forum in which it happened."`
	Matter  int64     `json:"matter_id" doc:"Number of the matter that the forum has of it."`
	What    string    `json:"what" doc:"A deed of the log, decision, or what was said of a follow-up." example:"matter_placed"`
	Number  string    `json:"number,omitempty" doc:"Of the decision."`
	Text    string    `json:"text,omitempty" doc:"What was decided or said; absent where it is exempt from this reader."`
}

func lists(s api.Subject) {
	api.Lists(s, api.About{ID: "listFollowUps", Path: "/follow-ups", Summary: "List what is owed and done", Text: "The follow-ups of all forums whose decisions the caller may read, narrowed as the leaders' page is."},
		api.List[governance.OverviewRow, Owing]{Key: func(r governance.OverviewRow) string { return fmt.Sprintf("%019d", r.ID) }, Show: owingOf},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, n *Narrowing) ([]governance.OverviewRow, error) {
			o, err := governance.ReadOverview(ctx, governance.In(tx), by, governance.OverviewFilter{
				Forum: n.Forum, Organisation: n.Organisation, Level: forum.Level(n.Level), Year: n.Year, Look: governance.Look(n.Look),
			})
			if err != nil {
				return nil, err
			}
			return o.FollowUps, nil
		})
	api.One(s, api.About{ID: "getTimeline", Path: "/matters/{id}/timeline", Summary: "Read a matter's way across forums", Text: "In all forums that have it and that the caller may read it in: what was done to it, what was decided, and what was said of what followed, the oldest first."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (Timeline, error) {
			t, err := governance.ReadTimeline(ctx, governance.In(tx), by, id)
			if err != nil {
				return Timeline{}, err
			}
			return Timeline{MatterID: id, Happenings: api.Each(t.Moments, func(m governance.Moment) Happening {
				return happeningOf(m, t.Lanes[m.Lane].Matter.ID)
			})}, nil
		})
	api.One(s, api.About{ID: "listDecisionsOfMatter", Path: "/matters/{id}/decisions", Summary: "List what was decided in a matter", Text: "The oldest first."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (MatterDecisions, error) {
			found, err := governance.ReadDecisionsOn(ctx, governance.In(tx), by, id)
			if err != nil {
				return MatterDecisions{}, err
			}
			return MatterDecisions{Decisions: api.Each(found, func(d governance.Decision) DecisionLine {
				return DecisionLine{d.ID, d.Number, d.Text, d.Holds(), d.MadeAt.UTC()}
			})}, nil
		})
	api.Read(s, api.About{ID: "listOwed", Path: "/me/follow-ups", Summary: "List what the caller owes", Text: "And what other organisations offer one whose secretary the caller is; what is due first comes first."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (OwedList, error) {
			o, err := governance.ReadOwed(ctx, governance.In(tx), by)
			if err != nil {
				return OwedList{}, err
			}
			return OwedList{FollowUps: api.Each(o.Rows, func(r governance.OwedRow) OwedLine {
				return OwedLine{r.ID, r.DecisionID, r.Decision.Number, r.Text, string(r.Due), string(r.State), r.Late(o.Today), r.Offered}
			})}, nil
		})
}

// Timeline is a matter's way across forums.
type Timeline struct {
	MatterID   forum.MatterID `json:"matter_id" doc:"Number of the matter."`
	Happenings []Happening    `json:"happenings" doc:"What happened, the oldest first."`
}

// MatterDecisions are those in one matter.
type MatterDecisions struct {
	Decisions []DecisionLine `json:"decisions" doc:"What was decided."`
}

// DecisionLine is a decision in a list.
type DecisionLine struct {
	ID     governance.DecisionID `json:"id" doc:"Number of the decision in the program."`
	Number string                `json:"number" doc:"The forum's own number."`
	Text   string                `json:"text,omitempty" doc:"What was decided; absent where it is exempt from this reader."`
	Holds  bool                  `json:"holds" doc:"Whether it is in force."`
	MadeAt time.Time             `json:"made_at" doc:"When the minutes were approved."`
}

// OwedList is what somebody owes.
type OwedList struct {
	FollowUps []OwedLine `json:"follow_ups" doc:"By the day on which they are due."`
}

// OwedLine is one follow-up of it.
type OwedLine struct {
	ID         governance.FollowUpID `json:"id" doc:"Number of the follow-up."`
	DecisionID governance.DecisionID `json:"decision_id" doc:"Number of the decision."`
	Number     string                `json:"number" doc:"The forum's number of the decision."`
	Text       string                `json:"text,omitempty" doc:"What is to be done."`
	Due        string                `json:"due" doc:"The last day."`
	State      string                `json:"state" doc:"open, blocked or handed-over."`
	Late       bool                  `json:"late" doc:"Whether the day has passed."`
	Offered    bool                  `json:"offered" doc:"Whether it waits for the caller's level to take it over."`
}

func owingOf(r governance.OverviewRow) Owing {
	return Owing{
		FollowUp: FollowUp{
			ID: r.ID, DecisionID: r.DecisionID, OrganisationID: r.OrganisationID, Organisation: r.Organisation.Name, OwnerID: r.OwnerID, Text: r.Text,
			Due: string(r.Due), State: string(r.State), Late: r.Late, Reason: r.Reason, OfferedTo: r.OfferedTo, Words: []Word{},
		},
		ForumID: int64(r.Decision.ForumID), Number: r.Decision.Number, MatterID: int64(r.Decision.MatterID), Decided: r.Decision.Text,
	}
}

func happeningOf(m governance.Moment, matter forum.MatterID) Happening {
	h := Happening{At: m.At.UTC(), ForumID: int64(m.Forum.ID), Matter: int64(matter)}
	switch {
	case m.Deed != nil:
		h.What = m.Deed.Deed
	case m.Word != nil:
		h.What, h.Number, h.Text = string(m.Word.Deed), m.Decision.Number, m.Word.Text
	default:
		h.What, h.Number, h.Text = "decision", m.Decision.Number, m.Decision.Text
	}
	return h
}
