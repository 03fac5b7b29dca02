package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // statements of tests
	_ "modernc.org/sqlite"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// roleVariable makes the test binary play another process of the program.
const roleVariable = "STORE_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "migrate":
		os.Exit(roleOf(migrateOnce))
	case "work":
		os.Exit(roleOf(workForever))
	}
	os.Exit(m.Run())
}

func roleOf(role func(address string) error) int {
	if err := role(os.Args[1]); err != nil {
		os.Stderr.WriteString(err.Error())
		return 1
	}
	return 0
}

// process is this binary in a role on a database.
func process(t *testing.T, role, address string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0], address)
	command.Env = append(os.Environ(), roleVariable+"="+role)
	return command
}

func migrateOnce(address string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, address, store.Options{})
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Ready(ctx), db.Close())
}

func TestThreeProcessesMigrateAtOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				command := process(t, "migrate", address)
				var said bytes.Buffer
				command.Stdout, command.Stderr = &said, &said
				if err := command.Run(); err != nil {
					t.Errorf("%v: %s", err, &said)
				}
			})
		}
		all.Wait()
		if err := open(t, address, store.Options{}).Ready(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestSchemaOfAnotherVersion(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		db := open(t, address, store.Options{})
		expect(t, db.Ready(t.Context()), forum.Unavailable, "error.schema_older")
		for range 2 {
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		execute(t, address, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)")
		expect(t, db.Ready(t.Context()), forum.Unavailable, "error.schema_newer")
		expect(t, db.Migrate(t.Context()), forum.Unavailable, "error.schema_newer")
	})
}

// execute runs a statement beside the store.
func execute(t *testing.T, address, statement string) {
	t.Helper()
	driver := "pgx"
	if path, lite := strings.CutPrefix(address, "sqlite:"); lite {
		driver, address = "sqlite", path+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// expect checks that an error is a refusal of a kind with a text.
func expect(t *testing.T, err error, kind forum.Kind, key string) {
	t.Helper()
	var refusal *forum.Error
	if !errors.As(err, &refusal) || refusal.Kind != kind || refusal.Key != key {
		t.Errorf("got %v, want a refusal of kind %d with %s", err, kind, key)
	}
}
