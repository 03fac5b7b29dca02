package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

// Rows reaches the rows of a transaction, for the store of the house above: what
// it keeps is kept or rolled back with what the forum keeps.
type Rows struct{ t *tx }

// RowsOf gives the rows of a transaction that this package opened, also where an
// act looks at it through something of its own. Any other transaction is a
// mistake of the program, and panics.
func RowsOf(of forum.Tx) Rows {
	for {
		if t, is := of.(*tx); is {
			return Rows{t}
		}
		of = of.(interface{ Beneath() forum.Tx }).Beneath()
	}
}

// Hold is how a getter of one thing locks its row until the transaction ends.
type Hold = hold

// The holds: for what acts change, for what they lean on, and for what they
// change only while they hold something else.
const (
	ToChange = toChange
	ToRely   = toRely
	Guarded  = guarded
)

// Where reads a row, NotFound of the thing when there is none.
func Where[T any](ctx context.Context, r Rows, thing string, lock Hold, condition string, args ...any) (*T, error) {
	return where[T](ctx, r.t, thing, lock, condition, args...)
}

// First is Where for one of several rows: the first in an order.
func First[T any](ctx context.Context, r Rows, thing string, lock Hold, order, condition string, args ...any) (*T, error) {
	return first[T](ctx, r.t, thing, lock, order, condition, args...)
}

// List reads rows in an order.
func List[T any](ctx context.Context, r Rows, thing, order, condition string, args ...any) ([]T, error) {
	return list[T](ctx, r.t, thing, order, condition, args...)
}

// Count counts rows.
func Count[T any](ctx context.Context, r Rows, thing, condition string, args ...any) (int, error) {
	return count[T](ctx, r.t, thing, condition, args...)
}

// Save inserts a row that has no id yet, and gives it one; another it replaces,
// but for the columns named.
func Save[T any](ctx context.Context, r Rows, thing string, row *T, but ...string) error {
	return save(ctx, r.t, thing, row, but...)
}

// Drop deletes rows; none is no error.
func Drop[T any](ctx context.Context, r Rows, thing, condition string, args ...any) error {
	_, err := r.t.db.NewDelete().Model((*T)(nil)).Where(condition, args...).Exec(ctx)
	return r.t.fail(thing, err)
}

// DB is for statements that are none of the above; what they refuse goes through Fail.
func (r Rows) DB() bun.IDB { return r.t.db }

// Fail names what the database refused, and keeps the transaction from being kept.
func (r Rows) Fail(thing string, err error) error { return r.t.fail(thing, err) }

// Instant writes a time as rows hold it, for conditions.
func Instant(at time.Time) string { return at.UTC().Truncate(time.Microsecond).Format(instant) }
