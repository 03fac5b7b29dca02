package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Room is where one party, or one of the equal levels, prepares for a matter by
// itself: nobody else learns what is in it, or that it is there. The matter guards it.
type Room struct {
	ID             RoomID
	MatterID       forum.MatterID
	OrganisationID forum.OrganisationID // of a party's room, 0 for that of a level
	Level          forum.Level          // of the party, or whose room it is
	OpenedBy       forum.PersonID
	OpenedAt       time.Time
}

// RoomNote is a private note.
type RoomNote struct {
	ID        RoomNoteID
	RoomID    RoomID
	Author    forum.PersonID
	Text      string
	WrittenAt time.Time
}

// Stand is one version of what a room has agreed to say in the meeting, and who
// says it. A version that was published stays published.
type Stand struct {
	ID             StandID
	RoomID         RoomID
	Number         int // from 1
	Text           string
	Spokesperson   forum.PersonID // 0 for nobody yet
	Author         forum.PersonID
	OrganisationID forum.OrganisationID // for which the author stood
	WrittenAt      time.Time
	PublishedBy    forum.PersonID
	PublishedAt    time.Time // zero while it is the room's own
}

// Published tells whether all who read the matter may read it.
func (s Stand) Published() bool { return !s.PublishedAt.IsZero() }

// RoomKeeper keeps rooms.
type RoomKeeper interface {
	Room(ctx context.Context, id RoomID) (*Room, error)
	// RoomsOf lists a matter's, the oldest first.
	RoomsOf(ctx context.Context, matter forum.MatterID) ([]Room, error)
	// SaveRoom keeps a room; Conflict when the party or level has one in the matter.
	SaveRoom(ctx context.Context, room *Room) error
	// RoomNotes lists a room's, the oldest first.
	RoomNotes(ctx context.Context, room RoomID) ([]RoomNote, error)
	SaveRoomNote(ctx context.Context, note *RoomNote) error
	// Stands lists a room's by number.
	Stands(ctx context.Context, room RoomID) ([]Stand, error)
	// SaveStand keeps a version; Conflict when the room has another one of that number.
	SaveStand(ctx context.Context, stand *Stand) error
}

// noRoom is what everyone else is told, whether there is one or not.
var noRoom = forum.Refuse(forum.NotFound, "error.not_found.room")

// OpenRoom opens the room of an organisation that the actor sits for, or with 0
// that of the actor's level.
func OpenRoom(ctx context.Context, tx Tx, by forum.Actor, matter forum.MatterID, party forum.OrganisationID, level forum.Level) (*Room, error) {
	r, fresh, err := openRoom(ctx, tx, by, matter, party, level)
	if err == nil && !fresh {
		return nil, forum.Refuse(forum.Conflict, "error.conflict.room")
	}
	return r, err
}

// RoomFor is OpenRoom, or the room as it is where somebody opened it before.
func RoomFor(ctx context.Context, tx Tx, by forum.Actor, matter forum.MatterID, party forum.OrganisationID, level forum.Level) (*Room, error) {
	r, _, err := openRoom(ctx, tx, by, matter, party, level)
	return r, err
}

// openRoom is a room that the actor may enter, and whether nobody had opened it.
func openRoom(ctx context.Context, tx Tx, by forum.Actor, matter forum.MatterID, party forum.OrganisationID, level forum.Level) (r *Room, fresh bool, err error) {
	m, err := tx.Matter(ctx, matter)
	if err != nil {
		return nil, false, err
	}
	if err := mayPrepare(ctx, tx, by, m); err != nil {
		return nil, false, err
	}
	r = &Room{MatterID: matter, OrganisationID: party, Level: level, OpenedBy: by.Person, OpenedAt: tx.Now()}
	if party != 0 {
		o, err := forum.LivingOrganisation(ctx, tx, party)
		if err != nil {
			return nil, false, noRoom
		}
		r.OrganisationID, r.Level = o.ID, o.Level
	}
	standing, err := r.standing(ctx, tx, by, m.ForumID)
	if err != nil {
		return nil, false, err
	}
	rooms, err := tx.RoomsOf(ctx, matter)
	if err != nil {
		return nil, false, err
	}
	if at := slices.IndexFunc(rooms, func(other Room) bool { return other.isOf(r.OrganisationID, r.Level) }); at >= 0 {
		return &rooms[at], false, nil
	}
	if err := tx.SaveRoom(ctx, r); err != nil {
		return nil, false, err
	}
	return r, true, r.record(ctx, tx, by, standing, m, "room_opened")
}

// isOf tells whether it is the room of a party, or with 0 that of a level.
func (r Room) isOf(party forum.OrganisationID, level forum.Level) bool {
	return r.OrganisationID == party && (party != 0 || r.Level == level)
}

// mayPrepare refuses who has no room to prepare in, or may not read all of the matter.
func mayPrepare(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter) error {
	if _, err := by.May(ctx, tx, forum.EnterRoom, m.ForumID); err != nil {
		return err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return err
	}
	if m.Withheld(reader) {
		return forum.Refuse(forum.Forbidden, "error.forbidden.read_exempt")
	}
	return nil
}

// standing is that by which the actor enters the room; nobody else learns of it.
func (r *Room) standing(ctx context.Context, tx Tx, by forum.Actor, in forum.ForumID) (forum.Standing, error) {
	standings, err := by.StandingsOf(ctx, tx, forum.EnterRoom, in)
	if err != nil {
		return forum.Standing{}, err
	}
	party := r.OrganisationID
	if party != 0 {
		o, err := forum.LivingOrganisation(ctx, tx, party)
		if err != nil {
			return forum.Standing{}, err
		}
		party = o.ID
	}
	for _, s := range standings {
		if party != 0 && s.Organisation == party || party == 0 && r.Level.Other() != "" && s.Level == r.Level {
			return s, nil
		}
	}
	return forum.Standing{}, noRoom
}

// record says that something was done in a room, and nothing of what: it is no
// part of the matter's history.
func (r *Room) record(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, m *forum.Matter, deed string) error {
	return tx.Record(ctx, forum.Event{ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: RoomObject(r.ID)})
}

// enter locks a room's matter for who may be in the room.
func enter(ctx context.Context, tx Tx, by forum.Actor, id RoomID) (*Room, *forum.Matter, forum.Standing, error) {
	r, err := tx.Room(ctx, id)
	if err != nil {
		return nil, nil, forum.Standing{}, err
	}
	m, err := tx.Matter(ctx, r.MatterID)
	if err != nil {
		return nil, nil, forum.Standing{}, err
	}
	standing, err := r.standing(ctx, tx, by, m.ForumID)
	if err == nil {
		err = mayPrepare(ctx, tx, by, m)
	}
	return r, m, standing, err
}

// WriteRoomNote adds a private note.
func WriteRoomNote(ctx context.Context, tx Tx, by forum.Actor, id RoomID, text string) (*RoomNote, error) {
	r, m, standing, err := enter(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if text, err = said(text, "note"); err != nil {
		return nil, err
	}
	note := &RoomNote{RoomID: id, Author: by.Person, Text: text, WrittenAt: tx.Now()}
	if err := tx.SaveRoomNote(ctx, note); err != nil {
		return nil, err
	}
	return note, r.record(ctx, tx, by, standing, m, "room_note_written")
}

// AgreeStand writes a new version of what the room says, over the version that
// the writer began with: of two who write at once the later one sees the other's first.
func AgreeStand(ctx context.Context, tx Tx, by forum.Actor, id RoomID, base int, text string, spokesperson forum.PersonID) (*Stand, error) {
	r, m, standing, err := enter(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if text, err = said(text, "stand"); err != nil {
		return nil, err
	}
	stands, err := tx.Stands(ctx, id)
	if err != nil {
		return nil, err
	}
	if base != len(stands) {
		return nil, forum.Refuse(forum.Invalid, "error.room.changed").On("stand")
	}
	if spokesperson != 0 {
		people, err := r.people(ctx, tx, m.ForumID)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(people, func(p forum.Person) bool { return p.ID == spokesperson }) {
			return nil, forum.Refuse(forum.Invalid, "error.room.spokesperson").On("spokesperson")
		}
	}
	stand := &Stand{RoomID: id, Number: base + 1, Text: text, Spokesperson: spokesperson, Author: by.Person, OrganisationID: standing.Organisation, WrittenAt: tx.Now()}
	if err := tx.SaveStand(ctx, stand); err != nil {
		return nil, err
	}
	return stand, r.record(ctx, tx, by, standing, m, "room_stand_agreed")
}

// PublishStand shows the newest version to all who may read the matter, and to
// those who read what is exempt where the matter is. What is published stays so;
// a later version can be published after it.
func PublishStand(ctx context.Context, tx Tx, by forum.Actor, id RoomID, number int) (*Stand, error) {
	r, m, standing, err := enter(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	stands, err := tx.Stands(ctx, id)
	if err != nil {
		return nil, err
	}
	if number == 0 || number != len(stands) {
		return nil, forum.Refuse(forum.Conflict, "error.room.changed")
	}
	stand := &stands[number-1]
	if stand.Published() {
		return nil, forum.Refuse(forum.Conflict, "error.room.published")
	}
	stand.PublishedBy, stand.PublishedAt = by.Person, tx.Now()
	if err := tx.SaveStand(ctx, stand); err != nil {
		return nil, err
	}
	whose := "level_" + string(r.Level)
	details := map[string]string{}
	if r.OrganisationID != 0 {
		o, err := tx.Organisation(ctx, r.OrganisationID)
		if err != nil {
			return nil, err
		}
		whose, details["Party"] = "party", o.Name
	}
	return stand, forum.RecordMatter(ctx, tx, by, standing, m, "stand_published_"+whose, details)
}

// people are those who may be in the room.
func (r *Room) people(ctx context.Context, tx Tx, in forum.ForumID) (inside []forum.Person, err error) {
	holders, err := forum.Holders(ctx, tx, in, forum.EnterRoom, "")
	if err != nil {
		return nil, err
	}
	all, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range holders {
		_, refusal := r.standing(ctx, tx, forum.AsPerson(id), in)
		if forum.IsKind(refusal, forum.NotFound) {
			continue
		}
		if refusal != nil {
			return nil, refusal
		}
		inside = append(inside, all[id])
	}
	return inside, nil
}
