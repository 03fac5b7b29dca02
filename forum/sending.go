package forum

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// SendMessage hands one outgoing message over to its recipient's side.
type SendMessage struct {
	Message MessageID `json:"message"`
}

// Kind names the handler.
func (SendMessage) Kind() string { return "send_message" }

// SendMessages tries to hand several messages over once each. What it does not
// get done goes on as a SendMessage with tries of its own.
type SendMessages struct {
	Messages []MessageID `json:"messages"`
}

// Kind names the handler.
func (SendMessages) Kind() string { return "send_messages" }

const (
	// mostJoined is how many messages one job has at the most: few enough that it is done within the time of a job.
	mostJoined = 20
	// sendersAtOnce is over how many jobs messages are spread before any has more than one.
	sendersAtOnce = 8
)

// JoinSends makes few jobs of many that each send one message: a queue works
// those much faster. All other jobs stay as they are.
func JoinSends(jobs []Job) []Job {
	var others []Job
	var messages []MessageID
	for _, job := range jobs {
		if send, is := job.(SendMessage); is {
			messages = append(messages, send.Message)
		} else {
			others = append(others, job)
		}
	}
	each := min(mostJoined, (len(messages)+sendersAtOnce-1)/sendersAtOnce)
	if each < 2 {
		return jobs
	}
	for joined := range slices.Chunk(messages, each) {
		others = append(others, SendMessages{joined})
	}
	return others
}

// strandedAfter is how long a message may be queued before it is made sure that
// a job still works on it: a relay that is well takes a message long before.
const strandedAfter = 2 * time.Hour

// NudgeStranded enqueues again what has been queued for long and has lost its
// job: the row is the truth, the job only a nudge. A message whose job waits for
// its next try, as for hours when a relay is down, is not one of them. It
// answers how many there were.
func NudgeStranded(ctx context.Context, tx Tx) (int, error) {
	queued, err := tx.MessagesBefore(ctx, Queued, tx.Now().Add(-strandedAfter))
	if err != nil || len(queued) == 0 {
		return 0, err
	}
	joined, err := joinedSends(ctx, tx)
	if err != nil {
		return 0, err
	}
	var jobs []Job
	for _, id := range queued {
		if !joined[id] {
			jobs = append(jobs, SendMessage{id})
		}
	}
	return tx.Nudge(ctx, jobs...)
}

// joinedSends are the messages that jobs of several have before them.
func joinedSends(ctx context.Context, tx Tx) (map[MessageID]bool, error) {
	waiting, err := tx.Unfinished(ctx, SendMessages{}.Kind())
	joined := map[MessageID]bool{}
	for _, args := range waiting {
		var job SendMessages
		if err := json.Unmarshal(args, &job); err != nil {
			return nil, fmt.Errorf("job %s: %w", args, err)
		}
		for _, id := range job.Messages {
			joined[id] = true
		}
	}
	return joined, err
}
