package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"
)

// Session is a signed-in visit, or a pass that opens one. Only the digest of
// its secret is kept.
type Session struct {
	Digest    Digest
	PersonID  PersonID
	Pass      bool // not a visit yet: to be redeemed, once
	CreatedAt time.Time
	ExpiresAt time.Time // moves on while the session is used
	SeenAt    time.Time // to within seenEvery
	Visitor
}

// Visitor is from where a session was opened, as far as its owner needs it to
// know the session again.
type Visitor struct {
	Browser string // "Firefox, Windows"; "" when it does not say
	Network string // a prefix (RFC 4632 § 3.1) that holds a neighbourhood, not one machine; "" when unknown
}

// SessionKeeper keeps sessions.
type SessionKeeper interface {
	Session(ctx context.Context, digest Digest) (*Session, error)
	// Sessions lists a person's, passes aside, the last used first.
	Sessions(ctx context.Context, person PersonID) ([]Session, error)
	SaveSession(ctx context.Context, session *Session) error
	// ProlongSession notes when a session was seen and moves its end; one that
	// has ended stays so.
	ProlongSession(ctx context.Context, digest Digest, seen, end time.Time) error
	EndSession(ctx context.Context, digest Digest) error
	// EndSessionsOf ends all of a person's, passes too.
	EndSessionsOf(ctx context.Context, person PersonID) error
	// EndSessions ends those that expire at an instant or before it.
	EndSessions(ctx context.Context, at time.Time) error
}

const (
	idleLasts    = 12 * time.Hour      // of a session that nobody uses
	sessionLasts = 30 * 24 * time.Hour // at the most
	passLasts    = 30 * time.Minute    // for which a way to a session waits to be used
	seenEvery    = 5 * time.Minute     // after which a session's use is noted again
)

// DigestOf is what is kept of a secret.
func DigestOf(secret string) Digest {
	sum := sha256.Sum256([]byte(secret))
	return Digest(hex.EncodeToString(sum[:]))
}

// Identify tells who holds a session's secret, by the session; Forbidden when
// nobody does, or no longer.
func Identify(ctx context.Context, tx Tx, secret string) (*Session, error) {
	return liveSession(ctx, tx, secret, false)
}

// Unnoted tells whether it is time to note that the session is used.
func (s Session) Unnoted(now time.Time) bool { return now.Sub(s.SeenAt) >= seenEvery }

// endOf is when a session ends that is used now.
func (s Session) endOf(now time.Time) time.Time {
	idle, last := now.Add(idleLasts), s.CreatedAt.Add(sessionLasts)
	if last.Before(idle) {
		return last
	}
	return idle
}

// NoteVisit notes that a session is used that was identified a moment ago, so
// that it does not end as idle.
func NoteVisit(ctx context.Context, tx Tx, session Session) error {
	return tx.ProlongSession(ctx, session.Digest, tx.Now(), session.endOf(tx.Now()))
}

// NoteVisitor notes from where a session was opened.
func NoteVisitor(ctx context.Context, tx Tx, secret string, from Visitor) error {
	session, err := liveSession(ctx, tx, secret, false)
	if err != nil {
		return err
	}
	session.Visitor = from
	return tx.SaveSession(ctx, session)
}

func liveSession(ctx context.Context, tx Tx, secret string, pass bool) (*Session, error) {
	session, err := tx.Session(ctx, DigestOf(secret))
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
	return openSession(ctx, tx, Session{PersonID: pass.PersonID})
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
	return openSession(ctx, tx, Session{PersonID: person})
}

// openSession stores a session under a new secret and gives the secret.
func openSession(ctx context.Context, tx Tx, session Session) (string, error) {
	secret := NewSecret()
	session.Digest, session.CreatedAt, session.SeenAt = DigestOf(secret), tx.Now(), tx.Now()
	if !session.Pass {
		session.ExpiresAt = session.endOf(tx.Now())
	}
	return secret, tx.SaveSession(ctx, &session)
}

// ForgetExpired deletes the sessions, passes and sign-ins that nobody can use
// any more, the counts that limit nothing, and the answers that are not given again.
func ForgetExpired(ctx context.Context, tx Tx) error {
	now := tx.Now()
	return errors.Join(tx.EndSessions(ctx, now), tx.DropSignIns(ctx, now), tx.DropTallies(ctx, now.Add(-askingWithin)), tx.DropAPIAnswers(ctx, now.Add(-answersLast)))
}

// SignOut ends the session of a secret; ending none is no error.
func SignOut(ctx context.Context, tx Tx, secret string) error {
	return tx.EndSession(ctx, DigestOf(secret))
}

// openSessions lists a person's sessions that can still be used.
func openSessions(ctx context.Context, tx Tx, person PersonID) ([]Session, error) {
	sessions, err := tx.Sessions(ctx, person)
	return slices.DeleteFunc(sessions, func(s Session) bool { return !tx.Now().Before(s.ExpiresAt) }), err
}

// EndOwnSession ends one of the actor's sessions; NotFound when it is another's.
func EndOwnSession(ctx context.Context, tx Tx, by Actor, digest Digest) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	session, err := tx.Session(ctx, digest)
	if err == nil && (session.PersonID != by.Person || session.Pass) {
		err = Refuse(NotFound, "error.not_found.session")
	}
	if err != nil {
		return err
	}
	if err := tx.EndSession(ctx, digest); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "session_ended")
}

// SignOutEverywhere ends all of the actor's sessions, this one too, and makes
// every way to another worthless.
func SignOutEverywhere(ctx context.Context, tx Tx, by Actor) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	if err := errors.Join(tx.EndSessionsOf(ctx, by.Person), tx.DropSignInsOf(ctx, by.Person)); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "signed_out_everywhere")
}
