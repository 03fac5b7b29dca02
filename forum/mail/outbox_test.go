package mail_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

func (h *house) outbox(relay mail.Relay) *mail.Outbox {
	return &mail.Outbox{Keeper: h.keeper, URL: url, Relay: relay, Log: h.log()}
}

// bytesOf are the stored bytes of a message.
func (h *house) bytesOf(id forum.MessageID) []byte {
	h.Helper()
	m := h.message(id)
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]byte, error) { return m.Bytes(ctx, tx) })
}

func TestOutboxHandsOver(t *testing.T) {
	onBoth(t, func(h *house) {
		s := newSink(h.T, nil)
		invitation, _ := h.invited()
		outbox := h.outbox(relayTo(h.T, "smtp://"+s.address))
		for range 2 { // the second is a job that runs again
			h.must(outbox.Send(h.Context(), invitation.ID))
		}
		got := s.all()
		if len(got) != 1 || got[0].to != member || got[0].from != invitation.ReturnAddress(council) {
			h.Fatalf("%d taken, the last from %s", len(got), got[0].from)
		}
		m := h.message(invitation.ID)
		if m.State != forum.HandedOver || m.Attempts != 1 || m.Trouble != "" || !m.DoneAt.Equal(h.now) || !strings.HasPrefix(m.Subject, "Svar på innkalling: Samarbeidsrådet") {
			h.Errorf("the row: %+v", m)
		}
		if !bytes.Equal(got[0].raw, h.bytesOf(m.ID)) {
			h.Error("other bytes were sent than are stored")
		}
	})
}

func TestOutboxWithoutRelay(t *testing.T) {
	h := onSQLite(t)
	invitation, _ := h.invited()
	h.must(h.outbox(nil).Send(t.Context(), invitation.ID))
	m := h.message(invitation.ID)
	if m.State != forum.KeptHere || m.DoneAt.IsZero() || m.Subject == "" {
		t.Errorf("the row: %+v", m)
	}
	if !bytes.Contains(h.bytesOf(m.ID), []byte("Message-ID: <"+m.MIMEID+">")) {
		t.Error("the mail is not kept")
	}
}

// TestOutboxTriesAgain sends the same bytes at every attempt, whatever went wrong before.
func TestOutboxTriesAgain(t *testing.T) {
	onBoth(t, func(h *house) {
		s := newSink(h.T, nil)
		invitation, facts := h.invited()
		outbox := h.outbox(relayTo(h.T, "smtp://"+s.address))
		attempt := func(want int) {
			h.Helper()
			err := outbox.Send(h.Context(), invitation.ID)
			if err == nil {
				h.Fatal("no error: the job would not run again")
			}
			if strings.Contains(err.Error(), facts.Token) {
				h.Errorf("the log would hold a token: %v", err)
			}
			m := h.message(invitation.ID)
			if m.State != forum.Queued || m.Attempts != want || m.Trouble == "" || len(m.Contents) == 0 {
				h.Errorf("the row after %d attempts: %+v", want, m)
			}
		}
		greylisted := "greylisted: " + forum.TokenAddress(council, facts.Token)
		s.then(refusal(451, greylisted))
		attempt(1)
		if m := h.message(invitation.ID); !strings.Contains(m.Trouble, "451 "+greylisted) {
			h.Errorf("trouble: %s", m.Trouble)
		}
		s.mu.Lock()
		s.drops = 1
		s.mu.Unlock()
		attempt(2)
		outbox.URL = "https://moved.example" // what is composed stays as it is
		h.must(outbox.Send(h.Context(), invitation.ID))
		got := s.all()
		if len(got) != 3 || !bytes.Equal(got[0].raw, got[1].raw) || !bytes.Equal(got[1].raw, got[2].raw) || got[0].from != got[2].from {
			h.Errorf("%d attempts, not all the same", len(got))
		}
		if m := h.message(invitation.ID); m.State != forum.HandedOver || m.Attempts != 3 || m.Trouble != "" {
			h.Errorf("the row: %+v", m)
		}
	})
}

func TestOutboxFails(t *testing.T) {
	h := onSQLite(t)
	s := newSink(t, nil)
	outbox := h.outbox(relayTo(t, "smtp://"+s.address))
	invitation, _ := h.invited()
	s.then(&smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "spam"})
	h.must(outbox.Send(t.Context(), invitation.ID))
	m := h.message(invitation.ID)
	if m.State != forum.Failed || m.Trouble != "554 spam" || m.DoneAt.IsZero() {
		t.Errorf("the row: %+v", m)
	}
	h.must(outbox.Send(t.Context(), invitation.ID))
	if got := s.all(); len(got) != 1 {
		t.Errorf("a message that failed was sent again: %d", len(got))
	}
	by := forum.AsPerson(h.person(secretary).ID)
	h.write(func(ctx context.Context, tx forum.Tx) error { return forum.SendAgain(ctx, tx, by, m.ID) })
	h.must(outbox.Send(t.Context(), invitation.ID))
	if got := s.all(); len(got) != 2 || !bytes.Equal(got[0].raw, got[1].raw) || h.message(m.ID).State != forum.HandedOver {
		t.Errorf("sent again by a secretary: %d", len(got))
	}
}

func TestOutboxGivesUp(t *testing.T) {
	h := onSQLite(t)
	outbox := h.outbox(nil)
	invitation, _ := h.invited()
	h.must(outbox.GiveUp(t.Context(), invitation.ID, errors.New("connection\r\nrefused")))
	if m := h.message(invitation.ID); m.State != forum.Failed || m.Trouble != "connection refused" || m.DoneAt.IsZero() {
		t.Errorf("the row: %+v", m)
	}
	h.must(outbox.GiveUp(t.Context(), invitation.ID, errors.New("again")))
	if m := h.message(invitation.ID); m.Trouble != "connection refused" {
		t.Errorf("a message that is done was marked again: %s", m.Trouble)
	}
	if err := outbox.Send(t.Context(), 1<<40); !forum.IsKind(err, forum.NotFound) {
		t.Errorf("a message that is not there: %v", err)
	}
}

func TestOutboxCannotCompose(t *testing.T) {
	h := onSQLite(t)
	invitation, _ := h.invited()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		m, err := tx.Message(ctx, invitation.ID)
		if err != nil {
			return err
		}
		m.Facts = []byte(`{"Change":"REQUEST"}`)
		return tx.SaveMessage(ctx, m)
	})
	h.must(h.outbox(nil).Send(t.Context(), invitation.ID))
	if m := h.message(invitation.ID); m.State != forum.Failed || m.Trouble == "" {
		t.Errorf("the row: %+v", m)
	}
}

// relayFunc is a relay that a test writes down.
type relayFunc func(ctx context.Context, from, to string, raw []byte) error

func (f relayFunc) Send(ctx context.Context, from, to string, raw []byte) error {
	return f(ctx, from, to, raw)
}

// TestOutboxMarksWhatWasTaken marks a message handed over though its job was called off just then.
func TestOutboxMarksWhatWasTaken(t *testing.T) {
	h := onSQLite(t)
	invitation, _ := h.invited()
	ctx, cancel := context.WithCancel(t.Context())
	h.must(h.outbox(relayFunc(func(context.Context, string, string, []byte) error { cancel(); return nil })).Send(ctx, invitation.ID))
	if m := h.message(invitation.ID); m.State != forum.HandedOver {
		t.Errorf("the row: %+v", m)
	}
}

// TestOutboxTwoAtOnce lets two processes meet at one message: what they send is the same.
func TestOutboxTwoAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		invitation, _ := h.invited()
		var mu sync.Mutex
		var sent [][]byte
		both := make(chan struct{}, 2)
		relay := relayFunc(func(_ context.Context, _, _ string, raw []byte) error {
			mu.Lock()
			defer mu.Unlock()
			sent = append(sent, raw)
			return nil
		})
		for range 2 {
			go func() {
				if err := h.outbox(relay).Send(context.Background(), invitation.ID); err != nil {
					h.Error(err)
				}
				both <- struct{}{}
			}()
		}
		<-both
		<-both
		for _, raw := range sent {
			if !bytes.Equal(raw, h.bytesOf(invitation.ID)) {
				h.Error("two jobs sent different mails")
			}
		}
		if m := h.message(invitation.ID); m.State != forum.HandedOver || m.Attempts != 1 || len(sent) == 0 {
			h.Errorf("sent %d times, the row: %+v", len(sent), m)
		}
	})
}
