package store

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) Ladder(ctx context.Context, id governance.LadderID) (*governance.Ladder, error) {
	return store.Where[governance.Ladder](ctx, t.rows, "ladder", store.Guarded, "id = ?", id)
}

func (t *tx) LaddersOf(ctx context.Context, matter forum.MatterID) ([]governance.Ladder, error) {
	return store.List[governance.Ladder](ctx, t.rows, "ladder", "id", "matter_id = ?", matter)
}

func (t *tx) LaddersDue(ctx context.Context, until forum.Date) ([]governance.Ladder, error) {
	return store.List[governance.Ladder](ctx, t.rows, "ladder", "id", "state = 'writing' AND reminded_at IS NULL AND deadline <= ?", until)
}

func (t *tx) SaveLadder(ctx context.Context, ladder *governance.Ladder) error {
	return store.Save(ctx, t.rows, "ladder", ladder)
}

func (t *tx) LadderRungs(ctx context.Context, ladder governance.LadderID) ([]governance.LadderRung, error) {
	return store.List[governance.LadderRung](ctx, t.rows, "ladder_rung", "number", "ladder_id = ?", ladder)
}

func (t *tx) SaveLadderRung(ctx context.Context, rung *governance.LadderRung) error {
	return store.Save(ctx, t.rows, "ladder_rung", rung)
}

func (t *tx) LadderPositions(ctx context.Context, ladder governance.LadderID) ([]governance.LadderPosition, error) {
	return store.List[governance.LadderPosition](ctx, t.rows, "ladder_position", "level", "ladder_id = ?", ladder)
}

func (t *tx) SaveLadderPosition(ctx context.Context, position *governance.LadderPosition) error {
	return store.Save(ctx, t.rows, "ladder_position", position)
}

func (t *tx) Room(ctx context.Context, id governance.RoomID) (*governance.Room, error) {
	return store.Where[governance.Room](ctx, t.rows, "room", store.Guarded, "id = ?", id)
}

func (t *tx) RoomsOf(ctx context.Context, matter forum.MatterID) ([]governance.Room, error) {
	return store.List[governance.Room](ctx, t.rows, "room", "id", "matter_id = ?", matter)
}

func (t *tx) SaveRoom(ctx context.Context, room *governance.Room) error {
	return store.Save(ctx, t.rows, "room", room)
}

func (t *tx) RoomNotes(ctx context.Context, room governance.RoomID) ([]governance.RoomNote, error) {
	return store.List[governance.RoomNote](ctx, t.rows, "room_note", "id", "room_id = ?", room)
}

func (t *tx) SaveRoomNote(ctx context.Context, note *governance.RoomNote) error {
	return store.Save(ctx, t.rows, "room_note", note)
}

func (t *tx) Stands(ctx context.Context, room governance.RoomID) ([]governance.Stand, error) {
	return store.List[governance.Stand](ctx, t.rows, "stand", "number", "room_id = ?", room)
}

func (t *tx) SaveStand(ctx context.Context, stand *governance.Stand) error {
	return store.Save(ctx, t.rows, "stand", stand)
}
