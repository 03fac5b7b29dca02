package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func TestJoinSends(t *testing.T) {
	sends := func(from, to int) (jobs []forum.Job) {
		for i := from; i <= to; i++ {
			jobs = append(jobs, forum.SendMessage{Message: forum.MessageID(i)})
		}
		return jobs
	}
	other := forum.ReadPaper{Digest: "aa"}
	for name, c := range map[string]struct {
		jobs    []forum.Job
		want    int // jobs
		largest int // messages in one of them
	}{
		"nothing":               {nil, 0, 0},
		"one for each sender":   {sends(1, 8), 8, 1},
		"more than senders":     {append(sends(1, 9), other), 5 + 1, 2},
		"many":                  {sends(1, 100), 8, 13},
		"more than fit at once": {append([]forum.Job{other}, sends(1, 1000)...), 50 + 1, 20},
	} {
		t.Run(name, func(t *testing.T) {
			var got []forum.Job // each message and other job, once
			joined, largest := forum.JoinSends(c.jobs), 0
			for _, job := range joined {
				switch job := job.(type) {
				case forum.SendMessages:
					largest = max(largest, len(job.Messages))
					for _, id := range job.Messages {
						got = append(got, forum.SendMessage{Message: id})
					}
				case forum.SendMessage:
					largest = max(largest, 1)
					got = append(got, job)
				default:
					got = append([]forum.Job{job}, got...)
				}
			}
			want := c.jobs
			if n := len(want); n > 0 && want[n-1] == forum.Job(other) {
				want = append([]forum.Job{other}, want[:n-1]...)
			}
			if diff := cmp.Diff(want, got); diff != "" || len(joined) != c.want || largest != c.largest {
				t.Errorf("%d jobs of %d messages at the most, want %d of %d (-want +got):\n%s", len(joined), largest, c.want, c.largest, diff)
			}
		})
	}
}

// TestJoinedMessagesAreNotStranded nudges nothing that a job of several has before it.
func TestJoinedMessagesAreNotStranded(t *testing.T) {
	onBoth(t, func(h *house) {
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			for range 20 {
				m := forum.Message{ForumID: h.forum("raad"), To: vaksdal, Kind: forum.HeldMessage, Language: forum.Nynorsk, CreatedAt: h.now, State: forum.Queued}
				if err := tx.SaveMessage(ctx, &m); err != nil {
					return nil, err
				}
				if err := tx.Enqueue(ctx, forum.SendMessage{Message: m.ID}); err != nil {
					return nil, err
				}
			}
			return nil, nil
		})
		h.now = h.now.Add(3 * time.Hour)
		if got := done(h, nudged); got != 0 {
			h.Errorf("%d were nudged", got)
		}
	})
}
