// Package store keeps what is governed in the forum's database, in the forum's transactions.
package store

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

// Tables are the rows that the forum's store is to be opened with.
var Tables = []any{
	governance.Presence{}, governance.Impartiality{}, governance.Motion{}, governance.Ballot{}, governance.Cast{}, governance.Turnout{}, slip{}, governance.VotingLink{},
	governance.Decision{}, governance.FollowUp{}, governance.Progress{}, governance.Nudge{},
	governance.Minutes{}, governance.MinutesRound{}, governance.MinutesText{}, governance.MinutesDissent{}, governance.MinutesAction{},
	governance.MinutesAnswer{}, governance.MinutesWord{},
	governance.Escalation{}, governance.Ledger{}, governance.Ratification{},
	governance.Ladder{}, governance.LadderPosition{}, governance.LadderRung{}, governance.Room{}, governance.RoomNote{}, governance.Stand{},
}

// Keeper opens transactions that governance.In finds its part in, on a database
// that was opened with Tables. It is a forum.Keeper.
type Keeper struct{ DB *store.DB }

var _ forum.Keeper = Keeper{}

// Read runs fn on one consistent state.
func (k Keeper) Read(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	return k.DB.Read(ctx, func(ctx context.Context, of forum.Tx) error { return fn(ctx, within(of)) })
}

// Write runs fn in one transaction.
func (k Keeper) Write(ctx context.Context, fn func(ctx context.Context, tx forum.Tx) error) error {
	return k.DB.Write(ctx, func(ctx context.Context, of forum.Tx) error { return fn(ctx, within(of)) })
}

// tx is a transaction of the forum, and the rows of governance in it.
type tx struct {
	forum.Tx
	rows store.Rows
}

var _ governance.Tx = (*tx)(nil)

func within(of forum.Tx) *tx { return &tx{of, store.RowsOf(of)} }

// Within reaches the rows through a transaction that looks at this one.
func (t *tx) Within(of forum.Tx) governance.Tx {
	if of == forum.Tx(t) {
		return t
	}
	return within(of)
}

// Peek is the same transaction for looking only.
func (t *tx) Peek() forum.Tx { return within(t.Tx.Peek()) }

// Beneath is the forum's transaction.
func (t *tx) Beneath() forum.Tx { return t.Tx }

// MoreRights are governance's own.
func (t *tx) MoreRights() []forum.Right { return governance.Rights }

// MoreErrands are governance's own.
func (t *tx) MoreErrands() []func() forum.Sendable { return governance.Sendables }
