package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

const (
	// mostTogether is how many acts share one commit at the most.
	mostTogether = 100
	// longestTogether is how long a transaction takes further acts in: its first act waits for its last, and River, which needs
	// the same connection, for its end.
	longestTogether = 100 * time.Millisecond
)

// writers lets acts that wait for SQLite's one writing connection share a
// commit: they wait for the disk once, not once each, and their jobs and events
// are put down together. Acts run one after the other, as they came, and those
// that join others behind a savepoint, so that one that fails is undone alone.
// An act is answered for when the commit is on the disk; a commit that fails has
// failed for all that share it.
type writers struct {
	store   *DB
	most    int           // acts in a round
	longest time.Duration // that a round takes acts in

	mu   sync.Mutex
	busy bool
	line []*inLine
}

// inLine is an act that waits. Its turn brings the round that it joins, nil for a new one.
type inLine struct{ turn chan *round }

// round is one transaction and the acts that share it.
type round struct {
	conn   bun.Conn
	tx     bun.Tx
	acts   int  // that are done
	most   int  // that there may be
	marked bool // there is a savepoint
	rest   rest // what the acts that are done leave for the end
	before rest // what it was at the savepoint
	until  time.Time
	ended  chan struct{}
	err    error // why nothing of it is kept, to be read when it has ended
}

// rest is what acts leave for the end of their transaction.
type rest struct {
	jobs   []forum.Job
	events []forum.Event
}

func newWriters(store *DB) *writers {
	return &writers{store: store, most: mostTogether, longest: longestTogether}
}

// run has an act done and waits for the commit. Once an act has its turn it is
// not interrupted, since SQLite would undo the others with it; one that nobody
// waits for any more is undone alone.
func (w *writers) run(ctx context.Context, act func(context.Context, forum.Tx) error) error {
	r, err := w.enter(ctx)
	if err != nil {
		return refusal("transaction", err)
	}
	if r == nil {
		if r, err = w.begin(ctx); err != nil {
			w.pass(nil)
			return refusal("transaction", err)
		}
	}
	if err := w.do(ctx, r, act); err != nil {
		return err
	}
	<-r.ended
	return r.err
}

// enter waits for the turn.
func (w *writers) enter(ctx context.Context) (*round, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.mu.Lock()
	if !w.busy {
		w.busy = true
		w.mu.Unlock()
		return nil, nil
	}
	me := &inLine{make(chan *round, 1)}
	w.line = append(w.line, me)
	w.mu.Unlock()
	select {
	case r := <-me.turn:
		return r, nil
	case <-ctx.Done():
		w.withdraw(me)
		return nil, ctx.Err()
	}
}

// withdraw leaves the line, or gives the turn on that came at the same instant.
func (w *writers) withdraw(me *inLine) {
	w.mu.Lock()
	at := slices.Index(w.line, me)
	if at >= 0 {
		w.line = slices.Delete(w.line, at, at+1)
	}
	w.mu.Unlock()
	if at < 0 {
		w.pass(<-me.turn)
	}
}

func (w *writers) begin(ctx context.Context) (*round, error) {
	conn, err := w.store.writer.Conn(ctx)
	if err != nil {
		return nil, err
	}
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		_ = conn.Close() // what failed is told
		return nil, err
	}
	var version int64
	if err := tx.Tx.QueryRowContext(ctx, dataVersion).Scan(&version); err != nil {
		return nil, errors.Join(err, tx.Rollback(), conn.Close())
	}
	w.store.settled.begins(version)
	return &round{conn: conn, tx: tx, most: w.most, until: time.Now().Add(w.longest), ended: make(chan struct{})}, nil
}

// do does an act in a round and gives the turn on, also when the act panics.
func (w *writers) do(ctx context.Context, r *round, act func(context.Context, forum.Tx) error) (err error) {
	done := false
	defer func() {
		if !done && !r.undo() {
			r = nil
		}
		w.pass(r)
	}()
	within := context.WithoutCancel(ctx)
	if err := r.mark(within); err != nil {
		return refusal("transaction", err)
	}
	t := &tx{store: w.store, db: r.tx, now: w.store.now(), round: r, settled: w.store.settled}
	if err := t.run(within, act); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return refusal("transaction", err)
	}
	r.acts++
	r.rest.jobs, r.rest.events = append(r.rest.jobs, t.jobs...), append(r.rest.events, t.events...)
	done = true
	return nil
}

// pass gives the turn on, with the round while it takes in who waits, else after its commit.
func (w *writers) pass(r *round) {
	if r != nil {
		if r.takesMore() && w.hand(r) {
			return
		}
		r.end(w.commit(r))
	}
	w.hand(nil)
}

func (w *writers) commit(r *round) error {
	if err := w.store.putDown(context.Background(), r); err != nil {
		return errors.Join(err, r.tx.Rollback())
	}
	return r.tx.Commit()
}

// putDown does what acts have left for the end.
func (db *DB) putDown(ctx context.Context, r *round) error {
	last := &tx{store: db, db: r.tx, now: db.now(), jobs: r.rest.jobs, events: r.rest.events}
	r.rest = rest{}
	return last.close(ctx)
}

// catchUp puts down what earlier acts in the same transaction have left for its
// end, for an act that looks at it.
func (t *tx) catchUp(ctx context.Context) error {
	if t.round == nil {
		return nil
	}
	return t.store.putDown(ctx, t.round)
}

// hand gives a round, or a new one, to the next in line; false when nobody waits.
func (w *writers) hand(r *round) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.line) == 0 {
		w.busy = r != nil
		return false
	}
	next := w.line[0]
	w.line = slices.Delete(w.line, 0, 1)
	next.turn <- r
	return true
}

func (r *round) takesMore() bool { return r.acts < r.most && time.Now().Before(r.until) }

// mark sets the savepoint of an act that joins others.
func (r *round) mark(ctx context.Context) error {
	if r.acts == 0 {
		return nil
	}
	r.before = r.rest
	query := "SAVEPOINT act"
	if r.marked {
		query = "RELEASE act; SAVEPOINT act"
	}
	r.marked = true
	_, err := r.tx.Tx.ExecContext(ctx, query)
	return err
}

// undo takes the last act back. It is false when the round has ended with it:
// the act was alone, or SQLite has given up the whole transaction.
func (r *round) undo() bool {
	if r.acts == 0 {
		_ = r.tx.Rollback() // closing the connection gives it up as well
		r.end(nil)
		return false
	}
	_, err := r.tx.Tx.Exec("ROLLBACK TO act")
	if err != nil {
		_ = r.tx.Rollback() // it is gone
		r.end(unavailable(err))
		return false
	}
	r.rest = r.before
	return true
}

// end tells all who share the round what came of it.
func (r *round) end(err error) {
	_ = r.conn.Close() // gives it back
	r.err = refusal("transaction", err)
	close(r.ended)
}
