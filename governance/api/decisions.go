package api

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// Decision is a decision as its reader may see it.
type Decision struct {
	ID           governance.DecisionID   `json:"id" doc:"Number of the decision in the program."`
	ForumID      forum.ForumID           `json:"forum_id" doc:"Number of the forum that decided."`
	Number       string                  `json:"number" doc:"The forum's own number." example:"7/26"`
	MatterID     forum.MatterID          `json:"matter_id" doc:"Number of the matter."`
	MeetingID    forum.MeetingID         `json:"meeting_id,omitempty" doc:"Number of the meeting; absent for a written procedure."`
	Text         string                  `json:"text,omitempty" doc:"What was decided; absent where it is exempt from this reader."`
	Basis        string                  `json:"basis,omitempty" doc:"The legal basis."`
	Rule         string                  `json:"rule" doc:"By which rule the forum decides." example:"consensus"`
	MadeAt       time.Time               `json:"made_at" doc:"When the minutes were approved."`
	Holds        bool                    `json:"holds" doc:"Whether it is in force."`
	SupersededBy governance.DecisionID   `json:"superseded_by_id,omitempty" doc:"Number of the decision that holds instead."`
	Supersedes   []governance.DecisionID `json:"supersedes_ids" doc:"Numbers of those in whose place it holds."`
	FollowUps    []FollowUp              `json:"follow_ups" doc:"What each responsible organisation has to do."`
	MaySupersede bool                    `json:"may_supersede" doc:"Whether the caller may say that another one holds instead."`
}

// FollowUp is what one organisation has to do by a decision.
type FollowUp struct {
	ID             governance.FollowUpID `json:"id" doc:"Number of the follow-up."`
	DecisionID     governance.DecisionID `json:"decision_id" doc:"Number of the decision."`
	OrganisationID forum.OrganisationID  `json:"organisation_id" doc:"Number of the organisation."`
	Organisation   string                `json:"organisation" doc:"Its name."`
	OwnerID        forum.PersonID        `json:"owner_id,omitempty" doc:"Number of who sees to it."`
	Text           string                `json:"text,omitempty" doc:"What is to be done; absent for what the decision says, and where it is exempt."`
	Due            string                `json:"due" doc:"The last day on which it is done in time." example:"2026-06-01"`
	State          string                `json:"state" doc:"open, blocked, handed-over, done or lapsed."`
	Late           bool                  `json:"late" doc:"Whether it is owed and its day has passed."`
	Reason         string                `json:"reason,omitempty" doc:"What is in the way, or why it was offered."`
	OfferedTo      forum.OrganisationID  `json:"offered_to_id,omitempty" doc:"Number of the organisation that it is offered to."`
	Words          []Word                `json:"words" doc:"What was said and done, the oldest first."`
	MayReport      bool                  `json:"may_report" doc:"Whether the caller may report on it."`
	MaySteer       bool                  `json:"may_steer" doc:"Whether the caller may give it another date."`
	MayAnswer      bool                  `json:"may_answer" doc:"Whether the caller may answer the offer."`
}

// Word is one word on a follow-up.
type Word struct {
	Deed   string    `json:"deed" doc:"What was said or done." example:"note"`
	Text   string    `json:"text,omitempty" doc:"The note or the reason."`
	By     string    `json:"by,omitempty" doc:"Name of who said it; absent for the program."`
	Source string    `json:"source,omitempty" doc:"mail or web."`
	At     time.Time `json:"at" doc:"When."`
}

// Note is what is said of a follow-up.
type Note struct {
	Text string `json:"text,omitempty" maxLength:"16000" doc:"The note or the reason."`
}

// Handing is to whom a follow-up goes.
type Handing struct {
	OrganisationID forum.OrganisationID `json:"organisation_id" minimum:"1" doc:"Number of the organisation."`
	OwnerID        forum.PersonID       `json:"owner_id" minimum:"1" doc:"Number of somebody who sits for it."`
	Reason         string               `json:"reason,omitempty" maxLength:"16000" doc:"Why; needed for another organisation."`
}

// OfferAnswer answers an offer.
type OfferAnswer struct {
	Take   bool   `json:"take" doc:"Whether the organisation takes it."`
	Reason string `json:"reason,omitempty" maxLength:"16000" doc:"Why; needed where it does not."`
}

// NewDue is another day on which a follow-up is due.
type NewDue struct {
	Due    string `json:"due" maxLength:"10" doc:"The day." example:"2026-09-01"`
	Reason string `json:"reason" maxLength:"16000" doc:"Why."`
}

// Successor is what holds in a decision's place.
type Successor struct {
	LaterID governance.DecisionID `json:"later_id" minimum:"1" doc:"Number of the decision that holds instead."`
}

func followUpOf(today forum.Date) func(governance.FollowUpRow) FollowUp {
	return func(r governance.FollowUpRow) FollowUp {
		return FollowUp{
			ID: r.ID, DecisionID: r.DecisionID, OrganisationID: r.OrganisationID, Organisation: r.Organisation.Name, OwnerID: r.OwnerID, Text: r.Text,
			Due: string(r.Due), State: string(r.State), Late: r.Late(today), Reason: r.Reason, OfferedTo: r.FollowUp.OfferedTo,
			Words:     api.Each(r.Words, wordOf),
			MayReport: r.MayReport, MaySteer: r.MaySteer, MayAnswer: r.MayAnswer,
		}
	}
}

func wordOf(w governance.ProgressRow) Word {
	return Word{string(w.Deed), w.Text, w.By, string(w.Source), w.At.UTC()}
}

func decisionOf(p *governance.DecisionPage) Decision {
	d := Decision{
		ID: p.ID, ForumID: p.ForumID, Number: p.Number, MatterID: p.MatterID, MeetingID: p.MeetingID, Text: p.Text, Basis: p.Basis, Rule: string(p.Rule),
		MadeAt: p.MadeAt.UTC(), Holds: p.Holds(), SupersededBy: p.SupersededBy, MaySupersede: p.MaySupersede, FollowUps: api.Each(p.FollowUps, followUpOf(p.Today)),
		Supersedes: api.Each(p.Before, func(d governance.Decision) governance.DecisionID { return d.ID }),
	}
	return d
}

func seeDecision(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.DecisionID) (Decision, error) {
	p, err := governance.ReadDecisionPage(ctx, governance.In(tx), by, id)
	if err != nil {
		return Decision{}, err
	}
	return decisionOf(p), nil
}

func seeFollowUp(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.FollowUpID) (FollowUp, error) {
	f, err := governance.In(tx).FollowUp(ctx, id)
	if err != nil {
		return FollowUp{}, err
	}
	p, err := governance.ReadDecisionPage(ctx, governance.In(tx), by, f.DecisionID)
	if err != nil {
		return FollowUp{}, err
	}
	at := slices.IndexFunc(p.FollowUps, func(r governance.FollowUpRow) bool { return r.ID == id })
	if at < 0 {
		return FollowUp{}, forum.Refuse(forum.Conflict, "error.follow_up.moved")
	}
	return followUpOf(p.Today)(p.FollowUps[at]), nil
}

var (
	decisionThing = api.Thing[governance.DecisionID, Decision]{See: seeDecision, Hold: func(ctx context.Context, tx forum.Tx, id governance.DecisionID) error {
		_, err := governance.In(tx).Decision(ctx, id)
		return err
	}}
	followUpThing = api.Thing[governance.FollowUpID, FollowUp]{See: seeFollowUp, Hold: func(ctx context.Context, tx forum.Tx, id governance.FollowUpID) error {
		f, err := governance.In(tx).FollowUp(ctx, id)
		if err != nil {
			return err
		}
		_, err = governance.In(tx).Decision(ctx, f.DecisionID)
		return err
	}}
)

func decisions(a *api.API) {
	s := a.Group("Decisions", "What was decided, and what organisations do by it.", map[string]string{
		"decisions": "Number of the decision.", "follow-ups": "Number of the follow-up.",
	})
	api.One(s, api.About{ID: "getDecision", Path: "/decisions/{id}", Summary: "Read a decision", Text: "What was decided, with what each organisation has to do by it, and what came before and after."}, seeDecision)
	api.Change(s, api.About{ID: "supersedeDecision", Path: "/decisions/{id}/supersede", Summary: "Say that a later decision holds instead", Text: "What was still owed by the earlier one lapses; both point at each other."}, decisionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.DecisionID, b Successor) error {
			_, err := governance.Supersede(ctx, governance.In(tx), by, id, b.LaterID)
			return err
		})
	api.One(s, api.About{ID: "getFollowUp", Path: "/follow-ups/{id}", Summary: "Read a follow-up", Text: "What one organisation has to do by a decision, and how far it has come."}, seeFollowUp)
	followUpChanges(s)
	lists(s)
}

// followed is an act on a follow-up whose result nobody asks for.
func followed[B any](do func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID, b B) (*governance.FollowUp, error)) func(context.Context, forum.Tx, forum.Actor, governance.FollowUpID, B) error {
	return func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.FollowUpID, b B) error {
		_, err := do(ctx, governance.In(tx), by, id, b)
		return err
	}
}

func followUpChanges(s api.Subject) {
	said := func(id, path, summary, text string, do func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID, note string) (*governance.FollowUp, error)) {
		api.Change(s, api.About{ID: id, Path: "/follow-ups/{id}/" + path, Summary: summary, Text: text}, followUpThing,
			followed(func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID, n Note) (*governance.FollowUp, error) {
				return do(ctx, tx, by, id, n.Text)
			}))
	}
	said("reportFollowUp", "done", "Report a follow-up done", "With a note, or none.", governance.ReportDone)
	said("noteFollowUp", "note", "Note how far a follow-up has come", "A note changes nothing.", governance.NoteFollowUp)
	said("blockFollowUp", "block", "Say what is in the way of a follow-up", "The forum's secretaries are told.", governance.BlockFollowUp)
	for _, press := range []struct {
		id, path, summary, text string
		do                      func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error)
	}{
		{"unblockFollowUp", "unblock", "Say that nothing is in the way any more", "The follow-up is open again.", governance.UnblockFollowUp},
		{"reopenFollowUp", "reopen", "Open a follow-up again", "What was reported as done is not.", governance.ReopenFollowUp},
	} {
		api.Press(s, api.About{ID: press.id, Path: "/follow-ups/{id}/" + press.path, Summary: press.summary, Text: press.text}, followUpThing,
			func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.FollowUpID) error {
				_, err := press.do(ctx, governance.In(tx), by, id)
				return err
			})
	}
	api.Change(s, api.About{ID: "handOverFollowUp", Path: "/follow-ups/{id}/hand-over", Summary: "Give a follow-up to somebody else", Text: "Within the organisation it holds at once; another one has to take it first."}, followUpThing,
		followed(func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID, h Handing) (*governance.FollowUp, error) {
			return governance.HandOver(ctx, tx, by, id, h.OrganisationID, h.OwnerID, h.Reason)
		}))
	api.Change(s, api.About{ID: "answerOffer", Path: "/follow-ups/{id}/answer", Summary: "Take a follow-up over, or do not", Text: "For the secretaries of the level of the organisation that it is offered to."}, followUpThing,
		followed(func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID, a OfferAnswer) (*governance.FollowUp, error) {
			return governance.AnswerOffer(ctx, tx, by, id, a.Take, a.Reason)
		}))
	api.Change(s, api.About{ID: "rescheduleFollowUp", Path: "/follow-ups/{id}/reschedule", Summary: "Give a follow-up another date", Text: "For the secretaries of the organisation's level; the owner is told."}, followUpThing,
		followed(func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID, d NewDue) (*governance.FollowUp, error) {
			return governance.RescheduleFollowUp(ctx, tx, by, id, forum.Date(d.Due), d.Reason)
		}))
}
