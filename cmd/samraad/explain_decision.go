package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

type explainDecisionCommand struct {
	Number string `arg:"" help:"Number of the decision, such as 7/26."`
	Forum  string `help:"Key of the forum, where several have that number."`
}

// Run prints the explanation, without what is exempt from public access.
func (c explainDecisionCommand) Run(ctx context.Context, s *Settings, io streams) (err error) {
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, parts.close()) }()
	var e *governance.Explanation
	err = parts.keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		e, err = governance.ExplainDecision(ctx, governance.In(tx), forum.Operator(), c.Number, c.Forum)
		return err
	})
	if err != nil {
		return err
	}
	for _, line := range s.text().explained(e) {
		fmt.Fprintln(io.out, line)
	}
	return nil
}

// explained are the lines of an explanation.
func (t speaker) explained(e *governance.Explanation) []string {
	d := e.Decision
	lines := []string{t.T("cli.explain.decision", "Number", d.Number, "Forum", e.Forum.Name, "When", t.Date(d.MadeAt))}
	add := func(key string, values ...any) { lines = append(lines, "  "+t.T("cli.explain."+key, values...)) }
	add("matter", "Matter", e.Matter.Intake+" "+e.Matter.Title)
	if e.Meeting != nil {
		add("meeting", "When", t.DateTime(e.Meeting.Start))
	} else {
		add("written")
	}
	add("rule", "Rule", t.T("decision_rule."+string(d.Rule)))
	if e.Exempt {
		add("exempt", "Basis", e.Matter.Basis)
	} else {
		add("text", "Text", d.Text)
	}
	for _, ballot := range e.Ballots {
		for _, step := range ballot {
			lines = append(lines, "    "+templates.Explain(t.Text, step.Key, step.Words, step.Args))
		}
	}
	for _, p := range e.Asked {
		lines = append(lines, "  "+t.T("cli.explain.asked."+string(p.State), "Forum", p.Forum, "Intake", p.Intake, "When", t.Date(p.At)))
		if p.Number != "" {
			add("asked_number", "Number", p.Number, "Forum", p.Forum)
		}
	}
	for _, p := range e.Answers {
		add("answers", "Forum", p.Forum, "Intake", p.Intake, "When", t.Date(p.At))
	}
	for _, p := range e.Parties {
		add("party", "Party", p.Party, "State", t.T("ratification_state."+string(p.State)))
	}
	for _, before := range e.Before {
		add("before", "Number", before.Number)
	}
	switch {
	case e.After != nil:
		add("after", "Number", e.After.Number)
	case !d.WithdrawnAt.IsZero():
		add("withdrawn", "When", t.Date(d.WithdrawnAt))
	default:
		add("holds")
	}
	for _, f := range e.FollowUps {
		due, _ := time.ParseInLocation(time.DateOnly, string(f.Due), forum.Oslo) // kept as a date
		add("follow_up", "Organisation", f.Organisation.Name, "Owner", f.Owner.Name, "Due", t.Date(due), "State", t.T("follow_up.state."+string(f.State)))
	}
	for _, deed := range e.History {
		add("deed", "When", t.DateTime(deed.At), "Deed", pages.DeedWords(t.Text, deed))
	}
	return lines
}
