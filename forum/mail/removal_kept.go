package mail

import "github.com/samraad/samraad/forum"

// removalKept tells the secretary who asked that the matter stays.
func (w writer) removalKept(f forum.MatterFacts) draft {
	subject := w.T("mail.removal_kept.subject", "Intake", f.Intake, "Title", inSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.removal_kept.intro."+string(f.Way)))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.removal_kept.next", "Forum", f.Forum))
	d.letter.Facts = append(d.letter.Facts, w.bothSides(f)...)
	d.letter.Footer = w.T("mail.footer.asker", "Forum", f.Forum)
	return d
}
