package forum

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
)

// FactsThatTravel are a queued message's facts without what may not travel any
// more: papers that were made exempt, are held or were withdrawn, and comments to
// drafts of matters that were made exempt, since the act that made the message.
// They are the message's own where nothing changed.
// Unavailable while a paper is still to be looked through.
func FactsThatTravel(ctx context.Context, tx Tx, m *Message) (json.RawMessage, error) {
	switch m.Kind {
	case GuestMessage:
		return travelling(m, func(f *GuestFacts) (err error) {
			if len(f.Papers) > 0 {
				f.Papers, err = PapersThatTravel(ctx, tx, f.Papers)
			}
			return err
		})
	case PackageMessage:
		return travelling(m, func(f *PackageFacts) error { return f.leaveBehind(ctx, tx) })
	case CommentMessage, CommentReceiptMessage:
		return travelling(m, func(f *ThreadFacts) error { return f.leaveBehind(ctx, tx) })
	}
	return m.Facts, nil
}

// travelling are the facts of a message after a change, or its own when that
// changed nothing.
func travelling[T any](m *Message, change func(*T) error) (json.RawMessage, error) {
	var facts T
	if err := json.Unmarshal(m.Facts, &facts); err != nil {
		return nil, fmt.Errorf("facts of message %d: %w", m.ID, err)
	}
	before := MarshalFacts(facts)
	if err := change(&facts); err != nil {
		return nil, err
	}
	if after := MarshalFacts(facts); !bytes.Equal(before, after) {
		return after, nil
	}
	return m.Facts, nil
}

// leaveBehind leaves out of a package what stays behind of its edition now; the
// papers that may travel go alone then, as to whoever is invited late.
func (f *PackageFacts) leaveBehind(ctx context.Context, tx Tx) error {
	if f.Copy == "" {
		return nil // there is nothing in it
	}
	d, err := tx.DeliveryByLink(ctx, f.Copy)
	if err != nil {
		return err
	}
	e, err := tx.Edition(ctx, d.EditionID)
	if err != nil {
		return err
	}
	now, closed, err := keptBehind(ctx, tx, e)
	if err != nil || len(closed) == 0 {
		return err
	}
	f.Lines, f.Changed = linesOf(&now)
	f.Files, f.Apart, f.Larger = loaded(&now, &Print{})
	return nil
}
