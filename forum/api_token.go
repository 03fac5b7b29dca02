package forum

import (
	"context"
	"time"
)

// APITokenID identifies a token of the API.
type APITokenID int64

// Scope is how far a token of the API reaches.
type Scope string

// The scopes; what may write may read, too.
const (
	ReadScope  Scope = "read"
	WriteScope Scope = "write"
)

// Covers tells whether a scope reaches as far as another.
func (s Scope) Covers(needed Scope) bool { return s == WriteScope || s == needed }

// APIToken lets a program act as a person, as far as its scope reaches. Only
// the digest of its secret is kept.
type APIToken struct {
	ID        APITokenID
	Digest    Digest
	PersonID  PersonID
	Scope     Scope
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // last, to the hour; zero for never
	RevokedAt time.Time // zero while it holds
}

// APIAnswer is what a creation was answered under a key that the caller chose,
// so that asking again under the key gives the same and does nothing more.
type APIAnswer struct {
	TokenID    APITokenID
	Key        string
	Request    Digest // of what was asked for
	Answer     string
	AnsweredAt time.Time
}

// APITokenKeeper keeps tokens of the API and what was answered to them.
type APITokenKeeper interface {
	// APIToken is the one of a secret's digest.
	APIToken(ctx context.Context, digest Digest) (*APIToken, error)
	// APITokens lists all, the oldest first.
	APITokens(ctx context.Context) ([]APIToken, error)
	SaveAPIToken(ctx context.Context, token *APIToken) error
	// APIAnswer is what was answered to a token under a key.
	APIAnswer(ctx context.Context, token APITokenID, key string) (*APIAnswer, error)
	// SaveAPIAnswer keeps an answer in place of any other of its token and key.
	SaveAPIAnswer(ctx context.Context, answer *APIAnswer) error
	// DropAPIAnswers forgets those given at an instant or before it.
	DropAPIAnswers(ctx context.Context, at time.Time) error
}

const (
	mostTokenDays = 366
	usedCoarsely  = time.Hour
	// answersLast is how long the answer to a creation is given again.
	answersLast = 24 * time.Hour
	// tokenPrefix lets scanners of source code know a secret that was left there.
	tokenPrefix = "samraad_"
)

// CreateAPIToken gives the operator a token that acts as the person with an
// address for a number of days, 1 to 366, and its secret, which is told once.
func CreateAPIToken(ctx context.Context, tx Tx, by Actor, address string, scope Scope, days int) (*APIToken, string, error) {
	switch {
	case !by.Operator:
		return nil, "", Refuse(Forbidden, "error.forbidden.operator")
	case scope != ReadScope && scope != WriteScope:
		return nil, "", Refuse(Invalid, "error.token.scope", "Given", string(scope)).On("scope")
	case days < 1 || days > mostTokenDays:
		return nil, "", Refuse(Invalid, "error.token.days", "Given", days, "Most", mostTokenDays).On("days")
	}
	person, err := tx.PersonByAddress(ctx, address)
	if err != nil {
		return nil, "", err
	}
	secret := tokenPrefix + NewSecret()
	token := &APIToken{
		Digest: DigestOf(secret), PersonID: person.ID, Scope: scope, CreatedAt: tx.Now(), ExpiresAt: tx.Now().AddDate(0, 0, days),
	}
	if err := tx.SaveAPIToken(ctx, token); err != nil {
		return nil, "", err
	}
	return token, secret, recordToken(ctx, tx, token, "token_created")
}

// recordToken records what the operator did to a token, without the token, as a
// deed to its person in the installation's chain.
func recordToken(ctx context.Context, tx Tx, token *APIToken, deed string) error {
	return tx.Record(ctx, Event{At: tx.Now(), Deed: deed, Object: PersonObject(token.PersonID), Details: map[string]string{"Scope": string(token.Scope)}})
}

// RevokeAPIToken ends a token at once; one that is ended stays so.
func RevokeAPIToken(ctx context.Context, tx Tx, by Actor, id APITokenID) (*APIToken, error) {
	if !by.Operator {
		return nil, Refuse(Forbidden, "error.forbidden.operator")
	}
	tokens, err := tx.APITokens(ctx)
	if err != nil {
		return nil, err
	}
	for _, token := range tokens {
		if token.ID != id {
			continue
		}
		if !token.RevokedAt.IsZero() {
			return &token, nil
		}
		token.RevokedAt = tx.Now()
		if err := tx.SaveAPIToken(ctx, &token); err != nil {
			return nil, err
		}
		return &token, recordToken(ctx, tx, &token, "token_revoked")
	}
	return nil, Refuse(NotFound, "error.not_found.api_token")
}

// IdentifyToken is the token of a secret; Forbidden when there is none, or it
// is revoked or expired. Who acts by it is AsPerson of its person.
func IdentifyToken(ctx context.Context, tx Tx, secret string) (*APIToken, error) {
	token, err := tx.APIToken(ctx, DigestOf(secret))
	if IsKind(err, NotFound) || err == nil && !token.Holds(tx.Now()) {
		return nil, Refuse(Forbidden, "error.token.unknown")
	}
	return token, err
}

// Holds tells whether a token is neither revoked nor expired.
func (t *APIToken) Holds(now time.Time) bool { return t.RevokedAt.IsZero() && now.Before(t.ExpiresAt) }

// Stale tells whether the use of a token is to be noted again.
func (t *APIToken) Stale(now time.Time) bool { return !t.UsedAt.Equal(now.Truncate(usedCoarsely)) }

// NoteTokenUse notes to the hour when a token was last used.
func NoteTokenUse(ctx context.Context, tx Tx, token *APIToken) error {
	if !token.Stale(tx.Now()) {
		return nil
	}
	token.UsedAt = tx.Now().Truncate(usedCoarsely)
	return tx.SaveAPIToken(ctx, token)
}

// AnsweredBefore is what was answered to the request under the key within the
// last day, "" for nothing yet; Invalid when that was another request. The
// token is held until the transaction ends, so that of two who ask at once one
// waits for the other.
func AnsweredBefore(ctx context.Context, tx Tx, token *APIToken, key string, request Digest) (string, error) {
	before, err := tx.APIAnswer(ctx, token.ID, key)
	if IsKind(err, NotFound) || err == nil && !before.AnsweredAt.After(tx.Now().Add(-answersLast)) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if before.Request != request {
		return "", Refuse(Invalid, "error.api.key_reused")
	}
	return before.Answer, nil
}

// KeepAnswer keeps what was answered to a request under a key.
func KeepAnswer(ctx context.Context, tx Tx, token *APIToken, key string, request Digest, answer string) error {
	return tx.SaveAPIAnswer(ctx, &APIAnswer{token.ID, key, request, answer, tx.Now()})
}
