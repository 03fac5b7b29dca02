package mail

import (
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/governance"
)

// dayOf is a date for people, without a clock.
func dayOf(w mail.Writer, day forum.Date) string {
	at, err := time.ParseInLocation(time.DateOnly, string(day), forum.Oslo)
	if err != nil {
		return string(day)
	}
	return w.DayMonth(at.Add(12 * time.Hour))
}

// followUp tells somebody of what an organisation owes by a decision, and why. Who sees
// to it can answer.
func followUp(w mail.Writer, f governance.FollowUpFacts) (mail.Draft, error) {
	cause := string(f.Cause)
	values := []any{"Forum", f.Forum, "Organisation", f.Organisation, "OfferedTo", f.OfferedTo, "By", f.By, "Number", f.Number, "Due", dayOf(w, f.Due)}
	intro := w.T("mail.follow_up."+cause, values...)
	d := followUpDraft(w, f, w.T("mail.follow_up.subject."+cause, values...), intro)
	if f.Exempt {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.follow_up.exempt", "Basis", f.Basis))
	}
	if f.State != governance.DoneFollowUp && f.Person == f.Owner && f.Cause != governance.TakenCause {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.follow_up.words"))
	}
	if f.Reason != "" {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.follow_up.reason"), Value: f.Reason})
	}
	d.Letter.Facts = append(d.Letter.Facts, about(w, f)...)
	return d, nil
}

// about is what the letter is about.
func about(w mail.Writer, f governance.FollowUpFacts) []templates.Fact {
	facts := []templates.Fact{{Label: w.T("mail.follow_up.matter"), Value: f.Matter}}
	if f.Decided != "" {
		facts = append(facts, templates.Fact{Label: w.T("mail.follow_up.decided", "Number", f.Number), Value: f.Decided})
	}
	if f.Text != "" {
		facts = append(facts, templates.Fact{Label: w.T("mail.follow_up.text"), Value: f.Text})
	}
	facts = append(facts, templates.Fact{Label: w.T("mail.follow_up.due_label"), Value: dayOf(w, f.Due)})
	if f.Owner != "" && f.Owner != f.Person {
		facts = append(facts, templates.Fact{Label: w.T("mail.follow_up.owner"), Value: f.Owner})
	}
	return facts
}

// reportReceipt tells somebody as what a mail was understood, and how to undo it; of a
// note it offers what else can be said.
func reportReceipt(w mail.Writer, f governance.FollowUpFacts) (mail.Draft, error) {
	values := []any{"Number", f.Number, "Organisation", f.Organisation, "Due", dayOf(w, f.Due), "State", strings.ToLower(w.T("follow_up.state." + string(f.State)))}
	switch {
	case f.Trouble != "":
		intro := w.T("mail.report.trouble", values...) + " " + w.T(f.Trouble, f.Args...)
		return followUpDraft(w, f, w.T("mail.report.trouble_subject", values...), intro), nil
	case f.Said == governance.Done:
		d := followUpDraft(w, f, w.T("mail.report.done_subject", values...), w.T("mail.report.done", values...))
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.report.done_undo"))
		return d, nil
	case f.Said == governance.Reopened:
		return followUpDraft(w, f, w.T("mail.report.undone_subject", values...), w.T("mail.report.undone", values...)), nil
	}
	d := followUpDraft(w, f, w.T("mail.report.note_subject", values...), w.T("mail.report.note", values...))
	if f.State == governance.DoneFollowUp {
		return d, nil
	}
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.report.choices"))
	d.Letter.Actions = nil
	for _, choice := range []struct{ label, form string }{
		{w.T("mail.report.finish"), ""}, {w.T("mail.report.block"), "block"}, {w.T("mail.report.hand_over"), "hand-over"},
	} {
		d.Letter.Actions = append(d.Letter.Actions, templates.Link{Label: choice.label, URL: w.URL + pages.FollowUpPlace(f.Decision, f.FollowUp, choice.form)})
	}
	return d, nil
}

// followUpDraft is a letter about a follow-up, with the way to its decision; answers go
// to the address of the receiver's own.
func followUpDraft(w mail.Writer, f governance.FollowUpFacts, subject, intro string) mail.Draft {
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Actions = []templates.Link{{Label: w.T("mail.follow_up.action"), URL: w.URL + pages.FollowUpPlace(f.Decision, f.FollowUp, "")}}
	letter.Footer = w.T("mail.footer.follow_up", "Forum", f.Forum)
	return mail.Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person}
}
