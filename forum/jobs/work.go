// Package jobs works the queue that acts fill: it hands messages over, and
// looks now and then for what was stranded, is due or has expired.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/samraad/samraad/forum"
)

const (
	// most is how many jobs run at once: enough to hide a relay's round trips,
	// few enough that a kill leaves little in flight.
	most = 8
	// sendWithin bounds one hand-over; a job that a killed process left running
	// is taken for dead after rescueAfter, which has to be longer.
	sendWithin  = 20 * time.Second
	rescueAfter = 30 * time.Second
	// tries spread over about a day and a half by River's growing pauses, so
	// that a relay may be down for a day.
	tries = 15
	// scanEvery is how often what was stranded or has expired is looked for.
	scanEvery = 15 * time.Minute
)

// Sender hands messages over.
type Sender interface {
	// Send hands one message over, or does nothing when that was done before.
	Send(ctx context.Context, id forum.MessageID) error
	// GiveUp marks a message that will not be tried again.
	GiveUp(ctx context.Context, id forum.MessageID, why error) error
}

// Worker names the process that works jobs, so that its next life can free
// what its last one left running.
type Worker struct {
	Name   string
	Keeper forum.Keeper
	Sender Sender
	Log    *slog.Logger
	Poll   time.Duration // how often to look for jobs where the database cannot call
	Done   func(kind string, err error)
}

// Config is the River configuration that works the forum's jobs.
func (w Worker) Config() *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, &sending{Worker: w})
	river.AddWorker(workers, &scanning{Worker: w})
	return &river.Config{
		ID:                   w.Name,
		Logger:               slog.New(quiet{w.Log.Handler()}),
		Workers:              workers,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: most}},
		JobTimeout:           sendWithin,
		RescueStuckJobsAfter: rescueAfter,
		FetchPollInterval:    w.Poll,
		FetchCooldown:        min(w.Poll, 100*time.Millisecond),
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(
			river.PeriodicInterval(scanEvery),
			func() (river.JobArgs, *river.InsertOpts) { return scan{}, Queueing(scan{}) },
			&river.PeriodicJobOpts{RunOnStart: true},
		)},
	}
}

// Queueing says how a job is queued: one at a time for the same arguments, so
// that a nudge beside a waiting job is none.
func Queueing(forum.Job) *river.InsertOpts {
	return &river.InsertOpts{MaxAttempts: tries, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished}}
}

// unfinished are the states in which a job still has something to do.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

type sending struct {
	river.WorkerDefaults[forum.SendMessage]
	Worker
}

// Work hands the job's message over, and gives the message up with the last try.
func (s *sending) Work(ctx context.Context, job *river.Job[forum.SendMessage]) error {
	err := s.Sender.Send(ctx, job.Args.Message)
	s.Done(job.Kind, err)
	if err == nil || job.Attempt < job.MaxAttempts {
		return err
	}
	return errors.Join(err, s.Sender.GiveUp(ctx, job.Args.Message, err))
}

// scan is the periodic look for what is due.
type scan struct{}

// Kind names the handler.
func (scan) Kind() string { return "scan" }

type scanning struct {
	river.WorkerDefaults[scan]
	Worker
}

// Work nudges what was stranded, and forgets what expired.
func (s *scanning) Work(ctx context.Context, job *river.Job[scan]) error {
	var nudged int
	err := s.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		var err error
		nudged, err = forum.NudgeStranded(ctx, tx)
		return errors.Join(err, forum.ForgetExpired(ctx, tx), forum.DropEndedFeeds(ctx, tx))
	})
	if nudged > 0 {
		s.Log.Warn("stranded messages nudged", "count", nudged)
	}
	err = errors.Join(err, s.callUp(ctx))
	s.Done(job.Kind, err)
	return err
}

// callUp calls substitutes up for those who were silent too long, each meeting
// in a transaction of its own, so that one that fails stops no other.
func (w Worker) callUp(ctx context.Context) error {
	var meetings []forum.MeetingID
	err := w.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		meetings, err = forum.MeetingsToCallUp(ctx, tx)
		return err
	})
	for _, id := range meetings {
		err = errors.Join(err, w.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			return forum.CallUpSilent(ctx, tx, id)
		}))
	}
	return err
}

// quiet keeps River's routine reports out of the log, and what it reports when
// it is asked to end; warnings stay.
type quiet struct{ slog.Handler }

// Enabled leaves out what is below a warning.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// Handle leaves out that something was cancelled.
func (q quiet) Handle(ctx context.Context, record slog.Record) error {
	cancelled := false
	record.Attrs(func(a slog.Attr) bool {
		cancelled = a.Value.String() == context.Canceled.Error()
		return !cancelled
	})
	if cancelled {
		return nil
	}
	return q.Handler.Handle(ctx, record)
}
