package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"github.com/samraad/samraad/forum"
)

// errandTries is how often an errand is tried that fails by no rule: its person
// should not wait long to learn that it has not gone.
const errandTries = 5

type running struct {
	river.WorkerDefaults[forum.RunErrand]
	Worker
}

// Work carries the job's errand out when its time has come.
func (r *running) Work(ctx context.Context, job *river.Job[forum.RunErrand]) error {
	rests, err := r.runErrand(ctx, job.Args.Errand, job.Attempt >= errandTries)
	if err == nil && rests > 0 {
		return river.JobSnooze(rests) // to wait is no try
	}
	r.Done(job.Kind, err)
	return err
}

// runErrand carries an errand out, or answers how long it still rests. What a
// rule refuses, or fails for the last time, is kept as failed and told.
func (w Worker) runErrand(ctx context.Context, id forum.ErrandID, last bool) (rests time.Duration, err error) {
	err = w.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		rests, err = forum.CarryOutErrand(ctx, tx, w.Almanac, id)
		return err
	})
	var refusal *forum.Error
	refused := errors.As(err, &refusal) && refusal.Kind != forum.Unavailable
	if err == nil || !refused && !last {
		return rests, err
	}
	w.Log.Warn("errand not carried out", "errand", int64(id), "error", err.Error())
	return 0, w.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return forum.FailErrand(ctx, tx, id, err) })
}

// runErrands carries out what is due and has lost its job, each in a
// transaction of its own.
func (w Worker) runErrands(ctx context.Context) error {
	var due []forum.ErrandID
	err := w.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		due, err = forum.ErrandsDue(ctx, tx)
		return err
	})
	for _, id := range due {
		_, failed := w.runErrand(ctx, id, false)
		err = errors.Join(err, failed)
	}
	return err
}
