package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/casbin/casbin/v2"

	"github.com/samraad/samraad/forum"
)

// governed is how many forums there are, and asked how many questions are asked
// in each of them, as many as a page asks.
const (
	governed = 600
	asked    = 20
)

// mayRow asks what a page asks: a transaction for each forum, in which the
// secretary's rights there are asked one after the other, from the seat and the
// mandate to the answer. Ours reads seats and mandate in the first such
// transaction, and in later ones proves that they have not changed. The other is
// told capacity and level, reads nothing, and answers the same questions.
var mayRow = row{
	name: "may", what: "by.May with its seat read, 600 forums", against: "casbin's plain Enforce, policies shared", goal: "≥ 5×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		h, err := newHouse(ctx, filepath.Join(folder, "house"), areaOf(seats, governed))
		if err != nil {
			return nil, err
		}
		enforcer, err := casbin.NewEnforcer("policies/model.conf", "policies/policy.csv")
		if err != nil {
			return nil, err
		}
		other := func(context.Context) (float64, error) { return enforce(enforcer) }
		p := &pair{ours: h.ask, other: other, close: h.close, note: h.askWhileWriting}
		return p, warmed(ctx, p)
	},
}

// rightOf is the question that is asked as the number n.
func rightOf(n int) forum.Right { return forum.Rights[n%len(forum.Rights)] }

// ask asks in forum after forum, each in a transaction of its own.
func (h *house) ask(ctx context.Context) (float64, error) {
	forums, by, err := h.governed(ctx)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	for _, f := range forums {
		err := h.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
			for n := range asked {
				if _, err := by.Can(ctx, tx, rightOf(n), f.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return rate(len(forums)*asked, start), nil
}

func (h *house) governed(ctx context.Context) (forums []forum.Forum, by forum.Actor, err error) {
	return forums, by, h.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		if by, err = as(ctx, tx, secretary); err != nil {
			return err
		}
		forums, err = tx.Forums(ctx)
		return err
	})
}

// enforce asks casbin as often.
func enforce(enforcer *casbin.Enforcer) (float64, error) {
	start := time.Now()
	for range governed {
		for n := range asked {
			right := rightOf(n)
			if _, err := enforcer.Enforce("secretary", "municipal", right.Action, right.Object); err != nil {
				return 0, err
			}
		}
	}
	return rate(governed*asked, start), nil
}

// askWhileWriting is how fast ours answers while something is written each second.
func (h *house) askWhileWriting(ctx context.Context) (string, error) {
	stop := everySecond(ctx, h.propose)
	var rates []float64
	for start := time.Now(); time.Since(start) < 5*time.Second; {
		perSecond, err := h.ask(ctx)
		if err != nil {
			return "", err
		}
		rates = append(rates, perSecond)
	}
	var sum float64
	for _, perSecond := range rates {
		sum += 1 / perSecond
	}
	return fmt.Sprintf("with one act a second %s/s", figure(float64(len(rates))/sum)), stop()
}
