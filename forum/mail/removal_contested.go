package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// removalContested asks a key-holder to decide between the secretaries of the two levels.
func (w Writer) removalContested(f forum.MatterFacts) Draft {
	names := []any{"Intake", f.Intake, "Title", InSubject(f.Title), "ToForum", f.ToForum, "ToTitle", InSubject(f.ToTitle)}
	way := string(f.Way)
	d := w.matterDraft(f, f.Forum, w.T("mail.removal_contested.subject."+way, names...), w.T("mail.removal_contested.intro."+way, names...))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.removal_contested.rule"))
	d.Letter.Facts = append(d.Letter.Facts, w.bothSides(f)...)
	d.Letter.Actions[0].Label = w.T("mail.action.decide")
	d.Letter.Footer = w.T("mail.footer.key_holder", "Forum", f.Forum)
	return d
}

// bothSides are the words of who asked and of who objected, set beside each other.
func (w Writer) bothSides(f forum.MatterFacts) []templates.Fact {
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
