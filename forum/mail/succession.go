package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// succession tells who takes a seat over what waits there, or that the seat
// stays with who had it.
func (w Writer) succession(f forum.SuccessionFacts) Draft {
	capacity, before := w.T("capacity."+string(f.Capacity)), oneLine(f.Before)
	if f.Undone {
		intro := w.T("mail.succession.intro_undone", "Capacity", capacity, "Organisation", oneLine(f.Organisation), "Forum", f.Forum, "Before", before)
		letter := w.Begin(f.Forum, w.T("mail.succession.subject_undone", "Capacity", capacity, "Forum", f.Forum), intro)
		letter.Paragraphs, letter.Footer = []string{intro}, w.T("mail.footer.seat", "Forum", f.Forum)
		return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
	}
	intro := w.T("mail.succession.intro", "Capacity", capacity, "Organisation", oneLine(f.Organisation), "Forum", f.Forum, "Before", before, "From", w.onDate(f.From))
	letter := w.Begin(f.Forum, w.T("mail.succession.subject", "Capacity", capacity, "Forum", f.Forum, "From", w.onDate(f.From)), intro)
	letter.Paragraphs = []string{intro}
	if f.Key {
		letter.Paragraphs = append(letter.Paragraphs, w.T("mail.succession.key"))
	}
	letter.Paragraphs = append(letter.Paragraphs, w.T("mail.succession.meetings"))
	for _, m := range f.Waiting {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.waiting"), Value: oneLine(m.Name)})
	}
	for _, m := range f.Matters {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.follows"), Value: oneLine(m.Name)})
	}
	for _, l := range f.Lines {
		title := pages.LineTitle(w.Text, l.What, l.Level, l.Title)
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.presents"), Value: oneLine(title) + " (" + w.Day(l.Start) + ")"})
	}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.forum"), URL: w.URL + pages.ForumAddress(f.In)}}
	letter.Footer = w.T("mail.footer.seat", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
}
