package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// notice writes of a change that cannot wait, and asks to confirm it.
func (w Writer) notice(f forum.NoticeFacts) Draft {
	letter := w.Begin(f.Forum, w.T("mail.notice.subject", "Forum", f.Forum, "Moment", w.Moment(f.Start)), InSubject(f.Text))
	letter.Paragraphs = []string{w.T("mail.notice.intro", "Forum", f.Forum, "Moment", w.Moment(f.Start)), f.Text, w.T("mail.notice.confirm")}
	letter.Facts = []templates.Fact{{Label: w.T("mail.label.when"), Value: w.Between(f.Start, f.End)}}
	if f.Place != "" {
		letter.Facts = append(letter.Facts, templates.Fact{Label: w.T("mail.label.where"), Value: f.Place})
	}
	letter.Actions = []templates.Link{{Label: w.T("mail.notice.action"), URL: w.copyURL(f.Confirm)}}
	letter.Footer = w.T("mail.footer.invited", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
}

// withConfirmation asks the receiver of a calendar message to confirm a change
// that comes at short notice.
func (w Writer) withConfirmation(letter templates.Letter, f forum.InvitationFacts) templates.Letter {
	if f.Confirm == "" {
		return letter
	}
	letter.Subject = w.T("mail.notice.short", "Subject", letter.Subject)
	letter.Paragraphs = append(letter.Paragraphs, w.T("mail.notice.confirm"))
	letter.Actions = append([]templates.Link{{Label: w.T("mail.notice.action"), URL: w.copyURL(f.Confirm)}}, letter.Actions...)
	return letter
}
