package store

import (
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
)

func (t *tx) MessageSteps(ctx context.Context, message forum.MessageID) ([]forum.MessageStep, error) {
	return list[forum.MessageStep](ctx, t, "message", "id", "message_id = ?", message)
}

func (t *tx) SaveMessageStep(ctx context.Context, step *forum.MessageStep) error {
	return save(ctx, t, "message", step)
}

func (t *tx) AddressTrouble(ctx context.Context, address string) (*forum.AddressTrouble, error) {
	return where[forum.AddressTrouble](ctx, t, "address_trouble", toChange, "address = ?", clean(strings.ToLower(address)))
}

func (t *tx) StoppedAddresses(ctx context.Context) ([]forum.AddressTrouble, error) {
	return list[forum.AddressTrouble](ctx, t, "address_trouble", "address", "stopped_at IS NOT NULL")
}

func (t *tx) SaveAddressTrouble(ctx context.Context, trouble *forum.AddressTrouble) error {
	return save(ctx, t, "address_trouble", trouble)
}

func (t *tx) MessageByMIMEID(ctx context.Context, mimeID string) (*forum.Message, error) {
	return where[forum.Message](ctx, t, "message", toChange, "mimeid = ? AND mimeid <> ''", clean(mimeID))
}

func (t *tx) IncomingTo(ctx context.Context, in forum.ForumID, recipient string, most int) ([]forum.Incoming, error) {
	var mails []forum.Incoming
	err := t.db.NewSelect().Model(&mails).Where("forum_id = ? AND recipient = ?", in, clean(recipient)).OrderExpr("id").Limit(int64(most)).Scan(ctx)
	return mails, t.fail("incoming", err)
}

func (t *tx) WasWritten(ctx context.Context, in forum.ForumID, to string) (bool, error) {
	written, err := t.db.NewSelect().Model((*forum.Message)(nil)).Where(`"to" = ? AND forum_id = ?`, clean(to), in).Exists(ctx)
	return written, t.fail("message", err)
}
