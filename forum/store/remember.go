package store

import (
	"reflect"

	"github.com/uptrace/bun"
)

// question is a query that was asked for rows of a type.
type question struct {
	of  reflect.Type
	sql string
}

// remembered answers a query as it was answered before in the same transaction,
// where that one only reads: its state does not change, and a page asks for the
// same seats and names many times over. Rows come back as copies, so that
// nobody changes what the next one is told.
func remembered[T any](t *tx, query *bun.SelectQuery, scan func() ([]T, error)) ([]T, error) {
	if !t.reads {
		return scan()
	}
	asked := question{reflect.TypeFor[T](), query.String()}
	if rows, known := t.known[asked]; known {
		return append([]T(nil), rows.([]T)...), nil
	}
	rows, err := scan()
	if err != nil {
		return rows, err
	}
	if t.known == nil {
		t.known = map[question]any{}
	}
	t.known[asked] = append([]T(nil), rows...)
	return rows, nil
}
