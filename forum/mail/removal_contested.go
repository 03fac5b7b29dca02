package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// removalContested asks a key-holder to decide between the secretaries of the two levels.
func (w writer) removalContested(f forum.MatterFacts) draft {
	names := []any{"Intake", f.Intake, "Title", inSubject(f.Title), "ToForum", f.ToForum, "ToTitle", inSubject(f.ToTitle)}
	way := string(f.Way)
	d := w.matterDraft(f, f.Forum, w.T("mail.removal_contested.subject."+way, names...), w.T("mail.removal_contested.intro."+way, names...))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.removal_contested.rule"))
	d.letter.Facts = append(d.letter.Facts, w.bothSides(f)...)
	d.letter.Actions[0].Label = w.T("mail.action.decide")
	d.letter.Footer = w.T("mail.footer.key_holder", "Forum", f.Forum)
	return d
}

// bothSides are the words of who asked and of who objected, set beside each other.
func (w writer) bothSides(f forum.MatterFacts) []templates.Fact {
	var facts []templates.Fact
	for _, fact := range []templates.Fact{
		{Label: w.T("mail.label.asked_by"), Value: f.Asker},
		{Label: w.T("mail.label.reason"), Value: f.Reason},
		{Label: w.T("mail.label.objection"), Value: f.Objection},
	} {
		if fact.Value != "" {
			facts = append(facts, fact)
		}
	}
	return facts
}
