package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// answerMeeting takes the answer of somebody invited.
func answerMeeting(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.TypedAnswer{Reply: forum.Reply(v.value("answer")), Comment: v.value("comment")}
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Answer, error) {
		return forum.AnswerMeeting(ctx, tx, by, meeting, typed.Reply, typed.Comment)
	})
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		page, _, err := readMeeting(v)
		if err != nil {
			return err
		}
		return v.again(v.meetingPage(page, typed))
	}
	if err != nil {
		return err
	}
	return v.done(answerGiven, 0, pages.MeetingAddress(meeting))
}

// showAttendance is the part of a meeting's page that shows who comes.
func showAttendance(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	attendance, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Attendance, error) {
		return forum.ReadAttendance(ctx, tx, by, meeting)
	})
	if err != nil {
		return err
	}
	return v.show(part{pages.Attendance(v.text, attendance)})
}

// part is a piece of a page.
type part struct{ of templ.Component }

// Page is the piece itself.
func (p part) Page() templ.Component { return p.of }
