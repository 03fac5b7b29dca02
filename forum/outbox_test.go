package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func nudged(ctx context.Context, tx forum.Tx) (int, error) { return forum.NudgeStranded(ctx, tx) }

func failures(by forum.Actor) act[*forum.FailurePage] {
	return func(ctx context.Context, tx forum.Tx) (*forum.FailurePage, error) {
		return forum.ReadFailures(ctx, tx, by)
	}
}

func sentAgain(by forum.Actor, id forum.MessageID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.SendAgain(ctx, tx, by, id) }
}

func failuresCounted(by forum.Actor) act[int] {
	return func(ctx context.Context, tx forum.Tx) (int, error) { return forum.CountFailures(ctx, tx, by) }
}

// TestStrandedMessagesAreNudged loses the job of one message; another waits
// for its next try as it should.
func TestStrandedMessagesAreNudged(t *testing.T) {
	onBoth(t, func(h *house) {
		done(h, proposal(h.as(vaksdal), h.forum("raad"), mailedProposal))
		lost := h.wantLetters("receipt " + vaksdal)[0]
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			lost.ID = 0
			return nil, tx.SaveMessage(ctx, &lost)
		})
		for _, test := range []struct {
			after time.Duration
			want  int
		}{{0, 0}, {2 * time.Hour, 0}, {2*time.Hour + time.Second, 1}, {20 * time.Hour, 0}} {
			h.now = planned.Add(test.after)
			if got := done(h, nudged); got != test.want {
				h.Errorf("%d nudged after %s, want %d", got, test.after, test.want)
			}
		}
	})
}

// TestFailuresAreBounded shows the newest of more failures than a page holds.
func TestFailuresAreBounded(t *testing.T) {
	onBoth(t, func(h *house) {
		in := h.forum("raad")
		var last forum.MessageID
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			for range forum.MostShown + 1 {
				m := forum.Message{ForumID: in, To: vaksdal, Kind: forum.HeldMessage, Language: forum.Nynorsk, CreatedAt: h.now, State: forum.Failed}
				if err := tx.SaveMessage(ctx, &m); err != nil {
					return nil, err
				}
				last = m.ID
			}
			return nil, nil
		})
		page := seen(h, failures(h.as(ourSecretary)))
		if len(page.Messages) != forum.MostShown || page.Count != forum.MostShown+1 || page.Messages[0].ID != last {
			h.Errorf("%d of %d failures are shown", len(page.Messages), page.Count)
		}
	})
}

func TestAFailedMessageIsSentAgainAsItWas(t *testing.T) {
	onBoth(t, func(h *house) {
		done(h, proposal(h.as(vaksdal), h.forum("raad"), mailedProposal))
		letter := h.wantLetters("receipt " + vaksdal)[0]
		secretary := h.as(ourSecretary)
		_, err := try(h, sentAgain(secretary, letter.ID))
		refused(h.T, err, "conflict: error.message.state.queued")

		failed := done(h, func(ctx context.Context, tx forum.Tx) (*forum.Message, error) {
			m, err := tx.Message(ctx, letter.ID)
			if err != nil {
				return nil, err
			}
			piece, err := tx.SavePiece(ctx, []byte("Subject: Kvittering\r\n\r\n"))
			m.State, m.Contents, m.Subject, m.Attempts, m.Trouble, m.DoneAt = forum.Failed, []forum.Digest{piece}, "Kvittering", 9, "550", h.now
			if err != nil {
				return nil, err
			}
			return m, tx.SaveMessage(ctx, m)
		})
		for who, want := range map[string]int{ourSecretary: 1, hfSecretary: 1, vaksdal: 0, chair: 0, outside: 0} {
			page := seen(h, failures(h.as(who)))
			if len(page.Messages) != want || page.Count != want || seen(h, failuresCounted(h.as(who))) != want {
				h.Errorf("%s sees %d failures of %d, want %d", who, len(page.Messages), page.Count, want)
			}
		}
		_, err = try(h, sentAgain(h.as(vaksdal), letter.ID))
		refused(h.T, err, "forbidden: error.forbidden.release_mail")
		done(h, sentAgain(secretary, letter.ID))
		again := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Message, error) { return tx.Message(ctx, letter.ID) })
		failed.State, failed.Trouble, failed.DoneAt = forum.Queued, "", time.Time{}
		if diff := cmp.Diff(failed, again); diff != "" {
			h.Error(diff)
		}
		page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MessagePage, error) {
			return forum.ReadMessagePage(ctx, tx, h.as(vaksdal), letter.ID)
		})
		if string(page.Raw) != "Subject: Kvittering\r\n\r\n" {
			h.Errorf("its bytes are %q", page.Raw)
		}
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.MessagePage, error) {
			return forum.ReadMessagePage(ctx, tx, h.as(chair), letter.ID)
		})
		refused(h.T, err, "forbidden: error.forbidden.read_mail")
	})
}
