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

func readPlanning(v *Visit, in forum.ForumID) (planning, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (planning, error) {
		f, err := tx.Forum(ctx, in)
		if err != nil {
			return planning{}, err
		}
		_, err = by.May(ctx, tx, forum.PlanIt, in)
		return planning{*f, tx.Now()}, err
	})
}

func askMeeting(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	form, err := readPlanning(v, in)
	if err != nil {
		return err
	}
	return v.Show(v.planPage(form, pages.PlanMeeting{Form: forum.Ordinary}))
}

func (v *Visit) planPage(form planning, p pages.PlanMeeting) pages.PlanMeeting {
	p.Frame, p.Forum, p.Earliest = v.Frame(v.Text.T("page.plan.title"), ForumCrumb(form.forum)), form.forum, today(form.now)
	return p
}

func planMeeting(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	typed := pages.PlanMeeting{Form: forum.MeetingForm(v.Value("form")), Slot: v.typedSlot()}
	slot, err := v.slot()
	var meeting *forum.Meeting
	if err == nil {
		meeting, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Meeting, error) {
			return forum.PlanMeeting(ctx, tx, by, in, typed.Form, slot)
		})
	}
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		form, err := readPlanning(v, in)
		if err != nil {
			return err
		}
		return v.Again(v.planPage(form, typed))
	}
	if err != nil {
		return err
	}
	return v.Done(meetingPlanned, 0, pages.MeetingAddress(meeting.ID))
}

func readMeeting(v *Visit) (*forum.MeetingPage, time.Time, error) {
	var now time.Time
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return nil, now, err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.MeetingPage, error) {
		now = tx.Now()
		return forum.ReadMeetingPage(ctx, tx, by, meeting)
	})
	return page, now, err
}

func showMeeting(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	page, err := v.meetingPage(meeting)
	if err != nil {
		return err
	}
	return v.Show(page)
}

func (v *Visit) meetingPage(meeting forum.MeetingID) (pages.Meeting, error) {
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (p pages.Meeting, err error) {
		if p.Meeting, err = forum.ReadMeetingPage(ctx, tx, by, meeting); err != nil {
			return p, err
		}
		p.Governed, err = v.options.House.InMeeting(ctx, tx, by, v, p.Meeting)
		return p, err
	})
	if err == nil {
		page.Frame = v.Frame(v.Text.T("page.meeting.title", "Date", v.Text.Date(page.Meeting.Start)), ForumCrumb(page.Meeting.Forum))
	}
	return page, err
}

func callMeeting(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	pressed, err := Press(v, forum.SendCall{Meeting: meeting})
	if err != nil {
		return Off(err)
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting))
}
