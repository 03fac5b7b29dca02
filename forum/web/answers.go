package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// answerMeeting takes the answer of somebody invited.
func answerMeeting(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.TypedAnswer{Reply: forum.Reply(v.Value("answer")), Comment: v.Value("comment")}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Answer, error) {
		return forum.AnswerMeeting(ctx, tx, by, meeting, typed.Reply, typed.Comment)
	})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, err := v.meetingPage(meeting)
		if err != nil {
			return err
		}
		page.Typed = typed
		return v.Again(page)
	}
	if err != nil {
		return err
	}
	return v.Done(answerGiven, 0, pages.MeetingAddress(meeting))
}

// showAttendance is the part of a meeting's page that shows who comes.
func showAttendance(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	attendance, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Attendance, error) {
		return forum.ReadAttendance(ctx, tx, by, meeting)
	})
	if err != nil {
		return err
	}
	return v.Show(part{pages.Attendance(v.Text, attendance)})
}

// part is a piece of a page.
type part struct{ of templ.Component }

// Page is the piece itself.
func (p part) Page() templ.Component { return p.of }
