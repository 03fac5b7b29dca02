package store

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) LaddersOpen(ctx context.Context, forums []forum.ForumID) ([]governance.Ladder, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	return store.List[governance.Ladder](ctx, t.rows, "ladder", "id",
		"closed_at IS NULL AND matter_id IN (SELECT id FROM matters WHERE forum_id IN (?))", bun.List(forums))
}

func (t *tx) EscalationsTo(ctx context.Context, forums []forum.ForumID) ([]governance.Escalation, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	return store.List[governance.Escalation](ctx, t.rows, "escalation", "id", "state = 'open' AND to_forum IN (?)", bun.List(forums))
}

func (t *tx) LedgersAsked(ctx context.Context, forums []forum.ForumID) ([]governance.Ledger, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	return store.List[governance.Ledger](ctx, t.rows, "ledger", "id",
		"forum_id IN (?) AND id IN (SELECT ledger_id FROM ratifications WHERE state = 'asked')", bun.List(forums))
}

func (t *tx) ImpartialitiesOpen(ctx context.Context, forums []forum.ForumID) ([]governance.Impartiality, error) {
	if len(forums) == 0 {
		return nil, nil
	}
	return store.List[governance.Impartiality](ctx, t.rows, "impartiality", "id", "judgement = 'questioned' AND forum_id IN (?)", bun.List(forums))
}
