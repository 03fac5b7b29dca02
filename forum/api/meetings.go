package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

// Slot is when and where a meeting is.
type Slot struct {
	Start time.Time `json:"start" doc:"When it begins." example:"2027-03-16T09:00:00Z"`
	End   time.Time `json:"end" doc:"When it ends." example:"2027-03-16T11:00:00Z"`
	Place string    `json:"place,omitempty" maxLength:"1000" doc:"Where it is." example:"Voss tinghus"`
	Link  string    `json:"link,omitempty" maxLength:"2000" doc:"The https address of its remote room."`
}

func slotOf(s forum.Slot) Slot { return Slot{s.Start.UTC(), s.End.UTC(), s.Place, s.Link} }

func (s Slot) slot() forum.Slot {
	return forum.Slot{Start: s.Start.UTC().Truncate(time.Microsecond), End: s.End.UTC().Truncate(time.Microsecond), Place: s.Place, Link: s.Link}
}

// Meeting is a meeting of a forum.
type Meeting struct {
	ID        forum.MeetingID `json:"id" doc:"Number of the meeting."`
	ForumID   forum.ForumID   `json:"forum_id" doc:"Number of its forum."`
	State     string          `json:"state" doc:"draft, called, agenda-sent, held, minutes-out, approved or cancelled." example:"called"`
	Form      string          `json:"form" doc:"ordinary, extraordinary, remote or hybrid." example:"ordinary"`
	Slot      Slot            `json:"slot" doc:"When and where it is."`
	ItemsDue  *time.Time      `json:"items_due,omitempty" doc:"When items are to be in."`
	PapersDue *time.Time      `json:"papers_due,omitempty" doc:"When papers are to be out."`
	Sequence  int             `json:"sequence" doc:"How often calendars were told of a change."`
	Reason    string          `json:"reason,omitempty" doc:"Why it was cancelled."`
	SeriesID  forum.SeriesID  `json:"series_id,omitempty" doc:"Number of the series that it belongs to; absent for one of its own."`
}

func meetingOf(m forum.Meeting) Meeting {
	return Meeting{
		ID: m.ID, ForumID: m.ForumID, State: string(m.State), Form: string(m.Form), Slot: slotOf(m.Slot), ItemsDue: instant(m.ItemsDue),
		PapersDue: instant(m.PapersDue), Sequence: m.Sequence, Reason: m.Reason, SeriesID: m.SeriesID,
	}
}

// MeetingDetails is a meeting with who is invited and what the caller may do with it.
type MeetingDetails struct {
	Meeting   Meeting   `json:"meeting" doc:"The meeting itself."`
	Invitees  []Invitee `json:"invitees" doc:"Who is invited; nobody before it is called."`
	WouldCall []Seat    `json:"would_call" doc:"Whom calling it would invite, while it is a draft."`
	Own       *Own      `json:"own,omitempty" doc:"The caller's own invitation; absent for who is not invited."`
	MayCall   bool      `json:"may_call" doc:"Whether the caller may call it."`
	MayMove   bool      `json:"may_move" doc:"Whether the caller may move it."`
	MayCancel bool      `json:"may_cancel" doc:"Whether the caller may cancel it."`
	MayEdit   bool      `json:"may_edit_agenda" doc:"Whether the caller may edit its agenda."`
}

// Invitee is somebody invited to a meeting.
type Invitee struct {
	Person    Person         `json:"person" doc:"Who is invited."`
	Capacity  string         `json:"capacity" doc:"In which capacity." example:"member"`
	Withdrawn bool           `json:"withdrawn,omitempty" doc:"Whether the invitation was taken back."`
	StandsFor forum.PersonID `json:"stands_for_id,omitempty" doc:"Number of the person in whose place a substitute comes."`
	Uncovered bool           `json:"uncovered,omitempty" doc:"Whether the place stays empty, since no substitute is left."`
}

// Own is an invitation and what was answered to it.
type Own struct {
	Reply   string     `json:"reply,omitempty" doc:"The answer given: yes, no or maybe; absent for none yet."`
	Comment string     `json:"comment,omitempty" doc:"The comment given along with it."`
	ForOld  bool       `json:"for_old_slot,omitempty" doc:"Whether it was given to an earlier time or place."`
	Due     *time.Time `json:"due,omitempty" doc:"Until when an answer is awaited."`
	Open    bool       `json:"open" doc:"Whether an answer is still taken."`
}

// NewMeeting is what a meeting is planned by.
type NewMeeting struct {
	Form string `json:"form" enum:"ordinary,extraordinary,remote,hybrid" doc:"The form of the meeting."`
	Slot Slot   `json:"slot" doc:"When and where it is."`
}

// Move is where a meeting is moved to.
type Move struct {
	Slot Slot `json:"slot" doc:"When and where it is from now on."`
	Rest bool `json:"rest,omitempty" doc:"Whether the later meetings of its series move by as much."`
}

// Cancellation is why a meeting is off.
type Cancellation struct {
	Reason string `json:"reason" maxLength:"10000" doc:"Why; all who are invited read it."`
	Rest   bool   `json:"rest,omitempty" doc:"Whether the later meetings of its series are off, too."`
}

var meetingThing = Thing[forum.MeetingID, MeetingDetails]{
	Hold: holding(forum.Tx.Meeting),
	See:  seeing(forum.ReadMeetingPage, meetingDetailsOf),
}

func meetingDetailsOf(p forum.MeetingPage) MeetingDetails {
	d := MeetingDetails{
		Meeting: meetingOf(p.Meeting), WouldCall: Each(p.WouldCall, seatOf),
		MayCall: p.MayCall, MayMove: p.MayMove, MayCancel: p.MayCancel, MayEdit: p.MayEdit,
		Invitees: Each(p.Invitees, func(i forum.Invitee) Invitee {
			return Invitee{personOf(i.Person), string(i.Capacity), i.Withdrawn, i.StandsFor, i.Uncovered}
		}),
	}
	if p.Own != nil {
		d.Own = &Own{Comment: p.Own.Newest.Comment, ForOld: p.Own.ForOld, Due: instant(p.Own.Due), Open: p.Own.Open}
		if p.Own.Newest.ID != 0 {
			d.Own.Reply = string(p.Own.Newest.Reply)
		}
	}
	return d
}

func meetings(a *API) {
	s := Subject{a, "Meetings"}
	Lists(s, About{ID: "listMeetings", Path: "/forums/{id}/meetings", Summary: "List the meetings of a forum", Text: "By their beginning, those that are over and those cancelled included."},
		List[forum.Meeting, Meeting]{Key: func(m forum.Meeting) string { return m.Start.UTC().Format(sortable) + number(m.ID) }, Show: meetingOf}, meetingsOf)
	Create(s, About{ID: "planMeeting", Path: "/forums/{id}/meetings", Summary: "Plan a meeting", Text: "The meeting is a draft that invites nobody until it is called."},
		func(m Meeting) string { return fmt.Sprintf("/meetings/%d", m.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, NewMeeting]) (Meeting, error) {
			return as(meetingOf)(forum.PlanMeeting(ctx, tx, by, in.ID, forum.MeetingForm(in.Body.Form), in.Body.Slot.slot()))
		})
	One(s, About{ID: "getMeeting", Path: "/meetings/{id}", Summary: "Read a meeting", Text: "The meeting with those invited and what the caller may do with it."}, meetingThing.See)
	History(s, About{ID: "listMeetingHistory", Path: "/meetings/{id}/history", Summary: "Read what was done to a meeting", Text: "The entries of the forum's log that speak of the meeting."},
		forum.ReadMeetingPage, func(p *forum.MeetingPage) []forum.Deed { return p.History })
	Press(s, About{ID: "callMeeting", Path: "/meetings/{id}/call", Summary: "Call a meeting", Text: "Everybody with a seat that day is invited by mail, with a calendar entry."}, meetingThing, only(forum.CallMeeting))
	Change(s, About{ID: "moveMeeting", Path: "/meetings/{id}/move", Summary: "Move a meeting", Text: "All who are invited are told. With rest, the later meetings of the series move by as much."}, meetingThing, a.moveMeeting)
	Change(s, About{ID: "cancelMeeting", Path: "/meetings/{id}/cancel", Summary: "Cancel a meeting", Text: "All who are invited are told why, and its matters go back to the inbox. With rest, the later meetings of the series are off, too."}, meetingThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MeetingID, c Cancellation) error {
			if c.Rest {
				return done(forum.CancelRest(ctx, tx, by, id, c.Reason))
			}
			return done(forum.CancelMeeting(ctx, tx, by, id, c.Reason))
		})
}

func (a *API) moveMeeting(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MeetingID, m Move) error {
	if m.Rest {
		return done(forum.MoveRest(ctx, tx, by, a.options.Almanac, id, m.Slot.slot()))
	}
	return done(forum.MoveMeeting(ctx, tx, by, id, m.Slot.slot()))
}

// sortable writes times, all in one zone, so that they sort as texts.
const sortable = "2006-01-02T15:04:05.000000"

func meetingsOf(ctx context.Context, tx forum.Tx, by forum.Actor, in *In[forum.ForumID]) ([]forum.Meeting, error) {
	if err := done(tx.Forum(ctx, in.ID)); err != nil {
		return nil, err
	}
	if err := done(by.May(ctx, tx, forum.ReadMeeting, in.ID)); err != nil {
		return nil, err
	}
	return tx.Meetings(ctx, in.ID)
}
