package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// matterLetter is a letter about a matter, with the matter and a link to its page.
func matterLetter(w mail.Writer, f forum.MatterFacts, subject, intro, action, path string) mail.Draft {
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.matter"), Value: f.Title}, {Label: w.T("mail.label.intake"), Value: f.Intake}}
	if f.Number != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.number"), Value: f.Number})
	}
	letter.Actions = []templates.Link{{Label: action, URL: w.URL + path}}
	return mail.Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
}

// exempted says that the words of an exempt matter do not travel.
func exempted(w mail.Writer, basis string) string { return w.T("mail.exempt_words", "Basis", basis) }

// escalated tells secretaries that a matter was sent to another forum.
func escalated(w mail.Writer, f governance.EscalationFacts) (mail.Draft, error) {
	where := "sent"
	if f.Receiving {
		where = "got"
	}
	names := []any{"Other", f.Other, "Forum", f.Forum, "By", f.By, "Title", mail.InSubject(f.Title)}
	d := matterLetter(w, f.MatterFacts, w.T("mail.escalated.subject."+where, names...), w.T("mail.escalated.intro."+where+"."+string(f.Direction), names...),
		w.T("mail.action.matter"), pages.MatterAddress(f.Matter))
	d.Letter.Facts = append(d.Letter.Facts, escalationFacts(w, f)...)
	if f.Receiving {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.escalated.next", "Other", f.Other))
	}
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d, nil
}

func escalationFacts(w mail.Writer, f governance.EscalationFacts) (facts []templates.Fact) {
	if f.Exempt {
		facts = append(facts, templates.Fact{Label: w.T("mail.label.asked"), Value: exempted(w, f.Basis)})
	} else {
		facts = append(facts, templates.Fact{Label: w.T("mail.label.asked"), Value: f.Question}, templates.Fact{Label: w.T("mail.label.reason"), Value: f.Reason})
	}
	if f.Deadline != "" {
		facts = append(facts, templates.Fact{Label: w.T("mail.label.deadline"), Value: w.Day(f.Deadline.EndOf())})
	}
	return facts
}

// escalationClosed tells secretaries what came back, or that nothing will.
func escalationClosed(w mail.Writer, f governance.EscalationFacts) (mail.Draft, error) {
	names := []any{"Other", f.Other, "Forum", f.Forum, "By", f.By, "Title", mail.InSubject(f.Title)}
	where := "from"
	if f.Receiving {
		where = "to"
	}
	state := string(f.State)
	if f.Enacted {
		state = "decided"
	}
	names = append(names, "Number", f.Decision)
	d := matterLetter(w, f.MatterFacts, w.T("mail.escalation_closed.subject."+state, names...), w.T("mail.escalation_closed.intro."+where+"."+state, names...),
		w.T("mail.action.matter"), pages.MatterAddress(f.Matter))
	if f.Exempt {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, exempted(w, f.Basis))
	} else {
		d.Letter.Quote = f.Answer
	}
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	if f.Enacted && !f.Receiving {
		d.Letter.Footer = w.T("mail.footer.ladder", "Forum", f.Forum)
	}
	return d, nil
}

// escalationDue reminds secretaries of what another forum waits for.
func escalationDue(w mail.Writer, f governance.EscalationFacts) (mail.Draft, error) {
	names := []any{"Other", f.Other, "Title", mail.InSubject(f.Title), "By", w.DayMonth(f.Deadline.EndOf()), "Day", w.Day(f.Deadline.EndOf())}
	d := matterLetter(w, f.MatterFacts, w.T("mail.escalation_due.subject", names...), w.T("mail.escalation_due.intro", names...), w.T("mail.escalation_due.action"), pages.MatterAddress(f.Matter))
	d.Letter.Facts = append(d.Letter.Facts, escalationFacts(w, f)...)
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d, nil
}
