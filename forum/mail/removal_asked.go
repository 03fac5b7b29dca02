package mail

import "github.com/samraad/samraad/forum"

// removalAsked asks a secretary of the proposer's level whether the matter may leave the inbox.
func (w Writer) removalAsked(f forum.MatterFacts) Draft {
	names := []any{"Intake", f.Intake, "Title", InSubject(f.Title), "Asker", f.Asker, "ToForum", f.ToForum, "ToTitle", InSubject(f.ToTitle)}
	way := string(f.Way)
	d := w.matterDraft(f, f.Forum, w.T("mail.removal_asked.subject."+way, names...), w.T("mail.removal_asked.intro."+way, names...))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.removal_asked.rule"))
	d.Letter.Quote = f.Reason
	d.Letter.Actions[0].Label = w.T("mail.action.answer")
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d
}
