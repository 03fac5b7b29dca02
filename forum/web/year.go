package web

import (
	"context"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func showAreaYear(v *Visit) error {
	area, err := ID[forum.AreaID](v)
	if err != nil {
		return err
	}
	page, err := v.areaYear(area, pages.AreaYear{})
	if err != nil {
		return err
	}
	return v.Show(page)
}

// year is the one that the address asks for, 0 for none.
func (v *Visit) year() int { return whole(v.c.Query("year")) }

func (v *Visit) areaYear(area forum.AreaID, p pages.AreaYear) (pages.AreaYear, error) {
	year, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.AreaYear, error) {
		return forum.ReadAreaYear(ctx, tx, almanac, by, area, v.year())
	})
	if err != nil {
		return p, err
	}
	p.Frame, p.Year = v.Frame(v.Text.T("page.year.link", "Area", year.Area.Name)), year
	p.Crumbs = v.forumsCrumb(p.Title)
	return p, nil
}

func blockWeeks(v *Visit) error {
	area, err := ID[forum.AreaID](v)
	if err != nil {
		return err
	}
	typed := pages.AreaYear{Answers: pages.WeeksAnswers{
		First: v.Value("first"), Last: v.Value("last"), Year: v.Value("only_year"), Reason: v.Line("reason"),
	}}
	wanted := forum.BlockedWeeks{AreaID: area, First: whole(typed.Answers.First), Last: whole(typed.Answers.Last), Reason: typed.Answers.Reason}
	if strings.TrimSpace(typed.Answers.Year) != "" {
		wanted.Year = max(whole(typed.Answers.Year), 1) // what is no year is not every year
	}
	weeks, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.BlockedWeeks, error) {
		return forum.BlockWeeks(ctx, tx, by, wanted)
	})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, err := v.areaYear(area, typed)
		if err != nil {
			return err
		}
		return v.Again(page)
	}
	if err != nil {
		return err
	}
	return v.Done(weeksBlocked, int64(weeks.ID), pages.CalendarAddress(area, weeks.Year))
}

func openWeeks(v *Visit) error {
	return v.liftWeeks(forum.OpenWeeks, weeksOpened)
}

func blockAgain(v *Visit) error {
	return v.liftWeeks(forum.BlockAgain, weeksBlocked)
}

func (v *Visit) liftWeeks(lift func(context.Context, forum.Tx, forum.Actor, forum.BlockedWeeksID) (*forum.BlockedWeeks, error), told Notice) error {
	weeks, err := ID[forum.BlockedWeeksID](v)
	if err != nil {
		return err
	}
	lifted, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.BlockedWeeks, error) {
		return lift(ctx, tx, by, weeks)
	})
	if err != nil {
		return err
	}
	return v.Done(told, int64(weeks), pages.CalendarAddress(lifted.AreaID, lifted.Year))
}

func showNextYear(v *Visit) error { return v.nextYear(nil) }

// nextYear proposes the year after; changed is why once more, nil for the first time.
func (v *Visit) nextYear(changed *forum.Error) error {
	area, err := ID[forum.AreaID](v)
	if err != nil {
		return err
	}
	plan, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.YearPlan, error) {
		return forum.PreviewNextYear(ctx, tx, almanac, by, area, v.year())
	})
	if err != nil {
		return err
	}
	p := pages.NextYear{Frame: v.Frame(v.Text.T("page.next_year.title", "Year", plan.Year+1)), Plan: plan}
	p.Crumbs = v.forumsCrumb(p.Title)
	if changed != nil {
		p.Changed = v.Text.T(changed.Key, changed.Args...)
		return v.showAs(fiber.StatusConflict, p)
	}
	return v.Show(p)
}

func planNextYear(v *Visit) error {
	area, err := ID[forum.AreaID](v)
	if err != nil {
		return err
	}
	seen := map[forum.SeriesID][]forum.Date{}
	for name, value := range v.c.Context().PostArgs().All() {
		if number, found := strings.CutPrefix(string(name), pages.SeenPrefix); found {
			seen[forum.SeriesID(whole(number))] = splitDays(string(value))
		}
	}
	plan, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.YearPlan, error) {
		plan, err := forum.PlanNextYear(ctx, tx, almanac, by, area, v.year(), seen)
		return plan, Off(err)
	})
	var refusal *forum.Error
	if errors.As(err, &refusal) && refusal.Kind == forum.Conflict {
		return v.nextYear(refusal)
	}
	if err != nil {
		return err
	}
	return v.Done(yearPlanned, 0, pages.CalendarAddress(area, plan.Year+1))
}
