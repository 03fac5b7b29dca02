package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	pages "github.com/samraad/samraad/templates/governance"
)

// mountDecisions adds the pages of what was decided, and what follows from it.
func mountDecisions(s *web.Server) {
	s.Get("/decisions/:id", showDecision)
	s.Post("/decisions/:id/supersede", supersede)
	s.Post("/follow-ups/:id/done", reportDone)
	s.Post("/follow-ups/:id/note", noteFollowUp)
	s.Post("/follow-ups/:id/block", blockFollowUp)
	s.Post("/follow-ups/:id/unblock", pressed(followUpUnblocked, governance.UnblockFollowUp))
	s.Post("/follow-ups/:id/reopen", pressed(followUpReopened, governance.ReopenFollowUp))
	s.Post("/follow-ups/:id/hand-over", handOver)
	s.Post("/follow-ups/:id/answer", answerOffer)
	s.Post("/follow-ups/:id/reschedule", reschedule)
	s.Get("/matters/:id/timeline", showTimeline)
	s.Get("/overview", showOverview)
	s.Get("/overview/csv", overviewAsCSV)
	s.Get("/overview/ods", overviewAsODS)
}

// The notices of what was done.
const (
	followUpDone        web.Notice = "follow_up_done"
	followUpNoted       web.Notice = "follow_up_noted"
	followUpBlocked     web.Notice = "follow_up_blocked"
	followUpUnblocked   web.Notice = "follow_up_unblocked"
	followUpReopened    web.Notice = "follow_up_reopened"
	followUpHanded      web.Notice = "follow_up_handed"
	followUpTaken       web.Notice = "follow_up_taken"
	followUpNotTaken    web.Notice = "follow_up_not_taken"
	followUpRescheduled web.Notice = "follow_up_rescheduled"
	decisionSuperseded  web.Notice = "decision_superseded"
)

func decisionPage(v *web.Visit, id governance.DecisionID) (pages.Decision, error) {
	p := pages.Decision{Typed: map[string]string{}}
	var err error
	p.Decision, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.DecisionPage, error) {
		return governance.ReadDecisionPage(ctx, tx, by, id)
	})
	if err != nil {
		return p, err
	}
	p.Frame = v.Frame(v.Text.T("page.decision.above", "Number", p.Decision.Number), web.ForumCrumb(p.Decision.Forum))
	return p, nil
}

func showDecision(v *web.Visit) error {
	id, err := web.ID[governance.DecisionID](v)
	if err != nil {
		return err
	}
	p, err := decisionPage(v, id)
	if err != nil {
		return err
	}
	return v.Show(p)
}

func supersede(v *web.Visit) error {
	id, err := web.ID[governance.DecisionID](v)
	if err != nil {
		return err
	}
	later := web.Chosen[governance.DecisionID](v, "later")
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Decision, error) {
		return governance.Supersede(ctx, tx, by, id, later)
	})
	if later == 0 && forum.IsKind(err, forum.NotFound) {
		err = web.On(err, "later")
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := decisionPage(v, id)
		if err != nil {
			return err
		}
		p.Typed["later"], p.Mistakes = v.Value("later"), mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(decisionSuperseded, 0, pages.DecisionAddress(id))
}

func showTimeline(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	timeline, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Timeline, error) {
		return governance.ReadTimeline(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	return v.Show(pages.Timeline{Frame: v.Frame(v.Text.T("page.timeline.title"), web.ForumCrumb(timeline.Forum)), Timeline: timeline})
}

// decisionsPart lists what was decided in a matter.
func decisionsPart(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	decisions, err := governance.ReadDecisionsOn(ctx, tx, by, page.ID)
	if err != nil || len(decisions) == 0 {
		return nil, err
	}
	return pages.InMatterPart(v.Text, decisions, page.Withheld(page.Reader), page.ID), nil
}
