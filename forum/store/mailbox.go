package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) MailboxByName(ctx context.Context, name string) (*forum.Mailbox, error) {
	return where[forum.Mailbox](ctx, t, "mailbox", toChange, "name = ?", name)
}

func (t *tx) SaveMailbox(ctx context.Context, mailbox *forum.Mailbox) error {
	return save(ctx, t, "mailbox", mailbox)
}
