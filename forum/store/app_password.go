package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) AppPassword(ctx context.Context, digest forum.Digest) (*forum.AppPassword, error) {
	return where[forum.AppPassword](ctx, t, "app_password", toChange, "digest = ?", clean(string(digest)))
}

func (t *tx) AppPasswordsOf(ctx context.Context, person forum.PersonID) ([]forum.AppPassword, error) {
	return list[forum.AppPassword](ctx, t, "app_password", "id", "person_id = ?", person)
}

func (t *tx) SaveAppPassword(ctx context.Context, password *forum.AppPassword) error {
	return save(ctx, t, "app_password", password)
}

func (t *tx) DropAppPassword(ctx context.Context, id forum.AppPasswordID) error {
	_, err := t.db.NewDelete().Model((*forum.AppPassword)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("app_password", err)
}
