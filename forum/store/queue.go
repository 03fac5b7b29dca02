package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/samraad/samraad/forum"
)

// queue is River in a transaction of ours, whatever its driver's type for one.
type queue interface {
	// insert answers how many jobs were not waiting already.
	insert(ctx context.Context, t *tx, jobs []river.InsertManyParams) (int, error)
	failed(ctx context.Context, t *tx, most int) ([]*rivertype.JobRow, error)
	unfinished(ctx context.Context, t *tx, kind string) ([]*rivertype.JobRow, error)
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

func (q riverQueue[T]) insert(ctx context.Context, t *tx, jobs []river.InsertManyParams) (int, error) {
	results, err := q.InsertManyTx(ctx, q.of(t), jobs)
	added := 0
	for _, result := range results {
		if !result.UniqueSkippedAsDuplicate {
			added++
		}
	}
	return added, err
}

func (q riverQueue[T]) failed(ctx context.Context, t *tx, most int) ([]*rivertype.JobRow, error) {
	found, err := q.JobListTx(ctx, q.of(t), river.NewJobListParams().States(rivertype.JobStateDiscarded).
		OrderBy(river.JobListOrderByFinalizedAt, river.SortOrderDesc).First(most))
	if err != nil {
		return nil, err
	}
	return found.Jobs, nil
}

func (q riverQueue[T]) unfinished(ctx context.Context, t *tx, kind string) ([]*rivertype.JobRow, error) {
	var all []*rivertype.JobRow
	for page := (*river.JobListCursor)(nil); ; {
		params := river.NewJobListParams().Kinds(kind).OrderBy(river.JobListOrderByID, river.SortOrderAsc).First(jobsAtOnce).
			States(rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled)
		if page != nil {
			params = params.After(page)
		}
		found, err := q.JobListTx(ctx, q.of(t), params)
		if err != nil {
			return nil, err
		}
		all = append(all, found.Jobs...)
		if page = found.LastCursor; len(found.Jobs) < jobsAtOnce {
			return all, nil
		}
	}
}

// jobsAtOnce is how many jobs are listed in one query.
const jobsAtOnce = 1000

func (q riverQueue[T]) retry(ctx context.Context, t *tx, id int64) error {
	_, err := q.JobRetryTx(ctx, q.of(t), id)
	return err
}

// Enqueue keeps the jobs for the commit, where they go in together, and those that send messages as few.
func (t *tx) Enqueue(_ context.Context, jobs ...forum.Job) error {
	if t.reads {
		return errReadOnly
	}
	t.jobs = append(t.jobs, jobs...)
	return nil
}

func (t *tx) enqueueAll(ctx context.Context) error {
	_, err := t.insertJobs(ctx, forum.JoinSends(t.jobs))
	return err
}

// Nudge inserts the jobs at once, since what was waiting shows only then.
func (t *tx) Nudge(ctx context.Context, jobs ...forum.Job) (int, error) {
	if t.reads {
		return 0, errReadOnly
	}
	if err := t.catchUp(ctx); err != nil {
		return 0, err
	}
	return t.insertJobs(ctx, jobs)
}

func (t *tx) insertJobs(ctx context.Context, jobs []forum.Job) (int, error) {
	if len(jobs) == 0 {
		return 0, nil
	}
	params := make([]river.InsertManyParams, len(jobs))
	for i, job := range jobs {
		params[i].Args = job
		if t.store.options.Queueing != nil {
			params[i].InsertOpts = t.store.options.Queueing(job)
		}
	}
	added, err := t.store.queue.insert(ctx, t, params)
	return added, t.fail("job", err)
}

// Unfinished lists what has something to do still, in the order in which it was enqueued.
func (t *tx) Unfinished(ctx context.Context, kind string) ([]json.RawMessage, error) {
	if err := t.catchUp(ctx); err != nil {
		return nil, err
	}
	rows, err := t.store.queue.unfinished(ctx, t, kind)
	if err != nil {
		return nil, t.fail("job", err)
	}
	args := make([]json.RawMessage, len(rows))
	for i, row := range rows {
		args[i] = row.EncodedArgs
	}
	return args, nil
}

// NextTry looks among the jobs of single messages: what failed has one of its own.
func (t *tx) NextTry(ctx context.Context, message forum.MessageID) (time.Time, error) {
	if err := t.catchUp(ctx); err != nil {
		return time.Time{}, err
	}
	rows, err := t.store.queue.unfinished(ctx, t, forum.SendMessage{}.Kind())
	for _, row := range rows {
		var job forum.SendMessage
		if err := json.Unmarshal(row.EncodedArgs, &job); err != nil {
			return time.Time{}, fmt.Errorf("job %d: %w", row.ID, err)
		}
		if job.Message == message {
			return row.ScheduledAt.UTC(), nil
		}
	}
	return time.Time{}, t.fail("job", err)
}

// FailedJobs lists jobs that are given up, the latest first.
func (t *tx) FailedJobs(ctx context.Context, most int) ([]forum.FailedJob, error) {
	if err := t.catchUp(ctx); err != nil {
		return nil, err
	}
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
