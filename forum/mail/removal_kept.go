package mail

import "github.com/samraad/samraad/forum"

// removalKept tells the secretary who asked that the matter stays.
func (w Writer) removalKept(f forum.MatterFacts) Draft {
	subject := w.T("mail.removal_kept.subject", "Intake", f.Intake, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.removal_kept.intro."+string(f.Way)))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.removal_kept.next", "Forum", f.Forum))
	d.Letter.Facts = append(d.Letter.Facts, w.bothSides(f)...)
	d.Letter.Footer = w.T("mail.footer.asker", "Forum", f.Forum)
	return d
}
