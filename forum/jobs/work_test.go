package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// nobody sends what the tests queue: they queue nothing.
type nobody struct{}

func (nobody) Send(context.Context, forum.MessageID) error { return errors.New("sent") }
func (nobody) SendAll(context.Context, []forum.MessageID) ([]forum.MessageID, error) {
	return nil, errors.New("sent")
}
func (nobody) GiveUp(context.Context, forum.MessageID, error) error { return errors.New("given up") }

// TestScanForgetsWhatExpired has the scan that comes with the start delete one
// of two visits.
func TestScanForgetsWhatExpired(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		now := time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)
		db, err := store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return now }, Queueing: jobs.Queueing})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(t.Context()))
		must(t, db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			person := forum.Person{Name: "Medlem", Address: "medlem@kvam.example", Language: forum.Nynorsk}
			return errors.Join(tx.SavePerson(ctx, &person),
				tx.SaveSession(ctx, &forum.Session{Digest: "over", PersonID: person.ID, CreatedAt: now, ExpiresAt: now}),
				tx.SaveSession(ctx, &forum.Session{Digest: "live", PersonID: person.ID, CreatedAt: now, ExpiresAt: now.Add(time.Minute)}))
		}))
		scanned := make(chan error, 1)
		worker := jobs.Worker{
			Name: "test", Keeper: db, Sender: nobody{}, Log: slog.New(slog.DiscardHandler), Poll: 50 * time.Millisecond,
			Done: func(_ string, err error) { scanned <- err },
		}
		queue, err := db.NewRiver(worker.Config())
		must(t, err)
		must(t, queue.Start(t.Context()))
		defer func() { must(t, queue.StopAndCancel(context.Background())) }()
		select {
		case err := <-scanned:
			must(t, err)
		case <-time.After(30 * time.Second):
			t.Fatal("no scan came")
		}
		must(t, db.Read(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			if _, err := tx.Session(ctx, "over"); !forum.IsKind(err, forum.NotFound) {
				t.Errorf("what expired is there: %v", err)
			}
			_, err := tx.Session(ctx, "live")
			return err
		}))
	})
}

// blind reads nothing, and tells what it was asked.
type blind struct{ asked chan string }

func (b blind) Read(_ context.Context, digest forum.Digest) error {
	b.asked <- "read " + string(digest)
	return errors.New("the disk is gone")
}

func (b blind) GiveUp(_ context.Context, digest forum.Digest) error {
	b.asked <- "give up " + string(digest)
	return nil
}

// TestPaperGivenUp has a paper that cannot be opened marked with the last try.
func TestPaperGivenUp(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		once := func(job forum.Job) *river.InsertOpts {
			options := jobs.Queueing(job)
			options.MaxAttempts = 1
			return options
		}
		db, err := store.Open(t.Context(), address, store.Options{Queueing: once})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(t.Context()))
		reader := blind{make(chan string, 10)}
		worker := jobs.Worker{
			Name: "test", Keeper: db, Sender: nobody{}, Reader: reader, Log: slog.New(slog.DiscardHandler), Poll: 50 * time.Millisecond, Done: func(string, error) {},
		}
		queue, err := db.NewRiver(worker.Config())
		must(t, err)
		must(t, queue.Start(t.Context()))
		defer func() { must(t, queue.StopAndCancel(context.Background())) }()
		must(t, db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error { return tx.Enqueue(ctx, forum.ReadPaper{Digest: "aa"}) }))
		for _, want := range []string{"read aa", "give up aa"} {
			select {
			case got := <-reader.asked:
				if got != want {
					t.Errorf("it was asked to %s, want %s", got, want)
				}
			case <-time.After(30 * time.Second):
				t.Fatalf("nobody was asked to %s", want)
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// halfway sends some of what it is given, and notes what it is asked.
type halfway struct {
	asked chan string
	tries atomic.Int64
}

func (h *halfway) Send(_ context.Context, id forum.MessageID) error {
	h.asked <- fmt.Sprint("send ", id)
	return nil
}

func (h *halfway) SendAll(_ context.Context, ids []forum.MessageID) ([]forum.MessageID, error) {
	if h.tries.Add(1) == 1 {
		return nil, errors.New("the database is away")
	}
	return ids[1:], nil
}

func (h *halfway) GiveUp(_ context.Context, id forum.MessageID, _ error) error {
	h.asked <- fmt.Sprint("give up ", id)
	return nil
}

// TestSendingMany gives what a job of several did not get done a job of its own, and gives all up with the last try.
func TestSendingMany(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		lastTry := func(job forum.Job) *river.InsertOpts {
			options := jobs.Queueing(job)
			options.MaxAttempts = 1
			return options
		}
		db, err := store.Open(t.Context(), address, store.Options{Queueing: lastTry})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(t.Context()))
		sender := &halfway{asked: make(chan string, 100)}
		worker := jobs.Worker{
			Name: "test", Keeper: db, Sender: sender, Log: slog.New(slog.DiscardHandler), Poll: 50 * time.Millisecond, Done: func(string, error) {},
		}
		queue, err := db.NewRiver(worker.Config())
		must(t, err)
		must(t, queue.Start(t.Context()))
		defer func() { must(t, queue.StopAndCancel(context.Background())) }()
		asked := func(ids ...forum.MessageID) (all []string) {
			must(t, db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
				return tx.Enqueue(ctx, forum.SendMessages{Messages: ids})
			}))
			for range 2 {
				select {
				case what := <-sender.asked:
					all = append(all, what)
				case <-time.After(30 * time.Second):
					t.Fatalf("nothing more was asked than %v", all)
				}
			}
			slices.Sort(all)
			return all
		}
		if got, want := asked(1, 2), []string{"give up 1", "give up 2"}; !slices.Equal(got, want) {
			t.Errorf("with the last try: %v, want %v", got, want)
		}
		if got, want := asked(3, 4, 5), []string{"send 4", "send 5"}; !slices.Equal(got, want) {
			t.Errorf("of what is not done: %v, want %v", got, want)
		}
	})
}
