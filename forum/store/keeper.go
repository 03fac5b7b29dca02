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
func (db *DB) Write(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
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

// leave ends a transaction that is neither kept nor ended.
func (t *tx) leave() {
	if t.db.Tx != nil {
		_ = t.db.Rollback() // does nothing after a commit
	}
}

var errReadOnly = errors.New("saving in a transaction that reads")
