package store

import (
	"reflect"
	"sync"
)

// state is what is known of one state of the database. Any number of
// transactions that see this very state share it.
type state struct {
	mu    sync.RWMutex
	known map[any]any
	bytes int
}

// mostKnown is about how many bytes are kept of a state; beyond that it is
// learnt anew.
const mostKnown = 32 << 20

func (s *state) get(key any) (any, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, known := s.known[key]
	return value, known
}

func (s *state) put(key, value any) {
	bytes := weigh(reflect.ValueOf(key)) + weigh(reflect.ValueOf(value))
	if bytes > mostKnown {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, twice := s.known[key]; twice {
		return
	}
	if s.known == nil || s.bytes+bytes > mostKnown {
		s.known, s.bytes = map[any]any{}, 0
	}
	s.known[key] = value
	s.bytes += bytes
}

// question is a query for rows of a type.
type question struct {
	of           reflect.Type
	query, order string
	one          bool // the first of them alone
	args         [4]any
}

// asks fills in the arguments; more of them than there is room for, or a list
// among them, make a question that nothing is remembered of.
func (q *question) asks(args []any) bool {
	if len(args) > len(q.args) {
		return false
	}
	for i, arg := range args {
		if arg != nil && !reflect.ValueOf(arg).Comparable() { // by what it holds: bun.List wraps a slice
			return false
		}
		q.args[i] = arg
	}
	return true
}

// remembered answers a question as it was answered before on the same state of
// the database, or of the tables that it hangs on. Rows come back as copies, so
// that nobody changes what the next one is told.
func remembered[T any](t *tx, asked question, args []any, scan func() ([]T, error)) ([]T, error) {
	asked.of = reflect.TypeFor[T]()
	state := t.knows(asked)
	if state == nil || !asked.asks(args) {
		return scan()
	}
	if rows, known := state.get(asked); known {
		return copied(rows.([]T)), nil
	}
	rows, err := scan()
	if err == nil {
		state.put(asked, copied(rows))
	}
	return rows, err
}

// rememberedValue is remembered for one value of a type that names what it is.
func rememberedValue[T any](t *tx, asked question, args []any, scan func(*T) error) (T, error) {
	values, err := remembered(t, asked, args, func() ([]T, error) {
		values := make([]T, 1)
		return values, scan(&values[0])
	})
	if err != nil {
		var none T
		return none, err
	}
	return values[0], nil
}

// knows is what is known that a question may be answered from, nil for nothing.
func (t *tx) knows(asked question) *state {
	if t.sees == nil && t.settled != nil && asked.settles() {
		return t.settled.now()
	}
	return t.sees
}

// Recall shares what was worked out; on PostgreSQL a transaction that writes
// works all out itself.
func (t *tx) Recall(key any, work func() (any, error)) (any, error) {
	state := t.sees
	if state == nil && t.settled != nil {
		state = t.settled.now()
	}
	if state == nil {
		return work()
	}
	if value, known := state.get(key); known {
		return value, nil
	}
	value, err := work()
	if err == nil {
		state.put(key, value)
	}
	return value, err
}
