// Package jobs works the queue that acts fill: it hands messages over, has papers read, and
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
	// mostReading is how many papers are read at once, each in a process of its own.
	mostReading = 2
	// fetchEvery is how soon after it looked for jobs the process looks again.
	fetchEvery = 10 * time.Millisecond
	// papers is the queue of those, and of packages to print, so that no mail waits behind a paper.
	papers = "papers"
	// sendWithin bounds one hand-over; a job that a killed process left running
	// is taken for dead after rescueAfter, which has to be longer.
	// A paper is read within that time as well.
	sendWithin  = 20 * time.Second
	rescueAfter = 30 * time.Second
	// tries spread over about a day and a half by River's growing pauses, so
	// that a relay may be down for a day.
	tries = 15
	// scanEvery is how often what was stranded or has expired is looked for.
	scanEvery = 15 * time.Minute
	// printWithin bounds the printing of one package, whose papers may have to
	// be converted; after printTries it goes out without its PDF.
	printWithin = 10 * time.Minute
	printTries  = 3
	printAgain  = 20 * time.Second
)

// Sender hands messages over.
type Sender interface {
	// Send hands one message over, or does nothing when that was done before.
	Send(ctx context.Context, id forum.MessageID) error
	// SendAll tries to hand several over, and answers which ones are to be tried again by themselves. An error means that
	// any of them may be.
	SendAll(ctx context.Context, ids []forum.MessageID) (again []forum.MessageID, err error)
	// GiveUp marks a message that will not be tried again.
	GiveUp(ctx context.Context, id forum.MessageID, why error) error
}

// Press prints editions.
type Press interface {
	// Print prints an edition and sends it, or does nothing when that was done
	// before. With the last try it is sent even if it cannot be printed.
	Print(ctx context.Context, id forum.EditionID, last bool) error
}

// Reader takes the text out of papers.
type Reader interface {
	// Read reads one paper, or does nothing when that was done before.
	Read(ctx context.Context, digest forum.Digest) error
	// GiveUp marks a paper that will not be tried again.
	GiveUp(ctx context.Context, digest forum.Digest) error
}

// Worker names the process that works jobs, so that its next life can free
// what its last one left running.
type Worker struct {
	Name    string
	Keeper  forum.Keeper
	Sender  Sender
	Press   Press
	Reader  Reader
	Almanac forum.Almanac // for office hours
	Log     *slog.Logger
	Poll    time.Duration // how often to look for jobs where the database cannot call
	Done    func(kind string, err error)
	// Scan is the house above's part of the periodic look for what is due; nil is none.
	Scan func(ctx context.Context) error
	// Chores are the house above's own jobs by their names.
	Chores map[string]func(ctx context.Context, id int64) error
}

// Config is the River configuration that works the forum's jobs.
func (w Worker) Config() *river.Config {
	if w.Scan == nil {
		w.Scan = func(context.Context) error { return nil }
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &sending{Worker: w})
	river.AddWorker(workers, &sendingMany{Worker: w})
	river.AddWorker(workers, &printing{Worker: w})
	river.AddWorker(workers, &reading{Worker: w})
	river.AddWorker(workers, &scanning{Worker: w})
	river.AddWorker(workers, &signingIn{Worker: w})
	river.AddWorker(workers, &running{Worker: w})
	river.AddWorker(workers, &doingChore{Worker: w})
	return &river.Config{
		ID:                   w.Name,
		Logger:               slog.New(quiet{w.Log.Handler()}),
		Workers:              workers,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: most}, papers: {MaxWorkers: mostReading}},
		JobTimeout:           sendWithin,
		RescueStuckJobsAfter: rescueAfter,
		FetchPollInterval:    w.Poll,
		FetchCooldown:        min(w.Poll, fetchEvery),
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(
			river.PeriodicInterval(scanEvery),
			func() (river.JobArgs, *river.InsertOpts) { return scan{}, Queueing(scan{}) },
			&river.PeriodicJobOpts{RunOnStart: true},
		)},
	}
}

// Queueing says how a job is queued: one at a time for the same arguments, so
// that a nudge beside a waiting job is none.
func Queueing(job forum.Job) *river.InsertOpts {
	options := &river.InsertOpts{MaxAttempts: tries, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished}}
	switch job.(type) {
	case forum.ReadPaper, forum.PrintPackage, forum.Chore:
		options.Queue = papers
	case forum.RunErrand:
		options.ScheduledAt = time.Now().Add(forum.UndoWithin)
	}
	return options
}

// unfinished are the states in which a job still has something to do.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

type printing struct {
	river.WorkerDefaults[forum.PrintPackage]
	Worker
}

// Timeout is longer than that of a hand-over.
func (p *printing) Timeout(*river.Job[forum.PrintPackage]) time.Duration { return printWithin }

// NextRetry is soon: people wait for the package.
func (p *printing) NextRetry(*river.Job[forum.PrintPackage]) time.Time {
	return time.Now().Add(printAgain)
}

// Work prints the job's edition and sends it.
func (p *printing) Work(ctx context.Context, job *river.Job[forum.PrintPackage]) error {
	err := p.Press.Print(ctx, job.Args.Edition, job.Attempt >= printTries)
	p.Done(job.Kind, err)
	var refusal *forum.Error
	if errors.As(err, &refusal) && refusal.Key == "error.edition.unread" {
		return river.JobSnooze(printAgain) // to wait is no try
	}
	return err
}

type reading struct {
	river.WorkerDefaults[forum.ReadPaper]
	Worker
}

// Work reads the job's paper, and gives the paper up with the last try.
func (r *reading) Work(ctx context.Context, job *river.Job[forum.ReadPaper]) error {
	err := r.Reader.Read(ctx, job.Args.Digest)
	r.Done(job.Kind, err)
	if err == nil || job.Attempt < job.MaxAttempts {
		return err
	}
	return errors.Join(err, r.Reader.GiveUp(ctx, job.Args.Digest))
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
	var nudged, unread, unprinted int
	err := s.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		var err error
		if nudged, err = forum.NudgeStranded(ctx, tx); err != nil {
			return err
		}
		if unread, err = forum.NudgeUnread(ctx, tx); err != nil {
			return err
		}
		if unprinted, err = forum.NudgeUnprinted(ctx, tx); err != nil {
			return err
		}
		return errors.Join(forum.ForgetExpired(ctx, tx), forum.DropEndedFeeds(ctx, tx))
	})
	if unprinted > 0 {
		s.Log.Warn("unprinted editions nudged", "count", unprinted)
	}
	if unread > 0 {
		s.Log.Warn("unread papers nudged", "count", unread)
	}
	if nudged > 0 {
		s.Log.Warn("stranded messages nudged", "count", nudged)
	}
	err = errors.Join(err, s.runErrands(ctx), s.callUp(ctx), s.closeEditions(ctx), s.standIn(ctx), s.remind(ctx), s.Scan(ctx))
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

// closeEditions ends the wait for the keys where its deadline has come, each
// edition in a transaction of its own.
func (w Worker) closeEditions(ctx context.Context) error {
	var editions []forum.EditionID
	err := w.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		editions, err = forum.EditionsToClose(ctx, tx)
		return err
	})
	for _, id := range editions {
		err = errors.Join(err, w.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			return forum.CloseEdition(ctx, tx, id)
		}))
	}
	return err
}

// standIn asks the stand-ins of key-holders who have gone away, each edition in a
// transaction of its own.
func (w Worker) standIn(ctx context.Context) error {
	var editions []forum.EditionID
	err := w.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		editions, err = forum.EditionsToStandInFor(ctx, tx)
		return err
	})
	for _, id := range editions {
		err = errors.Join(err, w.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			return forum.TellStandIns(ctx, tx, id)
		}))
	}
	return err
}

// remind reminds people of what they owe, each forum in a transaction of its own.
func (w Worker) remind(ctx context.Context) error {
	var forums []forum.ForumID
	err := w.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		forums, err = forum.ForumsToRemind(ctx, tx)
		return err
	})
	for _, id := range forums {
		err = errors.Join(err, w.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			return forum.Remind(ctx, tx, w.Almanac, id)
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
