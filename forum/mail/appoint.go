package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// appoint asks an organisation for whom it appoints to a seat of its own, or
// tells that it need not.
func (w Writer) appoint(f forum.AppointFacts) Draft {
	capacity, last := w.T("capacity."+string(f.Capacity)), w.onDate(f.Last)
	subject := w.T("mail.appoint.subject", "Capacity", capacity, "Forum", f.Forum, "Last", last)
	intro := w.T("mail.appoint.intro", "Person", oneLine(f.Person), "Capacity", capacity, "Organisation", oneLine(f.Organisation), "Forum", f.Forum, "Last", last)
	if f.Undone {
		subject = w.T("mail.appoint.subject_undone", "Capacity", capacity, "Forum", f.Forum)
		intro = w.T("mail.appoint.intro_undone", "Person", oneLine(f.Person), "Capacity", capacity, "Organisation", oneLine(f.Organisation), "Forum", f.Forum)
	}
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Footer = w.T("mail.footer.organisation", "Forum", f.Forum, "Organisation", oneLine(f.Organisation))
	if f.Undone {
		return Draft{Letter: letter, Forum: f.Forum, Address: f.Address}
	}
	letter.Paragraphs = append(letter.Paragraphs, w.T("mail.appoint.next"))
	letter.Facts = []templates.Fact{
		{Label: w.T("mail.label.seat"), Value: capacity}, {Label: w.T("mail.label.held_by"), Value: oneLine(f.Person)}, {Label: w.T("mail.label.last"), Value: last},
	}
	if len(f.Substitutes) > 0 {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.substitutes"), Value: oneLine(strings.Join(f.Substitutes, "; "))})
	}
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address}
}
