package forum

import (
	"context"
	"time"
)

// strandedAfter is how long a message may be queued before its job is taken
// for lost and it is nudged again; longer than every retry pause.
const strandedAfter = 2 * time.Hour

// NudgeStranded enqueues again what has been queued for so long that its job
// must be lost: the row is the truth, the job only a nudge. It answers how many.
func NudgeStranded(ctx context.Context, tx Tx) (int, error) {
	stranded, err := tx.MessagesIn(ctx, Queued, tx.Now().Add(-strandedAfter))
	if err != nil {
		return 0, err
	}
	for _, m := range stranded {
		if err := tx.Enqueue(ctx, SendMessage{m.ID}); err != nil {
			return 0, err
		}
	}
	return len(stranded), nil
}

// ReadFailures lists messages that failed for good in the forums whose mail the
// reader may see.
func ReadFailures(ctx context.Context, tx Tx, by Actor) ([]Message, error) {
	all, err := tx.MessagesIn(ctx, Failed, tx.Now().Add(time.Second))
	if err != nil {
		return nil, err
	}
	may := map[ForumID]bool{}
	var seen []Message
	for _, m := range all {
		if _, asked := may[m.ForumID]; !asked {
			if may[m.ForumID], err = by.Can(ctx, tx, ReadMail, m.ForumID); err != nil {
				return nil, err
			}
		}
		if may[m.ForumID] {
			seen = append(seen, m)
		}
	}
	return seen, nil
}

// SendAgain queues a message that failed for good once more, byte for byte the same.
func SendAgain(ctx context.Context, tx Tx, by Actor, id MessageID) error {
	m, err := tx.Message(ctx, id)
	if err != nil {
		return err
	}
	if _, err := by.May(ctx, tx, ReleaseMail, m.ForumID); err != nil {
		return err
	}
	if m.State != Failed {
		return Refuse(Conflict, "error.message.state."+string(m.State))
	}
	m.State, m.Trouble, m.DoneAt = Queued, "", time.Time{}
	if err := tx.SaveMessage(ctx, m); err != nil {
		return err
	}
	return tx.Enqueue(ctx, SendMessage{m.ID})
}
