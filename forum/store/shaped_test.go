package store

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum/store/storetest"
)

// shapedOn is one connection to an empty database of PostgreSQL with a table in it; more is added to the address.
func shapedOn(t *testing.T, more string) *sql.Conn {
	t.Helper()
	db, err := Open(t.Context(), storetest.Postgres(t)+more, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.writer.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	said(t, conn, "CREATE TABLE a (b bigint, c text, d timestamptz, e text); INSERT INTO a VALUES (1, 'x'), (2, 'y')")
	return conn
}

// Statements are kept by their shape, and their values are of whatever type the column is.
func TestPostgresKeepsStatements(t *testing.T) {
	for address, want := range map[string]string{"": "3", "&default_query_exec_mode=exec": "0"} {
		conn := shapedOn(t, address)
		for b, c := range map[int]string{1: "x", 2: "y"} {
			said(t, conn, fmt.Sprintf("UPDATE a SET d = \f'2026-01-0%d 12:00:00+00:00', e = \f'it''s %d' WHERE b = %d", b, b, b))
			if got := found(t, conn, fmt.Sprintf("SELECT c FROM a WHERE b = %d AND e = \f'it''s %d' AND d > '2026-01-01'", b, b)); !cmp.Equal(got, []string{c}) {
				t.Errorf("of %d came %q", b, got)
			}
			if got := found(t, conn, fmt.Sprintf("SELECT coalesce(b, %d) FROM a WHERE b - -1 = %d", b, b+1)); !cmp.Equal(got, []string{fmt.Sprint(b)}) {
				t.Errorf("of %d came %q", b, got)
			}
		}
		if got := found(t, conn, "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '% a %'::text"); !cmp.Equal(got, []string{want}) {
			t.Errorf("%q: %s statements are kept", address, got)
		}
	}
}

// What goes with the commit is kept with it, undone with it, and fails it.
func TestWithCommit(t *testing.T) {
	for _, address := range []string{"", "&default_query_exec_mode=exec"} {
		conn := shapedOn(t, address)
		said(t, conn, "CREATE UNIQUE INDEX one ON a (b) ")
		in := func(number int, end func(*sql.Tx) error) error {
			t.Helper()
			tx, err := conn.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }() // does nothing after the end
			for _, query := range []string{"INSERT INTO a (b) VALUES (%d)", "UPDATE a SET c = \f'new' WHERE b = %d"} {
				if _, err := tx.ExecContext(withCommit(t.Context()), fmt.Sprintf(query, number)); err != nil {
					return err
				}
			}
			return end(tx)
		}
		if err := in(3, (*sql.Tx).Rollback); err != nil {
			t.Error(err)
		}
		if err := in(4, (*sql.Tx).Commit); err != nil {
			t.Error(err)
		}
		if err := in(4, (*sql.Tx).Commit); !clashes(err) {
			t.Errorf("the same twice: %v", err)
		}
		if err := in(5, (*sql.Tx).Commit); err != nil {
			t.Errorf("after one that failed: %v", err)
		}
		if got := found(t, conn, "SELECT concat(b, c) FROM a ORDER BY b"); !cmp.Equal(got, []string{"1x", "2y", "4new", "5new"}) {
			t.Errorf("%q: left is %q", address, got)
		}
	}
}
