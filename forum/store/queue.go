package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/samraad/samraad/forum"
)

// queue is River in a transaction of ours, whatever its driver's type for one.
type queue interface {
	insert(ctx context.Context, t *tx, jobs []river.InsertManyParams) error
	failed(ctx context.Context, t *tx, most int) ([]*rivertype.JobRow, error)
	retry(ctx context.Context, t *tx, id int64) error
}

// riverQueue is a queue of one of River's drivers; of gives the driver its transaction.
type riverQueue[T any] struct {
	*river.Client[T]
	of func(*tx) T
}

func sqliteQueue(client *river.Client[*sql.Tx]) queue {
	return riverQueue[*sql.Tx]{client, func(t *tx) *sql.Tx { return t.db.Tx }}
}

func postgresQueue(client *river.Client[pgx.Tx]) queue {
	return riverQueue[pgx.Tx]{client, func(t *tx) pgx.Tx { return borrow(t.native) }}
}

func (q riverQueue[T]) insert(ctx context.Context, t *tx, jobs []river.InsertManyParams) error {
	_, err := q.InsertManyTx(ctx, q.of(t), jobs)
	return err
}

func (q riverQueue[T]) failed(ctx context.Context, t *tx, most int) ([]*rivertype.JobRow, error) {
	found, err := q.JobListTx(ctx, q.of(t), river.NewJobListParams().States(rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByFinalizedAt, river.SortOrderDesc).First(most))
	if err != nil {
		return nil, err
	}
	return found.Jobs, nil
}

func (q riverQueue[T]) retry(ctx context.Context, t *tx, id int64) error {
	_, err := q.JobRetryTx(ctx, q.of(t), id)
	return err
}

// Enqueue keeps the jobs for the commit, where they go in together.
func (t *tx) Enqueue(_ context.Context, jobs ...forum.Job) error {
	if t.reads {
		return errReadOnly
	}
	t.jobs = append(t.jobs, jobs...)
	return nil
}

func (t *tx) enqueueAll(ctx context.Context) error {
	if len(t.jobs) == 0 {
		return nil
	}
	params := make([]river.InsertManyParams, len(t.jobs))
	for i, job := range t.jobs {
		params[i].Args = job
		if t.store.options.Queueing != nil {
			params[i].InsertOpts = t.store.options.Queueing(job)
		}
	}
	return t.fail("job", t.store.queue.insert(ctx, t, params))
}

// FailedJobs lists jobs that are given up, the latest first.
func (t *tx) FailedJobs(ctx context.Context, most int) ([]forum.FailedJob, error) {
	rows, err := t.store.queue.failed(ctx, t, most)
	if err != nil {
		return nil, t.fail("job", err)
	}
	jobs := make([]forum.FailedJob, len(rows))
	for i, row := range rows {
		jobs[i] = forum.FailedJob{ID: row.ID, Kind: row.Kind, Args: string(row.EncodedArgs), Attempts: row.Attempt}
		if row.FinalizedAt != nil {
			jobs[i].At = row.FinalizedAt.UTC()
		}
		if n := len(row.Errors); n > 0 {
			jobs[i].Error = row.Errors[n-1].Error
		}
	}
	return jobs, nil
}

// RetryJob has a job worked again.
func (t *tx) RetryJob(ctx context.Context, id int64) error {
	if t.reads {
		return errReadOnly
	}
	err := t.store.queue.retry(ctx, t, id)
	if errors.Is(err, rivertype.ErrNotFound) {
		err = sql.ErrNoRows
	}
	return t.fail("job", err)
}
