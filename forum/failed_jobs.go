package forum

import (
	"context"
	"slices"
)

// failedJobs lists what was given up besides messages, which tell of themselves,
// for who may read the mail of any forum.
func failedJobs(ctx context.Context, tx Tx, by Actor) ([]FailedJob, error) {
	if err := mayMendJobs(ctx, tx, by); IsKind(err, Forbidden) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	jobs, err := tx.FailedJobs(ctx, mostShown)
	return slices.DeleteFunc(jobs, func(j FailedJob) bool {
		return j.Kind == SendMessage{}.Kind() || j.Kind == SendMessages{}.Kind()
	}), err
}

// RetryFailedJob takes up a job again that was given up.
func RetryFailedJob(ctx context.Context, tx Tx, by Actor, id int64) error {
	if err := mayMendJobs(ctx, tx, by); err != nil {
		return err
	}
	return tx.RetryJob(ctx, id)
}

// mayMendJobs asks for the right to read mail in any forum of the actor's: a job
// that is no message belongs to the installation, not to one forum.
func mayMendJobs(ctx context.Context, tx Tx, by Actor) error {
	seats, err := tx.SeatsOf(ctx, by.Person, DateOf(tx.Now()))
	if err != nil {
		return err
	}
	for _, seat := range seats {
		may, err := by.Can(ctx, tx, ReadMail, seat.ForumID)
		if err != nil || may {
			return err
		}
	}
	return Refuse(Forbidden, "error.forbidden.read_mail")
}
