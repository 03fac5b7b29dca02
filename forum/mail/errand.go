package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// errandFailed tells who set something in motion that it was not sent, and why.
func (w Writer) errandFailed(f forum.ErrandFailedFacts) Draft {
	what := oneLine(pages.ErrandWords(w.Text, f.Errand))
	intro := w.T("mail.errand.intro", "Moment", w.Moment(f.Errand.PressedAt))
	letter := w.Begin(f.Forum, w.T("mail.errand.subject", "What", InSubject(what)), intro)
	letter.Paragraphs = []string{intro}
	letter.Facts = []templates.Fact{
		{Label: w.T("mail.errand.what"), Value: what}, {Label: w.T("mail.errand.why"), Value: oneLine(pages.ErrandTrouble(w.Text, f.Errand))},
	}
	if page := pages.ErrandPage(f.Errand); page != "" {
		letter.Actions = []templates.Link{{Label: w.T("mail.errand.open"), URL: w.URL + page}}
	}
	letter.Footer = w.T("mail.footer.errand", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
}
