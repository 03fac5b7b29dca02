package print

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
)

// Reports are the written procedures that an agenda tells of, with the matters'
// public titles.
func Reports(ctx context.Context, tx forum.Tx, m *forum.Meeting, words templates.Text) ([]print.Report, error) {
	ballots, err := governance.ReportedTo(ctx, governance.In(tx), m)
	if err != nil {
		return nil, err
	}
	reports := make([]print.Report, len(ballots))
	for i, b := range ballots {
		reports[i] = print.Report{Number: b.Number, Title: b.Title, Outcome: words.T(b.EndedKey())}
	}
	return reports, nil
}
