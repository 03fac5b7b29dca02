package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Session is a signed-in visit. Only the digest of its secret is kept.
type Session struct {
	Digest    Digest
	PersonID  PersonID
	CreatedAt time.Time
	ExpiresAt time.Time
}

// SessionKeeper keeps sessions.
type SessionKeeper interface {
	Session(ctx context.Context, digest Digest) (*Session, error)
	SaveSession(ctx context.Context, session *Session) error
	EndSession(ctx context.Context, digest Digest) error
}

// sessionLasts is how long a visit lasts at the most.
const sessionLasts = 12 * time.Hour

func digestOf(secret string) Digest {
	sum := sha256.Sum256([]byte(secret))
	return Digest(hex.EncodeToString(sum[:]))
}

// Identify tells who holds a session's secret; Forbidden when nobody does, or
// no longer.
func Identify(ctx context.Context, tx Tx, secret string) (Actor, error) {
	session, err := tx.Session(ctx, digestOf(secret))
	if IsKind(err, NotFound) || err == nil && !tx.Now().Before(session.ExpiresAt) {
		return Actor{}, Refuse(Forbidden, "error.signed_out")
	}
	if err != nil {
		return Actor{}, err
	}
	return AsPerson(session.PersonID), nil
}

// StepInto opens a session in a demonstration's role and gives its secret;
// Forbidden where the database is not a demonstration's.
func StepInto(ctx context.Context, tx Tx, person PersonID) (string, error) {
	demo, err := tx.IsDemo(ctx)
	if err != nil {
		return "", err
	}
	if !demo {
		return "", Refuse(Forbidden, "error.demo_only")
	}
	if _, err := tx.Person(ctx, person); err != nil {
		return "", err
	}
	return openSession(ctx, tx, person)
}

func openSession(ctx context.Context, tx Tx, person PersonID) (string, error) {
	secret := NewSecret()
	now := tx.Now()
	return secret, tx.SaveSession(ctx, &Session{digestOf(secret), person, now, now.Add(sessionLasts)})
}

// SignOut ends the session of a secret; ending none is no error.
func SignOut(ctx context.Context, tx Tx, secret string) error {
	return tx.EndSession(ctx, digestOf(secret))
}
