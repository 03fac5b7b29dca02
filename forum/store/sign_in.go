package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Sessions(ctx context.Context, person forum.PersonID) ([]forum.Session, error) {
	return list[forum.Session](ctx, t, "session", "seen_at DESC, created_at DESC, digest", "person_id = ? AND pass = ?", person, false)
}

func (t *tx) ProlongSession(ctx context.Context, digest forum.Digest, seen, end time.Time) error {
	_, err := t.db.NewUpdate().Model((*forum.Session)(nil)).Where("digest = ?", clean(string(digest))).
		Set("seen_at = ?", seen.UTC().Format(instant)).Set("expires_at = ?", end.UTC().Format(instant)).Exec(ctx)
	return t.fail("session", err)
}

func (t *tx) EndSessionsOf(ctx context.Context, person forum.PersonID) error {
	return drop[forum.Session](ctx, t, "session", "person_id = ?", person)
}

func (t *tx) SignIn(ctx context.Context, id forum.SignInID) (*forum.SignIn, error) {
	return where[forum.SignIn](ctx, t, "sign_in", toChange, "id = ?", id)
}

func (t *tx) SignInByLink(ctx context.Context, link forum.Digest) (*forum.SignIn, error) {
	return where[forum.SignIn](ctx, t, "sign_in", toChange, "link = ? AND link <> ''", clean(string(link)))
}

func (t *tx) SignInsOf(ctx context.Context, browser forum.Digest) ([]forum.SignIn, error) {
	return list[forum.SignIn](ctx, t, "sign_in", "id DESC", "browser = ?", clean(string(browser)))
}

func (t *tx) SaveSignIn(ctx context.Context, asked *forum.SignIn) error {
	return save(ctx, t, "sign_in", asked)
}

// CountTry takes the rows in one order, so that two who try at once do not wait
// for each other.
func (t *tx) CountTry(ctx context.Context, browser forum.Digest) error {
	rows := t.db.NewSelect().Model((*forum.SignIn)(nil)).Column("id").Where("browser = ?", clean(string(browser))).OrderExpr("id")
	if t.native != nil {
		rows = rows.For("UPDATE")
	}
	_, err := t.db.NewUpdate().Model((*forum.SignIn)(nil)).Set("tries = tries + 1").Where("id IN (?)", rows).Exec(ctx)
	return t.fail("sign_in", err)
}

func (t *tx) DropSignIn(ctx context.Context, id forum.SignInID) error {
	done, err := t.db.NewDelete().Model((*forum.SignIn)(nil)).Where("id = ?", id).Exec(ctx)
	if err != nil {
		return t.fail("sign_in", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return t.fail("sign_in", errorOr(err, sql.ErrNoRows))
	}
	return nil
}

func (t *tx) DropSignInsOf(ctx context.Context, person forum.PersonID) error {
	return drop[forum.SignIn](ctx, t, "sign_in", "person_id = ?", person)
}

func (t *tx) DropSignIns(ctx context.Context, at time.Time) error {
	return drop[forum.SignIn](ctx, t, "sign_in", "expires_at <= ?", at.UTC().Format(instant))
}

// Count lets one statement do it all: the row that it changes is locked until
// the transaction ends.
func (t *tx) Count(ctx context.Context, subject forum.Digest, overSince time.Time) (*forum.Tally, error) {
	tally := &forum.Tally{Subject: subject, BeganAt: t.now, Number: 1}
	over := bun.SafeQuery("tally.began_at <= ?", overSince.UTC().Format(instant))
	_, err := t.db.NewInsert().Model(tally).On("CONFLICT (subject) DO UPDATE").
		Set("number = CASE WHEN ? THEN 1 ELSE tally.number + 1 END", over).
		Set("began_at = CASE WHEN ? THEN EXCLUDED.began_at ELSE tally.began_at END", over).
		Returning("began_at, number").Exec(ctx)
	return tally, t.fail("tally", err)
}

func (t *tx) DropTallies(ctx context.Context, overSince time.Time) error {
	return drop[forum.Tally](ctx, t, "tally", "began_at <= ?", overSince.UTC().Format(instant))
}

// drop deletes rows, none being no error.
func drop[T any](ctx context.Context, t *tx, thing, condition string, args ...any) error {
	_, err := t.db.NewDelete().Model((*T)(nil)).Where(condition, args...).Exec(ctx)
	return t.fail(thing, err)
}
