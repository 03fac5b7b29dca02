package mail

import "github.com/samraad/samraad/forum"

// returned gives a matter back to its proposer, with the reason.
func (w writer) returned(f forum.MatterFacts) draft {
	subject := w.T("mail.returned.subject", "Intake", f.Intake, "Title", inSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.returned.intro", "Forum", f.Forum))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.returned.next", "Address", f.Address))
	d.letter.Quote = f.Reason
	d.letter.Footer = w.proposerFooter(f, f.Forum)
	return d
}
