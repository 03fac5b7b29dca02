package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

func (t *tx) MessagesQueued(ctx context.Context, ids []forum.MessageID) ([]forum.Message, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var messages []forum.Message
	err := t.db.NewSelect().Model(&messages).Where("id IN (?) AND state = ?", bun.List(ids), forum.Queued).OrderExpr("id").Scan(ctx)
	return messages, t.fail("message", err)
}

func (t *tx) KeepComposed(ctx context.Context, m *forum.Message, was []forum.Digest) (bool, error) {
	change := t.db.NewUpdate().Model(m).Column("subject", "facts", "contents").Where("id = ? AND state = ?", m.ID, forum.Queued)
	if len(was) == 0 {
		return t.changeQueued(ctx, change.Where("contents IN ('null', '[]')"))
	}
	before, err := json.Marshal(was)
	if err != nil {
		return false, err
	}
	return t.changeQueued(ctx, change.Where("contents = ?", string(before)))
}

func (t *tx) Settle(ctx context.Context, id forum.MessageID, to forum.Attempt) (bool, error) {
	change := t.db.NewUpdate().Model(&forum.Message{State: to.State, Trouble: to.Trouble, DoneAt: t.now}).
		Column("state", "trouble").Set("attempts = attempts + 1").Where("id = ? AND state = ?", id, forum.Queued)
	if to.State != forum.Queued {
		change = change.Column("done_at")
	}
	return t.changeQueued(ctx, change)
}

func (t *tx) changeQueued(ctx context.Context, change *bun.UpdateQuery) (bool, error) {
	if t.reads {
		return false, errReadOnly
	}
	done, err := change.Exec(ctx)
	if err != nil {
		return false, t.fail("message", err)
	}
	changed, err := done.RowsAffected()
	return changed > 0, t.fail("message", err)
}
