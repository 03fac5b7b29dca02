package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// claim sends the code that proves that an address is its claimer's.
func (w Writer) claim(f forum.ClaimFacts) Draft {
	intro := w.T("mail.claim.intro", "Person", oneLine(f.Person), "Claimed", f.Claimed)
	letter := w.Begin(f.Forum, w.T("mail.claim.subject", "Moment", w.Moment(f.Until)), intro)
	letter.Paragraphs = []string{intro, w.T("mail.claim.next"), w.T("mail.claim.stranger")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.code"), Value: f.Code}}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.self"), URL: w.URL + pages.SelfAddress}}
	letter.Footer = w.T("mail.footer.claim", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address}
}
