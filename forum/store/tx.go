package store

import (
	"context"
	"database/sql"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

// tx is one transaction. Jobs and events wait in it until the act is done.
type tx struct {
	store   *DB
	db      bun.Tx
	native  *pgx.Conn // under db, on PostgreSQL
	round   *round    // that it shares with other acts, nil for none
	now     time.Time
	reads   bool
	jobs    []forum.Job
	events  []forum.Event
	changed changes
	failed  error    // the first statement that the database refused
	sees    *state   // of a transaction that reads
	settled *settled // of one that writes, on SQLite

	mandates map[mandateAsked]forum.Mandate // of a transaction that writes
}

var _ forum.Tx = (*tx)(nil)

func (t *tx) begin(ctx context.Context, conn bun.Conn, options *sql.TxOptions) (err error) {
	if t.store.dialect == Postgres {
		if t.native, err = nativeConn(conn.Conn); err != nil {
			return err
		}
	}
	t.db, err = conn.BeginTx(ctx, options)
	t.now = t.store.now()
	return err
}

// Now is the time at which the transaction began.
func (t *tx) Now() time.Time { return t.now }

// Policy is the one that the store was opened with.
func (t *tx) Policy(context.Context) (forum.Policy, error) {
	if t.store.options.Policy == nil {
		return nil, forum.Refuse(forum.Unavailable, "error.no_policy")
	}
	return t.store.options.Policy, nil
}

// fail names what the database refused. PostgreSQL gives up a transaction then,
// so on SQLite too nothing of it is kept.
func (t *tx) fail(thing string, err error) error {
	err = refusal(thing, err)
	if err != nil && !forum.IsKind(err, forum.NotFound) && t.failed == nil {
		t.failed = err
	}
	return err
}

// hold is how a getter of one thing locks its row on PostgreSQL; SQLite has one
// writer at a time.
type hold string

const (
	// toChange is for what acts change: two cannot decide on the same state.
	toChange hold = "NO KEY UPDATE"
	// toRely is for what acts lean on: nobody changes it meanwhile, but others may lean on it too.
	toRely hold = "SHARE"
	// guarded is for what acts change only while they hold something else: a matter guards its removals, a forum's seats their endings.
	guarded hold = ""
)

// where reads a row, NotFound when there is none.
func where[T any](ctx context.Context, t *tx, thing string, lock hold, condition string, args ...any) (*T, error) {
	return first[T](ctx, t, thing, lock, "", condition, args...)
}

// first is where for one of several rows: the first in an order.
func first[T any](ctx context.Context, t *tx, thing string, lock hold, order, condition string, args ...any) (*T, error) {
	rows, err := remembered(t, question{query: condition, order: order, one: true}, args, func() (rows []T, err error) {
		query := t.db.NewSelect().Model(&rows).Where(condition, args...).Limit(1)
		if order != "" {
			query = query.OrderExpr(order)
		}
		err = t.held(query, lock).Scan(ctx)
		return rows, err
	})
	if err == nil && len(rows) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, t.fail(thing, err)
	}
	return &rows[0], nil
}

// held locks what a query reads until the transaction ends.
func (t *tx) held(query *bun.SelectQuery, lock hold) *bun.SelectQuery {
	if t.native == nil || t.reads || lock == guarded {
		return query
	}
	return query.For(string(lock))
}

// list reads rows in an order.
func list[T any](ctx context.Context, t *tx, thing, order, condition string, args ...any) ([]T, error) {
	rows, err := remembered(t, question{query: condition, order: order}, args, func() (rows []T, err error) {
		err = t.db.NewSelect().Model(&rows).Where(condition, args...).OrderExpr(order).Scan(ctx)
		return rows, err
	})
	return rows, t.fail(thing, err)
}

// counted is how many rows there are of a kind.
type counted[T any] int

// count counts rows.
func count[T any](ctx context.Context, t *tx, thing, condition string, args ...any) (int, error) {
	n, err := rememberedValue(t, question{query: condition}, args, func(n *counted[T]) error {
		found, err := t.db.NewSelect().Model((*T)(nil)).Where(condition, args...).Count(ctx)
		*n = counted[T](found)
		return err
	})
	return int(n), t.fail(thing, err)
}

// save inserts a row that has no id yet, and gives it one; another it replaces.
func save[T any](ctx context.Context, t *tx, thing string, row *T, but ...string) error {
	id := t.store.writer.Table(reflect.TypeFor[T]()).FieldMap["id"]
	if id.HasZeroValue(reflect.ValueOf(row).Elem()) {
		_, err := t.db.NewInsert().Model(row).ExcludeColumn(but...).Returning("id").Exec(ctx)
		return t.fail(thing, err)
	}
	done, err := t.db.NewUpdate().Model(row).ExcludeColumn(append(but, "id")...).
		Where("id = ?", id.Value(reflect.ValueOf(row).Elem()).Int()).Exec(ctx)
	if err != nil {
		return t.fail(thing, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return t.fail(thing, errorOr(err, sql.ErrNoRows))
	}
	return nil
}

// keep stores bytes once by their digest, as arguments of the driver: written
// into a query's text they would double.
func (t *tx) keep(ctx context.Context, thing, table string, digest forum.Digest, content []byte) error {
	query := "INSERT INTO " + table + " (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING"
	if t.native == nil {
		query = strings.NewReplacer("$1", "?", "$2", "?").Replace(query)
	}
	if content == nil {
		content = []byte{}
	}
	_, err := t.db.Tx.ExecContext(ctx, query, string(digest), content)
	return t.fail(thing, err)
}

// kept gives bytes back.
func (t *tx) kept(ctx context.Context, thing, table string, digest forum.Digest) ([]byte, error) {
	var content []byte
	err := t.db.NewSelect().Table(table).Column("content").Where("digest = ?", clean(string(digest))).Scan(ctx, &content)
	return content, t.fail(thing, err)
}

func errorOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
