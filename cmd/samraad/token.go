package main

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

type tokenCommands struct {
	Create tokenCreateCommand `cmd:"" help:"Make a token that acts as a person, and print its secret, once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens, without their secrets."`
	Revoke tokenRevokeCommand `cmd:"" help:"End a token at once."`
}

type tokenCreateCommand struct {
	Person string `required:"" help:"Mail address of the person that the token acts as." placeholder:"ADDRESS"`
	Scope  string `required:"" help:"How far it reaches: read, or write, which may read too." placeholder:"read|write"`
	Days   int    `required:"" help:"For how many days it holds, at most 366." placeholder:"N"`
}

// Run makes a token.
func (c tokenCreateCommand) Run(ctx context.Context, s *Settings, io streams) error {
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	var secret string
	var token *forum.APIToken
	err = parts.db.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		token, secret, err = forum.CreateAPIToken(ctx, tx, forum.Operator(), c.Person, forum.Scope(c.Scope), c.Days)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, s.text().T("cli.token.created", "Number", int64(token.ID), "Until", token.ExpiresAt))
	fmt.Fprintln(io.out, secret)
	return nil
}

type tokenListCommand struct{}

// Run lists the tokens, one a line.
func (tokenListCommand) Run(ctx context.Context, s *Settings, io streams) error {
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	return parts.db.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		tokens, err := tx.APITokens(ctx)
		if err != nil {
			return err
		}
		for _, token := range tokens {
			person, err := tx.Person(ctx, token.PersonID)
			if err != nil {
				return err
			}
			fmt.Fprintf(io.out, "%d\t%s\t%s\t%s\t%s\n", token.ID, person.Address, token.Scope, s.tokenState(&token, tx.Now()), s.tokenUse(&token))
		}
		return nil
	})
}

// tokenState says until when a token holds, or since when it does not.
func (s *Settings) tokenState(token *forum.APIToken, now time.Time) string {
	switch {
	case !token.RevokedAt.IsZero():
		return s.text().T("cli.token.revoked_at", "At", token.RevokedAt)
	case !token.Holds(now):
		return s.text().T("cli.token.expired_at", "At", token.ExpiresAt)
	}
	return s.text().T("cli.token.holds_until", "At", token.ExpiresAt)
}

func (s *Settings) tokenUse(token *forum.APIToken) string {
	if token.UsedAt.IsZero() {
		return s.text().T("cli.token.never_used")
	}
	return s.text().T("cli.token.used_at", "At", token.UsedAt)
}

type tokenRevokeCommand struct {
	Number int64 `arg:"" help:"The token's number, as the list gives it."`
}

// Run ends a token.
func (c tokenRevokeCommand) Run(ctx context.Context, s *Settings, io streams) error {
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	err = parts.db.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.RevokeAPIToken(ctx, tx, forum.Operator(), forum.APITokenID(c.Number))
		return err
	})
	if err == nil {
		fmt.Fprintln(io.out, s.text().T("cli.token.revoked", "Number", c.Number))
	}
	return err
}
