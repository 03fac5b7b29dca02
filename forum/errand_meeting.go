package forum

import (
	"context"
	"fmt"
	"time"
)

// SendCall calls a meeting.
type SendCall struct{ Meeting MeetingID }

// SendMove moves a meeting, or with Rest it and the later ones of its series.
type SendMove struct {
	Meeting MeetingID
	To      Slot
	Rest    bool
}

// SendCancel calls a meeting off, or with Rest it and the later ones of its series.
type SendCancel struct {
	Meeting MeetingID
	Reason  string
	Rest    bool
}

// SendSeries calls the drafts of a series.
type SendSeries struct{ Series SeriesID }

// SendGuest invites a guest to one line of an agenda.
type SendGuest struct {
	Meeting  MeetingID
	Line     string
	Name     string
	Address  string
	Language Language
}

// SendGuestOff takes a guest off.
type SendGuestOff struct{ Guest GuestID }

func (SendCall) errandKind() ErrandKind     { return "call" }
func (SendMove) errandKind() ErrandKind     { return "move" }
func (SendCancel) errandKind() ErrandKind   { return "cancel" }
func (SendSeries) errandKind() ErrandKind   { return "series" }
func (SendGuest) errandKind() ErrandKind    { return "guest" }
func (SendGuestOff) errandKind() ErrandKind { return "guest_off" }

// ofMeeting is an act that is about a meeting as it was seen.
func ofMeeting(ctx context.Context, tx Tx, id MeetingID) (scope, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return scope{}, err
	}
	return scope{in: m.ForumID, subject: MeetingObject(id), about: map[string]string{"Start": m.Start.Format(time.RFC3339)}, seen: m}, nil
}

func (s SendCall) scope(ctx context.Context, tx Tx) (scope, error) {
	return ofMeeting(ctx, tx, s.Meeting)
}
func (s SendMove) scope(ctx context.Context, tx Tx) (scope, error) {
	return ofMeeting(ctx, tx, s.Meeting)
}
func (s SendCancel) scope(ctx context.Context, tx Tx) (scope, error) {
	return ofMeeting(ctx, tx, s.Meeting)
}

func (s SendSeries) scope(ctx context.Context, tx Tx) (scope, error) {
	series, err := tx.Series(ctx, s.Series)
	if err != nil {
		return scope{}, err
	}
	meetings, err := tx.SeriesMeetings(ctx, s.Series)
	return scope{in: series.ForumID, subject: Object{"series", int64(s.Series)}, seen: meetings}, err
}

// scope of a guest is one of its own, so that several can be invited at once:
// their lines are looked up anew.
func (s SendGuest) scope(ctx context.Context, tx Tx) (scope, error) {
	of, err := ofMeeting(ctx, tx, s.Meeting)
	of.seen, of.about["Name"] = nil, s.Name
	of.key = fmt.Sprintf("guest/%d/%s/%s", s.Meeting, s.Line, s.Address)
	return of, err
}

func (s SendGuestOff) scope(ctx context.Context, tx Tx) (scope, error) {
	guest, err := tx.Guest(ctx, s.Guest)
	if err != nil {
		return scope{}, err
	}
	of, err := ofMeeting(ctx, tx, guest.MeetingID)
	if err != nil {
		return scope{}, err
	}
	of.key, of.seen, of.about["Name"] = fmt.Sprintf("guest/%d", s.Guest), nil, guest.Name
	return of, nil
}

func (s SendCall) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := CallMeeting(ctx, tx, by, s.Meeting)
	return Outcome{Done: "meeting_called"}, err
}

func (s SendMove) carryOut(ctx context.Context, tx Tx, by Actor, almanac Almanac) (Outcome, error) {
	if s.Rest {
		_, err := MoveRest(ctx, tx, by, almanac, s.Meeting, s.To)
		return Outcome{Done: "rest_moved"}, err
	}
	m, err := MoveMeeting(ctx, tx, by, s.Meeting, s.To)
	if err == nil && m.State == DraftMeeting {
		return Outcome{Done: "draft_moved"}, nil
	}
	return Outcome{Done: "meeting_moved"}, err
}

func (s SendCancel) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	if s.Rest {
		_, err := CancelRest(ctx, tx, by, s.Meeting, s.Reason)
		return Outcome{Done: "rest_cancelled"}, err
	}
	_, err := CancelMeeting(ctx, tx, by, s.Meeting, s.Reason)
	return Outcome{Done: "meeting_cancelled"}, err
}

func (s SendSeries) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := CallSeries(ctx, tx, by, s.Series)
	return Outcome{Done: "series_called"}, err
}

func (s SendGuest) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := InviteGuest(ctx, tx, by, s.Meeting, s.Line, s.Name, s.Address, s.Language)
	return Outcome{Done: "guest_invited"}, err
}

func (s SendGuestOff) carryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := TakeOffGuest(ctx, tx, by, s.Guest)
	return Outcome{Done: "guest_taken_off"}, err
}
