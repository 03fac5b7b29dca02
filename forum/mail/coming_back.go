package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// comingBack is a report on a message of ours; the zero one is none.
type comingBack struct {
	message forum.MessageID
	failure forum.Failure
}

// returnOf tells which message of ours a report is about: the one whose own return address it came to, else the one whose
// Message-ID stands in what came back, since some mail systems cut addresses at the plus sign. Both are secrets that only the
// message holds; a report without either says nothing that is believed.
func returnOf(ctx context.Context, tx forum.Tx, mail *forum.Incoming, m *Message) (comingBack, error) {
	if m.Bounce == nil {
		return comingBack{}, nil
	}
	about, err := forum.ReturnedTo(ctx, tx, mail.Recipient)
	for i := 0; forum.IsKind(err, forum.NotFound) && i < len(m.Bounce.Of); i++ {
		about, err = tx.MessageByMIMEID(ctx, m.Bounce.Of[i])
	}
	switch {
	case forum.IsKind(err, forum.NotFound), err == nil && about.ForumID != 0 && about.ForumID != mail.ForumID:
		return comingBack{}, nil
	case err != nil:
		return comingBack{}, err
	}
	return comingBack{about.ID, forum.Failure{Status: m.Bounce.Status, Said: cutBytes(m.Bounce.Said(), 500), Final: m.Bounce.Final}}, nil
}

// takeReturn marks a message of ours that a report is about.
func (r *Reader) takeReturn(ctx context.Context, id forum.IncomingID, reading forum.Reading, back comingBack) (forum.IncomingState, error) {
	return forum.Noted, r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.TakeReturn(ctx, tx, id, reading, back.message, back.failure)
	})
}
