package mail

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/samraad/samraad/forum"
)

// withPapersToShow gives a guest's message without what may not travel any more: a paper that was made exempt or is held
// since the act that made the message. Unavailable while a paper is still to be looked through.
func (o *Outbox) withPapersToShow(ctx context.Context, m *forum.Message) (*forum.Message, error) {
	if m.Kind != forum.GuestMessage {
		return m, nil
	}
	var facts forum.GuestFacts
	if err := json.Unmarshal(m.Facts, &facts); err != nil {
		return nil, fmt.Errorf("mail: facts of message %d: %w", m.ID, err)
	}
	if len(facts.Papers) == 0 {
		return m, nil
	}
	err := o.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		facts.Papers, err = forum.PapersThatTravel(ctx, tx, facts.Papers)
		return err
	})
	if err != nil {
		return nil, err
	}
	shown := *m
	shown.Facts = forum.MarshalFacts(facts)
	return &shown, nil
}
