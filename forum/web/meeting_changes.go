package web

import (
	"errors"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// off takes a refusal away from any form, where there is none to show again.
func off(err error) error {
	var refusal *forum.Error
	if errors.As(err, &refusal) {
		return refusal.On("")
	}
	return err
}

// changeable is the meeting of a form, for who may change it while it is ahead.
func changeable(v *visit, right forum.Right) (*forum.MeetingPage, time.Time, error) {
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

func (v *visit) meetingCrumbs(page *forum.MeetingPage) []templates.Link {
	return []templates.Link{
		forumCrumb(page.Forum), {Label: v.text.T("page.meeting.title", "Date", v.text.Date(page.Start)), URL: pages.MeetingAddress(page.ID)},
	}
}

func askMove(v *visit) error {
	page, now, err := changeable(v, forum.MoveIt)
	if err != nil {
		return err
	}
	return v.show(v.movePage(page, now, pages.MoveMeeting{Slot: slotOf(page.Slot)}))
}

func (v *visit) movePage(page *forum.MeetingPage, now time.Time, p pages.MoveMeeting) pages.MoveMeeting {
	p.Frame, p.Meeting, p.Earliest = v.frame(v.text.T("page.move.title"), v.meetingCrumbs(page)...), page, today(now)
	return p
}

func moveMeeting(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.MoveMeeting{Slot: v.typedSlot(), Rest: v.ofRest()}
	slot, err := v.slot()
	var pressed *forum.Trial
	if err == nil {
		pressed, err = press(v, forum.SendMove{Meeting: meeting, To: slot, Rest: typed.Rest})
	}
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		page, now, err := changeable(v, forum.MoveIt)
		if err != nil {
			return err
		}
		return v.again(v.movePage(page, now, typed))
	}
	if err != nil {
		return err
	}
	return v.pressed(pressed, pages.MeetingAddress(meeting))
}

func askCancel(v *visit) error {
	page, _, err := changeable(v, forum.CancelIt)
	if err != nil {
		return err
	}
	return v.show(v.cancelPage(page, pages.CancelMeeting{}))
}

func (v *visit) cancelPage(page *forum.MeetingPage, p pages.CancelMeeting) pages.CancelMeeting {
	p.Frame, p.Meeting = v.frame(v.text.T("page.cancel.title"), v.meetingCrumbs(page)...), page
	return p
}

func cancelMeeting(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.CancelMeeting{Reason: v.value("reason"), Rest: v.ofRest()}
	pressed, err := press(v, forum.SendCancel{Meeting: meeting, Reason: typed.Reason, Rest: typed.Rest})
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		page, _, err := changeable(v, forum.CancelIt)
		if err != nil {
			return err
		}
		return v.again(v.cancelPage(page, typed))
	}
	if err != nil {
		return err
	}
	return v.pressed(pressed, pages.MeetingAddress(meeting))
}
