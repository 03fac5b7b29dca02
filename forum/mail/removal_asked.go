package mail

import "github.com/samraad/samraad/forum"

// removalAsked asks a secretary of the proposer's level whether the matter may leave the inbox.
func (w writer) removalAsked(f forum.MatterFacts) draft {
	names := []any{"Intake", f.Intake, "Title", inSubject(f.Title), "Asker", f.Asker, "ToForum", f.ToForum, "ToTitle", inSubject(f.ToTitle)}
	way := string(f.Way)
	d := w.matterDraft(f, f.Forum, w.T("mail.removal_asked.subject."+way, names...), w.T("mail.removal_asked.intro."+way, names...))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.removal_asked.rule"))
	d.letter.Quote = f.Reason
	d.letter.Actions[0].Label = w.T("mail.action.answer")
	d.letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d
}
