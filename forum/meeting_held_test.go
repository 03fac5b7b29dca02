package forum_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// TestMeetingsAfterTheirTime follows a meeting from its end to approved minutes:
// for each state it is in, what becomes of it, or why not.
func TestMeetingsAfterTheirTime(t *testing.T) {
	const (
		draft, called, sent, held = forum.DraftMeeting, forum.CalledMeeting, forum.AgendaSent, forum.HeldMeeting
		out, approved, off        = forum.MinutesOut, forum.ApprovedMeeting, forum.CancelledMeeting
	)
	all := []forum.MeetingState{draft, called, sent, held, out, approved, off}
	of := slot("2026-03-02 09:00", "2026-03-02 12:00")
	state := func(s forum.MeetingState) string { return "error.meeting.state." + string(s) }
	for _, c := range []struct {
		name string
		do   func(m *forum.Meeting, now time.Time) error
		at   time.Time
		to   map[forum.MeetingState]forum.MeetingState // the others stay
		not  map[forum.MeetingState]string             // and why
	}{
		{
			"a meeting is held when its time is over", (*forum.Meeting).Hold, of.End,
			map[forum.MeetingState]forum.MeetingState{called: held, sent: held},
			map[forum.MeetingState]string{draft: state(draft), held: state(held), out: state(out), approved: state(approved), off: state(off)},
		},
		{
			"and not a moment before", (*forum.Meeting).Hold, of.End.Add(-time.Nanosecond), nil,
			map[forum.MeetingState]string{
				draft: state(draft), called: "error.meeting.not_over", sent: "error.meeting.not_over", held: state(held), out: state(out), approved: state(approved), off: state(off),
			},
		},
		{
			"minutes are written of what is called and not off", func(m *forum.Meeting, _ time.Time) error { return m.Recordable() }, of.Start, nil,
			map[forum.MeetingState]string{draft: state(draft), off: state(off)},
		},
		{
			"minutes go out once the meeting has begun, and a correction leaves it approved", (*forum.Meeting).LetMinutesOut, of.Start,
			map[forum.MeetingState]forum.MeetingState{called: out, sent: out, held: out},
			map[forum.MeetingState]string{draft: state(draft), off: state(off)},
		},
		{
			"and not a moment before", (*forum.Meeting).LetMinutesOut, of.Start.Add(-time.Nanosecond), nil,
			map[forum.MeetingState]string{
				draft: state(draft), called: "error.meeting.not_begun", sent: "error.meeting.not_begun", held: "error.meeting.not_begun",
				out: "error.meeting.not_begun", approved: "error.meeting.not_begun", off: state(off),
			},
		},
		{
			"minutes that are mended are in again", func(m *forum.Meeting, _ time.Time) error { m.TakeMinutesIn(); return nil }, of.End,
			map[forum.MeetingState]forum.MeetingState{out: held}, nil,
		},
		{
			"approved minutes end the way", func(m *forum.Meeting, _ time.Time) error { m.ApproveMinutes(); return nil }, of.End,
			map[forum.MeetingState]forum.MeetingState{draft: approved, called: approved, sent: approved, held: approved, out: approved, off: approved}, nil,
		},
	} {
		for _, from := range all {
			t.Run(c.name+"/"+string(from), func(t *testing.T) {
				m := &forum.Meeting{State: from, Slot: of}
				err := c.do(m, c.at)
				want, moves := c.to[from]
				if !moves {
					want = from
				}
				if m.State != want {
					t.Errorf("it is %s, want %s", m.State, want)
				}
				var refusal *forum.Error
				switch why := c.not[from]; {
				case why == "" && err != nil:
					t.Errorf("refused with %v", err)
				case why != "" && (!errors.As(err, &refusal) || refusal.Kind != forum.Conflict || refusal.Key != why):
					t.Errorf("got %v, want a conflict with %s", err, why)
				}
			})
		}
		for from := range c.not {
			if !slices.Contains(all, from) {
				t.Errorf("%s is no state", from)
			}
		}
	}
}
