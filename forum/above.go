package forum

import "context"

// Steps of acts that the house above takes too. None of them asks for a right
// that its name does not say.

// Reasoned gives a reason fit to be read by those whom it concerns: trimmed, not
// empty, not a treatise. Its refusals are on the field "reason".
func Reasoned(reason string) (string, error) { return reasoned(reason) }

// HoldMatters locks matters by their ids; what is no matter is left to who reads it.
func HoldMatters(ctx context.Context, tx Tx, ids ...MatterID) error {
	return holdMatters(ctx, tx, ids...)
}

// RecordMatter records what was done to a matter, for the matter's history.
func RecordMatter(ctx context.Context, tx Tx, by Actor, as Standing, m *Matter, deed string, details map[string]string) error {
	return recordMatter(ctx, tx, by, as, m, deed, details)
}

// Holders are the people whose standing in a forum gives a right, of a level or
// of any (""), each once, in the order of the seats.
func Holders(ctx context.Context, tx Tx, in ForumID, right Right, level Level) ([]PersonID, error) {
	return holders(ctx, tx, in, right, level)
}

// StandingsOf are all of the actor's standings in a forum that give a right.
func (by Actor) StandingsOf(ctx context.Context, tx Tx, right Right, in ForumID) ([]Standing, error) {
	return by.standings(ctx, tx, right, in)
}

// MayReadMatter refuses who may not read a matter at all.
func MayReadMatter(ctx context.Context, tx Tx, by Actor, m *Matter) error {
	return mayReadMatter(ctx, tx, by, m)
}

// ReaderOf is what an actor may read of a matter, where it stands now.
func ReaderOf(ctx context.Context, tx Tx, by Actor, m *Matter) (Reader, error) {
	return readerOf(ctx, tx, by, m)
}

// LivingOrganisation is an organisation, or the one that it became part of.
func LivingOrganisation(ctx context.Context, tx Tx, id OrganisationID) (*Organisation, error) {
	return livingOrganisation(ctx, tx, id)
}

// AcceptedMail is a mail that nobody has understood yet; Conflict for any other.
func AcceptedMail(ctx context.Context, tx Tx, id IncomingID) (*Incoming, error) {
	return accepted(ctx, tx, id)
}
