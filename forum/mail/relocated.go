package mail

import "github.com/samraad/samraad/forum"

// relocated tells a proposer which forum has the matter now. The letter comes from there: its secretaries answer for the
// matter from now on.
func (w writer) relocated(f forum.MatterFacts) draft {
	subject := w.T("mail.relocated.subject", "Intake", f.Intake, "ToForum", f.ToForum, "Title", inSubject(f.Title))
	d := w.matterDraft(f, f.ToForum, subject, w.T("mail.relocated.intro", "Forum", f.Forum, "ToForum", f.ToForum))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.relocated.next", "ToForum", f.ToForum))
	d.letter.Quote = f.Reason
	d.letter.Footer = w.proposerFooter(f, f.ToForum)
	return d
}
