package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// PreMeeting (formøte) is what one party, or one level, has prepared for a whole
// agenda, in its rooms of the matters there.
type PreMeeting struct {
	Meeting forum.Meeting
	Forum   forum.Forum
	Doors   []RoomDoor // the reader's, without the rooms behind them
	Own     RoomDoor   // the one whose rooms these are
	Items   []Prepared // by the agenda
	People  []forum.Person
	Silent  int // matters without an agreed stand
	Mute    int // matters with a stand that nobody is to say
}

// Prepared is what stands in the room of one matter.
type Prepared struct {
	Matter forum.Matter
	Kept   bool   // the reader may not read all of the matter, and has no room for it
	Room   RoomID // 0 for one that nobody has opened
	Notes  []WrittenNote
	Stands []WrittenStand // the newest first
}

// ReadPreMeeting reads the preparation of a party, or with 0 of a level, for who
// may be in its rooms; with neither, that of the first of the actor's own.
func ReadPreMeeting(ctx context.Context, tx Tx, by forum.Actor, id forum.MeetingID, party forum.OrganisationID, level forum.Level) (*PreMeeting, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, right := range []forum.Right{forum.ReadMeeting, forum.EnterRoom} {
		if _, err := by.May(ctx, tx, right, m.ForumID); err != nil {
			return nil, err
		}
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	p := &PreMeeting{Meeting: *m, Forum: *in}
	if p.Doors, err = RoomDoors(ctx, tx, by, m.ForumID); err != nil {
		return nil, err
	}
	at := 0
	if party != 0 || level != "" {
		at = slices.IndexFunc(p.Doors, func(d RoomDoor) bool { return d.Party == party && (party != 0 || d.Level == level) })
	}
	if at < 0 || at >= len(p.Doors) {
		return nil, noRoom
	}
	p.Own = p.Doors[at]
	room := Room{OrganisationID: p.Own.Party, Level: p.Own.Level}
	if p.People, err = room.people(ctx, tx, m.ForumID); err != nil {
		return nil, err
	}
	return p, p.read(ctx, tx, by)
}

// read adds the matters of the agenda with what is prepared for each.
func (p *PreMeeting) read(ctx context.Context, tx Tx, by forum.Actor) error {
	reader, err := by.ReaderAt(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	items, err := tx.Agenda(ctx, p.Meeting.ID)
	if err != nil {
		return err
	}
	matters, err := tx.PlacedMatters(ctx, p.Meeting.ID)
	if err != nil {
		return err
	}
	all, err := tx.People(ctx)
	if err != nil {
		return err
	}
	for _, item := range items {
		m := matters[item.MatterID]
		one := Prepared{Matter: m.For(reader), Kept: m.Withheld(reader)}
		if !one.Kept {
			if err := one.read(ctx, tx, p.Own, all); err != nil {
				return err
			}
			p.count(one)
		}
		p.Items = append(p.Items, one)
	}
	return nil
}

func (p *PreMeeting) count(one Prepared) {
	switch {
	case len(one.Stands) == 0:
		p.Silent++
	case one.Stands[0].Spokesperson == 0:
		p.Mute++
	}
}

// read adds what stands in the room, if somebody has opened it.
func (o *Prepared) read(ctx context.Context, tx Tx, door RoomDoor, all map[forum.PersonID]forum.Person) error {
	rooms, err := tx.RoomsOf(ctx, o.Matter.ID)
	if err != nil {
		return err
	}
	if o.Room = door.opened(rooms); o.Room == 0 {
		return nil
	}
	o.Notes, o.Stands, err = written(ctx, tx, o.Room, all)
	return err
}
