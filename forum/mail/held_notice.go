package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// longestEchoed is how much of a held mail's subject its notice repeats, in characters: enough to know it again, too little
// to be worth sending to others in a forged sender's name.
const longestEchoed = 60

// heldNotice tells a writer that a mail is in but waits for a secretary, and why.
func (w Writer) heldNotice(f forum.HeldFacts) Draft {
	intro := w.T("mail.held.intro", "Forum", f.Forum)
	letter := w.Begin(f.Forum, w.T("mail.held.subject", "Forum", f.Forum), intro)
	why := w.T("mail.held.why."+strings.TrimPrefix(f.Reason, "held."), "Forum", f.Forum, "Address", f.Address)
	letter.Paragraphs = []string{intro + " " + why, w.T("mail.held.next")}
	// What is held for its identity number must not travel on in our own mail.
	if subject := cutWords(oneLine(f.Subject), longestEchoed); subject != "" && !forum.HasIdentityNumber(f.Subject) {
		letter.Facts = []templates.Fact{{Label: w.T("mail.label.subject"), Value: subject}}
	}
	letter.Footer = w.T("mail.footer.held", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address}
}
