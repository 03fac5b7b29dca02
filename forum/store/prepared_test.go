package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// preparing is one connection to a file of its own with a table in it.
func preparing(t *testing.T) (*sql.Conn, *preparedConn) {
	t.Helper()
	db, err := openPrepared(sqliteAddress(filepath.Join(t.TempDir(), "a.db"), ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	var under *preparedConn
	if err := conn.Raw(func(c any) error { under = c.(*preparedConn); return nil }); err != nil {
		t.Fatal(err)
	}
	said(t, conn, "CREATE TABLE a (b integer, c text); INSERT INTO a VALUES (1, 'x'), (2, 'y')")
	return conn, under
}

func said(t *testing.T, conn *sql.Conn, query string) {
	t.Helper()
	if _, err := conn.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

// found is the first column of all rows.
func found(t *testing.T, conn *sql.Conn, query string) (all []string) {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestStatementsAreKept(t *testing.T) {
	conn, under := preparing(t)
	for b, c := range map[int]string{1: "x", 2: "y"} {
		if got := found(t, conn, fmt.Sprintf("SELECT c FROM a WHERE b = %d", b)); !cmp.Equal(got, []string{c}) {
			t.Errorf("of %d came %q", b, got)
		}
	}
	if len(under.prepared) != 1 {
		t.Errorf("%d statements are kept", len(under.prepared))
	}
	said(t, conn, "ALTER TABLE a RENAME COLUMN c TO d; ALTER TABLE a ADD COLUMN c text DEFAULT 'new'")
	if got := found(t, conn, "SELECT c FROM a WHERE b = 2"); !cmp.Equal(got, []string{"new"}) {
		t.Errorf("of the changed table came %q", got)
	}
	if _, err := conn.QueryContext(t.Context(), "SELECT e FROM a WHERE b = 1"); err == nil {
		t.Error("a column that is not there was read")
	}
	said(t, conn, "INSERT INTO a (b, d) VALUES (3, \f'it''s')")
	if got := found(t, conn, "SELECT d FROM a WHERE b = 3"); !cmp.Equal(got, []string{"it's"}) {
		t.Errorf("%q came back", got)
	}
}

// A statement whose rows are read is not said again meanwhile.
func TestRowsWithinRows(t *testing.T) {
	conn, _ := preparing(t)
	rows, err := conn.QueryContext(t.Context(), "SELECT c FROM a WHERE b > 0")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	outer := 0
	for rows.Next() {
		outer++
		if got := found(t, conn, "SELECT c FROM a WHERE b > 1"); !cmp.Equal(got, []string{"y"}) {
			t.Errorf("within came %q", got)
		}
	}
	if err := rows.Err(); err != nil || outer != 2 {
		t.Errorf("%d rows around, %v", outer, err)
	}
}

func TestMostPrepared(t *testing.T) {
	conn, under := preparing(t)
	open, err := conn.QueryContext(t.Context(), "SELECT c FROM a")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 * mostPrepared {
		if got := found(t, conn, fmt.Sprintf("SELECT c AS c%d FROM a WHERE b = 2", i)); !cmp.Equal(got, []string{"y"}) {
			t.Fatalf("from the %dth came %q", i, got)
		}
		if len(under.prepared) > mostPrepared {
			t.Fatalf("%d statements are kept", len(under.prepared))
		}
	}
	if !under.prepared["SELECT c FROM a"].inUse {
		t.Error("a statement was given up while its rows are read")
	}
	if err := open.Close(); err != nil || under.prepared["SELECT c FROM a"].inUse {
		t.Errorf("the statement of closed rows is in use, %v", err)
	}
}

// One that fails fails alone.
func TestStatementsThatFail(t *testing.T) {
	conn, _ := preparing(t)
	said(t, conn, "CREATE UNIQUE INDEX one ON a (b)")
	insert := "INSERT INTO a (b) VALUES (%d) RETURNING b"
	for i, want := range []bool{false, true, true, false} {
		rows, err := conn.QueryContext(t.Context(), fmt.Sprintf(insert, []int{1, 3, 4, 4}[i]))
		if err == nil {
			for rows.Next() {
			}
			err = rows.Err()
		}
		if (err == nil) != want {
			t.Errorf("%d: %v", i, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := conn.ExecContext(ended, "UPDATE a SET b = 9 WHERE b = 3"); err == nil {
		t.Error("nobody waits any more, and yet it was done")
	}
	if got := found(t, conn, "SELECT b FROM a ORDER BY 1"); !cmp.Equal(got, []string{"1", "2", "3", "4"}) {
		t.Errorf("left is %q", got)
	}
}
