package forum

import (
	"context"
	"errors"
)

// Recollection shares among transactions that see the same state of the
// database what one of them has worked out from it.
type Recollection interface {
	// Recall gives what was worked out under a key, or works it out and keeps it.
	// The key is comparable, of a type of its asker's own, and names all that the
	// work depends on besides what is stored, the day too; of what is stored that
	// may be areas, organisations, people, addresses, forums, mandates and seats
	// alone. Nobody changes what comes back, and what changes any of these makes
	// the same transaction work it out anew.
	Recall(key any, work func() (any, error)) (any, error)
}

// recalled is Recall for values of a type.
func recalled[T any](tx Recollection, key any, work func() (T, error)) (T, error) {
	value, err := tx.Recall(key, func() (any, error) { return work() })
	if err != nil {
		var none T
		return none, err
	}
	return value.(T), nil
}

// known is what is remembered under a key, if anything is.
func known[T any](tx Recollection, key any) (T, bool) {
	value, err := recalled(tx, key, func() (T, error) {
		var none T
		return none, errNotYet
	})
	return value, err == nil
}

var errNotYet = errors.New("not worked out yet")

// everyoneKey is what all people are remembered by.
type everyoneKey struct{}

// Everyone is all people by their ids, for reading: nobody changes it.
func Everyone(ctx context.Context, tx Tx) (map[PersonID]Person, error) {
	return recalled(tx, everyoneKey{}, func() (map[PersonID]Person, error) { return tx.People(ctx) })
}
