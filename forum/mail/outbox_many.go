package mail

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

const (
	// beginWithin is how long SendAll begins with further messages; the last has its own time beyond that.
	beginWithin = 8 * time.Second
	// atOnceBytes is about how much SendAll composes before it hands that over.
	atOnceBytes = 1 << 20
)

// SendAll tries to hand several messages over once each, as Send does with one, but commits the bytes of many together. It
// answers which ones are to be tried again, each by itself. An error means that parts were away, such as the database; then
// any of them may be queued still.
func (o *Outbox) SendAll(ctx context.Context, ids []forum.MessageID) (again []forum.MessageID, err error) {
	ids, free := o.claim(ids...)
	defer free()
	queued, err := o.queued(ctx, ids)
	if err != nil {
		return nil, err
	}
	deadline := time.Now().Add(beginWithin)
	for len(queued) > 0 {
		mails, tried, err := o.composeSome(ctx, queued)
		if err != nil {
			return nil, err
		}
		for i := range queued[:tried] {
			m := &queued[i]
			if ctx.Err() != nil || time.Now().After(deadline) || o.sendPrepared(ctx, m, mails[m.ID]) != nil {
				again = append(again, m.ID)
			}
		}
		queued = queued[tried:]
	}
	return again, nil
}

// queued are those of the messages that are still to be sent, with the bytes of an earlier attempt or with those of their
// facts that may travel now; what has neither is left for its own attempt, which says why.
func (o *Outbox) queued(ctx context.Context, ids []forum.MessageID) (queued []forum.Message, err error) {
	return queued, o.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		queued, err = tx.MessagesQueued(ctx, ids)
		for i := range queued {
			if m := &queued[i]; len(m.Contents) == 0 {
				if m.Facts, err = forum.FactsThatTravel(ctx, tx, m); err != nil {
					m.Facts = nil
				}
			}
		}
		return err
	})
}

// sendPrepared hands a message over whose bytes are committed, else as every single one.
func (o *Outbox) sendPrepared(ctx context.Context, m *forum.Message, mail *composed) error {
	if mail == nil {
		return o.attempt(ctx, m.ID)
	}
	return o.handOver(ctx, m, mail)
}

// composeSome composes messages, the first ones that make some bytes, and commits them together. What has its bytes already,
// or cannot be composed, is left out.
func (o *Outbox) composeSome(ctx context.Context, queued []forum.Message) (mails map[forum.MessageID]*composed, tried int, err error) {
	mails = map[forum.MessageID]*composed{}
	for bytes := 0; tried < len(queued) && bytes < atOnceBytes; tried++ {
		m := &queued[tried]
		if len(m.Contents) > 0 || m.Facts == nil {
			continue
		}
		if mail, err := o.compose(ctx, m); err == nil {
			mails[m.ID] = mail
			bytes += len(mail.raw)
		}
	}
	if len(mails) == 0 {
		return mails, tried, nil
	}
	return mails, tried, o.mark(ctx, func(ctx context.Context, tx forum.Tx) error {
		for i := range queued[:tried] {
			m := &queued[i]
			mail, ours := mails[m.ID]
			if !ours {
				continue
			}
			kept, err := keepPieces(ctx, tx, m, mail)
			if err != nil {
				return err
			}
			if !kept {
				delete(mails, m.ID) // another process was faster
			}
		}
		return nil
	})
}

// keepPieces keeps the bytes of a message and the facts that they tell; false when others have kept some meanwhile, or when it
// is queued no more.
func keepPieces(ctx context.Context, tx forum.Tx, m *forum.Message, mail *composed) (bool, error) {
	kept := *m
	kept.Subject, kept.Contents = mail.subject, nil
	for _, piece := range mail.pieces {
		digest, err := tx.SavePiece(ctx, piece)
		if err != nil {
			return false, err
		}
		kept.Contents = append(kept.Contents, digest)
	}
	return tx.KeepComposed(ctx, &kept, m.Contents)
}
