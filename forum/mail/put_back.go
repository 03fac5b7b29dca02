package mail

import "github.com/samraad/samraad/forum"

// putBack tells a proposer that the matter is on no agenda any more, or not
// returned any more: it waits in the inbox.
func (w Writer) putBack(f forum.MatterFacts) Draft {
	subject := w.T("mail.put_back.subject", "Intake", f.Intake, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.put_back.intro", "Forum", f.Forum))
	next := w.T("mail.put_back.next")
	if f.Meeting != nil {
		next = w.T("mail.put_back.reach", "Moment", w.Moment(f.Meeting.Start))
	}
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, next)
	d.Letter.Footer = w.proposerFooter(f, f.Forum)
	return d
}
