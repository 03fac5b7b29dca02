package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// TestOneHandTurnsOneKey: who is named to stand in for both key-holders turns the
// key of one of them on an edition, even when each is away on another day.
func TestOneHandTurnsOneKey(t *testing.T) {
	plan := func() *forum.AreaPlan {
		p := vossPlan()
		council(p).Seats = append(council(p).Seats, forum.SeatEntry{Person: vaksdal, Organisation: bergenNumber, Capacity: forum.Member})
		return p
	}
	inHouses(t, plan, func(h *house) {
		both, in := h.as(vaksdal), h.forum("raad")
		away := func(who string) {
			by := h.as(who)
			done(h, func(ctx context.Context, tx forum.Tx) (int, error) {
				return 0, forum.NoteAbsence(ctx, tx, by, forum.DateOf(h.now), forum.DateOf(h.now))
			})
		}
		for _, who := range []string{chair, deputy} {
			by := h.as(who)
			done(h, func(ctx context.Context, tx forum.Tx) (int, error) {
				return 0, forum.NameStandIn(ctx, tx, by, in, both.Person)
			})
		}
		_, e := h.asked()
		away(chair)
		done(h, worded(both, e.ID, approveAll))
		h.now = h.now.Add(24 * time.Hour)
		away(deputy)
		_, err := try(h, worded(both, e.ID, approveAll))
		refused(h.T, err, "forbidden: error.forbidden.turn_keys")
		if got := h.edition(e.ID).State; got != forum.AskedEdition {
			h.Errorf("the edition is %s", got)
		}
	})
}
