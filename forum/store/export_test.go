package store

import (
	"time"

	"github.com/samraad/samraad/forum"
)

// TakeMore sets how many acts share a commit, and for how long it takes them in.
func (db *DB) TakeMore(most int, longest time.Duration) {
	db.writers.most, db.writers.longest = most, longest
}

// InLine is how many acts wait for their turn.
func (db *DB) InLine() int {
	db.writers.mu.Lock()
	defer db.writers.mu.Unlock()
	return len(db.writers.line)
}

// Say says a statement in a transaction.
func Say(t forum.Tx, statement string) error {
	_, err := t.(*tx).db.Exec(statement)
	return err
}
