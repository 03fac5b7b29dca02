package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// inForce holds for rows from–to, both included, on a date given twice.
const inForce = `"from" <= ? AND ("to" = '' OR "to" >= ?)`

// mandateAsked is a question for a mandate.
type mandateAsked struct {
	in forum.ForumID
	on forum.Date
}

// Mandate asks the database once in a transaction that writes, since an act with
// a thousand receivers asks for each of them. Nobody else changes it meanwhile.
func (t *tx) Mandate(ctx context.Context, in forum.ForumID, on forum.Date) (*forum.Mandate, error) {
	asked := mandateAsked{in, on}
	if known, is := t.mandates[asked]; is {
		return &known, nil
	}
	mandate, err := t.mandate(ctx, in, on)
	if err == nil && !t.reads {
		if t.mandates == nil {
			t.mandates = map[mandateAsked]forum.Mandate{}
		}
		t.mandates[asked] = *mandate
	}
	return mandate, err
}

func (t *tx) mandate(ctx context.Context, in forum.ForumID, on forum.Date) (*forum.Mandate, error) {
	return first[forum.Mandate](ctx, t, "mandate", toRely, `"from" DESC, id DESC`, "forum_id = ? AND "+inForce, in, on, on)
}

func (t *tx) Mandates(ctx context.Context, on forum.Date) ([]forum.Mandate, error) {
	return list[forum.Mandate](ctx, t, "mandate", "forum_id, id", inForce, on, on)
}

func (t *tx) MandateVersions(ctx context.Context, in forum.ForumID) ([]forum.Mandate, error) {
	return list[forum.Mandate](ctx, t, "mandate", `"from", id`, "forum_id = ?", in)
}

func (t *tx) SaveMandate(ctx context.Context, mandate *forum.Mandate) error {
	clear(t.mandates)
	return t.changed.forum(mandate.ForumID, save(ctx, t, "mandate", mandate))
}
