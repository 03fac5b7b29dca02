package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/samraad/samraad/forum"
)

// Connections that a process holds at the most: what the address says as
// pool_max_conns, but enough to migrate while holding the lock for it.
const (
	usualConnections  = 12
	fewestConnections = 4
)

func (db *DB) openPostgres(ctx context.Context, url string) error {
	db.dialect = Postgres
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return forum.Refuse(forum.Invalid, "error.database_url", "Given", "postgres").Because(err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = usualConnections
	}
	config.MaxConns = max(config.MaxConns, fewestConnections)
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return unavailable(err)
	}
	db.writer = bun.NewDB(openShaped(db.pool), marking{pgdialect.New()})
	db.reader = db.writer
	layOut(db.writer, db.options.Tables)
	client, err := river.NewClient(riverpgxv5.New(db.pool), db.insertOnly())
	if err != nil {
		return err
	}
	db.queue = postgresQueue(client)
	return nil
}

// nativeConn is the pgx connection under one of database/sql.
func nativeConn(conn *sql.Conn) (native *pgx.Conn, err error) {
	err = conn.Raw(func(under any) error {
		c, ok := under.(*shapedConn)
		if !ok {
			return driver.ErrBadConn
		}
		native = c.Conn.Conn()
		return nil
	})
	return native, err
}

// connection is embedded by a name that leaves room for the method Conn.
type connection = pgx.Conn

// borrowedTx lets River work in a transaction of database/sql that is open on
// the same connection. Its owner alone ends it; within, only savepoints do.
type borrowedTx struct {
	*connection
	savepoint string // "" for the transaction itself
	made      *int   // savepoints so far
	ended     bool
}

var _ pgx.Tx = (*borrowedTx)(nil)

var errBorrowed = errors.New("the transaction is ended by who opened it")

func borrow(conn *pgx.Conn) *borrowedTx { return &borrowedTx{connection: conn, made: new(int)} }

// Conn is the connection under the transaction.
func (t *borrowedTx) Conn() *pgx.Conn { return t.connection }

// Begin opens a savepoint.
func (t *borrowedTx) Begin(ctx context.Context) (pgx.Tx, error) {
	*t.made++
	inner := &borrowedTx{connection: t.connection, savepoint: "borrowed_" + strconv.Itoa(*t.made), made: t.made}
	_, err := t.Exec(ctx, "SAVEPOINT "+inner.savepoint)
	return inner, err
}

// Commit keeps what was done since the savepoint.
func (t *borrowedTx) Commit(ctx context.Context) error { return t.end(ctx, "RELEASE SAVEPOINT ") }

// Rollback undoes what was done since the savepoint.
func (t *borrowedTx) Rollback(ctx context.Context) error { return t.end(ctx, "ROLLBACK TO SAVEPOINT ") }

func (t *borrowedTx) end(ctx context.Context, how string) error {
	if t.savepoint == "" {
		return errBorrowed
	}
	if t.ended {
		return pgx.ErrTxClosed
	}
	t.ended = true
	_, err := t.Exec(ctx, how+t.savepoint)
	return err
}

// LargeObjects are never asked for by River.
func (t *borrowedTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }
