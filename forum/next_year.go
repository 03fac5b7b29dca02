package forum

import (
	"context"
	"slices"
	"time"
)

// YearPlan is the next year of an area as its series would bring it.
type YearPlan struct {
	Area   Area
	Year   int // that the series end in now
	Series []SeriesPreview
}

// NextYear is a series a year on: the same rule, from today where that year
// has begun.
func NextYear(s Series, today Date) Series {
	s.After, s.ID, s.Number = s.ID, 0, 0
	s.Rule.From, s.Rule.To = s.Rule.From.yearsOn(1), s.Rule.To.yearsOn(1)
	if s.Rule.From < today {
		s.Rule.From = today
	}
	return s
}

// PreviewNextYear proposes every series of an area that ends in a year once
// more a year on, in the forums where the actor plans. Those that are carried
// on already, or whose next year is over, are left out. Year 0 is the present
// one. It keeps nothing.
func PreviewNextYear(ctx context.Context, tx Tx, almanac Almanac, by Actor, area AreaID, year int) (*YearPlan, error) {
	if err := by.lookAround(ctx, tx); err != nil {
		return nil, err
	}
	if _, _, err := by.mayInArea(ctx, tx, PlanIt, area); err != nil {
		return nil, err
	}
	if year == 0 {
		year = yearOf(tx.Now())
	}
	a, err := tx.Area(ctx, area)
	if err != nil {
		return nil, err
	}
	finder, err := newClashFinder(ctx, tx)
	if err != nil {
		return nil, err
	}
	plan := &YearPlan{Area: *a, Year: year}
	ending, err := endingIn(ctx, tx, by, area, year)
	if err != nil {
		return nil, err
	}
	for _, s := range ending {
		p, err := preview(ctx, tx, almanac, NextYear(s, DateOf(tx.Now())), finder)
		if err != nil {
			return nil, err
		}
		plan.Series = append(plan.Series, *p)
	}
	return plan, nil
}

// PlanNextYear makes all those drafts in one act. seen are the days that the
// secretary saw, by the series that is carried on; when anything has changed
// since, or nothing is left to plan, Conflict.
func PlanNextYear(ctx context.Context, tx Tx, almanac Almanac, by Actor, area AreaID, year int, seen map[SeriesID][]Date) (*YearPlan, error) {
	plan, err := PreviewNextYear(ctx, tx, almanac, by, area, year)
	if err != nil {
		return nil, err
	}
	planned := 0
	for _, p := range plan.Series {
		days := p.Days()
		if !slices.Equal(days, seen[p.After]) {
			return nil, Refuse(Conflict, "error.series.changed")
		}
		if len(days) == 0 {
			continue
		}
		if _, err := PlanSeries(ctx, tx, almanac, by, p.Series, days); err != nil {
			return nil, err
		}
		planned++
	}
	if planned == 0 {
		return nil, Refuse(Conflict, "error.series.nothing")
	}
	return plan, nil
}

// endingIn lists the series that end in a year and are not carried on.
func endingIn(ctx context.Context, tx Tx, by Actor, area AreaID, year int) ([]Series, error) {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	var ending []Series
	for _, f := range forums {
		if f.AreaID != area {
			continue
		}
		may, err := by.Can(ctx, tx, PlanIt, f.ID)
		if err != nil {
			return nil, err
		}
		if !may {
			continue
		}
		all, err := tx.SeriesIn(ctx, f.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			carriedOn := slices.ContainsFunc(all, func(later Series) bool { return later.After == s.ID })
			if s.Rule.To.midnight().Year() == year && !carriedOn && s.Rule.To.yearsOn(1) >= DateOf(tx.Now()) {
				ending = append(ending, s)
			}
		}
	}
	return ending, nil
}

// yearOf is the year in Oslo at an instant.
func yearOf(at time.Time) int { return at.In(Oslo).Year() }
