package governance

import (
	"context"
	"errors"
	"time"

	"github.com/samraad/samraad/forum"
)

// aheadDays is from how many days before a deadline on somebody is reminded.
const aheadDays = 7

// reminds tells whether somebody who was asked at an instant and has until the
// end of a day may be reminded now: in the last week, but not before half of the
// time is over.
func reminds(almanac forum.Almanac, asked time.Time, deadline forum.Date, now time.Time) bool {
	until := deadline.EndOf()
	return now.After(asked.Add(until.Sub(asked)/2)) && forum.Remindable(almanac, until, now)
}

// remindEscalations reminds the secretaries of forums that have not answered what
// was sent to them, once before the deadline.
func remindEscalations(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	return eachDue(ctx, keeper, func(ctx context.Context, tx Tx) (ids []EscalationID, err error) {
		all, err := tx.EscalationsDue(ctx, forum.DateOf(tx.Now()).Before(-aheadDays))
		for _, e := range all {
			if reminds(almanac, e.AskedAt, e.Deadline, tx.Now()) {
				ids = append(ids, e.ID)
			}
		}
		return ids, err
	}, func(ctx context.Context, tx Tx, id EscalationID) error {
		e, err := escalationOf(ctx, tx, id)
		if err != nil || e.State != OpenEscalation || !e.RemindedAt.IsZero() {
			return err
		}
		e.RemindedAt = tx.Now()
		if err := tx.SaveEscalation(ctx, e); err != nil {
			return err
		}
		if err := recordReminder(ctx, tx, e.ToMatter, "escalation_reminded"); err != nil {
			return err
		}
		_, err = tellForum(ctx, tx, forum.Actor{}, e, EscalationDueMessage, true, nil)
		return err
	})
}

// remindLedgers reminds the parties that have not answered, once before the deadline.
func remindLedgers(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	return eachDue(ctx, keeper, func(ctx context.Context, tx Tx) (ids []LedgerID, err error) {
		all, err := tx.LedgersDue(ctx, forum.DateOf(tx.Now()).Before(-aheadDays))
		for _, l := range all {
			if reminds(almanac, l.AskedAt, l.Deadline, tx.Now()) {
				ids = append(ids, l.ID)
			}
		}
		return ids, err
	}, remindLedger)
}

func remindLedger(ctx context.Context, tx Tx, id LedgerID) error {
	l, err := tx.Ledger(ctx, id)
	if err != nil {
		return err
	}
	m, err := tx.Matter(ctx, l.MatterID)
	if err != nil {
		return err
	}
	lines, err := tx.Ratifications(ctx, id)
	if err != nil {
		return err
	}
	a, err := newAsking(ctx, tx, m, l)
	if err != nil {
		return err
	}
	reminded := false
	for _, r := range lines {
		if r.State != AskedRatification || !r.RemindedAt.IsZero() {
			continue
		}
		reminded = true
		r.RemindedAt = tx.Now()
		if err := tx.SaveRatification(ctx, &r); err != nil {
			return err
		}
		if err := a.ask(ctx, tx, r, RatificationDueMessage); err != nil {
			return err
		}
	}
	if !reminded {
		return nil
	}
	return recordReminder(ctx, tx, l.MatterID, "ratification_reminded")
}

// recordReminder records what the program did by itself.
func recordReminder(ctx context.Context, tx Tx, id forum.MatterID, deed string) error {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return err
	}
	return forum.RecordMatter(ctx, tx, forum.Actor{}, forum.Standing{}, m, deed, nil)
}

// eachDue finds what is due, and does each in a transaction of its own.
func eachDue[K any](ctx context.Context, keeper forum.Keeper, find func(context.Context, Tx) ([]K, error), do func(context.Context, Tx, K) error) error {
	var due []K
	err := keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		due, err = find(ctx, In(tx))
		return err
	})
	errs := []error{err}
	for _, id := range due {
		errs = append(errs, keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return do(ctx, In(tx), id) }))
	}
	return errors.Join(errs...)
}
