package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates/docx"
	shown "github.com/samraad/samraad/templates/governance"
)

// Ledger is a recommendation that was put before the parties.
type Ledger struct {
	ID       governance.LedgerID   `json:"id" doc:"Number of the ledger."`
	MatterID forum.MatterID        `json:"matter_id" doc:"Number of the matter."`
	Text     string                `json:"text,omitempty" doc:"The recommendation; absent where it is exempt from this reader."`
	Deadline string                `json:"deadline,omitempty" doc:"The day by which the parties are to answer." example:"2026-11-30"`
	AskedAt  time.Time             `json:"asked_at" doc:"When the parties were asked."`
	Settled  bool                  `json:"settled" doc:"Whether every party has answered."`
	InForce  bool                  `json:"in_force" doc:"Whether every party has ratified."`
	Parties  []Ratification        `json:"parties" doc:"One line for each party."`
	Decision governance.DecisionID `json:"decision_id,omitempty" doc:"Number of the decision that adopted it."`
}

// Ratification is a party's line.
type Ratification struct {
	ID           governance.RatificationID `json:"id" doc:"Number of the line."`
	Organisation forum.OrganisationID      `json:"organisation_id" doc:"Number of the party that was asked."`
	Name         string                    `json:"name" doc:"What the party was called then."`
	NowID        forum.OrganisationID      `json:"now_id" doc:"Number of what it is part of by now; the party itself otherwise."`
	State        string                    `json:"state" doc:"asked, ratified, with-remarks or rejected." example:"ratified"`
	Remarks      string                    `json:"remarks,omitempty" doc:"What the party says to it; absent where it is exempt from this reader."`
	Reference    string                    `json:"reference,omitempty" doc:"Case number in the party's own system."`
	By           string                    `json:"by,omitempty" doc:"Name of who answered."`
	EnteredFor   string                    `json:"entered_for,omitempty" doc:"Name of the organisation whose secretary entered it for the party."`
	AnsweredAt   *time.Time                `json:"answered_at,omitempty" doc:"When."`
	MayAnswer    bool                      `json:"may_answer" doc:"Whether the caller may answer for the party."`
}

func ledgerOf(v governance.LedgerView) Ledger {
	return Ledger{
		ID: v.ID, MatterID: v.MatterID, Text: v.Text, Deadline: string(v.Deadline), AskedAt: v.AskedAt.UTC(), Settled: v.Settled(), InForce: v.InForce(),
		Decision: v.DecisionID, Parties: api.Each(v.Lines, lineOf),
	}
}

func lineOf(l governance.LedgerLine) Ratification {
	line := Ratification{
		ID: l.ID, Organisation: l.OrganisationID, Name: l.Party.Name, NowID: l.Now.ID, State: string(l.State), Remarks: l.Remarks, Reference: l.Reference,
		By: l.By, EnteredFor: l.For, MayAnswer: l.MayAnswer,
	}
	if !l.AnsweredAt.IsZero() {
		at := l.AnsweredAt.UTC()
		line.AnsweredAt = &at
	}
	return line
}

// Ledgers are a matter's, the newest first.
type Ledgers struct {
	Items  []Ledger `json:"items" doc:"The ledgers, the newest first."`
	MayAsk bool     `json:"may_ask" doc:"Whether the caller may put a recommendation before the parties."`
}

func readLedgers(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (Ledgers, error) {
	p, err := governance.ReadLedgerPage(ctx, governance.In(tx), by, id)
	if err != nil {
		return Ledgers{}, err
	}
	return Ledgers{Items: api.Each(p.Ledgers, ledgerOf), MayAsk: p.MayAsk}, nil
}

// NewLedger is what is put before the parties.
type NewLedger struct {
	Text       string                `json:"text" maxLength:"100000" doc:"The recommendation."`
	Deadline   string                `json:"deadline,omitempty" maxLength:"10" doc:"The day by which the parties are to answer." example:"2026-11-30"`
	DecisionID governance.DecisionID `json:"decision_id,omitempty" minimum:"1" doc:"Number of the decision that adopted it."`
}

// NewRatification is a party's word.
type NewRatification struct {
	State     string `json:"state" enum:"ratified,with-remarks,rejected" doc:"What the party says."`
	Remarks   string `json:"remarks,omitempty" maxLength:"100000" doc:"Needed but for a bare yes."`
	Reference string `json:"reference,omitempty" maxLength:"1000" doc:"Case number in the party's own system." example:"2026/123"`
}

var ratificationThing = api.Thing[governance.RatificationID, Ratification]{
	Hold: func(ctx context.Context, tx forum.Tx, id governance.RatificationID) error {
		matter, err := governance.MatterOfRatification(ctx, governance.In(tx), id)
		if err != nil {
			return err
		}
		return forum.HoldMatters(ctx, tx, matter)
	},
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.RatificationID) (Ratification, error) {
		matter, err := governance.MatterOfRatification(ctx, governance.In(tx), id)
		if err != nil {
			return Ratification{}, err
		}
		p, err := governance.ReadLedgerPage(ctx, governance.In(tx), by, matter)
		if err != nil {
			return Ratification{}, err
		}
		for _, v := range p.Ledgers {
			for _, line := range v.Lines {
				if line.ID == id {
					return lineOf(line), nil
				}
			}
		}
		return Ratification{}, forum.Refuse(forum.NotFound, "error.not_found.ratification")
	},
}

func ratifications(a *api.API) {
	s := a.Group("Ratifications", "What each party says to a recommendation.", map[string]string{"ledgers": "Number of the ledger.", "ratifications": "Number of the party's line."})
	api.One(s, api.About{ID: "getLedgers", Path: "/matters/{id}/ledgers", Summary: "Read what each party has said", Text: "The recommendations that were put before the parties, and each party's answer."}, readLedgers)
	api.Create(s, api.About{ID: "askParties", Path: "/matters/{id}/ledgers", Summary: "Put a recommendation before the parties", Text: "In a forum that decides by recommendation: each party is asked by mail, with the case as a document."},
		func(l Ledger) string { return fmt.Sprintf("/matters/%d/ledgers", l.MatterID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[forum.MatterID, NewLedger]) (Ledger, error) {
			_, err := governance.AskParties(ctx, governance.In(tx), by, in.ID, governance.Recommending{
				Text: in.Body.Text, Deadline: forum.Date(in.Body.Deadline), DecisionID: in.Body.DecisionID,
			})
			if err != nil {
				return Ledger{}, err
			}
			all, err := readLedgers(ctx, tx.Peek(), by, in.ID)
			if err != nil {
				return Ledger{}, err
			}
			return all.Items[0], nil
		})
	api.Attach(s, api.About{ID: "getCaseFile", Path: "/ledgers/{id}/case", Summary: "Get the case of a recommendation", Text: "As a document for a party's own case system, as the case stands now."}, docx.MediaType,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.LedgerID) (api.Attached, error) {
			c, err := governance.ReadCaseText(ctx, governance.In(tx), by, id)
			if err != nil {
				return api.Attached{}, err
			}
			content, err := docx.Write(shown.CaseDocument(*c))
			return api.Attached{Name: shown.CaseName(*c), Content: content}, err
		})
	api.One(s, api.About{ID: "getRatification", Path: "/ratifications/{id}", Summary: "Read a party's line", Text: "For who may read the matter."}, ratificationThing.See)
	api.Change(s, api.About{ID: "ratify", Method: http.MethodPut, Path: "/ratifications/{id}/answer", Summary: "Answer for a party", Text: "By who sits for the party; a secretary of its level enters what it answered elsewhere. It can be changed until every party has answered."}, ratificationThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.RatificationID, in NewRatification) error {
			_, err := governance.Ratify(ctx, governance.In(tx), by, id, governance.RatificationAnswer{
				State: governance.RatificationState(in.State), Remarks: in.Remarks, Reference: in.Reference,
			})
			if forum.IsKind(err, forum.Invalid) {
				return pointed(err, "answer", "state")
			}
			return err
		})
}

// pointed points refusals of one field at another, which the body calls so.
func pointed(err error, from, to string) error {
	if refusal, is := err.(*forum.Error); is && refusal.Field == from {
		return refusal.On(to)
	}
	return err
}
