package forum

import "context"

// RunningOrderOf is a meeting's agenda as it stands.
func RunningOrderOf(ctx context.Context, tx Tx, m *Meeting) (*RunningOrder, error) {
	return runningOrderOf(ctx, tx, m)
}

// KeyHoldings are the key-holders of a forum by level, in the order of their seats.
func KeyHoldings(ctx context.Context, tx Tx, in ForumID) ([]KeyHolding, error) {
	return keyHoldings(ctx, tx, in)
}

// KeyOf is the standing in which the actor may turn a key today, as its holder
// or for one who is away; Forbidden otherwise.
func KeyOf(ctx context.Context, tx Tx, by Actor, in ForumID) (as Standing, standIn bool, err error) {
	return keyOf(ctx, tx, by, in)
}

// KeyLevels are the levels that have a key: the two equal ones.
func KeyLevels() []Level { return keyLevels() }

// PublicReason trims a reason that goes out in mail, and refuses none, one that is
// too long, and one with somebody's identity number in it.
func PublicReason(reason string) (string, error) { return publicReason(reason) }
