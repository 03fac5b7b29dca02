package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// Rooms are what a caller may know of a matter's rooms.
type Rooms struct {
	Own       []RoomDoor `json:"own" doc:"The rooms of the caller's own parties and levels."`
	Published []Stand    `json:"published" doc:"What parties and levels have published, as they did last."`
}

// RoomDoor is a room that the caller may enter, or open.
type RoomDoor struct {
	ID           governance.RoomID    `json:"id,omitempty" doc:"Number of the room; absent for one that nobody has opened."`
	Organisation forum.OrganisationID `json:"organisation_id,omitempty" doc:"Number of the party; absent for a level's."`
	Level        string               `json:"level" doc:"The level, or that of the party."`
	Name         string               `json:"name,omitempty" doc:"Name of the party."`
}

// Stand is what a room says.
type Stand struct {
	Number       int            `json:"number" doc:"Of the version, from 1."`
	Name         string         `json:"name,omitempty" doc:"Name of the party; absent for a level's."`
	Level        string         `json:"level,omitempty" doc:"The level, or that of the party."`
	Text         string         `json:"text" doc:"What is said."`
	Spokesperson forum.PersonID `json:"spokesperson_id,omitempty" doc:"Number of who says it."`
	Published    bool           `json:"published" doc:"Whether all who read the matter may read it."`
	WrittenAt    time.Time      `json:"written_at" doc:"When."`
}

// RoomNote is a private note of a room.
type RoomNote struct {
	By        string    `json:"by" doc:"Name of who wrote it."`
	Text      string    `json:"text" doc:"The note."`
	WrittenAt time.Time `json:"written_at" doc:"When."`
}

// Room is a room from within.
type Room struct {
	ID       governance.RoomID `json:"id" doc:"Number of the room."`
	MatterID forum.MatterID    `json:"matter_id" doc:"Number of the matter."`
	Name     string            `json:"name,omitempty" doc:"Name of the party; absent for a level's."`
	Level    string            `json:"level" doc:"The level, or that of the party."`
	Notes    []RoomNote        `json:"notes" doc:"The notes, the oldest first."`
	Stands   []Stand           `json:"stands" doc:"The versions of the stand, the newest first."`
	People   []string          `json:"people" doc:"Names of who may be in the room."`
}

func standOf(s governance.Stand) Stand {
	return Stand{Number: s.Number, Text: s.Text, Spokesperson: s.Spokesperson, Published: s.Published(), WrittenAt: s.WrittenAt.UTC()}
}

func roomOf(p governance.RoomPage) Room {
	return Room{
		ID: p.ID, MatterID: p.MatterID, Name: p.Name, Level: string(p.Level),
		Notes: api.Each(p.Notes, func(n governance.WrittenNote) RoomNote {
			return RoomNote{By: n.By, Text: n.Text, WrittenAt: n.WrittenAt.UTC()}
		}),
		Stands: api.Each(p.Stands, func(s governance.WrittenStand) Stand { return standOf(s.Stand) }),
		People: api.Each(p.People, func(person forum.Person) string { return person.Name }),
	}
}

// NewRoom says whose room is opened.
type NewRoom struct {
	Organisation forum.OrganisationID `json:"organisation_id,omitempty" minimum:"1" doc:"Number of the caller's party; absent for the level's."`
	Level        string               `json:"level,omitempty" enum:"municipal,specialist" doc:"The caller's level, where it is the level's."`
}

// NewNote is a private note.
type NewNote struct {
	Text string `json:"text" maxLength:"100000" doc:"The note."`
}

// NewStand is a new version of what a room says.
type NewStand struct {
	Base         int            `json:"base" minimum:"0" doc:"Number of the version that it was written over, 0 for none."`
	Text         string         `json:"text" maxLength:"100000" doc:"What is said."`
	Spokesperson forum.PersonID `json:"spokesperson_id,omitempty" minimum:"1" doc:"Number of somebody of the room."`
}

// Publishing names the version that is published.
type Publishing struct {
	Number int `json:"number" minimum:"1" doc:"Number of the newest version."`
}

var roomThing = api.Thing[governance.RoomID, Room]{
	Hold: func(ctx context.Context, tx forum.Tx, id governance.RoomID) error {
		r, err := governance.In(tx).Room(ctx, id)
		if err != nil {
			return err
		}
		return forum.HoldMatters(ctx, tx, r.MatterID)
	},
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.RoomID) (Room, error) {
		p, err := governance.ReadRoom(ctx, governance.In(tx), by, id)
		if err != nil {
			return Room{}, err
		}
		return roomOf(*p), nil
	},
}

func rooms(a *api.API) {
	s := a.Group("Rooms", "Where a party or a level prepares alone, and what it publishes.", map[string]string{"rooms": "Number of the room."})
	api.One(s, api.About{ID: "getRooms", Path: "/matters/{id}/rooms", Summary: "Read the own rooms of a matter, and what was published", Text: "Of other parties' and levels' rooms nothing is told but what they have published."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.MatterID) (Rooms, error) {
			p, err := governance.ReadRooms(ctx, governance.In(tx), by, id)
			if err != nil {
				return Rooms{}, err
			}
			return Rooms{
				Own: api.Each(p.Doors, func(d governance.RoomDoor) RoomDoor {
					return RoomDoor{ID: d.ID, Organisation: d.Party, Level: string(d.Level), Name: d.Name}
				}),
				Published: api.Each(p.Published, func(s governance.PublishedStand) Stand {
					shown := standOf(s.Stand)
					shown.Name, shown.Level = s.Name, string(s.Level)
					return shown
				}),
			}, nil
		})
	api.Create(s, api.About{ID: "openRoom", Path: "/matters/{id}/rooms", Summary: "Open a room of one's own", Text: "Of the caller's party or level."},
		func(r Room) string { return fmt.Sprintf("/rooms/%d", r.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[forum.MatterID, NewRoom]) (Room, error) {
			r, err := governance.OpenRoom(ctx, governance.In(tx), by, in.ID, in.Body.Organisation, forum.Level(in.Body.Level))
			if err != nil {
				return Room{}, err
			}
			return roomThing.See(ctx, tx.Peek(), by, r.ID)
		})
	api.One(s, api.About{ID: "getRoom", Path: "/rooms/{id}", Summary: "Read a room from within", Text: "For all others there is none."}, roomThing.See)
	api.Change(s, api.About{ID: "writeRoomNote", Path: "/rooms/{id}/notes", Summary: "Write a private note", Text: "Read by those of the room alone."}, roomThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.RoomID, in NewNote) error {
			_, err := governance.WriteRoomNote(ctx, governance.In(tx), by, id, in.Text)
			return pointed(err, "note", "text")
		})
	api.Change(s, api.About{ID: "agreeStand", Path: "/rooms/{id}/stands", Summary: "Write what the room says", Text: "A new version over the newest."}, roomThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.RoomID, in NewStand) error {
			_, err := governance.AgreeStand(ctx, governance.In(tx), by, id, in.Base, in.Text, in.Spokesperson)
			return pointed(pointed(err, "stand", "text"), "spokesperson", "spokesperson_id")
		})
	api.Change(s, api.About{ID: "publishStand", Path: "/rooms/{id}/publish", Summary: "Publish what the room says", Text: "All who read the matter read it from then on."}, roomThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.RoomID, in Publishing) error {
			_, err := governance.PublishStand(ctx, governance.In(tx), by, id, in.Number)
			return err
		})
}
