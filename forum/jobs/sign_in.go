package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"github.com/samraad/samraad/forum"
)

type signingIn struct {
	river.WorkerDefaults[forum.WriteSignIn]
	Worker
}

// Work writes the mail of a sign-in, out of sight of who asked for it.
func (s *signingIn) Work(ctx context.Context, job *river.Job[forum.WriteSignIn]) error {
	err := s.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.SendSignIn(ctx, tx, job.Args.SignIn)
	})
	s.Done(job.Kind, err)
	return err
}
