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

func askSeries(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	form, err := readPlanning(v, in)
	if err != nil {
		return err
	}
	return v.Show(v.seriesForm(form, pages.PlanSeries{Answers: pages.SeriesAnswers{
		Kind: string(forum.EveryWeeks), Weekday: "2", Weeks: "2", Nth: "1", Count: "4", Avoid: string(forum.MoveAway), Form: string(forum.Ordinary),
	}}))
}

func (v *Visit) seriesForm(form planning, p pages.PlanSeries) pages.PlanSeries {
	p.Frame, p.Forum, p.Earliest = v.Frame(v.Text.T("page.series.plan"), ForumCrumb(form.forum)), form.forum, today(form.now)
	return p
}

// planSeries shows the days of a rule, the form again, or makes the drafts,
// as the button that was pressed says.
func planSeries(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	answers := v.seriesAnswers()
	switch v.Value("step") {
	case "edit":
		form, err := readPlanning(v, in)
		if err != nil {
			return err
		}
		return v.Show(v.seriesForm(form, pages.PlanSeries{Answers: answers}))
	case "confirm":
		return v.confirmSeries(in, answers)
	default:
		return v.previewSeries(in, answers, nil)
	}
}

// previewSeries shows the days; changed is why once more, nil for the first time.
func (v *Visit) previewSeries(in forum.ForumID, answers pages.SeriesAnswers, changed *forum.Error) error {
	preview, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SeriesPreview, error) {
		return forum.PreviewSeries(ctx, tx, almanac, by, seriesOf(in, answers))
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		form, err := readPlanning(v, in)
		if err != nil {
			return err
		}
		return v.Again(v.seriesForm(form, pages.PlanSeries{Answers: answers, Mistakes: mistakes}))
	}
	if err != nil {
		return err
	}
	p := pages.PreviewSeries{Frame: v.Frame(v.Text.T("page.preview.title"), ForumCrumb(preview.Forum)), Preview: preview, Answers: answers}
	if changed != nil {
		p.Changed = v.Text.T(changed.Key, changed.Args...)
		return v.showAs(fiber.StatusConflict, p)
	}
	return v.Show(p)
}

func (v *Visit) confirmSeries(in forum.ForumID, answers pages.SeriesAnswers) error {
	series, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Series, error) {
		return forum.PlanSeries(ctx, tx, almanac, by, seriesOf(in, answers), splitDays(v.Value("seen")))
	})
	var refusal *forum.Error
	if errors.As(err, &refusal) && (refusal.Kind == forum.Conflict || refusal.Field != "") {
		return v.previewSeries(in, answers, refusal)
	}
	if err != nil {
		return err
	}
	return v.Done(seriesPlanned, 0, pages.SeriesAddress(series.ID))
}

func showSeries(v *Visit) error {
	series, err := ID[forum.SeriesID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SeriesPage, error) {
		return forum.ReadSeriesPage(ctx, tx, by, series)
	})
	if err != nil {
		return err
	}
	return v.Show(pages.Series{Frame: v.Frame(v.Text.T("series.title", "Number", page.Number), ForumCrumb(page.Forum)), Series: page})
}

func callSeries(v *Visit) error {
	series, err := ID[forum.SeriesID](v)
	if err != nil {
		return err
	}
	pressed, err := Press(v, forum.SendSeries{Series: series})
	if err != nil {
		return Off(err)
	}
	return v.Pressed(pressed, pages.SeriesAddress(series))
}

// ofRest tells whether a change is of the rest of a series, too.
func (v *Visit) ofRest() bool { return v.Value("scope") == "rest" }

// seriesAnswers is the series as it stands in the form.
func (v *Visit) seriesAnswers() pages.SeriesAnswers {
	a := pages.SeriesAnswers{
		Kind: v.Value("kind"), Weekday: v.Value("weekday"), Weeks: v.Value("weeks"), Nth: v.Value("nth"), Count: v.Value("count"),
		From: v.Value("from"), To: v.Value("to"), Start: v.Value("start"), End: v.Value("end"),
		Place: v.Line("place"), Link: v.Line("link"), Form: v.Value("form"), Avoid: v.Value("avoid"),
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
