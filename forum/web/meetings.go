package web

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// planning is what the form for a new meeting stands on.
type planning struct {
	forum forum.Forum
	now   time.Time
}

func readPlanning(v *visit, in forum.ForumID) (planning, error) {
	return read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (planning, error) {
		f, err := tx.Forum(ctx, in)
		if err != nil {
			return planning{}, err
		}
		_, err = by.May(ctx, tx, forum.PlanIt, in)
		return planning{*f, tx.Now()}, err
	})
}

func askMeeting(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	form, err := readPlanning(v, in)
	if err != nil {
		return err
	}
	return v.show(v.planPage(form, pages.PlanMeeting{Form: forum.Ordinary}))
}

func (v *visit) planPage(form planning, p pages.PlanMeeting) pages.PlanMeeting {
	p.Frame, p.Forum, p.Earliest = v.frame(v.text.T("page.plan.title"), forumCrumb(form.forum)), form.forum, today(form.now)
	return p
}

func planMeeting(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	typed := pages.PlanMeeting{Form: forum.MeetingForm(v.value("form")), Slot: v.typedSlot()}
	slot, err := v.slot()
	var meeting *forum.Meeting
	if err == nil {
		meeting, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Meeting, error) {
			return forum.PlanMeeting(ctx, tx, by, in, typed.Form, slot)
		})
	}
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		form, err := readPlanning(v, in)
		if err != nil {
			return err
		}
		return v.again(v.planPage(form, typed))
	}
	if err != nil {
		return err
	}
	return v.done(meetingPlanned, 0, pages.MeetingAddress(meeting.ID))
}

func readMeeting(v *visit) (*forum.MeetingPage, time.Time, error) {
	var now time.Time
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return nil, now, err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.MeetingPage, error) {
		now = tx.Now()
		return forum.ReadMeetingPage(ctx, tx, by, meeting)
	})
	return page, now, err
}

func showMeeting(v *visit) error {
	page, _, err := readMeeting(v)
	if err != nil {
		return err
	}
	return v.show(v.meetingPage(page, pages.TypedAnswer{}))
}

func (v *visit) meetingPage(page *forum.MeetingPage, typed pages.TypedAnswer) pages.Meeting {
	title := v.text.T("page.meeting.title", "Date", v.text.Date(page.Start))
	return pages.Meeting{Frame: v.frame(title, forumCrumb(page.Forum)), Meeting: page, Typed: typed}
}

func callMeeting(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	pressed, err := press(v, forum.SendCall{Meeting: meeting})
	if err != nil {
		return off(err)
	}
	return v.pressed(pressed, pages.MeetingAddress(meeting))
}
