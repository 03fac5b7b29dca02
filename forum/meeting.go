package forum

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MeetingID identifies a meeting.
type MeetingID int64

// MeetingState is how far a meeting has come.
type MeetingState string

// The states of a meeting.
const (
	DraftMeeting     MeetingState = "draft"
	CalledMeeting    MeetingState = "called"
	AgendaSent       MeetingState = "agenda-sent"
	HeldMeeting      MeetingState = "held"
	MinutesOut       MeetingState = "minutes-out"
	ApprovedMeeting  MeetingState = "approved"
	CancelledMeeting MeetingState = "cancelled"
)

// MeetingForm is how people come together.
type MeetingForm string

// The forms of meeting.
const (
	Ordinary      MeetingForm = "ordinary"
	Extraordinary MeetingForm = "extraordinary"
	Remote        MeetingForm = "remote"
	Hybrid        MeetingForm = "hybrid"
)

// MeetingForms lists them.
var MeetingForms = []MeetingForm{Ordinary, Extraordinary, Remote, Hybrid}

// Meeting is one coming together of a forum. UID and Sequence are its
// identity in every calendar (RFC 5545 § 3.8.4.7, § 3.8.7.4): the UID is never
// used again, the sequence grows with time, place or cancellation.
type Meeting struct {
	ID      MeetingID
	ForumID ForumID
	State   MeetingState
	Form    MeetingForm
	Slot
	ItemsDue  time.Time
	PapersDue time.Time
	UID       string
	Sequence  int
	Reason    string   // of its cancellation
	SeriesID  SeriesID // 0 for a meeting of its own
}

// Slot is when and where: what moving a meeting changes.
type Slot struct {
	Start time.Time // UTC
	End   time.Time // UTC
	Place string
	Link  string // https address of the remote room, "" for none
}

// MeetingKeeper keeps meetings.
type MeetingKeeper interface {
	Meeting(ctx context.Context, id MeetingID) (*Meeting, error)
	// MeetingByUID finds the meeting that a calendar names.
	MeetingByUID(ctx context.Context, uid string) (*Meeting, error)
	// Meetings lists a forum's meetings by start, cancelled ones included.
	Meetings(ctx context.Context, forum ForumID) ([]Meeting, error)
	// MeetingsAhead lists the meetings of every forum that begin after an instant, by start.
	MeetingsAhead(ctx context.Context, after time.Time) ([]Meeting, error)
	SaveMeeting(ctx context.Context, meeting *Meeting) error
}

const (
	longestMeeting = 5 * 24 * time.Hour // catches a slip of the date in "to"
	longestPlace   = 500
	longestLink    = 1000
)

// check refuses a slot that nobody could come to, for everything that is wrong with it.
func (s Slot) check(now time.Time) error { return errors.Join(s.checkTime(now), s.CheckPlace()) }

func (s Slot) checkTime(now time.Time) error {
	switch {
	case s.Start.IsZero() && s.End.IsZero():
		return errors.Join(Refuse(Invalid, "error.meeting.no_start").On("start"), Refuse(Invalid, "error.meeting.end_before_start").On("end"))
	case s.Start.IsZero():
		return Refuse(Invalid, "error.meeting.no_start").On("start")
	case !s.End.After(s.Start):
		return Refuse(Invalid, "error.meeting.end_before_start").On("end")
	case s.End.Sub(s.Start) > longestMeeting:
		return Refuse(Invalid, "error.meeting.too_long").On("end")
	case !s.Start.After(now):
		return Refuse(Invalid, "error.meeting.past").On("start")
	}
	return nil
}

// CheckPlace refuses a slot that is nowhere, or in a room that cannot be shown.
func (s Slot) CheckPlace() error {
	switch {
	case strings.TrimSpace(s.Place) == "" && s.Link == "":
		return Refuse(Invalid, "error.meeting.no_place").On("place")
	case utf8.RuneCountInString(s.Place) > longestPlace:
		return Refuse(Invalid, "error.too_long", "Most", longestPlace).On("place")
	case s.Link != "" && !isRoom(s.Link):
		return Refuse(Invalid, "error.meeting.link").On("link")
	}
	return nil
}

// isRoom tells whether a link is an https address of a host that can stand in
// a page and in a calendar as it is.
func isRoom(link string) bool {
	address, err := url.Parse(link)
	return err == nil && address.Scheme == "https" && address.Hostname() != "" && len(link) <= longestLink && !strings.ContainsAny(link, " \"<>")
}

func (f MeetingForm) check() error {
	if !slices.Contains(MeetingForms, f) {
		return Refuse(Invalid, "error.meeting.form").On("form")
	}
	return nil
}

// Plan makes a draft of a meeting in a slot, its deadlines back-dated as the
// mandate says.
func Plan(forum ForumID, form MeetingForm, slot Slot, deadlines Deadlines, uid string, now time.Time) (*Meeting, error) {
	if err := errors.Join(slot.check(now), form.check()); err != nil {
		return nil, err
	}
	m := &Meeting{ForumID: forum, State: DraftMeeting, Form: form, UID: uid}
	m.settle(slot, deadlines)
	return m, nil
}

// settle puts the meeting into a slot and counts its deadlines back from it.
func (m *Meeting) settle(slot Slot, deadlines Deadlines) {
	slot.Start, slot.End, slot.Place = slot.Start.UTC(), slot.End.UTC(), strings.TrimSpace(slot.Place)
	m.Slot = slot
	m.ItemsDue, m.PapersDue = deadlines.ItemsDue(slot.Start), deadlines.PapersDue(slot.Start)
}

// Call turns a draft into a meeting that people are invited to; Conflict when
// it is past the draft, Invalid when its time has gone by.
func (m *Meeting) Call(now time.Time) error {
	if m.State != DraftMeeting {
		return m.conflict()
	}
	if err := m.Slot.check(now); err != nil {
		return err
	}
	m.State = CalledMeeting
	return nil
}

// Move gives the meeting another slot. Once called, the change has a higher
// sequence, so that calendars take it; moving it to where it is changes nothing
// and is a Conflict.
func (m *Meeting) Move(to Slot, deadlines Deadlines, now time.Time) error {
	if !m.Movable() {
		return m.conflict()
	}
	if err := to.check(now); err != nil {
		return err
	}
	if to.Start.Equal(m.Start) && to.End.Equal(m.End) && strings.TrimSpace(to.Place) == m.Place && to.Link == m.Link {
		return Refuse(Conflict, "error.meeting.unmoved")
	}
	if m.State != DraftMeeting {
		m.Sequence++
	}
	m.settle(to, deadlines)
	return nil
}

// Cancel calls the meeting off for a reason that those invited will read.
func (m *Meeting) Cancel(reason string) error {
	if !m.Movable() {
		return m.conflict()
	}
	reason, err := Reasoned(reason)
	if err != nil {
		return err
	}
	if m.State != DraftMeeting {
		m.Sequence++
	}
	m.State, m.Reason = CancelledMeeting, reason
	return nil
}

// Movable tells whether the meeting is still ahead: not held, not cancelled.
func (m *Meeting) Movable() bool {
	return m.State == DraftMeeting || m.State == CalledMeeting || m.State == AgendaSent
}

// Takes tells whether an item that comes now reaches the meeting.
func (m *Meeting) Takes(now time.Time) bool {
	return m.Movable() && !now.After(m.ItemsDue) && now.Before(m.Start)
}

// Missed tells which deadlines of a meeting ahead have passed already.
type Missed struct {
	Items, Papers bool
}

// Missed tells which deadlines have passed, none of a meeting that is over or off.
func (m *Meeting) Missed(now time.Time) Missed {
	if !m.Movable() || !now.Before(m.Start) {
		return Missed{}
	}
	return Missed{now.After(m.ItemsDue), now.After(m.PapersDue) && m.State != AgendaSent}
}

// conflict is the refusal of an act that the meeting's state is past.
func (m *Meeting) conflict() error {
	return Refuse(Conflict, "error.meeting.state."+string(m.State))
}
