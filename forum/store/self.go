package store

import (
	"context"
	"database/sql"
	"strings"

	"github.com/samraad/samraad/forum"
)

func (t *tx) AddressesOf(ctx context.Context, person forum.PersonID) ([]string, error) {
	addresses, err := remembered(t, question{query: "addresses"}, []any{person}, func() (addresses []string, err error) {
		err = t.db.NewSelect().Table("addresses").Column("address").Where("person_id = ?", person).OrderExpr("address").Scan(ctx, &addresses)
		return addresses, err
	})
	return addresses, t.fail("address", err)
}

func (t *tx) ForgetAddress(ctx context.Context, person forum.PersonID, address string) error {
	done, err := t.db.NewRaw("DELETE FROM addresses WHERE person_id = ? AND address = ?", person, clean(strings.ToLower(address))).Exec(ctx)
	if err != nil {
		return t.fail("address", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return t.fail("address", errorOr(err, sql.ErrNoRows))
	}
	return nil
}

func (t *tx) Claims(ctx context.Context, person forum.PersonID) ([]forum.AddressClaim, error) {
	return list[forum.AddressClaim](ctx, t, "claim", "id DESC", "person_id = ?", person)
}

func (t *tx) SaveClaim(ctx context.Context, claim *forum.AddressClaim) error {
	return save(ctx, t, "claim", claim)
}

func (t *tx) DropClaim(ctx context.Context, id forum.ClaimID) error {
	_, err := t.db.NewDelete().Model((*forum.AddressClaim)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("claim", err)
}

func (t *tx) AbsencesOf(ctx context.Context, person forum.PersonID, from forum.Date) ([]forum.Absence, error) {
	return list[forum.Absence](ctx, t, "absence", `"from", id`, `person_id = ? AND "to" >= ?`, person, from)
}

func (t *tx) Absences(ctx context.Context, from, to forum.Date) ([]forum.Absence, error) {
	return list[forum.Absence](ctx, t, "absence", `"from", id`, `"to" >= ? AND (? = '' OR "from" <= ?)`, from, to, to)
}

func (t *tx) SaveAbsence(ctx context.Context, absence *forum.Absence) error {
	return save(ctx, t, "absence", absence)
}

func (t *tx) DropAbsence(ctx context.Context, id forum.AbsenceID) error {
	_, err := t.db.NewDelete().Model((*forum.Absence)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("absence", err)
}
