package forum

import "context"

// ItemID identifies an agenda item.
type ItemID int64

// Item is a matter's place on one meeting's agenda.
type Item struct {
	ID        ItemID
	MeetingID MeetingID
	MatterID  MatterID
	Position  int // from 1
	PlacedBy  PersonID
}

// AgendaKeeper keeps agendas. The meeting guards its items, and each matter its own.
type AgendaKeeper interface {
	// Agenda lists a meeting's items by position.
	Agenda(ctx context.Context, meeting MeetingID) ([]Item, error)
	// PlacedMatters are the matters of a meeting's items.
	PlacedMatters(ctx context.Context, meeting MeetingID) (map[MatterID]Matter, error)
	// PlaceOf is the item that a matter stands as; NotFound when it is on no agenda.
	PlaceOf(ctx context.Context, matter MatterID) (*Item, error)
	SaveItem(ctx context.Context, item *Item) error
	DropItem(ctx context.Context, id ItemID) error
}
