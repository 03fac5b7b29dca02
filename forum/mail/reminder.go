package mail

import (
	"errors"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

var errNothingOwed = errors.New("mail: a reminder of nothing")

// reminder lists what someone owes a forum, the most urgent first, each with the page where it is done. It carries no
// calendar object: a second one would confuse calendars.
func (w Writer) reminder(f forum.ReminderFacts) (Draft, error) {
	if len(f.Owed) == 0 {
		return Draft{}, errNothingOwed
	}
	first := f.Owed[0]
	subject := w.T("mail.reminder.subject."+string(first.Cause), w.owedNames(f, first)...)
	if more := len(f.Owed) - 1; more > 0 {
		subject = w.N("mail.reminder.more", more, "First", subject)
	}
	letter := w.Begin(f.Forum, subject, w.owed(f, first))
	for _, owed := range f.Owed {
		letter.Paragraphs = append(letter.Paragraphs, w.owed(f, owed))
		letter.Actions = append(letter.Actions, w.owedLink(f, owed))
	}
	letter.Footer = w.T("mail.footer.reminder", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}, nil
}

// owed says what is owed, until when, and which matters it is about.
func (w Writer) owed(f forum.ReminderFacts, o forum.OwedFacts) string {
	key := "mail.reminder." + string(o.Cause)
	switch o.Cause {
	case forum.AnswerOwed:
		said := w.T(key, w.owedNames(f, o)...)
		if o.ForOld {
			said = w.T(key+"_again", w.owedNames(f, o)...)
		}
		if o.By.Before(o.Meeting.Start) {
			said += " " + w.T("mail.reminder.substitute")
		}
		return said
	case forum.PapersOwed, forum.DraftOwed:
		return w.T(key, w.owedNames(f, o)...)
	}
	lines := []string{w.N(key, len(o.Matters), w.owedNames(f, o)...)}
	for _, m := range o.Matters {
		lines = append(lines, "– "+oneLine(m.Title)+" ("+m.Intake+")")
	}
	return strings.Join(lines, "\n")
}

func (w Writer) owedNames(f forum.ReminderFacts, o forum.OwedFacts) []any {
	title := ""
	if len(o.Matters) > 0 {
		title = InSubject(o.Matters[0].Title)
	}
	return []any{
		"Forum", f.Forum, "Address", f.Address, "Moment", w.Moment(o.Meeting.Start), "Date", w.DayMonth(o.Meeting.Start),
		"By", w.By(o.By), "Deadline", w.deadline(o.By), "Invited", w.invitedOn(o), "Title", title,
	}
}

// deadline names a deadline in a sentence: the day alone where it lasts through it.
func (w Writer) deadline(at time.Time) string {
	if at.Equal(forum.DateOf(at).EndOf()) {
		return w.Day(at)
	}
	return w.Moment(at)
}

func (w Writer) invitedOn(o forum.OwedFacts) string {
	if o.InvitedAt.IsZero() {
		return ""
	}
	return w.DayMonth(o.InvitedAt)
}

// owedLink leads to where it is done.
func (w Writer) owedLink(f forum.ReminderFacts, o forum.OwedFacts) templates.Link {
	label := w.T("mail.reminder.action."+string(o.Cause), "Date", w.DayMonth(o.Meeting.Start))
	switch o.Cause {
	case forum.ItemsOwed:
		return templates.Link{Label: label, URL: w.URL + pages.ForumAddress(f.ID, "inbox")}
	case forum.ResendOwed:
		return templates.Link{Label: label, URL: w.MatterURL(o.Matters[0].ID)}
	case forum.DraftOwed:
		return templates.Link{Label: label, URL: w.URL + pages.MatterAddress(o.Matters[0].ID, "draft")}
	}
	return templates.Link{Label: label, URL: w.MeetingURL(o.Meeting.ID)}
}
