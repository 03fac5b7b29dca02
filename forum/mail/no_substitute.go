package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// noSubstitute tells a secretary for whom nobody is left to be called up.
func (w writer) noSubstitute(f forum.NoSubstituteFacts) draft {
	intro := w.T("mail.no_substitute.intro", "Forum", f.Forum, "Day", w.day(f.Start))
	letter := w.begin(f.Forum, w.N("mail.no_substitute.subject", len(f.Missing), "Due", w.by(f.Start), "Forum", f.Forum), intro)
	letter.Paragraphs = []string{intro, w.T("mail.no_substitute.next")}
	for _, m := range f.Missing {
		letter.Facts = append(letter.Facts, templates.Fact{Label: m.Organisation, Value: m.Person})
	}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.meeting"), URL: w.meetingURL(f.Meeting)}}
	letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return draft{letter: letter, forum: f.Forum, address: f.Address}
}
