package main

import (
	"context"
	"fmt"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
)

type explainBallotCommand struct {
	ID int64 `arg:"" help:"Number of the ballot, as in the address of its page." placeholder:"NUMBER"`
}

// Run prints the steps of a ballot.
func (c explainBallotCommand) Run(ctx context.Context, s *Settings, streams streams) error {
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	var lines []governance.Line
	err = parts.keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		lines, err = governance.ExplainBallot(ctx, governance.In(tx), governance.BallotID(c.ID))
		return err
	})
	if err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(streams.out, templates.Explain(s.text().Text, line.Key, line.Words, line.Args))
	}
	return nil
}
