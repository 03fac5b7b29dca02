package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// mostTries is how often a transaction is begun at the most.
	mostTries = 5
	// firstPause is what is waited at the most before the second try; each
	// further one may wait twice as long.
	firstPause = 20 * time.Millisecond
)

// again runs a transaction, and runs it anew when PostgreSQL gave it up for the
// sake of another: an act is a function of its transaction, so that nothing of
// the first try is left.
func again(ctx context.Context, once func() error) error {
	pause := firstPause
	for try := 1; ; try++ {
		err := once()
		if try == mostTries || !givenUp(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(rand.N(pause)): // those who met do not meet again
		}
		pause *= 2
	}
}

// givenUp tells whether a transaction was undone to let another go on
// (PostgreSQL's serialization_failure and deadlock_detected).
func givenUp(err error) bool {
	var said *pgconn.PgError
	return errors.As(err, &said) && (said.Code == "40001" || said.Code == "40P01")
}
