package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

// Options are what a store is told from outside.
type Options struct {
	// Clock gives the time of transactions; nil is the machine's.
	Clock func() time.Time
	// Policy is what transactions answer with; without one no act is allowed.
	Policy forum.Policy
	// Queueing says how a job is queued (tries, queue, priority); nil, and a nil answer, is River's default.
	Queueing func(forum.Job) *river.InsertOpts
	// Tables are an empty row of each table that the house above keeps.
	Tables []any
	// Log takes what the queue has to report; nil is nowhere.
	Log *slog.Logger
}

// The dialects.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// DB is an open database. It is a forum.Keeper.
type DB struct {
	options Options
	dialect string
	path    string // of SQLite's file
	writer  *bun.DB
	reader  *bun.DB
	writers *writers      // of SQLite
	settled *settled      // of SQLite
	pool    *pgxpool.Pool // of PostgreSQL
	queue   queue
	memory  memory
	working *flock.Flock // held while this process works SQLite's jobs
}

var _ forum.Keeper = (*DB)(nil)

// Open opens sqlite:PATH (a file, made with its folder when missing) or
// postgres://…; any other address is Invalid, a database that does not answer
// Unavailable. It does not migrate.
func Open(ctx context.Context, url string, options Options) (*DB, error) {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	db := &DB{options: options}
	scheme, rest, _ := strings.Cut(url, ":")
	var err error
	switch {
	case scheme == "sqlite" && isPath(rest):
		err = db.openSQLite(rest)
	case scheme == "postgres" || scheme == "postgresql":
		err = db.openPostgres(ctx, url)
	default:
		err = forum.Refuse(forum.Invalid, "error.database_url", "Given", scheme)
	}
	if err == nil {
		err = db.Ping(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// isPath tells whether what stands behind sqlite: is a file: neither SQLite's
// memory, which no two connections share, nor a host.
func isPath(rest string) bool {
	return rest != "" && rest != ":memory:" && (!strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "///"))
}

// Dialect is SQLite or Postgres.
func (db *DB) Dialect() string { return db.dialect }

// Ping tells whether the database answers; Unavailable when not.
func (db *DB) Ping(ctx context.Context) error {
	for _, pool := range []*sql.DB{db.writer.DB, db.reader.DB} {
		if err := pool.PingContext(ctx); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

// Close ends the connections. What still runs in them fails.
func (db *DB) Close() error {
	var errs []error
	if db.working != nil {
		errs = append(errs, db.working.Unlock())
	}
	if db.memory.witness != nil {
		errs = append(errs, db.memory.witness.Close())
	}
	if db.reader != nil && db.reader != db.writer {
		errs = append(errs, db.reader.Close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	if db.pool != nil {
		db.pool.Close()
	}
	return errors.Join(errs...)
}

// now is the time of a transaction that begins.
func (db *DB) now() time.Time { return db.options.Clock().UTC().Truncate(time.Microsecond) }

// insertOnly is the part of River that puts jobs into the database.
func (db *DB) insertOnly() *river.Config { return &river.Config{Logger: db.options.Log} }
