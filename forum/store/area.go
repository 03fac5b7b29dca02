package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Area(ctx context.Context, id forum.AreaID) (*forum.Area, error) {
	return where[forum.Area](ctx, t, "area", toRely, "id = ?", id)
}

func (t *tx) AreaByKey(ctx context.Context, key string) (*forum.Area, error) {
	return where[forum.Area](ctx, t, "area", toRely, "key = ?", clean(key))
}

func (t *tx) Areas(ctx context.Context) ([]forum.Area, error) {
	return list[forum.Area](ctx, t, "area", "id", "TRUE")
}

func (t *tx) SaveArea(ctx context.Context, area *forum.Area) error {
	return save(ctx, t, "area", area)
}
