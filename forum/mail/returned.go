package mail

import "github.com/samraad/samraad/forum"

// returned gives a matter back to its proposer, with the reason.
func (w Writer) returned(f forum.MatterFacts) Draft {
	subject := w.T("mail.returned.subject", "Intake", f.Intake, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.returned.intro", "Forum", f.Forum))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.returned.next", "Address", f.Address))
	d.Letter.Quote = f.Reason
	d.Letter.Footer = w.proposerFooter(f, f.Forum)
	return d
}
