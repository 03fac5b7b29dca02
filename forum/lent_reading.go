package forum

import "context"

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

// History is what was done to an object and by whom, the oldest first.
func History(ctx context.Context, tx Tx, object Object) ([]Deed, error) {
	return history(ctx, tx, object)
}

// AcceptedMail is a mail that nobody has understood yet; Conflict for any other.
func AcceptedMail(ctx context.Context, tx Tx, id IncomingID) (*Incoming, error) {
	return accepted(ctx, tx, id)
}
