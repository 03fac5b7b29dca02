package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

func (t *tx) APIToken(ctx context.Context, digest forum.Digest) (*forum.APIToken, error) {
	return where[forum.APIToken](ctx, t, "api_token", toChange, "digest = ?", clean(string(digest)))
}

func (t *tx) APITokens(ctx context.Context) ([]forum.APIToken, error) {
	return list[forum.APIToken](ctx, t, "api_token", "id", "TRUE")
}

func (t *tx) SaveAPIToken(ctx context.Context, token *forum.APIToken) error {
	return save(ctx, t, "api_token", token)
}

func (t *tx) APIAnswer(ctx context.Context, token forum.APITokenID, key string) (*forum.APIAnswer, error) {
	return where[forum.APIAnswer](ctx, t, "api_answer", guarded, "token_id = ? AND key = ?", token, clean(key))
}

func (t *tx) SaveAPIAnswer(ctx context.Context, answer *forum.APIAnswer) error {
	_, err := t.db.NewInsert().Model(answer).Returning("NULL").On("CONFLICT (token_id, key) DO UPDATE").
		Set("request = EXCLUDED.request, answer = EXCLUDED.answer, answered_at = EXCLUDED.answered_at").Exec(ctx)
	return t.fail("api_answer", err)
}

func (t *tx) DropAPIAnswers(ctx context.Context, at time.Time) error {
	_, err := t.db.NewDelete().Model((*forum.APIAnswer)(nil)).Where("answered_at <= ?", at.UTC().Format(instant)).Exec(ctx)
	return t.fail("api_answer", err)
}

// Peek is the same transaction with getters that lock nothing.
func (t *tx) Peek() forum.Tx {
	looking := *t
	looking.reads, looking.jobs, looking.events = true, nil, nil
	return &looking
}
