package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// TestErrandThatCannotBeCarriedOut has the scan find an errand that lost its job
// and whose meeting is gone: it is kept as failed, and whoever pressed is told.
func TestErrandThatCannotBeCarriedOut(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		now := time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)
		db, err := store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return now }, Queueing: jobs.Queueing})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(t.Context()))
		var due, resting forum.Errand
		must(t, db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			area := forum.Area{Key: "voss", Name: "Voss"}
			person := forum.Person{Name: "Sekretær", Address: "sekretar@kvam.example", Language: forum.Nynorsk}
			if err := errors.Join(tx.SaveArea(ctx, &area), tx.SavePerson(ctx, &person)); err != nil {
				return err
			}
			in := forum.Forum{AreaID: area.ID, Key: "raad", Name: "Rådet", Kind: forum.Council, Address: "raad@voss.example", Language: forum.Nynorsk}
			if err := tx.SaveForum(ctx, &in); err != nil {
				return err
			}
			due = forum.Errand{
				ForumID: in.ID, Kind: "call", Key: "meeting/7", SubjectKind: "meeting", SubjectID: 7, PersonID: person.ID,
				Args: json.RawMessage(`{"Act":{"Meeting":7}}`), PressedAt: now.Add(-forum.UndoWithin), DueAt: now,
			}
			resting = due
			resting.Key, resting.DueAt = "meeting/8", now.Add(time.Second)
			return errors.Join(tx.SaveErrand(ctx, &due), tx.SaveErrand(ctx, &resting))
		}))
		scanned := make(chan error, 10)
		worker := jobs.Worker{
			Name: "test", Keeper: db, Sender: nobody{}, Log: slog.New(slog.DiscardHandler), Poll: 50 * time.Millisecond,
			Done: func(kind string, err error) {
				if kind == "scan" {
					scanned <- err
				}
			},
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
			failed, err := tx.FailedErrands(ctx, due.PersonID)
			if err != nil {
				return err
			}
			if len(failed) != 1 || failed[0].ID != due.ID || failed[0].Trouble != "error.not_found.meeting" {
				t.Errorf("failed are %+v", failed)
			}
			left, err := tx.RestingErrands(ctx)
			if err != nil {
				return err
			}
			if len(left) != 1 || left[0].ID != resting.ID {
				t.Errorf("resting are %+v", left)
			}
			told, err := tx.Messages(ctx, due.ForumID, 0, 10)
			if len(told) != 1 || told[0].Kind != forum.ErrandFailedMessage {
				t.Errorf("told are %+v", told)
			}
			return err
		}))
	})
}
