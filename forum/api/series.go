package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

// Rule says on which days a series meets.
type Rule struct {
	Kind    string `json:"kind" enum:"weeks,months,spread" doc:"weeks: every so many weeks; months: a weekday of some months; spread: so many a year, as far apart as can be."`
	Weekday int    `json:"weekday" minimum:"1" maximum:"5" doc:"Monday is 1, Friday 5." example:"2"`
	Weeks   int    `json:"weeks,omitempty" minimum:"0" maximum:"100" doc:"Of weeks: from one meeting to the next."`
	Nth     int    `json:"nth,omitempty" minimum:"-1" maximum:"4" doc:"Of months: the first, second … weekday, or -1 for the last."`
	Months  []int  `json:"months,omitempty" maxItems:"12" doc:"Of months: which, 1 to 12."`
	Count   int    `json:"count,omitempty" minimum:"0" maximum:"100" doc:"Of spread: how many a year."`
	From    string `json:"from" maxLength:"10" doc:"The first day that may be met on." example:"2027-01-01"`
	To      string `json:"to" maxLength:"10" doc:"The last." example:"2027-12-31"`
	Start   string `json:"start" maxLength:"5" doc:"When the meetings begin, in Oslo." example:"10:00"`
	End     string `json:"end" maxLength:"5" doc:"When they end, the same day in Oslo." example:"12:00"`
	Avoid   string `json:"avoid" enum:"move,leave-out" doc:"What becomes of a meeting on a holiday or in a blocked week."`
}

// NewSeries is what a series is planned by.
type NewSeries struct {
	Form  string   `json:"form" enum:"ordinary,extraordinary,remote,hybrid" doc:"The form of the meetings."`
	Rule  Rule     `json:"rule" doc:"On which days."`
	Place string   `json:"place,omitempty" maxLength:"1000" doc:"Where they are."`
	Link  string   `json:"link,omitempty" maxLength:"2000" doc:"The https address of the remote room."`
	Seen  []string `json:"seen,omitempty" maxItems:"200" doc:"To plan: the days that the preview gave. When the rule gives others by now it is refused."`
}

func (n NewSeries) series(in forum.ForumID) forum.Series {
	rule := forum.SeriesRule{
		Kind: forum.RuleKind(n.Rule.Kind), Weekday: time.Weekday(n.Rule.Weekday), Weeks: n.Rule.Weeks, Nth: n.Rule.Nth, Count: n.Rule.Count,
		From: forum.Date(n.Rule.From), To: forum.Date(n.Rule.To), Start: n.Rule.Start, End: n.Rule.End, Avoid: forum.Avoidance(n.Rule.Avoid),
	}
	for _, month := range n.Rule.Months {
		rule.Months = append(rule.Months, time.Month(month))
	}
	return forum.Series{ForumID: in, Form: forum.MeetingForm(n.Form), Rule: rule, Place: n.Place, Link: n.Link}
}

func datesOf(days []string) []forum.Date {
	return Each(days, func(d string) forum.Date { return forum.Date(d) })
}

// SeriesPreview is a series before anything of it is kept.
type SeriesPreview struct {
	ForumID forum.ForumID `json:"forum_id" doc:"Number of the forum."`
	Days    []string      `json:"days" doc:"The days that the series will meet on."`
	Wishes  []Wish        `json:"wishes" doc:"The days that the rule names, with what becomes of each."`
}

// Wish is a day that a rule names.
type Wish struct {
	Wanted  string   `json:"wanted" doc:"The day that the rule names."`
	Meeting *Meeting `json:"meeting,omitempty" doc:"The meeting; absent when it is left out."`
	Why     string   `json:"why,omitempty" doc:"Why it is moved or left out: holiday, blocked, taken, mandate or past."`
	Clashes int      `json:"clashes" doc:"How many of those who would be invited meet elsewhere then."`
	Away    int      `json:"away" doc:"How many of them are away."`
}

// Series is a rule and the meetings that it made.
type Series struct {
	ID      forum.SeriesID `json:"id" doc:"Number of the series in the program."`
	ForumID forum.ForumID  `json:"forum_id" doc:"Number of the forum."`
	Number  int            `json:"number" doc:"The forum's own number."`
	Form    string         `json:"form" doc:"The form of the meetings."`
	Kind    string         `json:"kind" doc:"The kind of its rule."`
	From    string         `json:"from" doc:"The first day that may be met on."`
	To      string         `json:"to" doc:"The last."`
	Place   string         `json:"place,omitempty" doc:"Where the meetings are."`
}

func seriesOf(s forum.Series) Series {
	return Series{s.ID, s.ForumID, s.Number, string(s.Form), string(s.Rule.Kind), string(s.Rule.From), string(s.Rule.To), s.Place}
}

// SeriesDetails is a series with its meetings.
type SeriesDetails struct {
	Series   Series    `json:"series" doc:"The series itself."`
	Meetings []Meeting `json:"meetings" doc:"Its meetings."`
	Drafts   int       `json:"drafts" doc:"How many can be called."`
	MayCall  bool      `json:"may_call" doc:"Whether the caller may call them."`
}

var seriesThing = Thing[forum.SeriesID, SeriesDetails]{
	Hold: holding(forum.Tx.Series),
	See: seeing(forum.ReadSeriesPage, func(p forum.SeriesPage) SeriesDetails {
		return SeriesDetails{seriesOf(p.Series), Each(p.Meetings, meetingOf), p.Drafts, p.MayCall}
	}),
}

func series(a *API) {
	s := Subject{a, "Series"}
	Lists(s, About{ID: "listSeries", Path: "/forums/{id}/series", Summary: "List the series of a forum", Text: "By their numbers."},
		List[forum.Series, Series]{Key: func(s forum.Series) string { return number(s.ID) }, Show: seriesOf},
		rowsOf(forum.ReadForumPage, func(p *forum.ForumPage) []forum.Series { return p.Series }))
	Preview(s, About{ID: "previewSeries", Path: "/forums/{id}/series/preview", Summary: "See the days of a series", Text: "Nothing is planned."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, NewSeries]) (SeriesPreview, error) {
			return as(seriesPreviewOf)(forum.PreviewSeries(ctx, tx, a.options.Almanac, by, in.Body.series(in.ID)))
		})
	Create(s, About{ID: "planSeries", Path: "/forums/{id}/series", Summary: "Plan a series", Text: "Makes a draft on each of the days; nobody is invited until they are called."},
		func(s Series) string { return fmt.Sprintf("/series/%d", s.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, NewSeries]) (Series, error) {
			return as(seriesOf)(forum.PlanSeries(ctx, tx, a.options.Almanac, by, in.Body.series(in.ID), datesOf(in.Body.Seen)))
		})
	One(s, About{ID: "getSeries", Path: "/series/{id}", Summary: "Read a series", Text: "The series with its meetings."}, seriesThing.See)
	History(s, About{ID: "listSeriesHistory", Path: "/series/{id}/history", Summary: "Read what was done to a series", Text: "The entries of the forum's log that speak of the series."},
		forum.ReadSeriesPage, func(p *forum.SeriesPage) []forum.Deed { return p.History })
	Press(s, About{ID: "callSeries", Path: "/series/{id}/call", Summary: "Call the drafts of a series", Text: "Everybody is invited to each of the meetings."}, seriesThing, only(forum.CallSeries))
}

func seriesPreviewOf(p forum.SeriesPreview) SeriesPreview {
	return SeriesPreview{
		ForumID: p.Forum.ID, Days: Each(p.Days(), func(d forum.Date) string { return string(d) }),
		Wishes: Each(p.Instances, func(i forum.Instance) Wish {
			w := Wish{Wanted: string(i.Wanted), Meeting: Some(i.Meeting, meetingOf), Clashes: len(i.Clashes), Away: len(i.Away)}
			if i.Why != nil {
				w.Why = string(i.Why.Kind)
			}
			return w
		}),
	}
}
