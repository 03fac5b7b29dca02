package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func nudged(ctx context.Context, tx forum.Tx) (int, error) { return forum.NudgeStranded(ctx, tx) }

func failures(by forum.Actor) act[[]forum.Message] {
	return func(ctx context.Context, tx forum.Tx) ([]forum.Message, error) {
		return forum.ReadFailures(ctx, tx, by)
	}
}

func sentAgain(by forum.Actor, id forum.MessageID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.SendAgain(ctx, tx, by, id) }
}

func TestStrandedMessagesAreNudged(t *testing.T) {
	onBoth(t, func(h *house) {
		done(h, proposal(h.as(vaksdal), h.forum("raad"), mailedProposal))
		for after, want := range map[time.Duration]int{0: 0, 2 * time.Hour: 0, 2*time.Hour + time.Second: 1} {
			h.now = planned.Add(after)
			if got := done(h, nudged); got != want {
				h.Errorf("%d nudged after %s, want %d", got, after, want)
			}
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
			if got := len(seen(h, failures(h.as(who)))); got != want {
				h.Errorf("%s sees %d failures, want %d", who, got, want)
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
