package forum_test

import (
	"context"
	"fmt"
	"runtime/debug"
	"testing"

	"github.com/samraad/samraad/forum"
)

// inOrder is a transaction that fails the test when an act locks things in
// another order than Tx names.
type inOrder struct {
	forum.Tx
	held  map[lock]bool
	last  lock
	wrong []string
	acted bool // something was recorded, which reading does not
}

// lock is a thing that is locked: by the rank of its kind, and its id.
type lock struct {
	rank int
	id   int64
}

const (
	seatsRank = iota + 1
	seriesRank
	meetingRank
	matterRank
)

// ordered runs an act and fails the test when it locks out of order.
func ordered[T any](t *testing.T, a act[T]) act[T] {
	return func(ctx context.Context, tx forum.Tx) (T, error) {
		watch := &inOrder{Tx: tx, held: map[lock]bool{}}
		result, err := a(ctx, watch)
		if watch.acted {
			for _, wrong := range watch.wrong {
				t.Errorf("locked out of order: %s", wrong)
			}
		}
		return result, err
	}
}

func (o *inOrder) Record(ctx context.Context, event forum.Event) error {
	o.acted = true
	return o.Tx.Record(ctx, event)
}

// take notes a lock; one that is held already is no news.
func (o *inOrder) take(rank int, id int64) {
	l := lock{rank, id}
	if o.held[l] {
		return
	}
	if l.rank < o.last.rank || l.rank == o.last.rank && l.id < o.last.id {
		o.wrong = append(o.wrong, fmt.Sprintf("%v after %v\n%s", l, o.last, debug.Stack()))
	}
	o.held[l], o.last = true, l
}

func (o *inOrder) HoldSeats(ctx context.Context, in forum.ForumID) error {
	o.take(seatsRank, int64(in))
	return o.Tx.HoldSeats(ctx, in)
}

func (o *inOrder) Series(ctx context.Context, id forum.SeriesID) (*forum.Series, error) {
	o.take(seriesRank, int64(id))
	return o.Tx.Series(ctx, id)
}

func (o *inOrder) Meeting(ctx context.Context, id forum.MeetingID) (*forum.Meeting, error) {
	o.take(meetingRank, int64(id))
	return o.Tx.Meeting(ctx, id)
}

func (o *inOrder) Matter(ctx context.Context, id forum.MatterID) (*forum.Matter, error) {
	o.take(matterRank, int64(id))
	return o.Tx.Matter(ctx, id)
}
