package store

import (
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Learned(ctx context.Context, address string) (*forum.LearnedAddress, error) {
	return where[forum.LearnedAddress](ctx, t, "address", toRely, "address = ?", clean(strings.ToLower(address)))
}

func (t *tx) SaveLearned(ctx context.Context, learned *forum.LearnedAddress) error {
	_, err := t.db.NewInsert().Model(learned).Exec(ctx)
	return t.fail("address", err)
}

func (t *tx) DropLearned(ctx context.Context, address string) error {
	_, err := t.db.NewDelete().Model((*forum.LearnedAddress)(nil)).Where("address = ?", clean(strings.ToLower(address))).Exec(ctx)
	return t.fail("address", err)
}
