package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

func (t *tx) AddressToken(ctx context.Context, token string) (*forum.AddressToken, error) {
	return where[forum.AddressToken](ctx, t, "token", toRely, "token = ?", clean(token))
}

func (t *tx) AddressTokensOf(ctx context.Context, purpose forum.Purpose, subject int64) ([]forum.AddressToken, error) {
	return list[forum.AddressToken](ctx, t, "token", "token", "purpose = ? AND subject = ?", purpose, subject)
}

func (t *tx) SaveAddressToken(ctx context.Context, token *forum.AddressToken) error {
	_, err := t.db.NewInsert().Model(token).Returning("NULL").Exec(ctx)
	return t.fail("token", err)
}

func (t *tx) Session(ctx context.Context, digest forum.Digest) (*forum.Session, error) {
	return where[forum.Session](ctx, t, "session", toRely, "digest = ?", clean(string(digest)))
}

func (t *tx) SaveSession(ctx context.Context, session *forum.Session) error {
	_, err := t.db.NewInsert().Model(session).Returning("NULL").
		On("CONFLICT (digest) DO UPDATE").Set("expires_at = EXCLUDED.expires_at, seen_at = EXCLUDED.seen_at").
		Set("browser = EXCLUDED.browser, network = EXCLUDED.network").Exec(ctx)
	return t.fail("session", err)
}

func (t *tx) EndSession(ctx context.Context, digest forum.Digest) error {
	_, err := t.db.NewDelete().Model((*forum.Session)(nil)).Where("digest = ?", clean(string(digest))).Exec(ctx)
	return t.fail("session", err)
}

func (t *tx) EndSessions(ctx context.Context, at time.Time) error {
	_, err := t.db.NewDelete().Model((*forum.Session)(nil)).Where("expires_at <= ?", at.UTC().Format(instant)).Exec(ctx)
	return t.fail("session", err)
}
