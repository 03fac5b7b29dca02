package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// RoomDoor is a room that the reader may enter, or open.
type RoomDoor struct {
	ID    RoomID // 0 for one that nobody has opened
	Party forum.OrganisationID
	Level forum.Level
	Name  string // of the party, "" for the level's
}

// PublishedStand is what a party or level has published, as it published it last.
type PublishedStand struct {
	Stand
	Name         string // of the party, "" for the level's
	Level        forum.Level
	Spokesperson string
	Earlier      int // versions that were published before
}

// RoomsPage is what a matter's reader sees of rooms: the own ones, and what any
// of them has published.
type RoomsPage struct {
	Matter    forum.Matter
	Forum     forum.Forum
	Doors     []RoomDoor
	Published []PublishedStand
}

// RoomPage is a room from within.
type RoomPage struct {
	Room
	Matter  forum.Matter
	Forum   forum.Forum
	Meeting forum.MeetingID // on whose agenda the matter stands, 0 for none
	Name    string          // of the party, "" for the level's
	Notes   []WrittenNote
	Stands  []WrittenStand // the newest first
	People  []forum.Person // who may be in it
}

// WrittenNote is a note with who wrote it.
type WrittenNote struct {
	RoomNote
	By string
}

// WrittenStand is a version with who wrote it and who is to say it.
type WrittenStand struct {
	Stand
	By    string
	Voice string
}

// ReadRooms reads what of a matter's rooms the actor may know of.
func ReadRooms(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*RoomsPage, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	p := &RoomsPage{Matter: m.For(reader), Forum: *in}
	if m.Withheld(reader) {
		return p, nil
	}
	rooms, err := tx.RoomsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, r := range rooms {
		if err := p.publish(ctx, tx, r); err != nil {
			return nil, err
		}
	}
	return p, p.open(ctx, tx, by, rooms)
}

// publish adds what a room has published, its newest published version.
func (p *RoomsPage) publish(ctx context.Context, tx Tx, r Room) error {
	stands, err := tx.Stands(ctx, r.ID)
	if err != nil {
		return err
	}
	out := slices.DeleteFunc(stands, func(s Stand) bool { return !s.Published() })
	if len(out) == 0 {
		return nil
	}
	shown := PublishedStand{Stand: out[len(out)-1], Level: r.Level, Earlier: len(out) - 1}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	shown.Spokesperson = people[shown.Stand.Spokesperson].Name
	if r.OrganisationID != 0 {
		o, err := tx.Organisation(ctx, r.OrganisationID)
		if err != nil {
			return err
		}
		shown.Name = o.Name
	}
	p.Published = append(p.Published, shown)
	return nil
}

// open adds the doors of the actor's own party and level.
func (p *RoomsPage) open(ctx context.Context, tx Tx, by forum.Actor, rooms []Room) (err error) {
	p.Doors, err = RoomDoors(ctx, tx, by, p.Matter.ForumID)
	for i := range p.Doors {
		p.Doors[i].ID = p.Doors[i].opened(rooms)
	}
	return err
}

// opened is the room behind a door among a matter's, 0 for one that nobody has opened.
func (d RoomDoor) opened(rooms []Room) RoomID {
	at := slices.IndexFunc(rooms, func(r Room) bool { return r.isOf(d.Party, d.Level) })
	if at < 0 {
		return 0
	}
	return rooms[at].ID
}

// RoomDoors are the rooms that the actor has for every matter of a forum, those
// of a party before that of its level; none for who has no rooms there.
func RoomDoors(ctx context.Context, tx Tx, by forum.Actor, in forum.ForumID) (doors []RoomDoor, err error) {
	standings, err := by.StandingsOf(ctx, tx, forum.EnterRoom, in)
	if err != nil {
		return nil, err
	}
	for _, s := range standings {
		o, err := forum.LivingOrganisation(ctx, tx, s.Organisation)
		if err != nil {
			return nil, err
		}
		own := []RoomDoor{{Party: o.ID, Level: o.Level, Name: o.Name}}
		if s.Level.Other() != "" {
			own = append(own, RoomDoor{Level: s.Level})
		}
		for _, door := range own {
			if !slices.Contains(doors, door) {
				doors = append(doors, door)
			}
		}
	}
	return doors, nil
}

// ReadRoom reads a room for who may be in it; for all others there is none.
func ReadRoom(ctx context.Context, tx Tx, by forum.Actor, id RoomID) (*RoomPage, error) {
	r, m, _, err := enter(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	p := &RoomPage{Room: *r, Matter: *m, Forum: *in}
	if r.OrganisationID != 0 {
		o, err := tx.Organisation(ctx, r.OrganisationID)
		if err != nil {
			return nil, err
		}
		p.Name = o.Name
	}
	if p.People, err = r.people(ctx, tx, m.ForumID); err != nil {
		return nil, err
	}
	item, err := tx.PlaceOf(ctx, m.ID)
	switch {
	case err == nil:
		p.Meeting = item.MeetingID
	case !forum.IsKind(err, forum.NotFound):
		return nil, err
	}
	all, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	p.Notes, p.Stands, err = written(ctx, tx, id, all)
	return p, err
}

// written is what stands in a room: the notes the oldest first, the stands the newest first.
func written(ctx context.Context, tx Tx, id RoomID, all map[forum.PersonID]forum.Person) (notes []WrittenNote, stands []WrittenStand, err error) {
	noted, err := tx.RoomNotes(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range noted {
		notes = append(notes, WrittenNote{n, all[n.Author].Name})
	}
	agreed, err := tx.Stands(ctx, id)
	for _, s := range slices.Backward(agreed) {
		stands = append(stands, WrittenStand{s, all[s.Author].Name, all[s.Spokesperson].Name})
	}
	return notes, stands, err
}
