package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// signIn sends the link and the code that sign someone in.
func (w Writer) signIn(f forum.SignInFacts) Draft {
	intro := w.T("mail.sign_in.intro", "Moment", w.Moment(f.Until))
	letter := w.Begin(f.Forum, w.T("mail.sign_in.subject", "Moment", w.Moment(f.Until)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.sign_in.where"), w.T("mail.sign_in.stranger")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.code"), Value: f.Code}}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.sign_in"), URL: w.URL + pages.LinkAddress(f.Link)}}
	letter.Footer = w.T("mail.footer.sign_in", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
}
