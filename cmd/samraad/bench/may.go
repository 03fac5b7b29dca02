package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/casbin/casbin/v2"

	"github.com/samraad/samraad/forum"
)

// asked is how many questions one measurement asks.
const asked = 4_000

var mayRow = row{
	name: "may", what: "by.May with its seat read, 600 forums", against: "casbin's plain Enforce, policies shared", goal: "≥ 5×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		h, err := newHouse(ctx, filepath.Join(folder, "house"), areaOf(seats, 600))
		if err != nil {
			return nil, err
		}
		enforcer, err := casbin.NewEnforcer("policies/model.conf", "policies/policy.csv")
		if err != nil {
			return nil, err
		}
		return &pair{
			ours: h.ask,
			other: func(context.Context) (float64, error) {
				start := time.Now()
				for range asked {
					if may, err := enforcer.Enforce("secretary", "municipal", "call", "meeting"); err != nil || !may {
						return 0, err
					}
				}
				return rate(asked, start), nil
			},
			close: h.close,
		}, nil
	},
}

// ask asks in forum after forum, each with the seats of one transaction, as an act does.
func (h *house) ask(ctx context.Context) (float64, error) {
	var took float64
	return took, h.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		by, err := as(ctx, tx, secretary)
		if err != nil {
			return err
		}
		forums, err := tx.Forums(ctx)
		if err != nil {
			return err
		}
		start := time.Now()
		for i := range asked {
			if _, err := by.May(ctx, tx, forum.CallIt, forums[i%len(forums)].ID); err != nil {
				return err
			}
		}
		took = rate(asked, start)
		return nil
	})
}
