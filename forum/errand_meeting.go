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

func (SendCall) ErrandKind() ErrandKind     { return "call" }
func (SendMove) ErrandKind() ErrandKind     { return "move" }
func (SendCancel) ErrandKind() ErrandKind   { return "cancel" }
func (SendSeries) ErrandKind() ErrandKind   { return "series" }
func (SendGuest) ErrandKind() ErrandKind    { return "guest" }
func (SendGuestOff) ErrandKind() ErrandKind { return "guest_off" }

// ofMeeting is an act that is about a meeting as it was seen.
func ofMeeting(ctx context.Context, tx Tx, id MeetingID) (ErrandScope, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return ErrandScope{}, err
	}
	return ErrandScope{In: m.ForumID, Subject: MeetingObject(id), About: map[string]string{"Start": m.Start.Format(time.RFC3339)}, Seen: m}, nil
}

func (s SendCall) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofMeeting(ctx, tx, s.Meeting)
}
func (s SendMove) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofMeeting(ctx, tx, s.Meeting)
}
func (s SendCancel) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	return ofMeeting(ctx, tx, s.Meeting)
}

func (s SendSeries) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	series, err := tx.Series(ctx, s.Series)
	if err != nil {
		return ErrandScope{}, err
	}
	meetings, err := tx.SeriesMeetings(ctx, s.Series)
	return ErrandScope{In: series.ForumID, Subject: Object{"series", int64(s.Series)}, Seen: meetings}, err
}

// Scope of a guest is one of its own, so that several can be invited at once:
// their lines are looked up anew.
func (s SendGuest) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	of, err := ofMeeting(ctx, tx, s.Meeting)
	if err != nil {
		return ErrandScope{}, err
	}
	of.Seen, of.About["Name"] = nil, s.Name
	of.Key = fmt.Sprintf("guest/%d/%s/%s", s.Meeting, s.Line, s.Address)
	return of, nil
}

func (s SendGuestOff) Scope(ctx context.Context, tx Tx) (ErrandScope, error) {
	guest, err := tx.Guest(ctx, s.Guest)
	if err != nil {
		return ErrandScope{}, err
	}
	of, err := ofMeeting(ctx, tx, guest.MeetingID)
	if err != nil {
		return ErrandScope{}, err
	}
	of.Key, of.Seen, of.About["Name"] = fmt.Sprintf("guest/%d", s.Guest), nil, guest.Name
	return of, nil
}

func (s SendCall) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := CallMeeting(ctx, tx, by, s.Meeting)
	return Outcome{Done: "meeting_called"}, err
}

func (s SendMove) CarryOut(ctx context.Context, tx Tx, by Actor, almanac Almanac) (Outcome, error) {
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

func (s SendCancel) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	if s.Rest {
		_, err := CancelRest(ctx, tx, by, s.Meeting, s.Reason)
		return Outcome{Done: "rest_cancelled"}, err
	}
	_, err := CancelMeeting(ctx, tx, by, s.Meeting, s.Reason)
	return Outcome{Done: "meeting_cancelled"}, err
}

func (s SendSeries) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := CallSeries(ctx, tx, by, s.Series)
	return Outcome{Done: "series_called"}, err
}

func (s SendGuest) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := InviteGuest(ctx, tx, by, s.Meeting, s.Line, s.Name, s.Address, s.Language)
	return Outcome{Done: "guest_invited"}, err
}

func (s SendGuestOff) CarryOut(ctx context.Context, tx Tx, by Actor, _ Almanac) (Outcome, error) {
	_, err := TakeOffGuest(ctx, tx, by, s.Guest)
	return Outcome{Done: "guest_taken_off"}, err
}
