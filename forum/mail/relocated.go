package mail

import "github.com/samraad/samraad/forum"

// relocated tells a proposer which forum has the matter now. The letter comes from there: its secretaries answer for the
// matter from now on.
func (w Writer) relocated(f forum.MatterFacts) Draft {
	subject := w.T("mail.relocated.subject", "Intake", f.Intake, "ToForum", f.ToForum, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.ToForum, subject, w.T("mail.relocated.intro", "Forum", f.Forum, "ToForum", f.ToForum))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.relocated.next", "ToForum", f.ToForum))
	d.Letter.Quote = f.Reason
	d.Letter.Footer = w.proposerFooter(f, f.ToForum)
	return d
}
