package main

import (
	"context"
	"fmt"

	"github.com/samraad/samraad/forum"
)

type signInCommand struct {
	Address string `arg:"" help:"The person's mail address."`
}

// Run prints a link that signs the person in.
func (c signInCommand) Run(ctx context.Context, s *Settings, io streams) error {
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	link, err := s.passLink(ctx, parts.db, c.Address)
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, s.text().T("cli.pass"))
	fmt.Fprintln(io.out, link)
	return nil
}

func (s *Settings) passLink(ctx context.Context, keeper forum.Keeper, address string) (link string, err error) {
	err = keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		secret, err := forum.IssuePass(ctx, tx, forum.Operator(), address)
		link = s.URL + "/enter/" + secret
		return err
	})
	return link, err
}
