package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func tokenMade(by forum.Actor, address string, scope forum.Scope, days int) act[string] {
	return func(ctx context.Context, tx forum.Tx) (string, error) {
		_, secret, err := forum.CreateAPIToken(ctx, tx, by, address, scope, days)
		return secret, err
	}
}

func tokenRevoked(by forum.Actor, id forum.APITokenID) act[*forum.APIToken] {
	return func(ctx context.Context, tx forum.Tx) (*forum.APIToken, error) {
		return forum.RevokeAPIToken(ctx, tx, by, id)
	}
}

func tokenOf(secret string) act[*forum.APIToken] {
	return func(ctx context.Context, tx forum.Tx) (*forum.APIToken, error) {
		return forum.IdentifyToken(ctx, tx, secret)
	}
}

func TestATokenIsMade(t *testing.T) {
	onBoth(t, func(h *house) {
		for name, c := range map[string]struct {
			by      forum.Actor
			address string
			scope   forum.Scope
			days    int
			want    string
		}{
			"by a secretary":     {h.as(ourSecretary), chair, forum.ReadScope, 1, "forbidden: error.forbidden.operator"},
			"for nobody":         {forum.Operator(), "ingen@voss.example", forum.ReadScope, 1, "not found: error.not_found.person"},
			"for anything":       {forum.Operator(), chair, "all", 1, "invalid: error.token.scope on scope"},
			"for no time":        {forum.Operator(), chair, forum.ReadScope, 0, "invalid: error.token.days on days"},
			"for more than leap": {forum.Operator(), chair, forum.ReadScope, 367, "invalid: error.token.days on days"},
		} {
			_, err := try(h, tokenMade(c.by, c.address, c.scope, c.days))
			if got := said(err); got != c.want {
				h.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		secret := done(h, tokenMade(forum.Operator(), chair, forum.WriteScope, 366))
		token := done(h, tokenOf(secret))
		if token.PersonID != h.person(chair) || token.Scope != forum.WriteScope || string(token.Digest) == secret {
			h.Errorf("the token is %+v", token)
		}
	})
}

func TestATokenEnds(t *testing.T) {
	const unknown = "forbidden: error.token.unknown"
	onBoth(t, func(h *house) {
		secret, other := done(h, tokenMade(forum.Operator(), chair, forum.ReadScope, 2)), done(h, tokenMade(forum.Operator(), chair, forum.WriteScope, 1))
		_, err := try(h, tokenRevoked(h.as(chair), 1))
		refused(h.T, err, "forbidden: error.forbidden.operator")
		_, err = try(h, tokenRevoked(forum.Operator(), 9999))
		refused(h.T, err, "not found: error.not_found.api_token")
		id := done(h, tokenOf(secret)).ID
		for range 2 {
			done(h, tokenRevoked(forum.Operator(), id))
		}
		_, err = try(h, tokenOf(secret))
		refused(h.T, err, unknown)
		h.now = h.now.AddDate(0, 0, 1).Add(-time.Microsecond)
		done(h, tokenOf(other))
		h.now = h.now.Add(time.Microsecond)
		_, err = try(h, tokenOf(other))
		refused(h.T, err, unknown)
		var deeds []string
		installation := func(ctx context.Context, tx forum.Tx) ([]forum.Event, error) { return tx.Chain(ctx, 0) }
		for _, e := range seen(h, installation) {
			if e.Object == forum.PersonObject(h.person(chair)) {
				deeds = append(deeds, e.Deed+" "+e.Details["Scope"])
			}
		}
		if diff := cmp.Diff([]string{"token_created read", "token_created write", "token_revoked read"}, deeds); diff != "" {
			h.Error(diff)
		}
	})
}

func TestScopes(t *testing.T) {
	for _, c := range []struct {
		has, needed forum.Scope
		want        bool
	}{
		{forum.ReadScope, forum.ReadScope, true}, {forum.ReadScope, forum.WriteScope, false},
		{forum.WriteScope, forum.ReadScope, true}, {forum.WriteScope, forum.WriteScope, true}, {"", forum.ReadScope, false},
	} {
		if got := c.has.Covers(c.needed); got != c.want {
			t.Errorf("%q covers %q: %t", c.has, c.needed, got)
		}
	}
}
