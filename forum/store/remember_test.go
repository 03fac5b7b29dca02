package store

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

// What is known of a state stays within its bound, however much is asked.
func TestMostKnown(t *testing.T) {
	var s state
	const entry = 1 << 20
	most := 0
	for i := range 3 * mostKnown / entry {
		s.put(i, []forum.Person{{Name: strings.Repeat("a", entry)}})
		if s.bytes > mostKnown {
			t.Fatalf("%d bytes after %d", s.bytes, i)
		}
		if _, known := s.get(i); !known {
			t.Fatalf("%d is forgotten at once", i)
		}
		most = max(most, len(s.known))
	}
	if most < mostKnown/entry-1 {
		t.Errorf("%d entries are kept at the most", most)
	}
	s.put("much", []forum.Person{{Name: strings.Repeat("a", mostKnown+1)}})
	if _, known := s.get("much"); known {
		t.Error("what is larger than all there is room for is kept")
	}
	s.put("twice", 1)
	s.put("twice", 2)
	if value, _ := s.get("twice"); value != 1 {
		t.Errorf("%v is in the place of what others may hold", value)
	}
}

func TestWeigh(t *testing.T) {
	rows := []eventRow{{Deed: "gjort", Details: map[string]string{"a": "1234"}}}
	want := 24 + int(reflect.TypeFor[eventRow]().Size()) + len("gjort") + 2*16 + len("a") + len("1234")
	if got := weigh(reflect.ValueOf(rows)); got != want {
		t.Errorf("%d bytes, want %d", got, want)
	}
	if got := weigh(reflect.ValueOf(question{of: reflect.TypeFor[forum.Seat](), args: [4]any{forum.ForumID(1), "ab"}})); got < 2 || got > 500 {
		t.Errorf("a question weighs %d bytes", got)
	}
}

func TestCopied(t *testing.T) {
	type nested struct {
		Names []string
		Told  map[string][]int
		Other *nested
		At    time.Time
	}
	make := func() []nested {
		return []nested{{Names: []string{"a"}, Told: map[string][]int{"b": {1}}, Other: &nested{Names: []string{"c"}}, At: time.Unix(1, 0)}, {}}
	}
	rows := make()
	copies := copied(rows)
	if diff := cmp.Diff(rows, copies); diff != "" {
		t.Fatal(diff)
	}
	copies[0].Names[0], copies[0].Told["b"][0], copies[0].Other.Names[0] = "x", 2, "x"
	copies[0].Told["new"] = nil
	if diff := cmp.Diff(make(), rows); diff != "" {
		t.Errorf("a change of the copy shows:\n%s", diff)
	}
	if flat(reflect.TypeFor[forum.Mandate]()) || !flat(reflect.TypeFor[forum.Seat]()) {
		t.Error("flat tells mandates and seats apart wrongly")
	}
}

func TestAsks(t *testing.T) {
	var q question
	for _, c := range []struct {
		name string
		args []any
		want bool
	}{
		{"nothing", nil, true}, {"numbers and texts", []any{forum.ForumID(1), "a", nil, true}, true},
		{"more than there is room for", []any{1, 2, 3, 4, 5}, false}, {"a list", []any{[]int{1}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := q.asks(c.args); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// A change that is committed while a transaction begins is read by the next one,
// on whichever side of the first one's snapshot it came.
func TestChangeWhileBeginning(t *testing.T) {
	for _, c := range []struct {
		name  string
		at    int // which counting the change comes before
		first string
	}{{"before the witness counts", 1, "ny"}, {"before the snapshot", 0, "ny"}, {"after the snapshot", 2, "gamal"}} {
		t.Run(c.name, func(t *testing.T) {
			ctx := t.Context()
			db, err := Open(ctx, storetest.SQLite(t), Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			person := forum.Person{Name: "gamal"}
			save := func() {
				if err := db.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return tx.SavePerson(ctx, &person) }); err != nil {
					t.Error(err)
				}
			}
			read := func() (name string) {
				err := db.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
					found, err := tx.Person(ctx, person.ID)
					name = found.Name
					return err
				})
				if err != nil {
					t.Error(err)
				}
				return name
			}
			if err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			save()
			person.Name = "ny"
			counted, count := 0, db.memory.count
			db.memory.count = func(ctx context.Context) (int64, error) {
				counted++
				if counted == c.at {
					save()
				}
				n, err := count(ctx)
				if counted == 1 && c.at == 0 {
					save()
				}
				return n, err
			}
			if got := read(); got != c.first {
				t.Errorf("read %q first, want %q", got, c.first)
			}
			for range 10 {
				if got := read(); got != "ny" {
					t.Fatalf("read %q afterwards", got)
				}
			}
		})
	}
}
