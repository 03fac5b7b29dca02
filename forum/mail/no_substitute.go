package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// noSubstitute tells a secretary for whom nobody is left to be called up.
func (w Writer) noSubstitute(f forum.NoSubstituteFacts) Draft {
	intro := w.T("mail.no_substitute.intro", "Forum", f.Forum, "Day", w.Day(f.Start))
	letter := w.Begin(f.Forum, w.N("mail.no_substitute.subject", len(f.Missing), "Due", w.By(f.Start), "Forum", f.Forum), intro)
	letter.Paragraphs = []string{intro, w.T("mail.no_substitute.next")}
	for _, m := range f.Missing {
		letter.Facts = append(letter.Facts, templates.Fact{Label: m.Organisation, Value: m.Person})
	}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.meeting"), URL: w.MeetingURL(f.Meeting)}}
	letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address}
}
