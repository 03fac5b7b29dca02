package store

import (
	"context"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Organisation(ctx context.Context, id forum.OrganisationID) (*forum.Organisation, error) {
	return where[forum.Organisation](ctx, t, "organisation", toRely, "id = ?", id)
}

func (t *tx) OrganisationByNumber(ctx context.Context, number string) (*forum.Organisation, error) {
	return where[forum.Organisation](ctx, t, "organisation", toRely, "number = ?", clean(number))
}

func (t *tx) Organisations(ctx context.Context) (map[forum.OrganisationID]forum.Organisation, error) {
	rows, err := list[forum.Organisation](ctx, t, "organisation", "id", "TRUE")
	all := make(map[forum.OrganisationID]forum.Organisation, len(rows))
	for _, row := range rows {
		all[row.ID] = row
	}
	return all, err
}

func (t *tx) SaveOrganisation(ctx context.Context, organisation *forum.Organisation) error {
	return save(ctx, t, "organisation", organisation)
}
