package mail

import "github.com/samraad/samraad/forum"

// merged tells a proposer with which other matter theirs is dealt with.
func (w writer) merged(f forum.MatterFacts) draft {
	subject := w.T("mail.merged.subject", "Intake", f.Intake, "Title", inSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.merged.intro", "Forum", f.Forum, "ToTitle", f.ToTitle))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.merged.next"))
	d.letter.Quote = f.Reason
	d.letter.Footer = w.proposerFooter(f, f.Forum)
	return d
}
