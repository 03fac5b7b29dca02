package store

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
)

// Read runs fn on one consistent state.
func (db *DB) Read(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	conn, err := db.reader.Conn(ctx)
	if err != nil {
		return refusal("transaction", err)
	}
	defer func() { _ = conn.Close() }()
	t := &tx{store: db, reads: true}
	defer t.leave()
	if err := t.look(ctx, conn); err != nil {
		return refusal("transaction", err)
	}
	return fn(ctx, t)
}

// Write runs fn in one transaction, then inserts its jobs and seals its events.
// On SQLite the transaction may be shared with others that wait, see writers.
func (db *DB) Write(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	return again(ctx, func() error { return db.writeOnce(ctx, fn) })
}

func (db *DB) writeOnce(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	if db.writers != nil {
		return db.writers.run(ctx, fn)
	}
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return refusal("transaction", err)
	}
	defer func() { _ = conn.Close() }()
	t := &tx{store: db}
	defer t.leave()
	if err := t.begin(ctx, conn, nil); err != nil {
		return refusal("transaction", err)
	}
	if err := t.run(ctx, fn); err != nil {
		return err
	}
	if err := t.close(ctx); err != nil {
		return err
	}
	return refusal("transaction", t.db.Commit())
}

// run runs fn and raises the versions of what it changed. Its jobs and events are still to be put down.
func (t *tx) run(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	if err := fn(ctx, t); err != nil {
		return err
	}
	if t.failed != nil {
		return t.failed
	}
	return t.raiseVersions(ctx)
}

// close inserts the jobs and, last of all, seals the events.
func (t *tx) close(ctx context.Context) error {
	if err := t.enqueueAll(ctx); err != nil {
		return err
	}
	return t.sealAll(ctx)
}

// leave ends a transaction that is neither kept nor ended.
func (t *tx) leave() {
	if t.db.Tx != nil {
		_ = t.db.Rollback() // does nothing after a commit
	}
}

var errReadOnly = errors.New("saving in a transaction that reads")
