package forum

import (
	"context"
	"time"
)

// FailurePage is what failed for good: the newest of it, and how much there is.
type FailurePage struct {
	Messages []Message
	Count    int
	Jobs     []FailedJob // others than of messages
}

// ReadFailures lists messages that failed for good in the forums whose mail the
// reader may see.
func ReadFailures(ctx context.Context, tx Tx, by Actor) (*FailurePage, error) {
	forums, count, err := failing(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	page := &FailurePage{Count: count}
	if page.Messages, err = tx.MessagesIn(ctx, Failed, forums, mostShown); err != nil {
		return nil, err
	}
	page.Jobs, err = failedJobs(ctx, tx, by)
	return page, err
}

// CountFailures is how many messages ReadFailures has to tell of.
func CountFailures(ctx context.Context, tx Tx, by Actor) (int, error) {
	_, count, err := failing(ctx, tx, by)
	return count, err
}

// failing are the forums with failed messages that the reader may see, and how
// many messages those are.
func failing(ctx context.Context, tx Tx, by Actor) (forums []ForumID, count int, err error) {
	counts, err := tx.CountMessages(ctx, Failed)
	if err != nil {
		return nil, 0, err
	}
	for id, n := range counts {
		may, err := by.Can(ctx, tx, ReadMail, id)
		if err != nil {
			return nil, 0, err
		}
		if may {
			forums, count = append(forums, id), count+n
		}
	}
	return forums, count, nil
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
