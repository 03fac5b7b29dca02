package web

import (
	"context"
	"strconv"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/governance"
)

// readOverview opens the leaders' page as its address narrows it.
func readOverview(v *web.Visit) (*governance.Overview, error) {
	year, _ := strconv.Atoi(v.Value("year")) // what is no year narrows nothing
	filter := governance.OverviewFilter{
		Forum: web.Chosen[forum.ForumID](v, "forum"), Organisation: web.Chosen[forum.OrganisationID](v, "organisation"),
		Level: forum.Level(v.Value("level")), Year: year, Look: governance.Look(v.Value("look")),
	}
	return read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Overview, error) {
		return governance.ReadOverview(ctx, tx, by, filter)
	})
}

func showOverview(v *web.Visit) error {
	overview, err := readOverview(v)
	if err != nil {
		return err
	}
	return v.Show(pages.Overview{Frame: v.Frame(v.Text.T("page.overview.title")), Overview: overview})
}

func overviewAsCSV(v *web.Visit) error {
	overview, err := readOverview(v)
	if err != nil {
		return err
	}
	content, err := sheetOf(v.Text, overview).csv()
	if err != nil {
		return err
	}
	return v.Attach("samraad.csv", "text/csv; charset=utf-8", content)
}

func overviewAsODS(v *web.Visit) error {
	overview, err := readOverview(v)
	if err != nil {
		return err
	}
	content, err := sheetOf(v.Text, overview).ods()
	if err != nil {
		return err
	}
	return v.Attach("samraad.ods", odsType, content)
}

// sheetOf is the follow-ups of an overview as rows, with the decisions that ask nothing
// of anybody below.
func sheetOf(t templates.Text, o *governance.Overview) sheet {
	s := sheet{Name: t.T("page.overview.title"), Head: []string{
		t.T("page.overview.number"), t.T("page.overview.forum"), t.T("page.overview.decided"), t.T("page.overview.matter"), t.T("page.overview.what"),
		t.T("page.overview.organisation"), t.T("page.overview.level"), t.T("page.overview.owner"), t.T("page.overview.due"), t.T("page.overview.state"), t.T("page.overview.reason"),
	}}
	has := map[governance.DecisionID]bool{}
	for _, row := range o.FollowUps {
		has[row.DecisionID] = true
		state := t.T("follow_up.state." + string(row.State))
		if row.Late {
			state = t.T("follow_up.state.late")
		}
		s.Rows = append(s.Rows, append(decisionCells(t, row.Decision, pages.FollowUpWords(t, row)),
			cell{Text: row.Organisation.Name}, cell{Text: t.T("level." + string(row.Organisation.Level))}, cell{Text: row.Owner.Name},
			cell{Day: row.Due}, cell{Text: state}, cell{Text: row.Reason}))
	}
	for _, d := range o.Decisions {
		if has[d.ID] {
			continue
		}
		what := d.Text
		if d.Exempt {
			what = t.T("page.overview.exempt")
		}
		s.Rows = append(s.Rows, append(decisionCells(t, d, what), make([]cell, 6)...))
	}
	return s
}

func decisionCells(t templates.Text, d governance.OverviewDecision, what string) []cell {
	matter := d.Matter.Title
	if d.Matter.Number != "" {
		matter = d.Matter.Number + " " + matter
	}
	return []cell{{Text: d.Number}, {Text: d.Forum.Name}, {Day: forum.DateOf(d.MadeAt)}, {Text: matter}, {Text: what}}
}
