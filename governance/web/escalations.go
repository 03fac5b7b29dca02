package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
	shown "github.com/samraad/samraad/templates/governance"
)

func escalations(s *web.Server) {
	s.Get("/matters/:id/escalate", askEscalation)
	s.Post("/matters/:id/escalate", escalate)
	s.Get("/escalations/:id", showEscalation)
	s.Post("/escalations/:id/close", closeEscalation)
}

// journeyPart tells on a matter's page where the matter is.
func journeyPart(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	j, err := governance.ReadJourney(ctx, tx, by, page.ID)
	if err != nil {
		return nil, err
	}
	return shown.Journey(v.Text, j, page.ID), nil
}

func askEscalation(v *web.Visit) error {
	p, err := escalationForm(v, governance.Sending{})
	if err != nil {
		return err
	}
	return v.Show(p)
}

// escalationForm is the form as it was filled in, for who may send the matter.
func escalationForm(v *web.Visit, typed governance.Sending) (p shown.Escalate, err error) {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return p, err
	}
	p.Sending = typed
	var in forum.Forum
	_, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (bool, error) {
		m, err := tx.Matter(ctx, id)
		if err != nil {
			return false, err
		}
		if _, err := by.May(ctx, tx, forum.EscalateIt, m.ForumID); err != nil {
			return false, err
		}
		j, err := governance.ReadJourney(ctx, tx, by, id)
		if err != nil {
			return false, err
		}
		if !j.MaySend {
			return false, forum.Refuse(forum.Conflict, "error.escalation.sent_already")
		}
		p.Matter, p.Forums = m.For(forum.Reader{}), j.Forums
		f, err := tx.Forum(ctx, m.ForumID)
		if err == nil {
			in = *f
		}
		return true, err
	})
	p.Frame = v.Frame(v.Text.T("page.escalate.heading"), web.ForumCrumb(in), matterCrumb(p.Matter))
	return p, err
}

// matterCrumb is a matter on the way to a page.
func matterCrumb(m forum.Matter) templates.Link {
	return templates.Link{Label: m.Title, URL: pages.MatterAddress(m.ID)}
}

func escalate(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	typed := governance.Sending{
		To: web.Chosen[forum.ForumID](v, "forum"), Question: v.Value("question"), Reason: v.Value("reason"), Deadline: forum.Date(v.Value("deadline")),
	}
	pressed, err := web.Press(v, governance.SendEscalation{Matter: id, Sending: typed})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := escalationForm(v, typed)
		if err != nil {
			return err
		}
		p.Mistakes = mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MatterAddress(id))
}

func showEscalation(v *web.Visit) error {
	p, err := escalationPage(v)
	if err != nil {
		return err
	}
	return v.Show(p)
}

func escalationPage(v *web.Visit) (p shown.Escalation, err error) {
	id, err := web.ID[governance.EscalationID](v)
	if err != nil {
		return p, err
	}
	p.Escalation, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.EscalationPage, error) {
		return governance.ReadEscalation(ctx, tx, by, id)
	})
	if err != nil {
		return p, err
	}
	in, m := p.Escalation.From, p.Escalation.FromM
	if !p.Escalation.MayOpenFrom {
		in, m = p.Escalation.To, p.Escalation.ToM
	}
	p.Frame = v.Frame(v.Text.T("page.escalation.heading", "From", p.Escalation.From.Name, "To", p.Escalation.To.Name), web.ForumCrumb(in), matterCrumb(m))
	return p, nil
}

func closeEscalation(v *web.Visit) error {
	id, err := web.ID[governance.EscalationID](v)
	if err != nil {
		return err
	}
	way, answer := v.Value("way"), v.Value("answer")
	pressed, err := web.Press(v, governance.SendEscalationBack{Escalation: id, State: governance.EscalationState(way), Text: answer, Decision: web.Chosen[governance.DecisionID](v, "decision")})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := escalationPage(v)
		if err != nil {
			return err
		}
		p.Way, p.Answer, p.Mistakes = way, answer, mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, shown.EscalationAddress(id))
}
