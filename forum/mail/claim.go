package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// claim sends the code that proves that an address is its claimer's.
func (w writer) claim(f forum.ClaimFacts) draft {
	intro := w.T("mail.claim.intro", "Person", oneLine(f.Person), "Claimed", f.Claimed)
	letter := w.begin(f.Forum, w.T("mail.claim.subject", "Moment", w.moment(f.Until)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.claim.next"), w.T("mail.claim.stranger")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.code"), Value: f.Code}}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.self"), URL: w.url + pages.SelfAddress}}
	letter.Footer = w.T("mail.footer.claim", "Forum", f.Forum)
	return draft{letter: letter, forum: f.Forum, address: f.Address}
}
