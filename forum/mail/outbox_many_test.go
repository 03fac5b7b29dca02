package mail_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// queuedMany are messages of which the first has its bytes from an earlier attempt and the second cannot be composed.
func (h *house) queuedMany() (ids []forum.MessageID) {
	h.Helper()
	invitation, _ := h.invited()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		for i := range 5 {
			m := invitation
			m.ID, m.MIMEID = 0, string(rune('a'+i))+"@voss.example"
			if i == 1 {
				m.Facts = []byte(`{"Change":"REQUEST"}`)
			}
			if err := tx.SaveMessage(ctx, &m); err != nil {
				return err
			}
			ids = append(ids, m.ID)
		}
		return nil
	})
	away := relayFunc(func(context.Context, string, string, []byte) error { return errors.New("away") })
	if err := h.outbox(away).Send(h.Context(), ids[0]); err == nil {
		h.Fatal("a relay that is away took a mail")
	}
	return ids
}

func (h *house) states(ids []forum.MessageID) (states []forum.MessageState) {
	for _, id := range ids {
		states = append(states, h.message(id).State)
	}
	return states
}

// TestOutboxSendsMany has one of several refused for now and one for good, and one impossible to compose: none is in the way of the others.
func TestOutboxSendsMany(t *testing.T) {
	onBoth(t, func(h *house) {
		ids := h.queuedMany()
		s := newSink(h.T, nil)
		outbox := h.outbox(relayTo(h.T, "smtp://"+s.address))
		s.then(nil, refusal(451, "greylisted"), refusal(550, "no such user"))
		again, err := outbox.SendAll(h.Context(), ids)
		h.must(err)
		if !slices.Equal(again, ids[2:3]) {
			h.Errorf("to be tried again: %v, want %v", again, ids[2:3])
		}
		want := []forum.MessageState{forum.HandedOver, forum.Failed, forum.Queued, forum.Failed, forum.HandedOver}
		if diff := cmp.Diff(want, h.states(ids)); diff != "" {
			h.Errorf("states (-want +got):\n%s", diff)
		}
		got := s.all()
		for i, id := range []forum.MessageID{ids[0], ids[2], ids[3], ids[4]} {
			if len(got) != 4 || !slices.Equal(got[i].raw, h.bytesOf(id)) {
				h.Fatalf("%d mails were said; the one of message %d is not what is stored", len(got), id)
			}
		}
		again, err = outbox.SendAll(h.Context(), ids)
		h.must(err)
		if got := s.all(); len(again) != 0 || len(got) != 5 || !slices.Equal(got[4].raw, got[1].raw) {
			h.Errorf("the second time %d mails were said, %v are to be tried again", len(got)-4, again)
		}
	})
}

// TestOutboxManyUnderWay sends what another job has under way once.
func TestOutboxManyUnderWay(t *testing.T) {
	onBoth(t, func(h *house) {
		ids := h.queuedMany()
		var mu sync.Mutex
		sent := 0
		outbox := h.outbox(relayFunc(func(context.Context, string, string, []byte) error {
			mu.Lock()
			defer mu.Unlock()
			sent++
			return nil
		}))
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if again, err := outbox.SendAll(context.Background(), ids); err != nil || len(again) > 0 {
					h.Errorf("%v to be tried again, %v", again, err)
				}
			})
			all.Go(func() { _ = outbox.Send(context.Background(), ids[2]) }) // refused while the others have it
		}
		all.Wait()
		if sent != 4 {
			h.Errorf("%d mails were sent, want 4", sent)
		}
	})
}

// TestOutboxManyCalledOff leaves what it has not begun with.
func TestOutboxManyCalledOff(t *testing.T) {
	h := onSQLite(t)
	ids := h.queuedMany()
	ctx, cancel := context.WithCancel(t.Context())
	again, err := h.outbox(relayFunc(func(context.Context, string, string, []byte) error { cancel(); return nil })).SendAll(ctx, ids)
	h.must(err)
	if !slices.Equal(again, ids[1:]) || h.message(ids[0]).State != forum.HandedOver {
		t.Errorf("to be tried again: %v, want %v", again, ids[1:])
	}
}

// TestOutboxManyWithoutDatabase fails as a whole when nothing can be committed, and sends nothing.
func TestOutboxManyWithoutDatabase(t *testing.T) {
	h := onSQLite(t)
	ids := h.queuedMany()
	outbox := &mail.Outbox{Keeper: failing{h.keeper, errors.New("the disk is full")}, URL: url, Log: h.log(), Relay: relayFunc(func(context.Context, string, string, []byte) error {
		t.Error("a mail was sent")
		return nil
	})}
	if _, err := outbox.SendAll(t.Context(), ids[2:]); err == nil {
		t.Error("no error")
	}
}
