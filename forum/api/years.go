package api

import (
	"context"
	"errors"
	"fmt"

	"github.com/samraad/samraad/forum"
)

// Area is an area of forums.
type Area struct {
	ID   forum.AreaID `json:"id" doc:"Number of the area."`
	Name string       `json:"name" doc:"Its name."`
}

func areaOf(a forum.Area) Area { return Area{a.ID, a.Name} }

// Year names an area and a year.
type Year struct {
	ID   forum.AreaID `path:"id" minimum:"1"`
	Year int          `query:"year" minimum:"0" maximum:"9999" doc:"Which year; the present one when left out." example:"2027"`
}

// AreaYear is one year of an area.
type AreaYear struct {
	Area     Area           `json:"area" doc:"The area."`
	Year     int            `json:"year" doc:"The year."`
	Meetings []Meeting      `json:"meetings" doc:"The meetings of the forums that the caller may see, by their beginning."`
	Holidays []Holiday      `json:"holidays" doc:"The days on which nobody meets."`
	Blocked  []BlockedWeeks `json:"blocked_weeks" doc:"The weeks without meetings."`
	Hidden   int            `json:"hidden" doc:"How many forums the caller may not see the meetings of."`
	MayBlock bool           `json:"may_block" doc:"Whether the caller may block weeks."`
	MayPlan  bool           `json:"may_plan" doc:"Whether the caller may plan the year after."`
}

// Holiday is a day on which nobody meets.
type Holiday struct {
	Day  string `json:"day" doc:"The day."`
	Name string `json:"name" doc:"Which holiday, as a word." example:"christmas_day"`
}

// BlockedWeeks are weeks without meetings.
type BlockedWeeks struct {
	ID     forum.BlockedWeeksID `json:"id" doc:"Number of the blocked weeks."`
	AreaID forum.AreaID         `json:"area_id" doc:"Number of the area."`
	Year   int                  `json:"year" doc:"The year; 0 for every year."`
	First  int                  `json:"first" doc:"The first week (ISO 8601)."`
	Last   int                  `json:"last" doc:"The last week."`
	Reason string               `json:"reason" doc:"Why."`
	Lifted bool                 `json:"lifted" doc:"Whether they are open again."`
}

func blockedOf(w forum.BlockedWeeks) BlockedWeeks {
	return BlockedWeeks{w.ID, w.AreaID, w.Year, w.First, w.Last, w.Reason, w.Lifted}
}

// NewBlockedWeeks are weeks to be kept free.
type NewBlockedWeeks struct {
	Year   int    `json:"year,omitempty" minimum:"0" maximum:"9999" doc:"In which year; left out for every year."`
	First  int    `json:"first" minimum:"1" maximum:"53" doc:"The first week (ISO 8601)." example:"28"`
	Last   int    `json:"last" minimum:"1" maximum:"53" doc:"The last week." example:"31"`
	Reason string `json:"reason" maxLength:"1000" doc:"Why." example:"Fellesferie"`
}

// YearPlan is the year after, planned from this one.
type YearPlan struct {
	AreaID forum.AreaID    `json:"area_id" doc:"Number of the area."`
	Year   int             `json:"year" doc:"The year that the series end in now."`
	Series []CarriedSeries `json:"series" doc:"The series that carry on a year later."`
}

// CarriedSeries is a series with its days a year later.
type CarriedSeries struct {
	AfterID forum.SeriesID `json:"after_id" doc:"Number of the series that it carries on."`
	Preview SeriesPreview  `json:"preview" doc:"Its days."`
}

// NextYear is the plan that is confirmed.
type NextYear struct {
	Year int          `json:"year" minimum:"0" maximum:"9999" doc:"The year that the series end in now."`
	Seen []SeenSeries `json:"seen" maxItems:"1000" doc:"The days that the preview gave; when a rule gives others by now it is refused."`
}

// SeenSeries are the days of a series that were seen.
type SeenSeries struct {
	AfterID forum.SeriesID `json:"after_id" minimum:"1" doc:"Number of the series that is carried on."`
	Days    []string       `json:"days" maxItems:"200" doc:"Its days."`
}

var weeksThing = Thing[forum.BlockedWeeksID, BlockedWeeks]{
	Hold: holding(forum.Tx.BlockedWeeks),
	See:  seeing(forum.ReadBlockedWeeks, blockedOf),
}

func years(a *API) {
	s := Subject{a, "Series"}
	Lists(s, About{ID: "listAreas", Path: "/areas", Summary: "List the caller's areas", Text: "The areas in whose forums the caller takes part."},
		List[forum.Area, Area]{Key: func(a forum.Area) string { return number(a.ID) }, Show: areaOf},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *Paging) ([]forum.Area, error) {
			return forum.ReadAreas(ctx, tx, by)
		})
	Read(s, About{ID: "getAreaCalendar", Path: "/areas/{id}/calendar", Summary: "Read a year of an area", Text: "Meetings, holidays and blocked weeks."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Year) (AreaYear, error) {
			return as(yearOf)(forum.ReadAreaYear(ctx, tx, a.options.Almanac, by, in.ID, in.Year))
		})
	Create(s, About{ID: "blockWeeks", Path: "/areas/{id}/weeks", Summary: "Keep weeks free of meetings", Text: "Series avoid them; meetings that stand are left alone."},
		func(w BlockedWeeks) string { return fmt.Sprintf("/weeks/%d", w.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.AreaID, NewBlockedWeeks]) (BlockedWeeks, error) {
			w, err := forum.BlockWeeks(ctx, tx, by, forum.BlockedWeeks{AreaID: in.ID, Year: in.Body.Year, First: in.Body.First, Last: in.Body.Last, Reason: in.Body.Reason})
			var refused *forum.Error
			if errors.As(err, &refused) && refused.Field == "only_year" { // as the page names it
				err = refused.On("year")
			}
			if err != nil {
				return BlockedWeeks{}, err
			}
			return blockedOf(*w), nil
		})
	One(s, About{ID: "getWeeks", Path: "/weeks/{id}", Summary: "Read blocked weeks", Text: "For who takes part in the area."}, weeksThing.See)
	Press(s, About{ID: "openWeeksAgain", Path: "/weeks/{id}/open", Summary: "Open blocked weeks again", Text: "Series may meet in them."}, weeksThing, only(forum.OpenWeeks))
	Press(s, About{ID: "blockWeeksAgain", Path: "/weeks/{id}/block", Summary: "Block weeks again that were opened", Text: "As they were."}, weeksThing, only(forum.BlockAgain))
	Read(s, About{ID: "previewNextYear", Path: "/areas/{id}/next-year", Summary: "See the year after", Text: "What the series of a year give when they carry on."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Year) (YearPlan, error) {
			return as(yearPlanOf)(forum.PreviewNextYear(ctx, tx, a.options.Almanac, by, in.ID, in.Year))
		})
	Create(s, About{ID: "planNextYear", Path: "/areas/{id}/next-year", Summary: "Plan the year after", Text: "Carries every series on, as the preview gave it."},
		func(p YearPlan) string { return fmt.Sprintf("/areas/%d/calendar?year=%d", p.AreaID, p.Year+1) }, a.planNextYear)
}

func yearOf(y forum.AreaYear) AreaYear {
	return AreaYear{
		Area: areaOf(y.Area), Year: y.Year, Meetings: Each(y.Meetings, func(m forum.AreaMeeting) Meeting { return meetingOf(m.Meeting) }),
		Holidays: Each(y.Holidays, func(h forum.Holiday) Holiday { return Holiday{string(h.Day), h.Key} }), Blocked: Each(y.Blocked, blockedOf),
		Hidden: len(y.Hidden), MayBlock: y.MayBlock, MayPlan: y.MayPlan,
	}
}

func (a *API) planNextYear(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.AreaID, NextYear]) (YearPlan, error) {
	seen := map[forum.SeriesID][]forum.Date{}
	for _, s := range in.Body.Seen {
		seen[s.AfterID] = datesOf(s.Days)
	}
	return as(yearPlanOf)(forum.PlanNextYear(ctx, tx, a.options.Almanac, by, in.ID, in.Body.Year, seen))
}

func yearPlanOf(p forum.YearPlan) YearPlan {
	return YearPlan{p.Area.ID, p.Year, Each(p.Series, func(s forum.SeriesPreview) CarriedSeries { return CarriedSeries{s.After, seriesPreviewOf(s)} })}
}
