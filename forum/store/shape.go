package store

import (
	"database/sql/driver"
	"strconv"
	"strings"

	"github.com/uptrace/bun/schema"
)

// valueMark stands before each text that came to a query as a value, so that it is told from what the query says itself:
// "state = 'accepted'" names an index. Both databases take it for a blank.
const valueMark = '\f'

// marking is one of bun's dialects with its values marked.
type marking struct{ schema.Dialect }

// AppendString writes text as SQL.
func (d marking) AppendString(b []byte, text string) []byte {
	return d.Dialect.AppendString(append(b, valueMark), text)
}

// AppendJSON writes JSON as SQL.
func (d marking) AppendJSON(b, json []byte) []byte {
	return d.Dialect.AppendJSON(append(b, valueMark), json)
}

// place is how a database writes the place of a value that is bound to a query.
type place string

// The places: SQLite's next, and PostgreSQL's by number.
const (
	nextPlace     place = "?"
	numberedPlace place = "$"
)

// mostValues is how many values are taken out of a query: one of so many is rarely said again, and SQLite takes 32,766.
const mostValues = 200

// shapeOf takes marked texts and whole numbers out of a query, for the driver to bind. A query that comes with values is its own
// shape; "" is for one that is left as it is, since it may be more than one statement, or not made of values and names alone.
// To SQLite both are the same: a literal and a bound value have no affinity and no collation (https://www.sqlite.org/datatype3.html § 3.2).
// PostgreSQL takes the type of a bound value, as that of a text, from what stands beside it (https://www.postgresql.org/docs/current/typeconv.html).
func shapeOf(query string, args []driver.NamedValue, bound place) (shape string, values []driver.NamedValue) {
	if len(args) > 0 || query == dataVersion {
		return query, args
	}
	word, _, _ := strings.Cut(query, " ")
	switch word {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE":
	default:
		return "", nil
	}
	s := shaper{query: query, bound: bound}
	s.shape.Grow(len(query))
	for s.at < len(query) {
		if !s.step() || len(s.values) > mostValues {
			return "", nil
		}
	}
	return s.shape.String(), s.values
}

// shaper goes through a query once.
type shaper struct {
	query   string
	bound   place
	at      int
	shape   strings.Builder
	values  []driver.NamedValue
	ordinal bool // numbers stay
}

// step takes the next token; false for what is not understood here.
func (s *shaper) step() bool {
	switch c := s.query[s.at]; {
	case c == valueMark:
		s.at++
		n, ok := s.quoted('\'')
		if ok {
			s.lift(n, strings.ReplaceAll(s.query[s.at+1:s.at+n-1], "''", "'"))
		}
		return ok
	case c == '\'', c == '"':
		n, ok := s.quoted(c)
		s.copy(n)
		return ok
	case isDigit(c):
		s.number()
	case isWord(c):
		s.word()
	case strings.IndexByte("`[;?:@$#/", c) >= 0, strings.HasPrefix(s.query[s.at:], "--"):
		return false
	default:
		s.copy(1)
	}
	return true
}

// quoted is how many bytes the text takes that begins here; within, its quotes stand doubled.
func (s *shaper) quoted(quote byte) (n int, ok bool) {
	if !s.isBeside(0, quote) {
		return 0, false
	}
	for n = 1; ; n += 2 {
		next := strings.IndexByte(s.query[s.at+n:], quote)
		if next < 0 {
			return 0, false
		}
		if n += next; !s.isBeside(n+1, quote) {
			return n + 1, true
		}
	}
}

// copy leaves so many bytes as they are.
func (s *shaper) copy(n int) {
	s.shape.WriteString(s.query[s.at : s.at+n])
	s.at += n
}

// lift takes a value of so many bytes out.
func (s *shaper) lift(n int, value driver.Value) {
	s.at += n
	s.values = append(s.values, driver.NamedValue{Ordinal: len(s.values) + 1, Value: value})
	s.shape.WriteString(string(s.bound))
	if s.bound == numberedPlace {
		s.shape.WriteString(strconv.Itoa(len(s.values)))
	}
}

func (s *shaper) number() {
	n := s.length(isWord)
	number, err := strconv.ParseInt(s.query[s.at:s.at+n], 10, 64)
	isPart := s.isBeside(-1, '.') || s.isBeside(n, '.') || s.isBeside(-1, '-') // PostgreSQL does not guess what is negative
	if err != nil || isPart || s.ordinal {
		s.copy(n)
		return
	}
	if s.bound == numberedPlace {
		s.lift(n, s.query[s.at:s.at+n]) // which PostgreSQL reads as whatever type it finds
		return
	}
	s.lift(n, number)
}

// word is a keyword or a name. Numbers behind BY say which column, and how many rows there are at the most is better known
// when the query is planned.
func (s *shaper) word() {
	n := s.length(isWord)
	switch s.query[s.at : s.at+n] {
	case "BY", "LIMIT", "OFFSET":
		s.ordinal = true
	}
	s.copy(n)
}

// length is how many bytes from here on are of a kind.
func (s *shaper) length(is func(byte) bool) int {
	n := 0
	for s.at+n < len(s.query) && is(s.query[s.at+n]) {
		n++
	}
	return n
}

// isBeside tells whether a character stands so many bytes from here.
func (s *shaper) isBeside(by int, c byte) bool {
	at := s.at + by
	return at >= 0 && at < len(s.query) && s.query[at] == c
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWord(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}
