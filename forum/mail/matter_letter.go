package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// matterDraft is a letter about a matter, from the forum that has it, with the matter and a link to its page.
func (w Writer) matterDraft(f forum.MatterFacts, from, subject, intro string) Draft {
	letter := w.Begin(from, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.matter"), Value: f.Title}, {Label: w.T("mail.label.intake"), Value: f.Intake}}
	if f.Number != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.number"), Value: f.Number})
	}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.matter"), URL: w.MatterURL(f.Matter)}}
	return Draft{Letter: letter, Forum: from, Address: f.Address, Person: f.Person}
}

// proposerFooter says why somebody gets a letter about a matter that was proposed.
func (w Writer) proposerFooter(f forum.MatterFacts, forumName string) string {
	if f.InPlace != "" {
		return w.T("mail.footer.follower", "Forum", forumName, "Proposer", oneLine(f.InPlace))
	}
	return w.T("mail.footer.proposer", "Forum", forumName)
}
