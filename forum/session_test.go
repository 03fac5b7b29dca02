package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

func identified(secret string) act[forum.Actor] {
	return func(ctx context.Context, tx forum.Tx) (forum.Actor, error) {
		session, err := forum.Identify(ctx, tx, secret)
		if err != nil {
			return forum.Actor{}, err
		}
		return forum.AsPerson(session.PersonID), nil
	}
}

func passIssued(by forum.Actor, address string) act[string] {
	return func(ctx context.Context, tx forum.Tx) (string, error) { return forum.IssuePass(ctx, tx, by, address) }
}

func passRedeemed(secret string) act[string] {
	return func(ctx context.Context, tx forum.Tx) (string, error) { return forum.RedeemPass(ctx, tx, secret) }
}

func steppedInto(person forum.PersonID) act[string] {
	return func(ctx context.Context, tx forum.Tx) (string, error) { return forum.StepInto(ctx, tx, person) }
}

const signedOut = "forbidden: error.signed_out"

func TestAVisitEnds(t *testing.T) {
	onBoth(t, func(h *house) {
		visit := func() string {
			h.Helper()
			return done(h, passRedeemed(done(h, passIssued(forum.Operator(), chair))))
		}
		secret, other := visit(), visit()
		if by := done(h, identified(secret)); by != h.as(chair) {
			h.Errorf("the visitor is %+v", by)
		}
		for _, wrong := range []string{"", "x", secret + "a", secret[1:]} {
			_, err := try(h, identified(wrong))
			refused(h.T, err, signedOut)
		}
		for range 2 {
			done(h, func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.SignOut(ctx, tx, secret) })
		}
		_, err := try(h, identified(secret))
		refused(h.T, err, signedOut)

		h.now = planned.Add(forum.IdleLasts - time.Microsecond)
		done(h, identified(other))
		h.now = planned.Add(forum.IdleLasts)
		_, err = try(h, identified(other))
		refused(h.T, err, signedOut)
	})
}

func TestAPassOpensOneVisit(t *testing.T) {
	onBoth(t, func(h *house) {
		_, err := try(h, passIssued(h.as(ourSecretary), chair))
		refused(h.T, err, "forbidden: error.forbidden.operator")
		_, err = try(h, passIssued(forum.Operator(), "ukjend@kvam.example"))
		refused(h.T, err, "not found: error.not_found.person")

		pass := done(h, passIssued(forum.Operator(), chair))
		_, err = try(h, identified(pass))
		refused(h.T, err, signedOut)
		secret := done(h, passRedeemed(pass))
		_, err = try(h, passRedeemed(pass))
		refused(h.T, err, signedOut)
		_, err = try(h, passRedeemed(secret))
		refused(h.T, err, signedOut)

		late := done(h, passIssued(forum.Operator(), chair))
		h.now = h.now.Add(forum.PassLasts)
		_, err = try(h, passRedeemed(late))
		refused(h.T, err, signedOut)
	})
}

func TestOnlyADemonstrationIsSteppedInto(t *testing.T) {
	onBoth(t, func(h *house) {
		_, err := try(h, steppedInto(h.person(chair)))
		refused(h.T, err, "forbidden: error.demo_only")
		_, err = try(h, func(ctx context.Context, tx forum.Tx) ([]forum.Role, error) { return forum.ReadRoles(ctx, tx) })
		refused(h.T, err, "forbidden: error.demo_only")
	})
	inEmptyHouses(t, func(h *house) {
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) { return nil, tx.MarkDemo(ctx) })
		done(h, imported(vossPlan()))
		if by := done(h, identified(done(h, steppedInto(h.person(chair))))); by != h.as(chair) {
			h.Errorf("the visitor is %+v", by)
		}
		_, err := try(h, steppedInto(9999))
		refused(h.T, err, "not found: error.not_found.person")
		roles := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Role, error) { return forum.ReadRoles(ctx, tx) })
		if len(roles) != 9 || roles[0].Address != chair || len(roles[0].Seats) != 2 {
			h.Errorf("roles: %+v", roles)
		}
	})
}

// TestWhatExpiredIsForgotten leaves no row behind of passes and visits that
// nobody can use any more.
func TestWhatExpiredIsForgotten(t *testing.T) {
	onBoth(t, func(h *house) {
		visit := done(h, passRedeemed(done(h, passIssued(forum.Operator(), chair))))
		pass := done(h, passIssued(forum.Operator(), chair))
		for _, test := range []struct {
			after time.Duration
			kept  []string
			gone  []string
		}{
			{forum.PassLasts - time.Microsecond, []string{visit, pass}, nil},
			{forum.PassLasts, []string{visit}, []string{pass}},
			{forum.IdleLasts, nil, []string{visit, pass}},
		} {
			h.now = planned.Add(test.after)
			done(h, func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.ForgetExpired(ctx, tx) })
			for _, secret := range test.kept {
				seen(h, sessionOf(secret))
			}
			for _, secret := range test.gone {
				_, err := try(h, sessionOf(secret))
				refused(h.T, err, "not found: error.not_found.session")
			}
		}
	})
}

func sessionOf(secret string) act[*forum.Session] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Session, error) {
		return tx.Session(ctx, forum.DigestOf(secret))
	}
}
