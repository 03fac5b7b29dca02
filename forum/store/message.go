package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Message(ctx context.Context, id forum.MessageID) (*forum.Message, error) {
	return where[forum.Message](ctx, t, "message", toChange, "id = ?", id)
}

func (t *tx) Messages(ctx context.Context, in forum.ForumID, before forum.MessageID, most int) ([]forum.Message, error) {
	messages, err := remembered(t, question{query: "in"}, []any{in, before, most}, func() (messages []forum.Message, err error) {
		query := t.db.NewSelect().Model(&messages).Where("forum_id = ?", in).OrderExpr("id DESC").Limit(int64(most))
		if before != 0 {
			query = query.Where("id < ?", before)
		}
		err = query.Scan(ctx)
		return messages, err
	})
	return messages, t.fail("message", err)
}

func (t *tx) LastMessage(ctx context.Context, in forum.ForumID, kind forum.MessageKind, to string) (time.Time, error) {
	last, err := first[forum.Message](ctx, t, "message", toRely, "id DESC", `"to" = ? AND kind = ? AND forum_id = ?`, clean(to), kind, in)
	if forum.IsKind(err, forum.NotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	return last.CreatedAt, nil
}

// messageCount is how many messages a forum has.
type messageCount struct {
	ForumID forum.ForumID
	Count   int
}

func (t *tx) CountMessages(ctx context.Context, state forum.MessageState) (map[forum.ForumID]int, error) {
	rows, err := remembered(t, question{}, []any{state}, func() (rows []messageCount, err error) {
		err = t.db.NewSelect().Table("messages").Column("forum_id").ColumnExpr("count(*) AS count").
			Where("state = ? AND forum_id IS NOT NULL", state).Group("forum_id").Scan(ctx, &rows)
		return rows, err
	})
	counts := make(map[forum.ForumID]int, len(rows))
	for _, row := range rows {
		counts[row.ForumID] = row.Count
	}
	return counts, t.fail("message", err)
}

func (t *tx) MessagesIn(ctx context.Context, state forum.MessageState, forums []forum.ForumID, most int) ([]forum.Message, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	var messages []forum.Message
	err := t.db.NewSelect().Model(&messages).Where("state = ? AND forum_id IN (?)", state, bun.List(forums)).
		OrderExpr("id DESC").Limit(int64(most)).Scan(ctx)
	return messages, t.fail("message", err)
}

func (t *tx) MessagesBefore(ctx context.Context, state forum.MessageState, before time.Time) ([]forum.MessageID, error) {
	var ids []forum.MessageID
	err := t.db.NewSelect().Table("messages").Column("id").Where("state = ? AND created_at < ?", state, before.UTC().Format(instant)).
		OrderExpr("id").Scan(ctx, &ids)
	return ids, t.fail("message", err)
}

func (t *tx) SavePiece(ctx context.Context, piece []byte) (forum.Digest, error) {
	digest := digestOf(piece)
	return digest, t.keep(ctx, "piece", "pieces", digest, piece)
}

func (t *tx) Piece(ctx context.Context, digest forum.Digest) ([]byte, error) {
	return t.kept(ctx, "piece", "pieces", digest)
}

func (t *tx) SaveMessage(ctx context.Context, message *forum.Message) error {
	return save(ctx, t, "message", message)
}
