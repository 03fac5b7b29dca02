package api

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// The rules' acts and page readers, made fit for operations.

// doing is an act, or a page reader, on something.
type doing[A, R any] = func(ctx context.Context, tx forum.Tx, by forum.Actor, on A) (R, error)

// done keeps of what an act gave that it was done.
func done[R any](_ R, err error) error { return err }

// only is an act that nobody asks what it gave.
func only[A, R any](act doing[A, R]) func(context.Context, forum.Tx, forum.Actor, A) error {
	return func(ctx context.Context, tx forum.Tx, by forum.Actor, on A) error { return done(act(ctx, tx, by, on)) }
}

// as shows what a rule gave.
func as[R, T any](show func(R) T) func(*R, error) (T, error) {
	return func(given *R, err error) (shown T, _ error) {
		if err != nil {
			return shown, err
		}
		return show(*given), nil
	}
}

// seeing reads a thing by its number and shows it.
func seeing[K, R, T any](read doing[K, *R], show func(R) T) doing[K, T] {
	return func(ctx context.Context, tx forum.Tx, by forum.Actor, id K) (T, error) {
		return as(show)(read(ctx, tx, by, id))
	}
}

// holding holds a thing by the getter of its keeper.
func holding[K, R any](get func(forum.Tx, context.Context, K) (R, error)) func(context.Context, forum.Tx, K) error {
	return func(ctx context.Context, tx forum.Tx, id K) error { return done(get(tx, ctx, id)) }
}

// holdSeats holds the seats of a forum, with all that hangs on them.
func holdSeats(ctx context.Context, tx forum.Tx, id forum.ForumID) error {
	return tx.HoldSeats(ctx, id)
}

// within holds a thing by holding the whole that it is part of, which guards it.
func within[K, W, R any](get func(forum.Tx, context.Context, K) (*R, error), whole func(*R) W, hold func(context.Context, forum.Tx, W) error) func(context.Context, forum.Tx, K) error {
	return func(ctx context.Context, tx forum.Tx, id K) error {
		part, err := get(tx.Peek(), ctx, id)
		if err != nil {
			return err
		}
		return hold(ctx, tx, whole(part))
	}
}
