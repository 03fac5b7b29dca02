package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Matter(ctx context.Context, id forum.MatterID) (*forum.Matter, error) {
	return where[forum.Matter](ctx, t, "matter", toChange, "id = ?", id)
}

func (t *tx) Matters(ctx context.Context, in forum.ForumID, state forum.MatterState) ([]forum.Matter, error) {
	return list[forum.Matter](ctx, t, "matter", "id", "forum_id = ? AND state = ?", in, state)
}

func (t *tx) CountMatters(ctx context.Context, in forum.ForumID, state forum.MatterState) (int, error) {
	return count[forum.Matter](ctx, t, "matter", "forum_id = ? AND state = ?", in, state)
}

func (t *tx) SaveMatter(ctx context.Context, matter *forum.Matter) error {
	return save(ctx, t, "matter", matter)
}

// waiting holds for removals that someone still has to answer.
const waiting = "state IN ('asked', 'contested')"

func (t *tx) Removal(ctx context.Context, id forum.RemovalID) (*forum.Removal, error) {
	return where[forum.Removal](ctx, t, "removal", guarded, "id = ?", id)
}

func (t *tx) OpenRemoval(ctx context.Context, matter forum.MatterID) (*forum.Removal, error) {
	return where[forum.Removal](ctx, t, "removal", guarded, "matter_id = ? AND "+waiting, matter)
}

func (t *tx) OpenRemovals(ctx context.Context, in forum.ForumID) ([]forum.Removal, error) {
	return list[forum.Removal](ctx, t, "removal", "id", waiting+" AND matter_id IN (SELECT id FROM matters WHERE forum_id = ?)", in)
}

func (t *tx) SaveRemoval(ctx context.Context, removal *forum.Removal) error {
	return save(ctx, t, "removal", removal)
}

func (t *tx) Document(ctx context.Context, id forum.DocumentID) (*forum.Document, error) {
	return where[forum.Document](ctx, t, "document", guarded, "id = ?", id)
}

func (t *tx) Documents(ctx context.Context, matter forum.MatterID) ([]forum.Document, error) {
	return list[forum.Document](ctx, t, "document", "position, id", "matter_id = ? AND withdrawn_at IS NULL", matter)
}

func (t *tx) DocumentsAt(ctx context.Context, meeting forum.MeetingID) (map[forum.MatterID][]forum.Document, error) {
	rows, err := list[forum.Document](ctx, t, "document", "position, id",
		"matter_id IN (SELECT matter_id FROM items WHERE meeting_id = ?) AND withdrawn_at IS NULL", meeting)
	papers := make(map[forum.MatterID][]forum.Document)
	for _, row := range rows {
		papers[row.MatterID] = append(papers[row.MatterID], row)
	}
	return papers, err
}

func (t *tx) WithdrawnDocuments(ctx context.Context, matter forum.MatterID) ([]forum.Document, error) {
	return list[forum.Document](ctx, t, "document", "position, id", "matter_id = ? AND withdrawn_at IS NOT NULL", matter)
}

func (t *tx) DocumentsOf(ctx context.Context, digest forum.Digest) ([]forum.Document, error) {
	return list[forum.Document](ctx, t, "document", "id", "digest = ?", digest)
}

func (t *tx) SaveDocument(ctx context.Context, document *forum.Document) error {
	return save(ctx, t, "document", document)
}
