package web

import (
	"context"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	pages "github.com/samraad/samraad/templates/governance"
)

// dutiesInHome is all that governance asks of the reader.
func dutiesInHome(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, _ struct{}) (templ.Component, error) {
	duties, err := governance.ReadDuties(ctx, tx, by)
	if err != nil || len(duties.List) == 0 {
		return nil, err
	}
	return pages.Duties(v.Text, duties), nil
}
