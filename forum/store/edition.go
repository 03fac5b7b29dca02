package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Edition(ctx context.Context, id forum.EditionID) (*forum.Edition, error) {
	return where[forum.Edition](ctx, t, "edition", guarded, "id = ?", id)
}

func (t *tx) Editions(ctx context.Context, meeting forum.MeetingID) ([]forum.Edition, error) {
	return list[forum.Edition](ctx, t, "edition", "number", "meeting_id = ?", meeting)
}

func (t *tx) EditionsAsked(ctx context.Context) ([]forum.Edition, error) {
	return list[forum.Edition](ctx, t, "edition", "deadline, id", "state = ?", forum.AskedEdition)
}

func (t *tx) EditionsDue(ctx context.Context, now time.Time) ([]forum.EditionID, error) {
	var ids []forum.EditionID
	err := t.db.NewSelect().Table("editions").Column("id").Where("state = ? AND deadline <= ?", forum.AskedEdition, now.UTC().Format(instant)).
		OrderExpr("id").Scan(ctx, &ids)
	return ids, t.fail("edition", err)
}

func (t *tx) EditionsUnprinted(ctx context.Context, before time.Time) ([]forum.EditionID, error) {
	var ids []forum.EditionID
	err := t.db.NewSelect().Table("editions").Column("id").Where("state = ? AND sort <> ? AND out_at < ?", forum.OutEdition, forum.NoticeEdition, before.UTC().Format(instant)).
		Where("NOT EXISTS (SELECT 1 FROM prints WHERE prints.edition_id = editions.id)").OrderExpr("id").Scan(ctx, &ids)
	return ids, t.fail("edition", err)
}

func (t *tx) SaveEdition(ctx context.Context, edition *forum.Edition) error {
	return save(ctx, t, "edition", edition)
}

func (t *tx) KeyWords(ctx context.Context, edition forum.EditionID) ([]forum.KeyWord, error) {
	return list[forum.KeyWord](ctx, t, "key_word", "id", "edition_id = ?", edition)
}

func (t *tx) SaveKeyWord(ctx context.Context, word *forum.KeyWord) error {
	return save(ctx, t, "key_word", word)
}

func (t *tx) StandIns(ctx context.Context, in forum.ForumID) ([]forum.StandIn, error) {
	return list[forum.StandIn](ctx, t, "stand_in", "holder_id", "forum_id = ?", in)
}

func (t *tx) StandInsOf(ctx context.Context, holder forum.PersonID) ([]forum.StandIn, error) {
	return list[forum.StandIn](ctx, t, "stand_in", "forum_id", "holder_id = ?", holder)
}

func (t *tx) SaveStandIn(ctx context.Context, standIn *forum.StandIn) error {
	return save(ctx, t, "stand_in", standIn)
}

func (t *tx) DropStandIn(ctx context.Context, id forum.StandInID) error {
	_, err := t.db.NewDelete().Model((*forum.StandIn)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("stand_in", err)
}
