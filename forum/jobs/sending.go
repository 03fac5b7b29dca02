package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"github.com/samraad/samraad/forum"
)

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

type sendingMany struct {
	river.WorkerDefaults[forum.SendMessages]
	Worker
}

// Work hands the job's messages over. What is to be tried again gets a job of its own, with its own pauses, so that nobody
// waits for another's relay.
func (s *sendingMany) Work(ctx context.Context, job *river.Job[forum.SendMessages]) error {
	again, err := s.Sender.SendAll(ctx, job.Args.Messages)
	if err == nil && len(again) > 0 {
		err = s.Keeper.Write(context.WithoutCancel(ctx), func(ctx context.Context, tx forum.Tx) error {
			single := make([]forum.Job, len(again))
			for i, id := range again {
				single[i] = forum.SendMessage{Message: id}
			}
			_, err := tx.Nudge(ctx, single...)
			return err
		})
	}
	s.Done(job.Kind, err)
	if err == nil || job.Attempt < job.MaxAttempts {
		return err
	}
	for _, id := range job.Args.Messages {
		err = errors.Join(err, s.Sender.GiveUp(ctx, id, err))
	}
	return err
}
