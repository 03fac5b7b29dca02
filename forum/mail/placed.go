package mail

import (
	"errors"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

var errNoMeeting = errors.New("mail: a matter was placed on no meeting")

// placed tells a proposer when the matter is dealt with.
func (w Writer) placed(f forum.MatterFacts) (Draft, error) {
	if f.Meeting == nil {
		return Draft{}, errNoMeeting
	}
	start := f.Meeting.Start
	subject := w.T("mail.placed.subject", "Day", w.Day(start), "Number", f.Number, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.placed.intro", "Forum", f.Forum, "Moment", w.Moment(start), "Number", f.Number))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.placed.next"))
	d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.meeting"), Value: w.Between(start, f.Meeting.End)})
	if f.Meeting.Place != "" {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.where"), Value: f.Meeting.Place})
	}
	d.Letter.Actions = append(d.Letter.Actions, templates.Link{Label: w.T("mail.action.meeting"), URL: w.MeetingURL(f.Meeting.ID)})
	d.Letter.Footer = w.proposerFooter(f, f.Forum)
	return d, nil
}
