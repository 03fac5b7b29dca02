package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/samraad/samraad/forum"
)

func (t *tx) DocumentVersions(ctx context.Context, document forum.DocumentID) ([]forum.DocumentVersion, error) {
	return list[forum.DocumentVersion](ctx, t, "document", "number", "document_id = ?", document)
}

func (t *tx) VersionsOf(ctx context.Context, digest forum.Digest) ([]forum.DocumentVersion, error) {
	return list[forum.DocumentVersion](ctx, t, "document", "id", "digest = ?", digest)
}

func (t *tx) SaveDocumentVersion(ctx context.Context, version *forum.DocumentVersion) error {
	return save(ctx, t, "document", version)
}

func (t *tx) PaperText(ctx context.Context, digest forum.Digest) (*forum.PaperText, error) {
	return where[forum.PaperText](ctx, t, "paper_text", toChange, "digest = ?", digest)
}

func (t *tx) PaperStates(ctx context.Context, digests []forum.Digest) (map[forum.Digest]forum.PaperText, error) {
	states := make(map[forum.Digest]forum.PaperText, len(digests))
	if len(digests) == 0 {
		return states, nil
	}
	var rows []forum.PaperText
	err := t.db.NewSelect().Model(&rows).ExcludeColumn("text").Where("digest IN (?)", bun.List(digests)).Scan(ctx)
	for _, row := range rows {
		states[row.Digest] = row
	}
	return states, t.fail("paper_text", err)
}

func (t *tx) AwaitPaperText(ctx context.Context, text *forum.PaperText) (fresh bool, err error) {
	done, err := t.db.NewInsert().Model(text).On("CONFLICT (digest) DO NOTHING").Exec(ctx)
	if err != nil {
		return false, t.fail("paper_text", err)
	}
	added, err := done.RowsAffected()
	return added > 0, t.fail("paper_text", err)
}

func (t *tx) SavePaperText(ctx context.Context, text *forum.PaperText) error {
	_, err := t.db.NewUpdate().Model(text).ExcludeColumn("digest").Where("digest = ?", text.Digest).Exec(ctx)
	return t.fail("paper_text", err)
}

func (t *tx) PapersWaiting(ctx context.Context, before time.Time, most int) ([]forum.Digest, error) {
	var digests []forum.Digest
	err := t.db.NewSelect().Model((*forum.PaperText)(nil)).Column("digest").
		Where("state = ? AND at < ?", forum.PaperWaits, before.UTC().Format(instant)).OrderExpr("at, digest").Limit(int64(most)).Scan(ctx, &digests)
	return digests, t.fail("paper_text", err)
}
