package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/samraad/samraad/forum"
)

// refusal turns what a database says about a thing into the domain's error.
func refusal(thing string, err error) error {
	var ours *forum.Error
	switch {
	case err == nil || errors.As(err, &ours) || errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return forum.Refuse(forum.NotFound, "error.not_found."+thing)
	case clashes(err):
		return forum.Refuse(forum.Conflict, "error.conflict."+thing).Because(err)
	case passing(err):
		return unavailable(err)
	}
	return fmt.Errorf("%s: %w", thing, err)
}

func unavailable(err error) error {
	return forum.Refuse(forum.Unavailable, "error.database").Because(err)
}

// clashes tells whether a row is refused by the rows that are there: it exists
// already, or what it names does not.
func clashes(err error) bool {
	var postgres *pgconn.PgError
	if errors.As(err, &postgres) {
		return postgres.Code == "23505" || postgres.Code == "23503" || postgres.Code == "23P01"
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
			return true
		}
	}
	return false
}

// passing tells whether the trouble is the database's and may go over.
func passing(err error) bool {
	var postgres *pgconn.PgError
	if errors.As(err, &postgres) {
		switch postgres.Code[:2] {
		case "08", "40", "53", "55", "57", "58": // connection, rollback, resources, locks, operator, system
			return true
		}
		return false
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN:
			return true
		}
		return false
	}
	var network net.Error
	var connecting *pgconn.ConnectError
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.As(err, &network) || errors.As(err, &connecting)
}
