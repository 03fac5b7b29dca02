package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// open opens a store that the test closes.
func open(t *testing.T, address string, options store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// migrated is open with the schema in place.
func migrated(t *testing.T, address string, options store.Options) *store.DB {
	t.Helper()
	db := open(t, address, options)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestContract(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		storetest.Run(t, migrated(t, address, store.Options{}))
	})
}

func TestReplicas(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		storetest.RunReplicas(t, migrated(t, address, store.Options{}), open(t, address, store.Options{}))
	})
}

func TestDemo(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		storetest.RunDemo(t, migrated(t, address, store.Options{}))
	})
	storetest.Both(t, func(t *testing.T, address string) {
		storetest.RunNoDemo(t, migrated(t, address, store.Options{}))
	})
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		name, address, key string
		kind               forum.Kind
	}{
		{"nothing", "", "error.database_url", forum.Invalid},
		{"a bare path", "samraad.db", "error.database_url", forum.Invalid},
		{"another database", "mysql://db/samraad", "error.database_url", forum.Invalid},
		{"no path", "sqlite:", "error.database_url", forum.Invalid},
		{"memory", "sqlite::memory:", "error.database_url", forum.Invalid},
		{"a host", "sqlite://var/samraad.db", "error.database_url", forum.Invalid},
		{"not an address", "postgres://[", "error.database_url", forum.Invalid},
		{"a folder that cannot be", "sqlite:/dev/null/a/b.db", "error.database_folder", forum.Invalid},
		{"a folder as file", "sqlite:" + folder, "error.database", forum.Unavailable},
		{"nobody there", "postgres://127.0.0.1:1/samraad?sslmode=disable", "error.database", forum.Unavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := store.Open(t.Context(), c.address, store.Options{})
			expect(t, err, c.kind, c.key)
		})
	}
}

func TestOddPath(t *testing.T) {
	db := migrated(t, "sqlite:"+filepath.Join(t.TempDir(), "på 100%?#&", "a b.db"), store.Options{})
	if err := db.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestTheFileIsItsOwnersAlone looks at the file and at those that SQLite makes beside it.
func TestTheFileIsItsOwnersAlone(t *testing.T) {
	folder := t.TempDir()
	migrated(t, "sqlite:"+filepath.Join(folder, "samraad.db"), store.Options{})
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s is open to others: %v", entry.Name(), mode)
		}
	}
}

func TestClockAndPolicy(t *testing.T) {
	at := time.Date(2026, 7, 1, 12, 0, 0, 123456789, forum.Oslo)
	db := migrated(t, storetest.SQLite(t), store.Options{Clock: func() time.Time { return at }, Policy: everything{}})
	bare := migrated(t, storetest.SQLite(t), store.Options{})
	err := db.Read(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		if got, want := tx.Now(), time.Date(2026, 7, 1, 10, 0, 0, 123456000, time.UTC); got != want {
			t.Errorf("now is %v, want %v", got, want)
		}
		policy, err := tx.Policy(ctx)
		if err == nil && !policy.May("", "", "", "") {
			t.Error("another policy came back")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	expect(t, bare.Read(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		_, err := tx.Policy(ctx)
		return err
	}), forum.Unavailable, "error.no_policy")
}

type everything struct{}

func (everything) May(_, _, _, _ string) bool { return true }

func TestClosed(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		db, err := store.Open(t.Context(), address, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		expect(t, db.Ping(t.Context()), forum.Unavailable, "error.database")
	})
}
