package store

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

// River may nest transactions in the borrowed one; none of them ends it.
func TestBorrowedTransaction(t *testing.T) {
	ctx := t.Context()
	db, err := Open(ctx, storetest.Postgres(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.pool.Exec(ctx, "CREATE TABLE marks (mark text)"); err != nil {
		t.Fatal(err)
	}
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	outer := &tx{store: db}
	if err := outer.begin(ctx, conn, nil); err != nil {
		t.Fatal(err)
	}
	borrowed := borrow(outer.native)
	mark := func(in pgx.Tx, mark string) {
		if _, err := in.Exec(ctx, "INSERT INTO marks VALUES ($1)", mark); err != nil {
			t.Fatal(err)
		}
	}
	begin := func(in pgx.Tx) pgx.Tx {
		inner, err := in.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return inner
	}
	mark(borrowed, "outer")
	kept := begin(borrowed)
	mark(kept, "kept")
	dropped := begin(kept)
	mark(dropped, "dropped")
	for _, step := range []struct {
		name string
		do   func(context.Context) error
		want error
	}{
		{"drop", dropped.Rollback, nil},
		{"drop again", dropped.Rollback, pgx.ErrTxClosed},
		{"keep", kept.Commit, nil},
		{"end the outer", borrowed.Commit, errBorrowed},
	} {
		if err := step.do(ctx); !errors.Is(err, step.want) {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	if err := outer.db.Commit(); err != nil {
		t.Fatal(err)
	}
	var marks string
	if err := db.pool.QueryRow(ctx, "SELECT string_agg(mark, ' ' ORDER BY mark DESC) FROM marks").Scan(&marks); err != nil || marks != "outer kept" {
		t.Errorf("marks are %q, %v", marks, err)
	}
}

func TestRefusalNamesWhatIsNot(t *testing.T) {
	plain := errors.New("syntax error")
	if err := refusal("matter", plain); !errors.Is(err, plain) || forum.IsKind(err, forum.Unavailable) {
		t.Errorf("a bug became %v", err)
	}
	if err := refusal("matter", context.Canceled); err != context.Canceled {
		t.Errorf("a cancelled act became %v", err)
	}
}
