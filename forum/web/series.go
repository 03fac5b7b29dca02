package web

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	pages "github.com/samraad/samraad/templates/forum"
)

// almanac knows the days that meetings avoid.
var almanac = calendar.Almanac{}

func askSeries(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	form, err := readPlanning(v, in)
	if err != nil {
		return err
	}
	return v.show(v.seriesForm(form, pages.PlanSeries{Answers: pages.SeriesAnswers{
		Kind: string(forum.EveryWeeks), Weekday: "2", Weeks: "2", Nth: "1", Count: "4", Avoid: string(forum.MoveAway), Form: string(forum.Ordinary),
	}}))
}

func (v *visit) seriesForm(form planning, p pages.PlanSeries) pages.PlanSeries {
	p.Frame, p.Forum, p.Earliest = v.frame(v.text.T("page.series.plan"), forumCrumb(form.forum)), form.forum, today(form.now)
	return p
}

// planSeries shows the days of a rule, the form again, or makes the drafts,
// as the button that was pressed says.
func planSeries(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	answers := v.seriesAnswers()
	switch v.value("step") {
	case "edit":
		form, err := readPlanning(v, in)
		if err != nil {
			return err
		}
		return v.show(v.seriesForm(form, pages.PlanSeries{Answers: answers}))
	case "confirm":
		return v.confirmSeries(in, answers)
	default:
		return v.previewSeries(in, answers, nil)
	}
}

// previewSeries shows the days; changed is why once more, nil for the first time.
func (v *visit) previewSeries(in forum.ForumID, answers pages.SeriesAnswers, changed *forum.Error) error {
	preview, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SeriesPreview, error) {
		return forum.PreviewSeries(ctx, tx, almanac, by, seriesOf(in, answers))
	})
	if mistakes := v.mistakes(err); mistakes != nil {
		form, err := readPlanning(v, in)
		if err != nil {
			return err
		}
		return v.again(v.seriesForm(form, pages.PlanSeries{Answers: answers, Mistakes: mistakes}))
	}
	if err != nil {
		return err
	}
	p := pages.PreviewSeries{Frame: v.frame(v.text.T("page.preview.title"), forumCrumb(preview.Forum)), Preview: preview, Answers: answers}
	if changed != nil {
		p.Changed = v.text.T(changed.Key, changed.Args...)
		return v.showAs(fiber.StatusConflict, p)
	}
	return v.show(p)
}

func (v *visit) confirmSeries(in forum.ForumID, answers pages.SeriesAnswers) error {
	series, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Series, error) {
		return forum.PlanSeries(ctx, tx, almanac, by, seriesOf(in, answers), splitDays(v.value("seen")))
	})
	var refusal *forum.Error
	if errors.As(err, &refusal) && (refusal.Kind == forum.Conflict || refusal.Field != "") {
		return v.previewSeries(in, answers, refusal)
	}
	if err != nil {
		return err
	}
	return v.done(seriesPlanned, 0, pages.SeriesAddress(series.ID))
}

func showSeries(v *visit) error {
	series, err := id[forum.SeriesID](v)
	if err != nil {
		return err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SeriesPage, error) {
		return forum.ReadSeriesPage(ctx, tx, by, series)
	})
	if err != nil {
		return err
	}
	return v.show(pages.Series{Frame: v.frame(v.text.T("series.title", "Number", page.Number), forumCrumb(page.Forum)), Series: page})
}

func callSeries(v *visit) error {
	series, err := id[forum.SeriesID](v)
	if err != nil {
		return err
	}
	pressed, err := press(v, forum.SendSeries{Series: series})
	if err != nil {
		return off(err)
	}
	return v.pressed(pressed, pages.SeriesAddress(series))
}

// ofRest tells whether a change is of the rest of a series, too.
func (v *visit) ofRest() bool { return v.value("scope") == "rest" }

// seriesAnswers is the series as it stands in the form.
func (v *visit) seriesAnswers() pages.SeriesAnswers {
	a := pages.SeriesAnswers{
		Kind: v.value("kind"), Weekday: v.value("weekday"), Weeks: v.value("weeks"), Nth: v.value("nth"), Count: v.value("count"),
		From: v.value("from"), To: v.value("to"), Start: v.value("start"), End: v.value("end"),
		Place: v.line("place"), Link: v.line("link"), Form: v.value("form"), Avoid: v.value("avoid"),
	}
	for _, month := range v.c.Context().PostArgs().PeekMulti("months") {
		a.Months = append(a.Months, clean(string(month)))
	}
	return a
}

// seriesOf is the series that answers speak of; what is no number is 0, which
// no rule allows.
func seriesOf(in forum.ForumID, a pages.SeriesAnswers) forum.Series {
	rule := forum.SeriesRule{
		Kind: forum.RuleKind(a.Kind), Weekday: time.Weekday(whole(a.Weekday)), Weeks: whole(a.Weeks), Nth: whole(a.Nth), Count: whole(a.Count),
		From: forum.Date(a.From), To: forum.Date(a.To), Start: a.Start, End: a.End, Avoid: forum.Avoidance(a.Avoid),
	}
	for _, month := range a.Months {
		rule.Months = append(rule.Months, time.Month(whole(month)))
	}
	return forum.Series{ForumID: in, Form: forum.MeetingForm(a.Form), Rule: rule, Place: a.Place, Link: a.Link}
}

// whole is a whole number, 0 for anything that is none.
func whole(text string) int {
	number, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return number
}

// splitDays reads the days that a form brings back.
func splitDays(text string) []forum.Date {
	var days []forum.Date
	for day := range strings.SplitSeq(text, ",") {
		if day != "" {
			days = append(days, forum.Date(day))
		}
	}
	return days
}
