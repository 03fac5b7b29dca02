package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
	own "github.com/samraad/samraad/templates/governance"
)

// minutesPages are the pages of a meeting's minutes.
func minutesPages(s *web.Server) {
	s.Post("/meetings/:id/minutes", startMinutes)
	s.Get("/minutes/:id", showMinutes)
	s.Get("/minutes/:id/edit", editMinutes)
	s.Post("/minutes/:id/items", saveMinutesItem)
	s.Part("/minutes/:id/texts", showMinutesTexts)
	s.Post("/minutes/:id/arrive", noteMinutesArrival)
	s.Post("/minutes/:id/leave", noteMinutesLeaving)
	s.Post("/minutes/:id/dissents", addDissent)
	s.Post("/minutes/:id/drop-dissent", dropDissent)
	s.Post("/minutes/:id/actions", addAction)
	s.Post("/minutes/:id/drop-action", dropAction)
	s.Post("/minutes/:id/send", sendMinutes)
	s.Post("/minutes/:id/reopen", reopenMinutes)
	s.Post("/minutes/:id/ask-keys", askMinutesKeys)
	s.Post("/minutes/:id/answer", answerMinutes)
	s.Post("/minutes/:id/key", turnMinutesKey)
	s.Get("/minutes/:id/correct", askMinutesCorrection)
	s.Post("/minutes/:id/correct", correctMinutes)
	s.Get("/minutes/:id/pdf", openMinutesPDF)
}

// The notices of minutes.
const (
	minutesStarted      web.Notice = "minutes_started"
	minutesSaved        web.Notice = "minutes_saved"
	minutesReopened     web.Notice = "minutes_reopened"
	minutesAnswered     web.Notice = "minutes_answered"
	minutesCorrecting   web.Notice = "minutes_correcting"
	minutesSent         web.Notice = "minutes_sent"
	minutesKeysAsked    web.Notice = "minutes_keys_asked"
	minutesKeyTurned    web.Notice = "minutes_key_turned"
	minutesKeyTakenBack web.Notice = "minutes_key_taken_back"
	minutesObjected     web.Notice = "minutes_objected"
	minutesApproved     web.Notice = "minutes_approved"
)

func minutesInMeeting(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MeetingPage) (templ.Component, error) {
	if page.Recordable() != nil || page.Start.After(tx.Now()) && forum.DateOf(page.Start) != forum.DateOf(tx.Now()) {
		return nil, nil
	}
	of, err := governance.ReadMinutesOf(ctx, tx, by, page.ID)
	if err != nil {
		return nil, err
	}
	return own.MinutesInMeeting(v.Text, page.ID, of), nil
}

func readMinutes(v *web.Visit, id governance.MinutesID) (*governance.MinutesPage, error) {
	return read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.MinutesPage, error) {
		return governance.ReadMinutes(ctx, tx, by, id)
	})
}

func minutesCrumbs(v *web.Visit, p *governance.MinutesPage, more ...templates.Link) []templates.Link {
	return append([]templates.Link{
		web.ForumCrumb(p.Forum),
		{Label: v.Text.T("page.meeting.title", "Date", v.Text.Date(p.Meeting.Start)), URL: pages.MeetingAddress(p.Meeting.ID)},
	}, more...)
}

// minutesPage is the page of minutes, with what was typed into its forms.
func minutesPage(v *web.Visit, id governance.MinutesID, p own.Minutes) (own.Minutes, error) {
	page, err := readMinutes(v, id)
	if err != nil {
		return p, err
	}
	p.Minutes, p.Frame = page, v.Frame(own.MinutesName(v.Text, page.Minutes), minutesCrumbs(v, page)...)
	return p, nil
}

func showMinutes(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	p, err := minutesPage(v, id, own.Minutes{})
	if err != nil {
		return err
	}
	return v.Show(p)
}

func startMinutes(v *web.Visit) error {
	meeting, err := web.ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	started, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Minutes, error) {
		return governance.StartMinutes(ctx, tx, by, meeting)
	})
	if err != nil {
		return err
	}
	return v.Done(minutesStarted, 0, own.MinutesAddress(started.ID, "edit"))
}

// minutesPress presses an act that sends mail, and goes on to the minutes.
func minutesPress(v *web.Visit, id governance.MinutesID, act forum.Sendable) error {
	pressed, err := web.Press(v, act)
	if err != nil {
		return err
	}
	return v.Pressed(pressed, own.MinutesAddress(id))
}

func sendMinutes(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	pressed, err := web.Press(v, governance.SendMinutesErrand{Minutes: id})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return minutesEditorAgain(v, id, own.EditMinutes{Mistakes: mistakes})
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, own.MinutesAddress(id))
}

func askMinutesKeys(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	return minutesPress(v, id, governance.AskMinutesKeysErrand{Minutes: id})
}

func reopenMinutes(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Minutes, error) {
		return governance.ReopenMinutes(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	return v.Done(minutesReopened, 0, own.MinutesAddress(id, "edit"))
}

// minutesRound is the round of which a form speaks; an older one is refused.
func minutesRound(v *web.Visit) governance.MinutesRoundID {
	return web.Chosen[governance.MinutesRoundID](v, "round")
}

func answerMinutes(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	saying := governance.MinutesSaying{Reply: governance.MinutesReply(v.Value("reply")), Text: v.Value("remark")}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.MinutesRound, error) {
		return governance.AnswerMinutes(ctx, tx, by, minutesRound(v), saying)
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := minutesPage(v, id, own.Minutes{Remark: saying.Text, Mistakes: mistakes})
		if err != nil {
			return err
		}
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(minutesAnswered, 0, own.MinutesAddress(id))
}

func turnMinutesKey(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	saying := governance.MinutesKeySaying{Answer: forum.KeyAnswer(v.Value("answer")), Reason: v.Value("reason")}
	var act forum.Sendable = governance.TurnMinutesKeyErrand{Round: minutesRound(v), Saying: saying}
	if saying.Answer == forum.Objects {
		act = &governance.ObjectToMinutesErrand{Round: minutesRound(v), Reason: saying.Reason}
	}
	pressed, err := web.Press(v, act)
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := minutesPage(v, id, own.Minutes{Reason: saying.Reason, Mistakes: mistakes})
		if err != nil {
			return err
		}
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, own.MinutesAddress(id))
}

func minutesCorrection(v *web.Visit, id governance.MinutesID, p own.CorrectMinutes) (own.CorrectMinutes, error) {
	page, err := readMinutes(v, id)
	switch {
	case err != nil:
		return p, err
	case !page.MayWrite:
		return p, forum.Refuse(forum.Forbidden, "error.forbidden.write_minutes")
	case !page.MayCorrect:
		return p, forum.Refuse(forum.Conflict, "error.minutes.corrected")
	}
	p.Minutes = page
	p.Frame = v.Frame(v.Text.T("page.minutes.correct"), minutesCrumbs(v, page, templates.Link{Label: own.MinutesName(v.Text, page.Minutes), URL: own.MinutesAddress(id)})...)
	return p, nil
}

func askMinutesCorrection(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	p, err := minutesCorrection(v, id, own.CorrectMinutes{})
	if err != nil {
		return err
	}
	return v.Show(p)
}

func correctMinutes(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	next, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Minutes, error) {
		return governance.CorrectMinutes(ctx, tx, by, id, v.Value("reason"))
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := minutesCorrection(v, id, own.CorrectMinutes{Reason: v.Value("reason"), Mistakes: mistakes})
		if err != nil {
			return err
		}
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(minutesCorrecting, 0, own.MinutesAddress(next.ID, "edit"))
}

func openMinutesPDF(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	page, err := readMinutes(v, id)
	if err != nil {
		return err
	}
	if page.PDF == "" {
		return forum.Refuse(forum.NotFound, "error.minutes.no_pdf")
	}
	name := v.Text.T("minutes.file", "Forum", page.Forum.Name, "Date", string(forum.DateOf(page.Meeting.Start)))
	return v.ShowPrint(name+".pdf", page.PDF)
}
