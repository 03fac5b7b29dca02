package store

import (
	"context"

	"github.com/gofrs/flock"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/samraad/samraad/forum"
)

// River works the queue.
type River interface {
	Start(ctx context.Context) error
	// Stop lets what runs finish.
	Stop(ctx context.Context) error
	// StopAndCancel ends what runs.
	StopAndCancel(ctx context.Context) error
}

// NewRiver makes a River that works this database's queue.
func (db *DB) NewRiver(config *river.Config) (River, error) {
	if db.dialect == Postgres {
		return river.NewClient(riverpgxv5.New(db.pool), config)
	}
	return river.NewClient(riversqlite.New(db.writer.DB), config)
}

// FreeRunning makes jobs available again that a worker of that name left running
// when it died, and says how many. It belongs before the worker's start, and its
// name to one living process. On SQLite every running job is freed, since one
// process works them: a second gets a Conflict until the first closes.
func (db *DB) FreeRunning(ctx context.Context, worker string) (int, error) {
	query := "UPDATE river_job SET state = 'available' WHERE state = 'running'"
	if db.dialect == Postgres {
		query += " AND attempted_by[array_upper(attempted_by, 1)] = ?"
	} else if err := db.workAlone(); err != nil {
		return 0, err
	}
	done, err := db.writer.NewRaw(query, worker).Exec(ctx)
	if err != nil {
		return 0, refusal("job", err)
	}
	freed, err := done.RowsAffected()
	return int(freed), refusal("job", err)
}

// workAlone makes this the one process that works the file's jobs.
func (db *DB) workAlone() error {
	if db.working != nil {
		return nil
	}
	lock := flock.New(db.path + ".jobs")
	taken, err := lock.TryLock()
	if err != nil {
		return unavailable(err)
	}
	if !taken {
		return forum.Refuse(forum.Conflict, "error.database_worked", "Path", db.path)
	}
	db.working = lock
	return nil
}
