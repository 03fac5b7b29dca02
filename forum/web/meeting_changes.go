package web

import (
	"errors"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// Off takes a refusal away from any form, where there is none to show again.
func Off(err error) error {
	var refusal *forum.Error
	if errors.As(err, &refusal) {
		return refusal.On("")
	}
	return err
}

// changeable is the meeting of a form, for who may change it while it is ahead.
func changeable(v *Visit, right forum.Right) (*forum.MeetingPage, time.Time, error) {
	page, now, err := readMeeting(v)
	if err != nil {
		return nil, now, err
	}
	may := map[forum.Right]bool{forum.MoveIt: page.MayMove, forum.CancelIt: page.MayCancel}[right]
	switch {
	case !may:
		return nil, now, forum.Refuse(forum.Forbidden, "error.forbidden."+right.Action+"_"+right.Object)
	case !page.Movable():
		return nil, now, forum.Refuse(forum.Conflict, "error.meeting.state."+string(page.State))
	}
	return page, now, nil
}

func (v *Visit) meetingCrumbs(page *forum.MeetingPage) []templates.Link {
	return []templates.Link{
		ForumCrumb(page.Forum), {Label: v.Text.T("page.meeting.title", "Date", v.Text.Date(page.Start)), URL: pages.MeetingAddress(page.ID)},
	}
}

func askMove(v *Visit) error {
	page, now, err := changeable(v, forum.MoveIt)
	if err != nil {
		return err
	}
	return v.Show(v.movePage(page, now, pages.MoveMeeting{Slot: slotOf(page.Slot)}))
}

func (v *Visit) movePage(page *forum.MeetingPage, now time.Time, p pages.MoveMeeting) pages.MoveMeeting {
	p.Frame, p.Meeting, p.Earliest = v.Frame(v.Text.T("page.move.title"), v.meetingCrumbs(page)...), page, today(now)
	return p
}

func moveMeeting(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.MoveMeeting{Slot: v.typedSlot(), Rest: v.ofRest()}
	slot, err := v.slot()
	var pressed *forum.Trial
	if err == nil {
		pressed, err = Press(v, forum.SendMove{Meeting: meeting, To: slot, Rest: typed.Rest})
	}
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, now, err := changeable(v, forum.MoveIt)
		if err != nil {
			return err
		}
		return v.Again(v.movePage(page, now, typed))
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting))
}

func askCancel(v *Visit) error {
	page, _, err := changeable(v, forum.CancelIt)
	if err != nil {
		return err
	}
	return v.Show(v.cancelPage(page, pages.CancelMeeting{}))
}

func (v *Visit) cancelPage(page *forum.MeetingPage, p pages.CancelMeeting) pages.CancelMeeting {
	p.Frame, p.Meeting = v.Frame(v.Text.T("page.cancel.title"), v.meetingCrumbs(page)...), page
	return p
}

func cancelMeeting(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.CancelMeeting{Reason: v.Value("reason"), Rest: v.ofRest()}
	pressed, err := Press(v, forum.SendCancel{Meeting: meeting, Reason: typed.Reason, Rest: typed.Rest})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, _, err := changeable(v, forum.CancelIt)
		if err != nil {
			return err
		}
		return v.Again(v.cancelPage(page, typed))
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting))
}
