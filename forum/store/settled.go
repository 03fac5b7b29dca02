package store

import (
	"database/sql/driver"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/samraad/samraad/forum"
)

// settledTables are the tables that seldom change and that nearly every act
// asks: who is who, who sits where, and under which mandate.
var settledTables = []string{"areas", "organisations", "people", "addresses", "forums", "mandates", "seats"}

// settledRows are their rows.
var settledRows = []reflect.Type{
	reflect.TypeFor[forum.Area](), reflect.TypeFor[forum.Organisation](), reflect.TypeFor[forum.Person](),
	reflect.TypeFor[forum.Forum](), reflect.TypeFor[forum.Mandate](), reflect.TypeFor[forum.Seat](),
}

// settled is what SQLite's writing connection knows of settled tables, from act
// to act. It is forgotten whole with every statement of that connection that may
// change one of them, with everything that is undone, with a new connection, and
// when a transaction begins to which data_version says that somebody else
// committed a change.
type settled struct {
	mu      sync.Mutex
	known   *state
	version int64 // of the transaction that began last
}

func (s *settled) now() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = &state{}
	}
	return s.known
}

func (s *settled) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = nil
}

// begins notes the version that a transaction sees that has just begun.
func (s *settled) begins(version int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.version != version {
		s.known, s.version = nil, version
	}
}

// runs notes a statement before it is run.
func (s *settled) runs(statement string) {
	word, _, _ := strings.Cut(statement, " ")
	switch word {
	case "SELECT", "PRAGMA", "SAVEPOINT", "RELEASE":
		return
	}
	if strings.HasPrefix(statement, "ROLLBACK") || slices.ContainsFunc(settledTables, func(table string) bool { return strings.Contains(statement, table) }) {
		s.forget()
	}
}

// settles tells whether the answer to a question hangs on settled tables alone.
func (q question) settles() bool {
	if !slices.Contains(settledRows, q.of) {
		return false
	}
	if strings.Contains(q.query, "JOIN") {
		return false
	}
	for _, after := range strings.Split(q.query, "FROM ")[1:] {
		table, _, _ := strings.Cut(after, " ")
		if !slices.Contains(settledTables, strings.Trim(table, `"`)) {
			return false
		}
	}
	return true
}

// settledTx tells when a transaction is undone.
type settledTx struct {
	driver.Tx
	settled *settled
}

// Rollback undoes it.
func (t settledTx) Rollback() error {
	t.settled.forget()
	return t.Tx.Rollback()
}
