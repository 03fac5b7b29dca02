package mail

import "github.com/samraad/samraad/forum"

// merged tells a proposer with which other matter theirs is dealt with.
func (w Writer) merged(f forum.MatterFacts) Draft {
	subject := w.T("mail.merged.subject", "Intake", f.Intake, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.merged.intro", "Forum", f.Forum, "ToTitle", f.ToTitle))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.merged.next"))
	d.Letter.Quote = f.Reason
	d.Letter.Footer = w.proposerFooter(f, f.Forum)
	return d
}
