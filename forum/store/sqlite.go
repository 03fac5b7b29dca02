package store

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/samraad/samraad/forum"
)

// openSQLite opens one connection that writes and several that only read:
// SQLite has one writer at a time, and waiting for it in Go is fair and cheap.
func (db *DB) openSQLite(path string) error {
	path = filepath.Clean(path)
	db.dialect, db.path = SQLite, path
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return forum.Refuse(forum.Invalid, "error.database_folder", "Path", filepath.Dir(path)).Because(err)
	}
	if err := makePrivate(path); err != nil {
		return unavailable(err)
	}
	db.settled = &settled{}
	writer, err := openPrepared(sqliteAddress(path, "_txlock=immediate"), db.settled)
	if err != nil {
		return unavailable(err)
	}
	writer.SetMaxOpenConns(1)
	dialect := marking{sqlitedialect.New()}
	db.writer = bun.NewDB(writer, dialect)
	db.writers = newWriters(db)
	reader, err := openPrepared(sqliteAddress(path, "_pragma=query_only(1)"), nil)
	if err != nil {
		return unavailable(err)
	}
	readers := max(4, runtime.NumCPU()) + 1 // the witness is one of them
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	db.reader = bun.NewDB(reader, dialect)
	witness, err := reader.Conn(context.Background())
	if err != nil {
		return unavailable(err)
	}
	db.memory.watch(witness)
	layOut(db.writer, db.options.Tables)
	client, err := river.NewClient(riversqlite.New(writer), db.insertOnly())
	if err != nil {
		return err
	}
	db.queue = sqliteQueue(client)
	return nil
}

// makePrivate makes a missing file for its owner alone, since mail stands in it;
// SQLite gives the files beside it the same mode.
func makePrivate(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// sqliteAddress is the driver's address of a file. A commit is on the disk when
// it returns (synchronous=FULL): mail is answered for on its strength.
func sqliteAddress(path, more string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&" + more
}
