package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	shown "github.com/samraad/samraad/templates/governance"
)

func rooms(s *web.Server) {
	s.Get("/matters/:id/rooms", showRooms)
	s.Post("/matters/:id/rooms", openRoom)
	s.Get("/rooms/:id", showRoom)
	s.Post("/rooms/:id/notes", writeRoomNote)
	s.Post("/rooms/:id/stand", agreeStand)
	s.Post("/rooms/:id/publish", publishStand)
}

// roomsPart shows on a matter's page what was published, and the way to the own rooms.
func roomsPart(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	r, err := governance.ReadRooms(ctx, tx, by, page.ID)
	if err != nil {
		return nil, err
	}
	return shown.RoomsPart(v.Text, r), nil
}

func showRooms(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	r, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.RoomsPage, error) {
		return governance.ReadRooms(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	return v.Show(shown.Rooms{Frame: v.Frame(v.Text.T("page.rooms.own"), web.ForumCrumb(r.Forum), matterCrumb(r.Matter)), Rooms: r})
}

func openRoom(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	room, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Room, error) {
		return governance.OpenRoom(ctx, tx, by, id, web.Chosen[forum.OrganisationID](v, "party"), forum.Level(v.Value("level")))
	})
	if err != nil {
		return err
	}
	return v.Done("room_opened", 0, shown.RoomAddress(room.ID))
}

func roomPage(v *web.Visit, id governance.RoomID) (p shown.Room, err error) {
	p.Room, err = read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.RoomPage, error) {
		return governance.ReadRoom(ctx, tx, by, id)
	})
	if err != nil {
		return p, err
	}
	p.Frame = v.Frame(v.Text.T("page.rooms.own"), web.ForumCrumb(p.Room.Forum), matterCrumb(p.Room.Matter))
	return p, nil
}

func showRoom(v *web.Visit) error {
	id, err := web.ID[governance.RoomID](v)
	if err != nil {
		return err
	}
	p, err := roomPage(v, id)
	if err != nil {
		return err
	}
	return v.Show(p)
}

// inRoom does something in a room, and shows the room again with what was typed
// where something is wrong with it.
func inRoom[T any](v *web.Visit, what web.Notice, typed func(*shown.Room), do func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.RoomID) (T, error)) error {
	id, err := web.ID[governance.RoomID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (T, error) { return do(ctx, tx, by, id) })
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := roomPage(v, id)
		if err != nil {
			return err
		}
		p.Mistakes = mistakes
		typed(&p)
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(what, 0, shown.RoomAddress(id))
}

func writeRoomNote(v *web.Visit) error {
	text := v.Value("note")
	return inRoom(v, "room_note_written", func(p *shown.Room) { p.Note = text },
		func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.RoomID) (*governance.RoomNote, error) {
			return governance.WriteRoomNote(ctx, tx, by, id, text)
		})
}

func agreeStand(v *web.Visit) error {
	text, voice := v.Value("stand"), web.Chosen[forum.PersonID](v, "spokesperson")
	base, err := strconv.Atoi(v.Value("base"))
	if err != nil {
		base = -1 // of no version
	}
	return inRoom(v, "stand_agreed", func(p *shown.Room) { p.Stand, p.Spokesperson, p.Typing = text, voice, true },
		func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.RoomID) (*governance.Stand, error) {
			return governance.AgreeStand(ctx, tx, by, id, base, text, voice)
		})
}

func publishStand(v *web.Visit) error {
	number, err := strconv.Atoi(v.Value("number"))
	if err != nil {
		number = 0 // of no version
	}
	return inRoom(v, "stand_published", func(*shown.Room) {},
		func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.RoomID) (*governance.Stand, error) {
			return governance.PublishStand(ctx, tx, by, id, number)
		})
}
