package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// IsDemo tells whether the database was made by the demonstration.
func (t *tx) IsDemo(ctx context.Context) (bool, error) {
	demo, err := rememberedValue(t, question{}, nil, func(demo *demonstration) error {
		return t.db.NewSelect().Table("installation").Column("demo").Scan(ctx, demo)
	})
	return bool(demo), t.fail("installation", err)
}

// demonstration is what IsDemo gives.
type demonstration bool

// MarkDemo makes an empty database a demonstration's; marking one again changes nothing.
func (t *tx) MarkDemo(ctx context.Context) error {
	demo, err := t.IsDemo(ctx)
	if err != nil || demo {
		return err
	}
	areas, err := t.db.NewSelect().Model((*forum.Area)(nil)).Exists(ctx)
	if err != nil {
		return t.fail("installation", err)
	}
	if areas {
		return forum.Refuse(forum.Conflict, "error.not_a_demo")
	}
	_, err = t.db.NewRaw("UPDATE installation SET demo = TRUE").Exec(ctx)
	return t.fail("installation", err)
}

// NextNumber counts up a named series.
func (t *tx) NextNumber(ctx context.Context, series string) (int, error) {
	var number int
	err := t.db.NewRaw(`INSERT INTO counters (series, number) VALUES (?, 1)
		ON CONFLICT (series) DO UPDATE SET number = counters.number + 1 RETURNING number`, clean(series)).Scan(ctx, &number)
	return number, t.fail("number", err)
}
