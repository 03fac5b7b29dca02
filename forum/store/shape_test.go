package store

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"pgregory.net/rapid"
)

func TestShapes(t *testing.T) {
	many := "SELECT a WHERE b IN (" + strings.Repeat("7,", mostValues+1) + "7)"
	for name, c := range map[string]struct {
		query, shape string
		values       []driver.Value
	}{
		"a marked text":          {"SELECT a FROM b WHERE c = \f'æ''d'''", "SELECT a FROM b WHERE c = ?", []driver.Value{"æ'd'"}},
		"an empty one":           {"SELECT a FROM b WHERE c = \f''", "SELECT a FROM b WHERE c = ?", []driver.Value{""}},
		"a mark within a text":   {"SELECT \f'\f''a''' ", "SELECT ? ", []driver.Value{"\f'a'"}},
		"numbers":                {"UPDATE a1 SET b=-12, c = c+0", "UPDATE a1 SET b=-12, c = c+?", []driver.Value{int64(0)}},
		"text of the query":      {"DELETE FROM a WHERE b = 'it''s 7'", "DELETE FROM a WHERE b = 'it''s 7'", nil},
		"names":                  {`SELECT "a""7'" FROM "b8"`, `SELECT "a""7'" FROM "b8"`, nil},
		"bytes":                  {"INSERT INTO a VALUES (X'0a', 5)", "INSERT INTO a VALUES (X'0a', ?)", []driver.Value{int64(5)}},
		"parts of numbers":       {"SELECT 1.5, 0x10, 2e3, .5", "SELECT 1.5, 0x10, 2e3, .5", nil},
		"a number too large":     {"SELECT 9223372036854775808", "SELECT 9223372036854775808", nil},
		"which columns":          {"SELECT 3 GROUP BY 1 ORDER BY 1, 2 LIMIT 4", "SELECT ? GROUP BY 1 ORDER BY 1, 2 LIMIT 4", []driver.Value{int64(3)}},
		"a savepoint":            {"SAVEPOINT act", "SAVEPOINT act", nil},
		"several statements":     {"SELECT 1; SELECT 2", "", nil},
		"the version":            {dataVersion, dataVersion, nil},
		"a table":                {"CREATE TABLE a (b text DEFAULT 'c')", "", nil},
		"a comment":              {"SELECT a -- 'b'", "", nil},
		"another comment":        {"SELECT a /* 'b */", "", nil},
		"a place for a value":    {"SELECT a WHERE b = ?", "", nil},
		"a text without an end":  {"SELECT 'a", "", nil},
		"a value without an end": {"SELECT \f'a''", "", nil},
		"a mark of nothing":      {"SELECT \fa", "", nil},
		"many values":            {many, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			shape, values := shapeOf(c.query, nil, nextPlace)
			if diff := cmp.Diff(c.values, plain(values)); diff != "" || shape != c.shape {
				t.Errorf("shape %q, values %s", shape, diff)
			}
		})
	}
	if shape, values := shapeOf("SELECT a WHERE b = \f'c' AND d = 7 AND e = -8", nil, numberedPlace); shape != "SELECT a WHERE b = $1 AND d = $2 AND e = -8" || !cmp.Equal(plain(values), []driver.Value{"c", "7"}) {
		t.Errorf("for PostgreSQL the shape is %q, with %v", shape, plain(values))
	}
	args := []driver.NamedValue{{Ordinal: 1, Value: "b"}}
	if shape, values := shapeOf("SELECT 1 WHERE a = $1", args, numberedPlace); shape != "SELECT 1 WHERE a = $1" || !cmp.Equal(values, args) {
		t.Errorf("a query with values became %q with %v", shape, values)
	}
}

func plain(values []driver.NamedValue) (plain []driver.Value) {
	for _, value := range values {
		plain = append(plain, value.Value)
	}
	return plain
}

// Whatever is written into a query comes out of it, whatever stands around it.
func TestValuesComeOutOfShapes(t *testing.T) {
	dialect := marking{sqlitedialect.New()}
	rapid.Check(t, func(t *rapid.T) {
		var query, shape []byte
		var values []driver.Value
		query, shape = append(query, "SELECT "...), append(shape, "SELECT "...)
		for range rapid.IntRange(0, 20).Draw(t, "pieces") {
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				text := clean(rapid.String().Draw(t, "text"))
				query, shape, values = dialect.AppendString(query, text), append(shape, '?'), append(values, text)
			case 1:
				number := rapid.Int64Min(0).Draw(t, "number")
				query, shape, values = fmt.Append(query, number), append(shape, '?'), append(values, number)
			default:
				said := rapid.SampledFrom([]string{`"a'1"`, "'it''s 7'", "a1 = ", "<> ''", "X'00'", "(", "1.5"}).Draw(t, "said")
				query, shape = append(query, said...), append(shape, said...)
			}
			query, shape = append(query, ' '), append(shape, ' ')
		}
		got, lifted := shapeOf(string(query), nil, nextPlace)
		if diff := cmp.Diff(values, plain(lifted)); diff != "" || got != string(shape) {
			t.Fatalf("%q became %q: %s", query, got, diff)
		}
	})
}

// Whatever a query is, it is taken apart or left as it is.
func FuzzShape(f *testing.F) {
	f.Add("SELECT a FROM b WHERE c = \f'æ''d''' AND e = 7 ORDER BY 1")
	f.Add("WITH x AS (SELECT X'00') SELECT \"a\", 'b' FROM x -- c")
	f.Fuzz(func(t *testing.T, query string) {
		shape, values := shapeOf(query, nil, nextPlace)
		if again, more := shapeOf(strings.ReplaceAll(shape, "?", "0"), nil, nextPlace); shape != "" && (again == "") != (len(more) > mostValues) {
			t.Errorf("%q has the shape %q with %d values, which has none", query, shape, len(values))
		}
	})
}
