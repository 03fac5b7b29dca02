package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Errand(ctx context.Context, id forum.ErrandID) (*forum.Errand, error) {
	return where[forum.Errand](ctx, t, "errand", toChange, "id = ?", id)
}

func (t *tx) RestingErrands(ctx context.Context) ([]forum.Errand, error) {
	return list[forum.Errand](ctx, t, "errand", "due_at, id", "failed_at IS NULL")
}

func (t *tx) FailedErrands(ctx context.Context, person forum.PersonID) ([]forum.Errand, error) {
	return list[forum.Errand](ctx, t, "errand", "id", "failed_at IS NOT NULL AND person_id = ?", person)
}

func (t *tx) SaveErrand(ctx context.Context, errand *forum.Errand) error {
	return save(ctx, t, "errand", errand)
}

func (t *tx) DropErrand(ctx context.Context, id forum.ErrandID) error {
	return drop[forum.Errand](ctx, t, "errand", "id = ?", id)
}

func (t *tx) GiveBackNumber(ctx context.Context, series string, number int) (bool, error) {
	done, err := t.db.NewRaw("UPDATE counters SET number = number - 1 WHERE series = ? AND number = ?", clean(series), number).Exec(ctx)
	if err != nil {
		return false, t.fail("number", err)
	}
	n, err := done.RowsAffected()
	return n == 1, t.fail("number", err)
}

// MoreRights are none: the house above brings its own.
func (t *tx) MoreRights() []forum.Right { return nil }

// DisqualifiedIn lists nothing: the house above judges who is.
func (t *tx) DisqualifiedIn(context.Context, forum.PersonID) ([]forum.MatterID, error) {
	return nil, nil
}

// MoreErrands are none: the house above brings its own.
func (t *tx) MoreErrands() []func() forum.Sendable { return nil }
