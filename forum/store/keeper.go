package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/samraad/samraad/forum"
)

// Read runs fn on one consistent state.
func (db *DB) Read(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	var options *sql.TxOptions // SQLite's reading connections are read-only and see one snapshot
	if db.dialect == Postgres {
		options = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	conn, err := db.reader.Conn(ctx)
	if err != nil {
		return refusal("transaction", err)
	}
	defer func() { _ = conn.Close() }()
	t := &tx{store: db, reads: true}
	if err := t.begin(ctx, conn, options); err != nil {
		return refusal("transaction", err)
	}
	defer func() { _ = t.db.Rollback() }()
	return fn(ctx, t)
}

// Write runs fn in one transaction, then inserts its jobs and seals its events.
func (db *DB) Write(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	return again(ctx, func() error { return db.writeOnce(ctx, fn) })
}

func (db *DB) writeOnce(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return refusal("transaction", err)
	}
	defer func() { _ = conn.Close() }()
	t := &tx{store: db}
	if err := t.begin(ctx, conn, nil); err != nil {
		return refusal("transaction", err)
	}
	defer func() { _ = t.db.Rollback() }() // does nothing after a commit
	if err := fn(ctx, t); err != nil {
		return err
	}
	if t.failed != nil {
		return t.failed
	}
	if err := t.enqueueAll(ctx); err != nil {
		return err
	}
	if err := t.raiseVersions(ctx); err != nil {
		return err
	}
	if err := t.sealAll(ctx); err != nil {
		return err
	}
	return refusal("transaction", t.db.Commit())
}

var errReadOnly = errors.New("saving in a transaction that reads")
