package forum

import "context"

// HoldMatters locks matters by their ids; what is no matter is left to who reads it.
func HoldMatters(ctx context.Context, tx Tx, ids ...MatterID) error {
	return holdMatters(ctx, tx, ids...)
}

// RecordMatter records what was done to a matter, for the matter's history.
func RecordMatter(ctx context.Context, tx Tx, by Actor, as Standing, m *Matter, deed string, details map[string]string) error {
	return recordMatter(ctx, tx, by, as, m, deed, details)
}

// LivingOrganisation is an organisation, or the one that it became part of.
func LivingOrganisation(ctx context.Context, tx Tx, id OrganisationID) (*Organisation, error) {
	return livingOrganisation(ctx, tx, id)
}
