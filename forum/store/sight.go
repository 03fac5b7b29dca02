package store

import (
	"context"
	"database/sql"
	"strconv"
	"sync"
	"time"

	"github.com/uptrace/bun"
)

// memory holds what is known of the newest state of the database that was read.
// Transactions use it that prove that they see this very state, whoever changes
// the database, and in whichever process.
type memory struct {
	mu     sync.Mutex
	mark   string // names the state
	newest *state
	// seen are SQLite's connections that saw the state, each with its own name for it.
	seen map[any]int64

	// count is how often SQLite's witness has seen the database change.
	count   func(ctx context.Context) (int64, error)
	witness *sql.Conn

	looked time.Time // when a new state was last looked for
}

// restless is how long a database that changes is left alone: to name each of
// its states would cost more than it saves while many are written in a row.
const restless = 5 * time.Millisecond

// mostSeen bounds the connections that are remembered: the pool may replace them.
const mostSeen = 1_000

// at is what is known of the state of a name.
func (m *memory) at(mark string) *state {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.newest == nil || m.mark != mark {
		m.mark, m.newest, m.seen = mark, &state{}, map[any]int64{}
	}
	return m.newest
}

// by is what is known of the state that a connection sees under its own name
// for it, nil when that was not met yet.
func (m *memory) by(conn any, version int64) *state {
	m.mu.Lock()
	defer m.mu.Unlock()
	if seen, met := m.seen[conn]; met && seen == version {
		return m.newest
	}
	return nil
}

// meet notes a connection's own name for a state.
func (m *memory) meet(conn any, version int64, sees *state) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.newest == sees && len(m.seen) < mostSeen {
		m.seen[conn] = version
	}
}

// worthLooking tells whether a connection that sees a change should look which
// state that is.
func (m *memory) worthLooking() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if now.Sub(m.looked) < restless {
		return false
	}
	m.looked = now
	return true
}

// look begins a transaction that reads, and finds what is known of the state
// that it sees.
func (t *tx) look(ctx context.Context, conn bun.Conn) error {
	if t.store.dialect == Postgres {
		return t.lookAtPostgres(ctx, conn)
	}
	return t.lookAtSQLite(ctx, conn)
}

// snapshotName names what a transaction sees: all that was committed before its
// snapshot by transactions that are not in it, on this server, which is another
// one after a failover or a restore. A server in recovery does not say which
// transactions run, so its snapshots have no name.
const snapshotName = `SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE
	extract(epoch FROM pg_postmaster_start_time())::text || ' ' || pg_current_snapshot()::text END`

func (t *tx) lookAtPostgres(ctx context.Context, conn bun.Conn) error {
	if err := t.begin(ctx, conn, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}); err != nil {
		return err
	}
	var mark string
	if err := t.db.Tx.QueryRowContext(ctx, snapshotName).Scan(&mark); err != nil {
		return err
	}
	t.sees = &state{}
	if mark != "" {
		t.sees = t.store.memory.at(mark)
	}
	return nil
}

// lookAtSQLite relies on a promise of data_version: what it gives twice to one
// connection is different when any other, in any process, committed a change in
// between. The connections of readers change nothing themselves.
func (t *tx) lookAtSQLite(ctx context.Context, conn bun.Conn) error {
	var under any
	if err := conn.Raw(func(c any) error { under = c; return nil }); err != nil {
		return err
	}
	memory := &t.store.memory
	version, err := t.beginSeen(ctx, conn)
	if err != nil {
		return err
	}
	if t.sees = memory.by(under, version); t.sees != nil {
		return nil
	}
	if !memory.worthLooking() {
		t.sees = &state{} // known to nobody else
		return nil
	}
	// Something changed since this connection looked. What the witness counts
	// before this transaction's snapshot and after it names the snapshot, if it is the same.
	if err := t.db.Rollback(); err != nil {
		return err
	}
	t.db = bun.Tx{}
	before, err := memory.count(ctx)
	if err != nil {
		return err
	}
	if version, err = t.beginSeen(ctx, conn); err != nil {
		return err
	}
	after, err := memory.count(ctx)
	if err != nil {
		return err
	}
	if before != after {
		t.sees = &state{} // known to nobody else
		return nil
	}
	t.sees = memory.at(strconv.FormatInt(after, 10))
	memory.meet(under, version, t.sees)
	return nil
}

// beginSeen begins a transaction and reads the version, which settles what it sees.
func (t *tx) beginSeen(ctx context.Context, conn bun.Conn) (version int64, err error) {
	if err := t.begin(ctx, conn, nil); err != nil {
		return 0, err
	}
	return version, t.db.Tx.QueryRowContext(ctx, dataVersion).Scan(&version)
}

const dataVersion = "PRAGMA data_version"

// watch makes a connection the witness, which does nothing but count changes.
// It looks anew each time: of two questions at once the second would share what
// the first saw.
func (m *memory) watch(witness *sql.Conn) {
	var alone sync.Mutex
	m.witness = witness
	m.count = func(ctx context.Context) (n int64, err error) {
		alone.Lock()
		defer alone.Unlock()
		return n, witness.QueryRowContext(ctx, dataVersion).Scan(&n)
	}
}
