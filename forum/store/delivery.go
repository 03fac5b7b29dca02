package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) DeliveryByLink(ctx context.Context, link string) (*forum.Delivery, error) {
	return where[forum.Delivery](ctx, t, "delivery", guarded, "link = ?", clean(link))
}

func (t *tx) DeliveryOf(ctx context.Context, edition forum.EditionID, person forum.PersonID) (*forum.Delivery, error) {
	return where[forum.Delivery](ctx, t, "delivery", guarded, "edition_id = ? AND person_id = ?", edition, person)
}

func (t *tx) DeliveryBy(ctx context.Context, message forum.MessageID) (*forum.Delivery, error) {
	return where[forum.Delivery](ctx, t, "delivery", guarded, "message_id = ?", message)
}

func (t *tx) Deliveries(ctx context.Context, edition forum.EditionID) ([]forum.Delivery, error) {
	return list[forum.Delivery](ctx, t, "delivery", "id", "edition_id = ?", edition)
}

func (t *tx) SaveDelivery(ctx context.Context, delivery *forum.Delivery) error {
	return save(ctx, t, "delivery", delivery)
}

func (t *tx) PrintOf(ctx context.Context, edition forum.EditionID) (*forum.Print, error) {
	return where[forum.Print](ctx, t, "print", guarded, "edition_id = ?", edition)
}

func (t *tx) SavePrint(ctx context.Context, print *forum.Print) error {
	return save(ctx, t, "print", print)
}

func (t *tx) ItemPrint(ctx context.Context, fingerprint string) (*forum.ItemPrint, error) {
	return where[forum.ItemPrint](ctx, t, "print", guarded, "fingerprint = ?", fingerprint)
}

func (t *tx) SaveItemPrint(ctx context.Context, print *forum.ItemPrint) error {
	_, err := t.db.NewInsert().Model(print).On("CONFLICT (fingerprint) DO NOTHING").Exec(ctx)
	return t.fail("print", err)
}
