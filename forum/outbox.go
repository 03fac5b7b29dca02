package forum

import (
	"context"
	"slices"
	"time"
)

// FailurePage is what failed for good: the newest of it, and how much there is.
type FailurePage struct {
	Messages []Message
	Count    int
	Returned []Message        // that came back of late
	Stopped  []StoppedAddress // that get no mail any more
	Jobs     []FailedJob      // others than of messages
}

// returnedShown is how long a message that came back is told of.
const returnedShown = 14 * 24 * time.Hour

// ReadFailures lists messages that failed for good or came back in the forums whose mail
// the reader may see, and the addresses that get no mail any more.
func ReadFailures(ctx context.Context, tx Tx, by Actor) (*FailurePage, error) {
	forums, count, err := failing(ctx, tx, by, Failed)
	if err != nil {
		return nil, err
	}
	page := &FailurePage{Count: count}
	if page.Messages, err = tx.MessagesIn(ctx, Failed, forums, mostShown); err != nil {
		return nil, err
	}
	if page.Returned, err = returnedOfLate(ctx, tx, by); err != nil {
		return nil, err
	}
	if page.Stopped, err = stoppedFor(ctx, tx, by); err != nil {
		return nil, err
	}
	page.Jobs, err = failedJobs(ctx, tx, by)
	return page, err
}

// CountFailures is how many messages and addresses ReadFailures has to tell of.
func CountFailures(ctx context.Context, tx Tx, by Actor) (int, error) {
	_, count, err := failing(ctx, tx, by, Failed)
	if err != nil {
		return 0, err
	}
	returned, err := returnedOfLate(ctx, tx, by)
	if err != nil {
		return 0, err
	}
	stopped, err := stoppedFor(ctx, tx, by)
	return count + len(returned) + len(stopped), err
}

func returnedOfLate(ctx context.Context, tx Tx, by Actor) ([]Message, error) {
	forums, _, err := failing(ctx, tx, by, CameBack)
	if err != nil || len(forums) == 0 {
		return nil, err
	}
	all, err := tx.MessagesIn(ctx, CameBack, forums, mostShown)
	return slices.DeleteFunc(all, func(m Message) bool { return tx.Now().Sub(m.DoneAt) > returnedShown }), err
}

// failing are the forums with messages in a state that the reader may see, and how
// many messages those are.
func failing(ctx context.Context, tx Tx, by Actor, state MessageState) (forums []ForumID, count int, err error) {
	counts, err := tx.CountMessages(ctx, state)
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

// SendAgain queues a message once more that failed for good, came back or was stopped, byte for byte the same if it was ever
// written. It is refused while its address gets no mail.
func SendAgain(ctx context.Context, tx Tx, by Actor, id MessageID) error {
	m, err := tx.Message(ctx, id)
	if err != nil {
		return err
	}
	if _, err := by.May(ctx, tx, ReleaseMail, m.ForumID); err != nil {
		return err
	}
	if !m.CanGoAgain() {
		return Refuse(Conflict, "error.message.state."+string(m.State))
	}
	stopped, err := isStopped(ctx, tx, m)
	if err != nil {
		return err
	}
	if stopped {
		return Refuse(Conflict, "error.message.stopped")
	}
	m.State, m.Trouble, m.DoneAt = Queued, "", time.Time{}
	if err := tx.SaveMessage(ctx, m); err != nil {
		return err
	}
	if err := tx.SaveMessageStep(ctx, &MessageStep{MessageID: m.ID, At: tx.Now(), Kind: SentAgainStep, PersonID: by.Person}); err != nil {
		return err
	}
	return tx.Enqueue(ctx, SendMessage{m.ID})
}

// CanGoAgain tells whether a message may be sent once more: it did not reach anybody.
func (m *Message) CanGoAgain() bool {
	return m.State == Failed || m.State == CameBack || m.State == Stopped
}
