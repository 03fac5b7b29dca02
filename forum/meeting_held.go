package forum

import "time"

// Hold ends a called meeting whose time is over; Conflict before, and for one
// that was never called or is off.
func (m *Meeting) Hold(now time.Time) error {
	if m.State != CalledMeeting && m.State != AgendaSent {
		return m.conflict()
	}
	if now.Before(m.End) {
		return Refuse(Conflict, "error.meeting.not_over")
	}
	m.State = HeldMeeting
	return nil
}

// Recordable refuses a meeting of which no minutes are written: one that is not
// called, or off.
func (m *Meeting) Recordable() error {
	if m.State == DraftMeeting || m.State == CancelledMeeting {
		return m.conflict()
	}
	return nil
}

// LetMinutesOut follows the minutes of a meeting that has begun when they go to
// those who were there. Those of an approved meeting are a correction, and it
// stays approved.
func (m *Meeting) LetMinutesOut(now time.Time) error {
	if err := m.Recordable(); err != nil {
		return err
	}
	if now.Before(m.Start) {
		return Refuse(Conflict, "error.meeting.not_begun")
	}
	if m.State != ApprovedMeeting {
		m.State = MinutesOut
	}
	return nil
}

// TakeMinutesIn follows minutes that are taken up again to be mended.
func (m *Meeting) TakeMinutesIn() {
	if m.State == MinutesOut {
		m.State = HeldMeeting
	}
}

// ApproveMinutes ends the way of a meeting: its minutes are approved.
func (m *Meeting) ApproveMinutes() { m.State = ApprovedMeeting }
