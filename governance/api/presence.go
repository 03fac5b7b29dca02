package api

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// MeetingPresence is who is in a meeting.
type MeetingPresence struct {
	MeetingID forum.MeetingID `json:"meeting_id" doc:"Number of the meeting."`
	Presences []Presence      `json:"presences" doc:"By when they came."`
	Quorum    []LevelPresent  `json:"quorum" doc:"How each level takes part now."`
}

// Presence is one stretch of time in which somebody fills a seat.
type Presence struct {
	ID        governance.PresenceID `json:"id" doc:"Number of the presence."`
	SeatID    forum.SeatID          `json:"seat_id" doc:"Number of the seat that is filled."`
	PersonID  forum.PersonID        `json:"person_id" doc:"Number of who fills it."`
	StandsFor forum.PersonID        `json:"stands_for,omitempty" doc:"Number of whose seat it is, when a substitute fills it."`
	MatterID  forum.MatterID        `json:"matter_id,omitempty" doc:"The matter that a substitute is seated for alone."`
	Level     string                `json:"level" doc:"Of the organisation."`
	CameAt    time.Time             `json:"came_at" doc:"When the person came."`
	LeftAt    *time.Time            `json:"left_at,omitempty" doc:"When the person left; absent while there."`
}

// Arrivals are people who come.
type Arrivals struct {
	Arrivals []Arrival `json:"arrivals" minItems:"1" maxItems:"500" doc:"One for each."`
}

// Arrival is somebody who comes.
type Arrival struct {
	PersonID forum.PersonID `json:"person_id" minimum:"1" doc:"Number of the person."`
	SeatID   forum.SeatID   `json:"seat_id,omitempty" minimum:"0" doc:"The seat that a substitute takes; left out for the own."`
	MatterID forum.MatterID `json:"matter_id,omitempty" minimum:"0" doc:"The matter that a substitute is seated for alone."`
	At       *time.Time     `json:"at,omitempty" doc:"When; now when left out."`
}

// Leaving is when somebody left.
type Leaving struct {
	At *time.Time `json:"at,omitempty" doc:"When; now when left out."`
}

func presenceOf(p governance.Presence) Presence {
	return Presence{p.ID, p.SeatID, p.PersonID, p.StandsFor, p.MatterID, string(p.Level), p.CameAt.UTC(), instant(p.LeftAt)}
}

func attendanceSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MeetingID) (MeetingPresence, error) {
	page, err := governance.ReadPresence(ctx, governance.In(tx), by, id)
	if err != nil {
		return MeetingPresence{}, err
	}
	return MeetingPresence{id, api.Each(page.Rows, func(r governance.PresentRow) Presence { return presenceOf(r.Presence) }), levelsOf(page.Levels)}, nil
}

func presenceSeen(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.PresenceID) (Presence, error) {
	p, err := governance.In(tx).Presence(ctx, id)
	if err != nil {
		return Presence{}, err
	}
	m, err := tx.Meeting(ctx, p.MeetingID)
	if err != nil {
		return Presence{}, err
	}
	if _, err := by.May(ctx, tx, forum.ReadMeeting, m.ForumID); err != nil {
		return Presence{}, err
	}
	return presenceOf(*p), nil
}

var (
	attendanceThing = api.Thing[forum.MeetingID, MeetingPresence]{See: attendanceSeen, Hold: func(ctx context.Context, tx forum.Tx, id forum.MeetingID) error {
		_, err := tx.Meeting(ctx, id)
		return err
	}}
	presenceThing = api.Thing[governance.PresenceID, Presence]{See: presenceSeen, Hold: func(ctx context.Context, tx forum.Tx, id governance.PresenceID) error {
		p, err := governance.In(tx.Peek()).Presence(ctx, id)
		if err != nil {
			return err
		}
		_, err = tx.Meeting(ctx, p.MeetingID)
		return err
	}}
)

func when(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

func presence(s api.Subject) {
	api.One(s, api.About{ID: "getPresence", Path: "/meetings/{id}/presence", Summary: "Read who is in a meeting", Text: "With coming and going, and whether each level is quorate."}, attendanceSeen)
	api.Change(s, api.About{ID: "noteArrivals", Path: "/meetings/{id}/presence", Summary: "Note who came", Text: "One or all at once; a substitute takes the seat of a member who is not there, or who is disqualified in one matter."}, attendanceThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MeetingID, in Arrivals) error {
			arrivals := api.Each(in.Arrivals, func(a Arrival) governance.Arrival {
				return governance.Arrival{Person: a.PersonID, Seat: a.SeatID, Matter: a.MatterID, At: when(a.At)}
			})
			_, err := governance.NoteArrival(ctx, governance.In(tx), by, id, arrivals...)
			return err
		})
	api.One(s, api.About{ID: "getOnePresence", Path: "/presences/{id}", Summary: "Read one presence", Text: "Of one person in one seat."}, presenceSeen)
	api.Change(s, api.About{ID: "noteLeaving", Path: "/presences/{id}/leave", Summary: "Note that somebody left", Text: "Who comes back has another presence."}, presenceThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.PresenceID, in Leaving) error {
			_, err := governance.NoteLeaving(ctx, governance.In(tx), by, id, when(in.At))
			return err
		})
	api.Remove(s, api.About{ID: "takeBackPresence", Path: "/presences/{id}", Summary: "Take a presence back", Text: "That was noted by mistake."}, presenceThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.PresenceID) error {
			_, err := governance.TakeBackPresence(ctx, governance.In(tx), by, id)
			return err
		})
}
