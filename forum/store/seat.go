package store

import (
	"cmp"
	"context"
	"slices"

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

func (t *tx) seats(ctx context.Context, on forum.Date, condition string, arg any) ([]forum.Seat, error) {
	var seats []forum.Seat
	err := t.db.NewSelect().Model(&seats).ExcludeColumn("level").ColumnExpr("organisation.level").
		Join("JOIN organisations AS organisation ON organisation.id = seat.organisation_id").
		Where(condition, arg).Where(inForce, on, on).OrderExpr("seat.id").Scan(ctx)
	return seats, t.fail("seat", err)
}

func (t *tx) SaveSeat(ctx context.Context, seat *forum.Seat) error {
	return t.changed.forum(seat.ForumID, save(ctx, t, "seat", seat, "level"))
}
