package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the drivers that the program itself uses
	_ "modernc.org/sqlite"
)

// plainVotes casts votes by statements alone, each vote in a transaction of its own: no rules, no rows made of structs, no
// digest of the event.
type plainVotes struct {
	*sql.DB
	polls  *polls
	hold   string // a clause that locks what is read
	digest string // as long as one of an event
}

// plain opens the database of polls beside the program.
func (p *polls) plain(context.Context) (*plainVotes, error) {
	v := &plainVotes{polls: p, digest: strings.Repeat("0", 64)}
	var err error
	if file, is := strings.CutPrefix(p.address, "sqlite:"); is {
		v.DB, err = sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=busy_timeout(10000)")
		if err == nil {
			v.SetMaxOpenConns(1)
		}
		return v, err
	}
	v.hold = " FOR NO KEY UPDATE"
	if v.DB, err = sql.Open("pgx", p.address); err == nil {
		v.SetMaxOpenConns(votingAtOnce)
		v.SetMaxIdleConns(votingAtOnce)
	}
	return v, err
}

func (v *plainVotes) close() error { return v.Close() }

// cast writes one vote as the act does: what it stands on is read, the vote kept, and the event put behind the last one.
func (v *plainVotes) cast(ctx context.Context, of vote) (err error) {
	tx, err := v.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	elector := of.ballot.Ground.Electors[of.voter]
	if err := v.look(ctx, tx, of, int64(elector.Seat)); err != nil {
		return err
	}
	now := time.Now().UTC().Format("2006-01-02 15:04:05.000000+00:00")
	if err := v.keep(ctx, tx, of, int64(elector.Seat), int64(elector.Person), now); err != nil {
		return err
	}
	var number int64
	var previous string
	err = tx.QueryRowContext(ctx, "SELECT number, digest FROM chains WHERE forum_id = $1"+v.hold, int64(of.ballot.ForumID)).Scan(&number, &previous)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO events (forum_id, number, at, person_id, level, deed, object_kind, object_id, details, previous, digest)
		VALUES ($1, $2, $3, $4, $5, $6, 'ballot', $7, 'null', $8, $9)`,
		int64(of.ballot.ForumID), number+1, now, int64(elector.Person), string(elector.Side), "vote_cast_"+string(of.said), int64(of.ballot.ID), previous, v.digest)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "UPDATE chains SET number = $1, digest = $2 WHERE forum_id = $3", number+1, v.digest, int64(of.ballot.ForumID)); err != nil {
		return err
	}
	return tx.Commit()
}

// look reads what the right to vote stands on.
func (v *plainVotes) look(ctx context.Context, tx *sql.Tx, of vote, seat int64) error {
	for _, q := range []struct {
		query string
		args  []any
	}{
		{"SELECT * FROM ballots WHERE id = $1" + v.hold, []any{int64(of.ballot.ID)}},
		{"SELECT seats.*, organisations.level FROM seats JOIN organisations ON organisations.id = seats.organisation_id WHERE seats.id = $1", []any{seat}},
		{`SELECT * FROM mandates WHERE forum_id = $1 ORDER BY "from" DESC LIMIT 1`, []any{int64(of.ballot.ForumID)}},
	} {
		rows, err := tx.QueryContext(ctx, q.query, q.args...)
		if err != nil {
			return err
		}
		if err := drainRows(rows); err != nil {
			return err
		}
	}
	return nil
}

// drainRows reads every column of every row.
func drainRows(rows *sql.Rows) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// keep writes the vote, over the one before it.
func (v *plainVotes) keep(ctx context.Context, tx *sql.Tx, of vote, seat, person int64, now string) error {
	var id int64
	err := tx.QueryRowContext(ctx, "SELECT id FROM casts WHERE ballot_id = $1 AND seat_id = $2", int64(of.ballot.ID), seat).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return tx.QueryRowContext(ctx, `INSERT INTO casts (ballot_id, seat_id, person_id, vote, reason, cast_at, cast_by) VALUES ($1, $2, $3, $4, '', $5, $6) RETURNING id`,
			int64(of.ballot.ID), seat, person, string(of.said), now, person).Scan(&id)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE casts SET person_id = $1, vote = $2, reason = '', cast_at = $3, cast_by = $4 WHERE id = $5", person, string(of.said), now, person, id)
	return err
}
