package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/samraad/samraad/forum"
)

type doingChore struct {
	river.WorkerDefaults[forum.Chore]
	Worker
}

// Timeout is that of a print, which most chores are.
func (d *doingChore) Timeout(*river.Job[forum.Chore]) time.Duration { return printWithin }

// Work does a chore of the house above; one that it does not know fails.
func (d *doingChore) Work(ctx context.Context, job *river.Job[forum.Chore]) error {
	do, known := d.Chores[job.Args.Name]
	if !known {
		return fmt.Errorf("jobs: nobody does the chore %q", job.Args.Name)
	}
	err := do(ctx, job.Args.ID)
	d.Done(job.Kind, err)
	return err
}
