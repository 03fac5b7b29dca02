package forum

import (
	"context"
	"slices"
)

// What the house above borrows of the forum's own rules.

// MandateOn is the mandate in force on a date, for reading: nobody changes it.
// Without one the policy alone holds, as an empty mandate says.
func MandateOn(ctx context.Context, tx Tx, in ForumID, on Date) (*Mandate, error) {
	return mandateOn(ctx, tx, in, on)
}

// Permits is the policy's answer, unless the mandate states an exception.
func (m *Mandate) Permits(policy Policy, s Standing, right Right) bool {
	return m.permits(policy, s, right)
}

// OrganisationsOn are all organisations as they were called on a date, for
// reading: nobody changes them.
func OrganisationsOn(ctx context.Context, tx Tx, day Date) (map[OrganisationID]Organisation, error) {
	return organisationsOn(ctx, tx, day)
}

// Everyone is all people by their ids, for reading: nobody changes it.
func Everyone(ctx context.Context, tx Tx) (map[PersonID]Person, error) { return everyone(ctx, tx) }

// Holders are those who have a right in a forum, of a level or "" for any.
func Holders(ctx context.Context, tx Tx, in ForumID, right Right, level Level) ([]PersonID, error) {
	return holders(ctx, tx, in, right, level)
}

// Reasoned trims a reason that others will read, and refuses none and one that is too long.
func Reasoned(reason string) (string, error) { return reasoned(reason) }

// SeatsAt are a forum's seats on a day as a list of those present is read.
func SeatsAt(ctx context.Context, tx Tx, in ForumID, on Date) ([]Seat, error) {
	seats, err := tx.Seats(ctx, in, on)
	seats = slices.Clone(seats)
	slices.SortFunc(seats, bySeating)
	return seats, err
}

// Ripe tells whether a matter may be decided: its kind needs no gate, its draft
// is ready, or the gate is open.
func Ripe(ctx context.Context, tx Tx, m *Matter) (bool, error) { return ripe(ctx, tx, m) }

// DigestOf is what is kept of a secret.
func DigestOf(secret string) Digest { return digestOf(secret) }

// NewCode gives a code that people type, and what is kept of it.
func NewCode() (code string, digest Digest) {
	code = newCode(signInGroups)
	return code, DigestOfCode(code)
}

// DigestOfCode is what is kept of a code, with spaces and hyphens as people type them.
func DigestOfCode(code string) Digest { return digestOf(bareCode(code)) }

// MostTries is how often a code may be typed.
const MostTries = mostTries
