package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// errand is a job of the tests.
type errand struct {
	Number int `json:"number"`
}

func (errand) Kind() string { return "errand" }

// worker does errands with a function.
type worker struct {
	river.WorkerDefaults[errand]
	do func(ctx context.Context, number int) error
}

func (w *worker) Work(ctx context.Context, job *river.Job[errand]) error {
	return w.do(ctx, job.Args.Number)
}

func configuration(name string, do func(ctx context.Context, number int) error) *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker{do: do})
	return &river.Config{
		ID: name, Workers: workers, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 5}},
		FetchPollInterval: 100 * time.Millisecond, Logger: slog.New(slog.DiscardHandler),
	}
}

// work works the queue until the test ends.
func work(t *testing.T, db *store.DB, do func(ctx context.Context, number int) error) {
	t.Helper()
	client, err := db.NewRiver(configuration("second", do))
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.StopAndCancel(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func enqueue(t *testing.T, db *store.DB, numbers ...int) {
	t.Helper()
	err := db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		for _, n := range numbers {
			if err := tx.Enqueue(ctx, errand{n}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// receive waits for what a worker did.
func receive(t *testing.T, done <-chan int) int {
	t.Helper()
	select {
	case n := <-done:
		return n
	case <-time.After(30 * time.Second):
		t.Fatal("no job was worked")
		return 0
	}
}

// once has a job tried one time.
func once(forum.Job) *river.InsertOpts { return &river.InsertOpts{MaxAttempts: 1} }

func TestJobsCommitWithTheAct(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		db := migrated(t, address, store.Options{})
		undone := errors.New("undone")
		err := db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			return errors.Join(tx.Enqueue(ctx, errand{1}, errand{2}), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		enqueue(t, db, 3)
		done := make(chan int, 10)
		work(t, db, func(_ context.Context, number int) error { done <- number; return nil })
		enqueue(t, db, 4)
		if sum := receive(t, done) + receive(t, done); sum != 3+4 || len(done) != 0 {
			t.Errorf("worked jobs sum up to %d and %d more, want 3 and 4 alone", sum, len(done))
		}
	})
}

// TestNudge counts what was not waiting already.
func TestNudge(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		db := migrated(t, address, store.Options{Queueing: alone})
		enqueue(t, db, 1)
		var added int
		err := db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
			added, err = tx.Nudge(ctx, errand{1}, errand{2}, errand{3})
			return err
		})
		if err != nil || added != 2 {
			t.Errorf("added %d, %v, want 2", added, err)
		}
		err = db.Read(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			_, err := tx.Nudge(ctx, errand{4})
			return err
		})
		if err == nil {
			t.Error("a transaction that reads took a job")
		}
		done := make(chan int, 10)
		work(t, db, func(_ context.Context, number int) error { done <- number; return nil })
		if sum := receive(t, done) + receive(t, done) + receive(t, done); sum != 1+2+3 || len(done) != 0 {
			t.Errorf("worked jobs sum up to %d and %d more, want 1, 2 and 3", sum, len(done))
		}
	})
}

// alone has a job queued once for the same arguments.
func alone(forum.Job) *river.InsertOpts {
	return &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

func TestFailedJobs(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		db := migrated(t, address, store.Options{Queueing: once})
		var mended atomic.Bool
		done := make(chan int, 10)
		work(t, db, func(_ context.Context, number int) error {
			done <- number
			if mended.Load() {
				return nil
			}
			return errors.New("the relay said no")
		})
		enqueue(t, db, 17)
		receive(t, done)
		failed := waitForFailed(t, db)
		if len(failed) != 1 || failed[0].Kind != "errand" || failed[0].Args != `{"number":17}` && failed[0].Args != `{"number": 17}` ||
			failed[0].Error != "the relay said no" || failed[0].Attempts != 1 || time.Since(failed[0].At) > time.Hour || failed[0].At.Location() != time.UTC {
			t.Fatalf("got %+v", failed)
		}
		mended.Store(true)
		retry := func(id int64) error {
			return db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error { return tx.RetryJob(ctx, id) })
		}
		if err := retry(failed[0].ID); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, done); got != 17 {
			t.Errorf("worked %d", got)
		}
		expect(t, retry(1<<40), forum.NotFound, "error.not_found.job")
	})
}

// waitForFailed polls, since River writes what became of a job after it ended.
func waitForFailed(t *testing.T, db *store.DB) (failed []forum.FailedJob) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1500 {
		err := db.Read(t.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
			failed, err = tx.FailedJobs(ctx, 10)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(failed) > 0 {
			return failed
		}
		<-tick.C
	}
	t.Fatal("no job failed")
	return nil
}

// workForever is a process that begins a job and never ends it.
func workForever(address string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, address, store.Options{})
	if err != nil {
		return err
	}
	if _, err := db.FreeRunning(ctx, "first"); err != nil {
		return err
	}
	client, err := db.NewRiver(configuration("first", func(ctx context.Context, number int) error {
		fmt.Println("begun", number)
		<-ctx.Done()
		return ctx.Err()
	}))
	if err != nil {
		return err
	}
	if err := client.Start(ctx); err != nil {
		return err
	}
	<-ctx.Done()      // never
	return db.Close() // the lock lives as long as the database is in use
}

func TestJobsOfADeadWorker(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		db := migrated(t, address, store.Options{})
		enqueue(t, db, 1)
		first := process(t, "work", address)
		output, err := first.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(output).ReadString('\n'); err != nil || line != "begun 1\n" {
			t.Fatalf("the first worker said %q, %v", line, err)
		}
		if db.Dialect() == store.SQLite {
			_, err := db.FreeRunning(t.Context(), "second")
			expect(t, err, forum.Conflict, "error.database_worked")
		} else if freed, err := db.FreeRunning(t.Context(), "second"); err != nil || freed != 0 {
			t.Errorf("freed %d jobs of another worker, %v", freed, err)
		}
		if err := first.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = first.Wait() // killed
		if freed, err := db.FreeRunning(t.Context(), "first"); err != nil || freed != 1 {
			t.Errorf("freed %d, %v, want 1", freed, err)
		}
		done := make(chan int, 10)
		work(t, db, func(_ context.Context, number int) error { done <- number; return nil })
		if got := receive(t, done); got != 1 {
			t.Errorf("worked %d", got)
		}
	})
}
