package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Session is a signed-in visit, or a pass that opens one. Only the digest of
// its secret is kept.
type Session struct {
	Digest    Digest
	PersonID  PersonID
	Pass      bool // not a visit yet: to be redeemed, once
	CreatedAt time.Time
	ExpiresAt time.Time
}

// SessionKeeper keeps sessions.
type SessionKeeper interface {
	Session(ctx context.Context, digest Digest) (*Session, error)
	SaveSession(ctx context.Context, session *Session) error
	EndSession(ctx context.Context, digest Digest) error
	// EndSessions ends those that expire at an instant or before it.
	EndSessions(ctx context.Context, at time.Time) error
}

// sessionLasts is how long a visit lasts at the most, passLasts how long the
// link to one waits to be used.
const (
	sessionLasts = 12 * time.Hour
	passLasts    = 30 * time.Minute
)

func digestOf(secret string) Digest {
	sum := sha256.Sum256([]byte(secret))
	return Digest(hex.EncodeToString(sum[:]))
}

// Identify tells who holds a session's secret; Forbidden when nobody does, or
// no longer.
func Identify(ctx context.Context, tx Tx, secret string) (Actor, error) {
	session, err := liveSession(ctx, tx, secret, false)
	if err != nil {
		return Actor{}, err
	}
	return AsPerson(session.PersonID), nil
}

func liveSession(ctx context.Context, tx Tx, secret string, pass bool) (*Session, error) {
	session, err := tx.Session(ctx, digestOf(secret))
	if IsKind(err, NotFound) || err == nil && (session.Pass != pass || !tx.Now().Before(session.ExpiresAt)) {
		return nil, Refuse(Forbidden, "error.signed_out")
	}
	return session, err
}

// IssuePass gives the operator a secret that signs a person in, once.
func IssuePass(ctx context.Context, tx Tx, by Actor, address string) (string, error) {
	if !by.Operator {
		return "", Refuse(Forbidden, "error.forbidden.operator")
	}
	person, err := tx.PersonByAddress(ctx, address)
	if err != nil {
		return "", err
	}
	return openSession(ctx, tx, Session{PersonID: person.ID, Pass: true, ExpiresAt: tx.Now().Add(passLasts)})
}

// RedeemPass turns a pass into a session and gives the session's secret; the
// pass is worth nothing afterwards.
func RedeemPass(ctx context.Context, tx Tx, secret string) (string, error) {
	pass, err := liveSession(ctx, tx, secret, true)
	if err != nil {
		return "", err
	}
	if err := tx.EndSession(ctx, pass.Digest); err != nil {
		return "", err
	}
	return openSession(ctx, tx, Session{PersonID: pass.PersonID, ExpiresAt: tx.Now().Add(sessionLasts)})
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
	return openSession(ctx, tx, Session{PersonID: person, ExpiresAt: tx.Now().Add(sessionLasts)})
}

// openSession stores a session under a new secret and gives the secret.
func openSession(ctx context.Context, tx Tx, session Session) (string, error) {
	secret := NewSecret()
	session.Digest, session.CreatedAt = digestOf(secret), tx.Now()
	return secret, tx.SaveSession(ctx, &session)
}

// ForgetExpired deletes the sessions and passes that nobody can use any more,
// and the answers that are not given again.
func ForgetExpired(ctx context.Context, tx Tx) error {
	if err := tx.EndSessions(ctx, tx.Now()); err != nil {
		return err
	}
	return tx.DropAPIAnswers(ctx, tx.Now().Add(-answersLast))
}

// SignOut ends the session of a secret; ending none is no error.
func SignOut(ctx context.Context, tx Tx, secret string) error {
	return tx.EndSession(ctx, digestOf(secret))
}
