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
	var seats []forum.Seat
	err := levelled(t.db.NewSelect().Model(&seats)).Where("seat.forum_id = ?", in).Scan(ctx)
	return seats, t.fail("seat", err)
}

// partyThen holds for organisations that were parties on a date given twice.
const partyThen = `organisation.valid_from <= ? AND (organisation.valid_to = '' OR organisation.valid_to >= ?)`

func (t *tx) seats(ctx context.Context, on forum.Date, condition string, arg any) ([]forum.Seat, error) {
	var seats []forum.Seat
	err := levelled(t.db.NewSelect().Model(&seats)).Where(condition, arg).Where(inForce, on, on).Where(partyThen, on, on).Scan(ctx)
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
