package mail

import (
	"errors"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

var errNoMeeting = errors.New("mail: a matter was placed on no meeting")

// placed tells a proposer when the matter is dealt with.
func (w writer) placed(f forum.MatterFacts) (draft, error) {
	if f.Meeting == nil {
		return draft{}, errNoMeeting
	}
	start := f.Meeting.Start
	subject := w.T("mail.placed.subject", "Day", w.day(start), "Number", f.Number, "Title", inSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.placed.intro", "Forum", f.Forum, "Moment", w.moment(start), "Number", f.Number))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.placed.next"))
	d.letter.Facts = append(d.letter.Facts, templates.Fact{Label: w.T("mail.label.meeting"), Value: w.Between(start, f.Meeting.End)})
	if f.Meeting.Place != "" {
		d.letter.Facts = append(d.letter.Facts, templates.Fact{Label: w.T("mail.label.where"), Value: f.Meeting.Place})
	}
	d.letter.Actions = append(d.letter.Actions, templates.Link{Label: w.T("mail.action.meeting"), URL: w.meetingURL(f.Meeting.ID)})
	d.letter.Footer = w.proposerFooter(f, f.Forum)
	return d, nil
}
