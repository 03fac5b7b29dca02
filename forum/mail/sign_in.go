package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// signIn sends the link and the code that sign someone in.
func (w writer) signIn(f forum.SignInFacts) draft {
	intro := w.T("mail.sign_in.intro", "Moment", w.moment(f.Until))
	letter := w.begin(f.Forum, w.T("mail.sign_in.subject", "Moment", w.moment(f.Until)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.sign_in.where"), w.T("mail.sign_in.stranger")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.code"), Value: f.Code}}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.sign_in"), URL: w.url + pages.LinkAddress(f.Link)}}
	letter.Footer = w.T("mail.footer.sign_in", "Forum", f.Forum)
	return draft{letter: letter, forum: f.Forum, address: f.Address, person: f.Person}
}
