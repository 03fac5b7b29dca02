package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/samraad/samraad/forum"
)

// Outbox hands queued messages over. The row of a message is the truth: it is composed once, and its bytes are committed
// before they are sent, so that every attempt sends the same ones, as long as all that is in them may travel.
type Outbox struct {
	Keeper forum.Keeper
	URL    string      // of the installation, for links
	Relay  Relay       // nil: mail stays in the program
	Files  forum.Files // papers that go along; needed where guests are invited
	Keys   SigningKeys // sign what goes out; nil is none
	Log    *slog.Logger
	// Letters write the messages of the house above, by their kind; nil is none.
	Letters map[forum.MessageKind]Letter

	mu       sync.Mutex
	underWay map[forum.MessageID]bool
}

// claim makes messages one job's, until they are given free: those that no other job has.
func (o *Outbox) claim(ids ...forum.MessageID) (ours []forum.MessageID, free func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.underWay == nil {
		o.underWay = map[forum.MessageID]bool{}
	}
	for _, id := range ids {
		if !o.underWay[id] {
			o.underWay[id] = true
			ours = append(ours, id)
		}
	}
	return ours, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		for _, id := range ours {
			delete(o.underWay, id)
		}
	}
}

// errUnderWay is when another job hands a message over just now.
var errUnderWay = errors.New("mail: the message is being handed over")

// Send hands one message over, or does nothing when it is queued no more. An error means that it may be tried again; a
// message that the relay refuses for good, or that cannot be composed, is marked so, and that is none.
func (o *Outbox) Send(ctx context.Context, id forum.MessageID) error {
	ours, free := o.claim(id)
	defer free()
	if len(ours) == 0 {
		return errUnderWay
	}
	return o.attempt(ctx, id)
}

// attempt is Send for a message that is claimed.
func (o *Outbox) attempt(ctx context.Context, id forum.MessageID) error {
	m, mail, err := o.prepare(ctx, id)
	if err != nil || mail == nil {
		return err
	}
	return o.handOver(ctx, m, mail)
}

// handOver gives a queued message whose bytes are committed to the relay, and commits what came of that.
func (o *Outbox) handOver(ctx context.Context, m *forum.Message, mail *composed) error {
	id := m.ID
	if o.Relay == nil {
		return o.settle(ctx, id, forum.KeptHere, nil)
	}
	err := o.Relay.Send(ctx, mail.sender, m.To, mail.raw)
	var refused *RelayError
	switch {
	case err == nil:
		return o.settle(ctx, id, forum.HandedOver, nil)
	case errors.As(err, &refused) && refused.Final():
		o.Log.Warn("message refused for good", "message", id, "kind", m.Kind, "code", refused.Code)
		return o.refused(ctx, id, refused)
	}
	return errors.Join(err, o.settle(ctx, id, forum.Queued, err))
}

// refused marks a message that the relay does not take, and its address if that is why.
func (o *Outbox) refused(ctx context.Context, id forum.MessageID, why *RelayError) error {
	return o.mark(ctx, func(ctx context.Context, tx forum.Tx) error {
		err := settle(ctx, tx, id, forum.Failed, why)
		if err != nil {
			return err
		}
		return forum.RefuseAddress(ctx, tx, id, forum.Failure{Status: why.Status, Said: why.Text, Final: true})
	})
}

// GiveUp marks a message failed whose job will not run again; one that is queued no more stays as it is.
func (o *Outbox) GiveUp(ctx context.Context, id forum.MessageID, why error) error {
	_, err := o.change(ctx, id, func(ctx context.Context, tx forum.Tx, m *forum.Message) error {
		m.State, m.Trouble, m.DoneAt = forum.Failed, trouble(why), tx.Now()
		return tx.SaveMessageStep(ctx, &forum.MessageStep{MessageID: id, At: tx.Now(), Kind: forum.RefusedStep, Said: m.Trouble})
	})
	return err
}

// prepare gives a queued message with its bytes, composed and committed now if this is the first attempt, or if something of
// them may not travel any more. It gives no bytes for a message that is done, or that was found impossible to compose.
func (o *Outbox) prepare(ctx context.Context, id forum.MessageID) (*forum.Message, *composed, error) {
	m, mail, err := o.stored(ctx, id)
	if err != nil || m == nil {
		return m, nil, err
	}
	shown, err := o.shown(ctx, m)
	if err != nil || mail != nil && bytes.Equal(shown.Facts, m.Facts) {
		return m, mail, err
	}
	mail, err = o.compose(ctx, shown)
	if err != nil {
		o.Log.Error("message cannot be composed", "message", id, "kind", m.Kind, "error", err)
		return m, nil, o.settle(ctx, id, forum.Failed, err)
	}
	err = o.mark(ctx, func(ctx context.Context, tx forum.Tx) error {
		kept, err := keepPieces(ctx, tx, shown, mail)
		if err == nil && !kept {
			mail = nil
		}
		return err
	})
	if err == nil && mail == nil { // another process was faster, and its bytes are the message
		return o.stored(ctx, id)
	}
	return m, mail, err
}

// shown is a message with those of its facts that may travel now.
func (o *Outbox) shown(ctx context.Context, m *forum.Message) (*forum.Message, error) {
	shown := *m
	err := o.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		shown.Facts, err = forum.FactsThatTravel(ctx, tx, m)
		return err
	})
	return &shown, err
}

// stored gives a queued message with the bytes of an earlier attempt, nil before the first; no message when it is done.
func (o *Outbox) stored(ctx context.Context, id forum.MessageID) (m *forum.Message, mail *composed, err error) {
	err = o.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		if m, err = tx.Message(ctx, id); err != nil {
			return err
		}
		if m.State != forum.Queued {
			m = nil
			return nil
		}
		if len(m.Contents) == 0 {
			return nil
		}
		raw, err := m.Bytes(ctx, tx)
		if err != nil {
			return err
		}
		d, err := o.Write(m)
		mail = &composed{subject: m.Subject, sender: m.ReturnAddress(d.Address), raw: raw}
		return err
	})
	return m, mail, err
}

// settle commits what came of an attempt. What the relay has taken is marked even if whoever waits has gone.
func (o *Outbox) settle(ctx context.Context, id forum.MessageID, state forum.MessageState, why error) error {
	return o.mark(ctx, func(ctx context.Context, tx forum.Tx) error { return settle(ctx, tx, id, state, why) })
}

// settle commits what came of an attempt, and what went wrong as a step of the message.
func settle(ctx context.Context, tx forum.Tx, id forum.MessageID, state forum.MessageState, why error) error {
	settled, err := tx.Settle(ctx, id, forum.Attempt{State: state, Trouble: trouble(why)})
	if err != nil || !settled || why == nil {
		return err
	}
	step := forum.MessageStep{MessageID: id, At: tx.Now(), Kind: forum.PutOffStep, Said: trouble(why)}
	if state == forum.Failed {
		step.Kind = forum.RefusedStep
	}
	return tx.SaveMessageStep(ctx, &step)
}

// markWithin bounds how long marking a message may take after its job was called off.
const markWithin = 10 * time.Second

// mark writes in a transaction of its own, even if whoever waits has gone.
func (o *Outbox) mark(ctx context.Context, act func(context.Context, forum.Tx) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), markWithin)
	defer cancel()
	return o.Keeper.Write(ctx, act)
}

// change changes a message in a transaction of its own, unless it is queued no more.
func (o *Outbox) change(ctx context.Context, id forum.MessageID, to func(context.Context, forum.Tx, *forum.Message) error) (queued bool, err error) {
	err = o.mark(ctx, func(ctx context.Context, tx forum.Tx) error {
		m, err := tx.Message(ctx, id)
		if queued = err == nil && m.State == forum.Queued; !queued {
			return err
		}
		if err := to(ctx, tx, m); err != nil {
			return err
		}
		return tx.SaveMessage(ctx, m)
	})
	return queued, err
}

func trouble(why error) string {
	if why == nil {
		return ""
	}
	said := why.Error()
	var refused *RelayError
	if errors.As(why, &refused) {
		said = fmt.Sprintf("%d %s", refused.Code, refused.Text)
	}
	return cutBytes(oneLine(repair(said)), 1000)
}
