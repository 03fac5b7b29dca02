package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Seats(ctx context.Context, in forum.ForumID, on forum.Date) ([]forum.Seat, error) {
	seats, err := t.seats(ctx, on, "seat.forum_id = ?", in)
	slices.SortStableFunc(seats, func(a, b forum.Seat) int {
		return cmp.Or(
			cmp.Compare(slices.Index(forum.SeatCapacities, a.Capacity), slices.Index(forum.SeatCapacities, b.Capacity)),
			cmp.Compare(a.Rank, b.Rank),
		)
	})
	return seats, err
}

func (t *tx) SeatsOf(ctx context.Context, person forum.PersonID, on forum.Date) ([]forum.Seat, error) {
	return t.seats(ctx, on, "seat.person_id = ?", person)
}

func (t *tx) WrittenSeats(ctx context.Context, in forum.ForumID) ([]forum.Seat, error) {
	return t.allSeats(ctx, "seat.forum_id = ?", in)
}

func (t *tx) Seat(ctx context.Context, id forum.SeatID) (*forum.Seat, error) {
	seat := new(forum.Seat)
	if err := levelled(t.db.NewSelect().Model(seat)).Where("seat.id = ?", id).Scan(ctx); err != nil {
		return nil, t.fail("seat", err)
	}
	return seat, nil
}

func (t *tx) SeatsFor(ctx context.Context, organisation forum.OrganisationID) ([]forum.Seat, error) {
	return t.allSeats(ctx, "seat.organisation_id = ?", organisation)
}

// seatingLock begins the keys of PostgreSQL's advisory locks on the seats of
// forums; any number that nothing else in the database uses.
const seatingLock = 726_511

// HoldSeats takes a lock of its own: one on the forum's row would wait for
// those who lean on it while they wait for what follows from the seats.
func (t *tx) HoldSeats(ctx context.Context, in forum.ForumID) error {
	if t.native == nil || t.reads {
		return nil
	}
	_, err := t.db.NewRaw("SELECT pg_advisory_xact_lock(?, ?)", seatingLock, int32(in)).Exec(ctx)
	return t.fail("seat", err)
}

func (t *tx) DropSeat(ctx context.Context, seat *forum.Seat) error {
	_, err := t.db.NewRaw("DELETE FROM seats WHERE id = ?", seat.ID).Exec(ctx)
	return t.changed.forum(seat.ForumID, t.fail("seat", err))
}

func (t *tx) Ending(ctx context.Context, id forum.EndingID) (*forum.SeatEnding, error) {
	return where[forum.SeatEnding](ctx, t, "ending", guarded, "id = ?", id)
}

func (t *tx) EndingOf(ctx context.Context, seat forum.SeatID) (*forum.SeatEnding, error) {
	return first[forum.SeatEnding](ctx, t, "ending", guarded, "id DESC", "seat_id = ? AND NOT undone", seat)
}

func (t *tx) Endings(ctx context.Context, in forum.ForumID) (map[forum.SeatID]forum.SeatEnding, error) {
	rows, err := list[forum.SeatEnding](ctx, t, "ending", "id", "NOT undone AND seat_id IN (SELECT id FROM seats WHERE forum_id = ?)", in)
	newest := make(map[forum.SeatID]forum.SeatEnding, len(rows))
	for _, row := range rows {
		newest[row.SeatID] = row
	}
	return newest, err
}

func (t *tx) SaveEnding(ctx context.Context, ending *forum.SeatEnding) error {
	return save(ctx, t, "ending", ending)
}

// partyThen holds for organisations that were parties on a date given twice.
const partyThen = `organisation.valid_from <= ? AND (organisation.valid_to = '' OR organisation.valid_to >= ?)`

func (t *tx) seats(ctx context.Context, on forum.Date, condition string, arg any) ([]forum.Seat, error) {
	seats, err := remembered(t, question{query: condition + " then"}, []any{arg, on}, func() (seats []forum.Seat, err error) {
		err = levelled(t.db.NewSelect().Model(&seats)).Where(condition, arg).Where(inForce, on, on).Where(partyThen, on, on).Scan(ctx)
		return seats, err
	})
	return seats, t.fail("seat", err)
}

func (t *tx) allSeats(ctx context.Context, condition string, arg any) ([]forum.Seat, error) {
	seats, err := remembered(t, question{query: condition}, []any{arg}, func() (seats []forum.Seat, err error) {
		err = levelled(t.db.NewSelect().Model(&seats)).Where(condition, arg).Scan(ctx)
		return seats, err
	})
	return seats, t.fail("seat", err)
}

// levelled reads seats with the level of their organisation.
func levelled(query *bun.SelectQuery) *bun.SelectQuery {
	return query.ExcludeColumn("level").ColumnExpr("organisation.level").
		Join("JOIN organisations AS organisation ON organisation.id = seat.organisation_id").OrderExpr("seat.id")
}

func (t *tx) SaveSeat(ctx context.Context, seat *forum.Seat) error {
	return t.changed.forum(seat.ForumID, save(ctx, t, "seat", seat, "level"))
}
