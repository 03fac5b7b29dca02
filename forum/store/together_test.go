package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// queueOfActs is a store on SQLite and acts that the test has wait for each other.
type queueOfActs struct {
	*testing.T
	db      *store.DB
	answers map[string]chan error
}

func newQueueOfActs(t *testing.T, most int, longest time.Duration) *queueOfActs {
	db := migrated(t, storetest.SQLite(t), store.Options{Queueing: alone})
	db.TakeMore(most, longest)
	return &queueOfActs{t, db, map[string]chan error{}}
}

// begin begins an act that saves an area of its name and does more; it returns when the act is in line, or under way.
func (q *queueOfActs) begin(ctx context.Context, name string, more func(forum.Tx) error) (underWay chan struct{}) {
	before, answer, underWay := q.db.InLine(), make(chan error, 1), make(chan struct{})
	q.answers[name] = answer
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				answer <- fmt.Errorf("panic: %v", cause)
			}
		}()
		answer <- q.db.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			close(underWay)
			return errors.Join(tx.SaveArea(ctx, &forum.Area{Key: name, Name: name}), more(tx))
		})
	}()
	for q.db.InLine() == before {
		select {
		case <-underWay:
			return underWay
		default:
			runtime.Gosched()
		}
	}
	return underWay
}

// hold begins an act that is under way until it is let go with what it answers.
func (q *queueOfActs) hold(name string) (underWay chan struct{}, letGo chan error) {
	letGo = make(chan error, 1)
	return q.begin(q.Context(), name, func(forum.Tx) error { return <-letGo }), letGo
}

// kept are the areas that others see.
func (q *queueOfActs) kept() []string {
	q.Helper()
	var names []string
	err := q.db.Read(q.Context(), func(ctx context.Context, tx forum.Tx) error {
		areas, err := tx.Areas(ctx)
		for _, area := range areas {
			names = append(names, area.Key)
		}
		return err
	})
	if err != nil {
		q.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func (q *queueOfActs) expect(want ...string) {
	q.Helper()
	if got := q.kept(); !slices.Equal(got, want) {
		q.Errorf("kept %v, want %v", got, want)
	}
}

var errOnPurpose = errors.New("on purpose")

func nothing(forum.Tx) error { return nil }

// TestActsShareACommit lines acts of every kind up behind one that is under way: they are kept at once with the last of
// them, without those that failed, broke down, or were called off.
func TestActsShareACommit(t *testing.T) {
	q := newQueueOfActs(t, 100, time.Hour)
	_, letGo := q.hold("a")
	q.begin(t.Context(), "b", nothing)
	q.begin(t.Context(), "fails", func(forum.Tx) error { return errOnPurpose })
	gone, leave := context.WithCancel(t.Context())
	q.begin(gone, "leaves", nothing)
	tired, tire := context.WithCancel(t.Context())
	q.begin(tired, "tires", func(forum.Tx) error { tire(); return nil })
	q.begin(t.Context(), "swallows", func(tx forum.Tx) error {
		_ = tx.SaveArea(t.Context(), &forum.Area{Key: "swallows", Name: "the same once more"})
		return nil
	})
	q.begin(t.Context(), "panics", func(forum.Tx) error { panic("on purpose") })
	q.begin(t.Context(), "c", nothing)
	lastBegan, letLastGo := q.hold("d")
	leave()
	if err := <-q.answers["leaves"]; !errors.Is(err, context.Canceled) {
		t.Errorf("leaves: %v", err)
	}
	letGo <- nil
	<-lastBegan
	for _, name := range []string{"fails", "tires", "swallows", "panics"} {
		if err := <-q.answers[name]; err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	q.expect()
	for _, name := range []string{"a", "b", "c", "d"} {
		if len(q.answers[name]) > 0 {
			t.Errorf("%s was answered before the commit", name)
		}
	}
	letLastGo <- nil
	for _, name := range []string{"a", "b", "c", "d"} {
		if err := <-q.answers[name]; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	q.expect("a", "b", "c", "d")
}

// TestFirstFails has an act fail that others wait behind: they come next.
func TestFirstFails(t *testing.T) {
	q := newQueueOfActs(t, 100, time.Hour)
	_, letGo := q.hold("fails")
	q.begin(t.Context(), "a", nothing)
	q.begin(t.Context(), "b", nothing)
	letGo <- errOnPurpose
	for name, want := range map[string]error{"fails": errOnPurpose, "a": nil, "b": nil} {
		if err := <-q.answers[name]; !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	q.expect("a", "b")
}

// TestRoundsEnd commits when enough have joined, and when it has taken long enough, though others wait.
func TestRoundsEnd(t *testing.T) {
	for name, limit := range map[string]struct {
		most    int
		longest time.Duration
	}{"of two": {2, time.Hour}, "of no time": {100, 0}} {
		t.Run(name, func(t *testing.T) {
			q := newQueueOfActs(t, limit.most, limit.longest)
			_, letGo := q.hold("a")
			q.begin(t.Context(), "b", nothing)
			lastBegan, letLastGo := q.hold("c")
			letGo <- nil
			<-lastBegan
			q.expect("a", "b")
			letLastGo <- nil
			if err := <-q.answers["c"]; err != nil {
				t.Error(err)
			}
		})
	}
}

// TestCommitThatFails fails all that share it, and no one who comes after.
func TestCommitThatFails(t *testing.T) {
	q := newQueueOfActs(t, 100, time.Hour)
	_, letGo := q.hold("a")
	q.begin(t.Context(), "b", func(tx forum.Tx) error {
		return errors.Join(store.Say(tx, "PRAGMA defer_foreign_keys = 1"), store.Say(tx, "INSERT INTO addresses (address, person_id) VALUES ('x@example.com', 999)"))
	})
	letGo <- nil
	for _, name := range []string{"a", "b"} {
		expect(t, <-q.answers[name], forum.Conflict, "error.conflict.transaction")
	}
	q.expect()
	if err := q.db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		return tx.SaveArea(ctx, &forum.Area{Key: "c", Name: "c"})
	}); err != nil {
		t.Error(err)
	}
	q.expect("c")
}

// TestTransactionThatIsLost has SQLite give up what acts share: all of them fail, and no one who comes after.
func TestTransactionThatIsLost(t *testing.T) {
	q := newQueueOfActs(t, 100, time.Hour)
	_, letGo := q.hold("a")
	q.begin(t.Context(), "b", func(tx forum.Tx) error {
		return store.Say(tx, "INSERT OR ROLLBACK INTO areas (key, name) VALUES ('a', 'a')")
	})
	q.begin(t.Context(), "c", nothing)
	letGo <- nil
	expect(t, <-q.answers["a"], forum.Unavailable, "error.database")
	if err := <-q.answers["b"]; err == nil {
		t.Error("b: no error")
	}
	if err := <-q.answers["c"]; err != nil {
		t.Errorf("c: %v", err)
	}
	q.expect("c")
}

// TestActsSeeWhatOthersLeft has an act look at the events and jobs of one that shares its transaction; when it fails then, they
// are put down all the same.
func TestActsSeeWhatOthersLeft(t *testing.T) {
	q := newQueueOfActs(t, 100, time.Hour)
	leave := func(number int) func(forum.Tx) error {
		return func(tx forum.Tx) error {
			return errors.Join(
				tx.Record(t.Context(), forum.Event{ForumID: 1, At: tx.Now(), Deed: fmt.Sprint(number), Object: forum.MatterObject(1)}),
				tx.Enqueue(t.Context(), errand{number}))
		}
	}
	look := func(want int, then error) func(forum.Tx) error {
		return func(tx forum.Tx) error {
			chain, err := tx.Chain(t.Context(), 1)
			history, hisErr := tx.History(t.Context(), forum.MatterObject(1))
			again, jobErr := tx.Nudge(t.Context(), errand{1})
			if len(chain) != want || len(history) != want || again != 0 {
				t.Errorf("%d events in the chain, %d in the history, %d jobs; want %d, %d, 0", len(chain), len(history), again, want, want)
			}
			return errors.Join(err, hisErr, jobErr, then)
		}
	}
	_, letGo := q.hold("a")
	q.begin(t.Context(), "b", leave(1))
	q.begin(t.Context(), "looks and fails", look(1, errOnPurpose))
	q.begin(t.Context(), "c", leave(2))
	q.begin(t.Context(), "looks", look(2, nil))
	q.begin(t.Context(), "d", leave(3))
	letGo <- nil
	for name, want := range map[string]error{"a": nil, "b": nil, "looks and fails": errOnPurpose, "c": nil, "looks": nil, "d": nil} {
		if err := <-q.answers[name]; !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := q.db.Read(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		chain, err := tx.Chain(ctx, 1)
		if len(chain) != 3 || forum.VerifyChain(chain) != 0 {
			t.Errorf("%d events in the chain, broken at %d", len(chain), forum.VerifyChain(chain))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	done := make(chan int, 9)
	work(t, q.db, func(_ context.Context, number int) error { done <- number; return nil })
	for range 3 {
		<-done
	}
}
