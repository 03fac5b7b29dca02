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

func ladders(s *web.Server) {
	s.Get("/matters/:id/ladder", showLadder)
	s.Post("/matters/:id/ladder", openLadder)
	s.Post("/ladders/:id/position", writePosition)
	s.Post("/ladders/:id/climb", climb)
	s.Post("/ladders/:id/answer", enterBoardAnswer)
	s.Post("/ladders/:id/settle", settleLadder)
}

// ladderPart tells on a matter's page of a disagreement.
func ladderPart(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	l, err := governance.ReadLadderPage(ctx, tx, by, page.ID)
	if err != nil {
		return nil, err
	}
	return shown.LadderPart(v.Text, l), nil
}

// laddersInMeeting offers on a meeting's page the ladder of each matter that the levels disagree on.
func laddersInMeeting(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MeetingPage) (templ.Component, error) {
	offers, err := governance.OffersAt(ctx, tx, by, page.Items)
	if err != nil || len(offers) == 0 {
		return nil, err
	}
	return shown.OfferLadders(v.Text, offers), nil
}

func ladderPage(v *web.Visit, id forum.MatterID) (p shown.Ladder, err error) {
	p.Ladder, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.LadderPage, error) {
		return governance.ReadLadderPage(ctx, tx, by, id)
	})
	if err != nil {
		return p, err
	}
	p.Frame = v.Frame(v.Text.T("page.ladder.heading"), web.ForumCrumb(p.Ladder.Forum), matterCrumb(p.Ladder.Matter))
	return p, nil
}

func showLadder(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	p, err := ladderPage(v, id)
	if err != nil {
		return err
	}
	p.Opening = offered(p.Ladder, web.Chosen[governance.MotionID](v, "motion"))
	return v.Show(p)
}

// offered is what a ladder would be opened with, in the forum's language: of the
// motion named, or else of the last one that failed.
func offered(l *governance.LadderPage, motion governance.MotionID) (o governance.LadderOpening) {
	t := templates.In(templates.Language(l.Forum.Language))
	for _, offer := range l.Offers {
		if motion == 0 || offer.Motion.ID == motion {
			return governance.LadderOpening{MotionID: offer.Motion.ID, Reason: shown.OfferReason(t, offer), Deadline: offer.Deadline}
		}
	}
	return o
}

// ladderPress presses an act on a matter's ladder, and shows the page again with
// what was typed where something is wrong with it.
func ladderPress(v *web.Visit, matter forum.MatterID, act forum.Sendable, typed func(*shown.Ladder), point func(field string) string) error {
	pressed, err := web.Press(v, act)
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := ladderPage(v, matter)
		if err != nil {
			return err
		}
		for i := range mistakes {
			mistakes[i].Field = point(mistakes[i].Field)
		}
		p.Mistakes = mistakes
		typed(&p)
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MatterAddress(matter, "ladder"))
}

func asNamed(field string) string { return field }

func openLadder(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	opening := governance.LadderOpening{MotionID: web.Chosen[governance.MotionID](v, "motion"), Reason: v.Value("reason"), Deadline: forum.Date(v.Value("deadline"))}
	return ladderPress(v, id, governance.SendLadder{Matter: id, Opening: opening}, func(p *shown.Ladder) { p.Opening = opening }, asNamed)
}

// ladderOf is the ladder of a path, and its matter.
func ladderOf(v *web.Visit) (id governance.LadderID, matter forum.MatterID, err error) {
	if id, err = web.ID[governance.LadderID](v); err != nil {
		return 0, 0, err
	}
	matter, err = read(v, func(ctx context.Context, tx governance.Tx, _ forum.Actor) (forum.MatterID, error) {
		return governance.MatterOfLadder(ctx, tx, id)
	})
	return id, matter, err
}

func writePosition(v *web.Visit) error {
	id, matter, err := ladderOf(v)
	if err != nil {
		return err
	}
	level := forum.Level(v.Value("level"))
	text := v.Value(shown.PositionField(level))
	typed := func(p *shown.Ladder) { p.Typed = map[forum.Level]string{level: text} }
	if v.Value("submit") == "yes" {
		return ladderPress(v, matter, governance.SendPosition{Ladder: id, Level: level, Text: text}, typed, func(string) string { return shown.PositionField(level) })
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.LadderPosition, error) {
		return governance.SetPosition(ctx, tx, by, id, level, text, false)
	})
	if mistakes := v.Mistakes(web.On(err, shown.PositionField(level))); mistakes != nil && forum.IsKind(err, forum.Invalid) {
		p, err := ladderPage(v, matter)
		if err != nil {
			return err
		}
		p.Mistakes = mistakes
		typed(&p)
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done("position_saved", 0, pages.MatterAddress(matter, "ladder"))
}

func climb(v *web.Visit) error {
	id, matter, err := ladderOf(v)
	if err != nil {
		return err
	}
	c := governance.Climbing{
		Kind: governance.RungKind(v.Value("kind")), To: web.Chosen[forum.ForumID](v, "forum"), Question: v.Value("question"), Papers: v.Value("papers"),
		Deadline: forum.Date(v.Value("deadline")),
	}
	in, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.LadderPage, error) {
		return governance.ReadLadderPage(ctx, tx, by, matter)
	})
	if err != nil {
		return err
	}
	t := templates.In(templates.Language(in.Forum.Language))
	c.Labels = map[forum.Level]string{forum.Municipal: t.T("level.municipal"), forum.Specialist: t.T("level.specialist")}
	return ladderPress(v, matter, governance.SendClimb{Ladder: id, Climbing: c}, func(p *shown.Ladder) { p.Climbing = c }, asNamed)
}

func enterBoardAnswer(v *web.Visit) error {
	id, matter, err := ladderOf(v)
	if err != nil {
		return err
	}
	answer := v.Value("answer")
	return ladderPress(v, matter, governance.SendBoardAnswer{Ladder: id, Answer: answer}, func(p *shown.Ladder) { p.Answer = answer }, asNamed)
}

func settleLadder(v *web.Visit) error {
	id, matter, err := ladderOf(v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Ladder, error) {
		return governance.SettleLadder(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	return v.Done("ladder_settled", 0, pages.MatterAddress(matter, "ladder"))
}
