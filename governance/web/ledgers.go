package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates/docx"
	pages "github.com/samraad/samraad/templates/forum"
	shown "github.com/samraad/samraad/templates/governance"
)

func ledgers(s *web.Server) {
	s.Get("/matters/:id/ledger", showLedger)
	s.Post("/matters/:id/ledger", askParties)
	s.Get("/ledgers/:id/case", openCase)
	s.Post("/ratifications/:id/answer", ratify)
}

// ledgerPart tells on a matter's page how far the parties are.
func ledgerPart(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	l, err := governance.ReadLedgerPage(ctx, tx, by, page.ID)
	if err != nil {
		return nil, err
	}
	return shown.LedgerPart(v.Text, l), nil
}

func ledgerPage(v *web.Visit, id forum.MatterID) (p shown.Ledger, err error) {
	p.Ledger, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.LedgerPage, error) {
		return governance.ReadLedgerPage(ctx, tx, by, id)
	})
	if err != nil {
		return p, err
	}
	p.Frame = v.Frame(v.Text.T("page.ledger.heading"), web.ForumCrumb(p.Ledger.Forum), matterCrumb(p.Ledger.Matter))
	return p, nil
}

func showLedger(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	p, err := ledgerPage(v, id)
	if err != nil {
		return err
	}
	return v.Show(p)
}

func askParties(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	typed := governance.Recommending{Text: v.Value("text"), Deadline: forum.Date(v.Value("deadline"))}
	pressed, err := web.Press(v, governance.SendToParties{Matter: id, Recommending: typed})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := ledgerPage(v, id)
		if err != nil {
			return err
		}
		p.Recommending, p.Mistakes = typed, mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MatterAddress(id, "ledger"))
}

func ratify(v *web.Visit) error {
	id, err := web.ID[governance.RatificationID](v)
	if err != nil {
		return err
	}
	named := func(field string) string { return shown.RatificationField(field, id) }
	typed := governance.RatificationAnswer{
		State: governance.RatificationState(v.Value(named("answer"))), Remarks: v.Value(named("remarks")), Reference: v.Line(named("reference")),
	}
	matter, err := read(v, func(ctx context.Context, tx governance.Tx, _ forum.Actor) (forum.MatterID, error) {
		return governance.MatterOfRatification(ctx, tx, id)
	})
	if err != nil {
		return err
	}
	pressed, err := web.Press(v, governance.SendRatification{Ratification: id, Answer: typed})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := ledgerPage(v, matter)
		if err != nil {
			return err
		}
		for i := range mistakes {
			mistakes[i].Field = named(mistakes[i].Field)
		}
		p.Typed, p.Mistakes = map[governance.RatificationID]governance.RatificationAnswer{id: typed}, mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MatterAddress(matter, "ledger"))
}

// openCase gives the case as a document for a party's own case system.
func openCase(v *web.Visit) error {
	id, err := web.ID[governance.LedgerID](v)
	if err != nil {
		return err
	}
	c, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.CaseText, error) {
		return governance.ReadCaseText(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	content, err := docx.Write(shown.CaseDocument(*c))
	if err != nil {
		return err
	}
	return v.Attach(shown.CaseName(*c), docx.MediaType, content)
}
