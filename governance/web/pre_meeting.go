package web

import (
	"context"
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
	shown "github.com/samraad/samraad/templates/governance"
)

func preMeetings(s *web.Server) {
	s.Get("/meetings/:id/room", showPreMeeting)
	s.Post("/meetings/:id/room/stand", prepareStand)
	s.Post("/meetings/:id/room/notes", prepareNote)
}

// preMeetingInMeeting is the way from a meeting to the own preparation for it.
func preMeetingInMeeting(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MeetingPage) (templ.Component, error) {
	if page.State == forum.CancelledMeeting || len(page.Items) == 0 {
		return nil, nil
	}
	doors, err := governance.RoomDoors(ctx, tx, by, page.ForumID)
	if err != nil || len(doors) == 0 {
		return nil, err
	}
	return shown.PreMeetingPart(v.Text, page.ID, doors), nil
}

func preMeetingPage(v *web.Visit, id forum.MeetingID) (p shown.PreMeeting, err error) {
	party, level := web.Chosen[forum.OrganisationID](v, "party"), forum.Level(v.Value("level"))
	p.Prepared, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.PreMeeting, error) {
		return governance.ReadPreMeeting(ctx, tx, by, id, party, level)
	})
	if err != nil {
		return p, err
	}
	p.Frame = v.Frame(v.Text.T("page.pre_meeting.heading"), web.ForumCrumb(p.Prepared.Forum), templates.Link{Label: v.Text.T("page.meeting.title", "Date", v.Text.Date(p.Prepared.Meeting.Start)), URL: pages.MeetingAddress(id)})
	return p, nil
}

func showPreMeeting(v *web.Visit) error {
	id, err := web.ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	p, err := preMeetingPage(v, id)
	if err != nil {
		return err
	}
	return v.Show(p)
}

// prepare does something in the room of one matter, which is opened where nobody
// has yet, and shows the whole page again with what was typed where something is
// wrong with it.
func prepare(v *web.Visit, what web.Notice, typed shown.TypedPreparation, do func(ctx context.Context, tx governance.Tx, by forum.Actor, room governance.RoomID) error) error {
	id, err := web.ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	party, level := web.Chosen[forum.OrganisationID](v, "party"), forum.Level(v.Value("level"))
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Room, error) {
		room, err := governance.RoomFor(ctx, tx, by, typed.Matter, party, level)
		if err != nil {
			return nil, err
		}
		return room, do(ctx, tx, by, room.ID)
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := preMeetingPage(v, id)
		if err != nil {
			return err
		}
		for i := range mistakes {
			mistakes[i].Field = shown.PreparedField(mistakes[i].Field, typed.Matter)
		}
		p.Typed, p.Mistakes = typed, mistakes
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(what, 0, shown.PreMeetingAddress(id, governance.RoomDoor{Party: party, Level: level})+fmt.Sprintf("#matter-%d", typed.Matter))
}

func prepareStand(v *web.Visit) error {
	matter := web.Chosen[forum.MatterID](v, "matter")
	typed := shown.TypedPreparation{
		Matter: matter, Standing: true, Stand: v.Value(shown.PreparedField("stand", matter)), Spokesperson: web.Chosen[forum.PersonID](v, shown.PreparedField("spokesperson", matter)),
	}
	base, err := strconv.Atoi(v.Value("base"))
	if err != nil {
		base = -1 // of no version
	}
	return prepare(v, "stand_agreed", typed, func(ctx context.Context, tx governance.Tx, by forum.Actor, room governance.RoomID) error {
		_, err := governance.AgreeStand(ctx, tx, by, room, base, typed.Stand, typed.Spokesperson)
		return err
	})
}

func prepareNote(v *web.Visit) error {
	matter := web.Chosen[forum.MatterID](v, "matter")
	typed := shown.TypedPreparation{Matter: matter, Note: v.Value(shown.PreparedField("note", matter))}
	return prepare(v, "room_note_written", typed, func(ctx context.Context, tx governance.Tx, by forum.Actor, room governance.RoomID) error {
		_, err := governance.WriteRoomNote(ctx, tx, by, room, typed.Note)
		return err
	})
}
