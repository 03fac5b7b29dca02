package forum_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

var planned = at("2026-01-10 09:00") // when the meetings of these tests are planned

func slot(start, end string) forum.Slot {
	return forum.Slot{Start: at(start), End: at(end), Place: "Heradshuset"}
}

// with changes a slot that is good in itself.
func with(change func(*forum.Slot)) forum.Slot {
	s := slot("2026-03-02 09:00", "2026-03-02 12:00")
	change(&s)
	return s
}

func TestSlots(t *testing.T) {
	for name, c := range map[string]struct {
		slot forum.Slot
		want string
	}{
		"good":                                {with(func(*forum.Slot) {}), ""},
		"a remote room alone":                 {with(func(s *forum.Slot) { s.Place, s.Link = "", "https://video.example/rom/42?pin=1" }), ""},
		"a place and a remote room":           {with(func(s *forum.Slot) { s.Link = "https://video.example/rom" }), ""},
		"the next minute":                     {slot("2026-01-10 09:01", "2026-01-10 10:00"), ""},
		"five days":                           {slot("2026-03-02 09:00", "2026-03-07 09:00"), ""},
		"over the hour that is skipped":       {slot("2026-03-29 01:30", "2026-03-29 03:30"), ""},
		"over the hour that comes twice":      {slot("2026-10-25 01:30", "2026-10-25 03:30"), ""},
		"no start":                            {with(func(s *forum.Slot) { s.Start = time.Time{} }), "invalid: error.meeting.no_start on start"},
		"no end":                              {with(func(s *forum.Slot) { s.End = time.Time{} }), "invalid: error.meeting.end_before_start on end"},
		"end before start":                    {slot("2026-03-02 12:00", "2026-03-02 09:00"), "invalid: error.meeting.end_before_start on end"},
		"end at start":                        {slot("2026-03-02 12:00", "2026-03-02 12:00"), "invalid: error.meeting.end_before_start on end"},
		"a minute more than five days":        {slot("2026-03-02 09:00", "2026-03-07 09:01"), "invalid: error.meeting.too_long on end"},
		"past":                                {slot("2026-01-09 09:00", "2026-01-09 12:00"), "invalid: error.meeting.past on start"},
		"just now":                            {slot("2026-01-10 09:00", "2026-01-10 12:00"), "invalid: error.meeting.past on start"},
		"begun but not over":                  {slot("2026-01-10 08:00", "2026-01-10 12:00"), "invalid: error.meeting.past on start"},
		"no place":                            {with(func(s *forum.Slot) { s.Place = "" }), "invalid: error.meeting.no_place on place"},
		"a place of blanks":                   {with(func(s *forum.Slot) { s.Place = " \t " }), "invalid: error.meeting.no_place on place"},
		"a place of 500 letters":              {with(func(s *forum.Slot) { s.Place = strings.Repeat("å", 500) }), ""},
		"a place of 501 letters":              {with(func(s *forum.Slot) { s.Place = strings.Repeat("å", 501) }), "invalid: error.too_long on place"},
		"a link that is not encrypted":        {with(func(s *forum.Slot) { s.Link = "http://video.example" }), "invalid: error.meeting.link on link"},
		"a link that is a script":             {with(func(s *forum.Slot) { s.Link = "javascript:alert(1)" }), "invalid: error.meeting.link on link"},
		"a link to no host":                   {with(func(s *forum.Slot) { s.Link = "https://" }), "invalid: error.meeting.link on link"},
		"a link to a path only":               {with(func(s *forum.Slot) { s.Link = "https:///rom" }), "invalid: error.meeting.link on link"},
		"a link with a line break":            {with(func(s *forum.Slot) { s.Link = "https://video.example/\r\nATTENDEE:x" }), "invalid: error.meeting.link on link"},
		"a link with another control letter":  {with(func(s *forum.Slot) { s.Link = "https://video.example/\x00\t" }), "invalid: error.meeting.link on link"},
		"a link that leaves its attribute":    {with(func(s *forum.Slot) { s.Link = `https://video.example/"onclick=` }), "invalid: error.meeting.link on link"},
		"a link with markup":                  {with(func(s *forum.Slot) { s.Link = "https://video.example/<b>" }), "invalid: error.meeting.link on link"},
		"a link longer than a browser's line": {with(func(s *forum.Slot) { s.Link = "https://video.example/" + strings.Repeat("a", 1000) }), "invalid: error.meeting.link on link"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := forum.Plan(1, forum.Ordinary, c.slot, forum.Deadlines{}, "uid", planned)
			refused(t, err, c.want)
			if err != nil && m != nil {
				t.Error("a meeting comes with the refusal")
			}
		})
	}
}

func TestFormsOfMeeting(t *testing.T) {
	good := slot("2026-03-02 09:00", "2026-03-02 12:00")
	for _, form := range forum.MeetingForms {
		_, err := forum.Plan(1, form, good, forum.Deadlines{}, "uid", planned)
		refused(t, err, "")
	}
	for _, form := range []forum.MeetingForm{"", "informal"} {
		_, err := forum.Plan(1, form, good, forum.Deadlines{}, "uid", planned)
		refused(t, err, "invalid: error.meeting.form on form")
	}
}

func TestAPlannedMeeting(t *testing.T) {
	oslo := forum.Slot{Start: at("2026-03-02 09:00").In(forum.Oslo), End: at("2026-03-02 12:00").In(forum.Oslo), Place: "Heradshuset"}
	m, err := forum.Plan(7, forum.Hybrid, oslo, forum.Deadlines{}, "uid-1", planned)
	refused(t, err, "")
	if m.ForumID != 7 || m.State != forum.DraftMeeting || m.Form != forum.Hybrid || m.UID != "uid-1" || m.Sequence != 0 {
		t.Errorf("planned as %+v", m)
	}
	if m.Start.Location() != time.UTC || m.End.Location() != time.UTC || !m.Start.Equal(oslo.Start) {
		t.Errorf("kept as %s–%s, want the same instants in UTC", m.Start, m.End)
	}
}

func TestDeadlinesAreCountedBackInDaysOfOslo(t *testing.T) {
	for name, c := range map[string]struct {
		start        string
		deadlines    forum.Deadlines
		items, paper string
	}{
		"in winter":                            {"2026-03-02 09:00", forum.Deadlines{ItemsDays: 21, PapersDays: 7}, "2026-02-09T22:59:00Z", "2026-02-23T22:59:00Z"},
		"back across the start of summer time": {"2026-04-08 09:00", forum.Deadlines{ItemsDays: 21, PapersDays: 7}, "2026-03-18T22:59:00Z", "2026-04-01T21:59:00Z"},
		"back across its end":                  {"2026-10-28 09:00", forum.Deadlines{ItemsDays: 14, PapersDays: 3}, "2026-10-14T21:59:00Z", "2026-10-25T22:59:00Z"},
		"on the day that has 23 hours":         {"2026-03-29 12:00", forum.Deadlines{ItemsDays: 1}, "2026-03-28T22:59:00Z", "2026-03-29T21:59:00Z"},
		"after midnight, still that day":       {"2026-06-16 00:30", forum.Deadlines{ItemsDays: 1, PapersDays: 1}, "2026-06-15T21:59:00Z", "2026-06-15T21:59:00Z"},
		"over new year":                        {"2027-01-05 09:00", forum.Deadlines{ItemsDays: 14, PapersDays: 7}, "2026-12-22T22:59:00Z", "2026-12-29T22:59:00Z"},
		"none":                                 {"2026-03-02 09:00", forum.Deadlines{}, "2026-03-02T22:59:00Z", "2026-03-02T22:59:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			place := forum.Slot{Start: at(c.start), End: at(c.start).Add(time.Hour), Place: "Heradshuset"}
			m, err := forum.Plan(1, forum.Ordinary, place, c.deadlines, "uid", planned)
			refused(t, err, "")
			if got := m.ItemsDue.Format(time.RFC3339); got != c.items {
				t.Errorf("items are due %s, want %s", got, c.items)
			}
			if got := m.PapersDue.Format(time.RFC3339); got != c.paper {
				t.Errorf("papers are due %s, want %s", got, c.paper)
			}
		})
	}
}

var meetingStates = []forum.MeetingState{
	forum.DraftMeeting, forum.CalledMeeting, forum.AgendaSent, forum.HeldMeeting, forum.MinutesOut, forum.ApprovedMeeting, forum.CancelledMeeting,
}

// meeting is one in a state, after three changes that calendars heard of.
func meeting(state forum.MeetingState) *forum.Meeting {
	return &forum.Meeting{ID: 1, ForumID: 1, State: state, Form: forum.Ordinary, Slot: slot("2026-03-02 09:00", "2026-03-02 12:00"), UID: "uid", Sequence: 3}
}

func TestWhatAMeetingsStateAllows(t *testing.T) {
	elsewhere := slot("2026-03-03 09:00", "2026-03-03 12:00")
	type outcome struct {
		state    forum.MeetingState
		sequence int
	}
	for name, c := range map[string]struct {
		act  func(*forum.Meeting) error
		want map[forum.MeetingState]*outcome // of those it is allowed in
	}{
		"call": {
			func(m *forum.Meeting) error { return m.Call(planned) },
			map[forum.MeetingState]*outcome{forum.DraftMeeting: {forum.CalledMeeting, 3}},
		},
		"move": {
			func(m *forum.Meeting) error { return m.Move(elsewhere, forum.Deadlines{}, planned) },
			map[forum.MeetingState]*outcome{
				forum.DraftMeeting: {forum.DraftMeeting, 3}, forum.CalledMeeting: {forum.CalledMeeting, 4}, forum.AgendaSent: {forum.AgendaSent, 4},
			},
		},
		"cancel": {
			func(m *forum.Meeting) error { return m.Cancel(" Storm ") },
			map[forum.MeetingState]*outcome{
				forum.DraftMeeting: {forum.CancelledMeeting, 3}, forum.CalledMeeting: {forum.CancelledMeeting, 4}, forum.AgendaSent: {forum.CancelledMeeting, 4},
			},
		},
	} {
		for _, state := range meetingStates {
			t.Run(name+" "+string(state), func(t *testing.T) {
				m := meeting(state)
				err := c.act(m)
				want := c.want[state]
				if want == nil {
					refused(t, err, "conflict: error.meeting.state."+string(state))
					if *m != *meeting(state) {
						t.Errorf("changed all the same: %+v", m)
					}
					return
				}
				refused(t, err, "")
				if m.State != want.state || m.Sequence != want.sequence {
					t.Errorf("now %s with sequence %d, want %s with %d", m.State, m.Sequence, want.state, want.sequence)
				}
				if m.UID != "uid" {
					t.Errorf("another UID: %s", m.UID)
				}
			})
		}
	}
}

func TestCallingWhatHasGoneBy(t *testing.T) {
	m := meeting(forum.DraftMeeting)
	refused(t, m.Call(m.Start), "invalid: error.meeting.past on start")
	if m.State != forum.DraftMeeting {
		t.Errorf("now %s", m.State)
	}
}

func TestMoving(t *testing.T) {
	deadlines := forum.Deadlines{ItemsDays: 10, PapersDays: 5}
	for name, c := range map[string]struct {
		change func(*forum.Slot)
		want   string
	}{
		"to another start":                      {func(s *forum.Slot) { s.Start = s.Start.Add(time.Hour) }, ""},
		"to another end":                        {func(s *forum.Slot) { s.End = s.End.Add(time.Hour) }, ""},
		"to another place":                      {func(s *forum.Slot) { s.Place = "Sjukehuset" }, ""},
		"to the same place, with blanks around": {func(s *forum.Slot) { s.Place = " Heradshuset " }, "conflict: error.meeting.unmoved"},
		"to a remote room":                      {func(s *forum.Slot) { s.Link = "https://video.example/rom" }, ""},
		"nowhere":                               {func(*forum.Slot) {}, "conflict: error.meeting.unmoved"},
		"nowhere, written in another zone":      {func(s *forum.Slot) { s.Start, s.End = s.Start.In(forum.Oslo), s.End.In(forum.Oslo) }, "conflict: error.meeting.unmoved"},
		"into the past":                         {func(s *forum.Slot) { s.Start, s.End = planned, planned.Add(time.Hour) }, "invalid: error.meeting.past on start"},
	} {
		t.Run(name, func(t *testing.T) {
			m := meeting(forum.CalledMeeting)
			to := with(c.change)
			refused(t, m.Move(to, deadlines, planned), c.want)
			if c.want != "" {
				if *m != *meeting(forum.CalledMeeting) {
					t.Errorf("changed all the same: %+v", m)
				}
				return
			}
			if m.Sequence != 4 || !m.Start.Equal(to.Start) || !m.End.Equal(to.End) || m.Place != to.Place || m.Link != to.Link {
				t.Errorf("moved to %+v", m)
			}
			if !m.ItemsDue.Equal(deadlines.ItemsDue(to.Start)) || !m.PapersDue.Equal(deadlines.PapersDue(to.Start)) {
				t.Errorf("deadlines stayed behind: %s, %s", m.ItemsDue, m.PapersDue)
			}
		})
	}
}

func TestCancellingNeedsAReason(t *testing.T) {
	for _, reason := range []string{"", " \n "} {
		m := meeting(forum.CalledMeeting)
		refused(t, m.Cancel(reason), "invalid: error.reason_missing on reason")
		if m.State != forum.CalledMeeting || m.Sequence != 3 {
			t.Errorf("changed all the same: %+v", m)
		}
	}
	m := meeting(forum.CalledMeeting)
	refused(t, m.Cancel(" Storm "), "")
	if m.Reason != "Storm" {
		t.Errorf("the reason is %q", m.Reason)
	}
}

func TestWhichItemsReachAMeeting(t *testing.T) {
	for name, c := range map[string]struct {
		state forum.MeetingState
		days  int
		now   string
		want  bool
	}{
		"before the deadline":                {forum.CalledMeeting, 7, "2026-02-20 12:00", true},
		"in the deadline's last minute":      {forum.CalledMeeting, 7, "2026-02-23 23:59", true},
		"the day after":                      {forum.CalledMeeting, 7, "2026-02-24 00:00", false},
		"to a draft":                         {forum.DraftMeeting, 7, "2026-02-20 12:00", true},
		"after the agenda went out":          {forum.AgendaSent, 7, "2026-02-20 12:00", true}, // in a supplement
		"to a cancelled meeting":             {forum.CancelledMeeting, 7, "2026-02-20 12:00", false},
		"to a held meeting":                  {forum.HeldMeeting, 7, "2026-02-20 12:00", false},
		"on the same day, before it begins":  {forum.CalledMeeting, 0, "2026-03-02 08:59", true},
		"on the same day, once it has begun": {forum.CalledMeeting, 0, "2026-03-02 09:00", false},
	} {
		t.Run(name, func(t *testing.T) {
			m := meeting(c.state)
			m.ItemsDue = forum.Deadlines{ItemsDays: c.days}.ItemsDue(m.Start)
			if got := m.Takes(at(c.now)); got != c.want {
				t.Errorf("takes it: %v", got)
			}
		})
	}
}

func TestMissedDeadlines(t *testing.T) {
	m := forum.Meeting{State: forum.DraftMeeting, Slot: forum.Slot{Start: at("2026-03-02 09:00")}, ItemsDue: at("2026-02-09 23:59"), PapersDue: at("2026-02-23 23:59")}
	for now, want := range map[string]forum.Missed{
		"2026-02-09 23:59": {}, "2026-02-10 00:00": {Items: true}, "2026-02-24 00:00": {Items: true, Papers: true}, "2026-03-02 09:00": {},
	} {
		if got := m.Missed(at(now)); got != want {
			t.Errorf("at %s: %+v, want %+v", now, got, want)
		}
	}
	m.State = forum.CancelledMeeting
	if got := m.Missed(at("2026-02-24 00:00")); got != (forum.Missed{}) {
		t.Errorf("of a cancelled one: %+v", got)
	}
}
