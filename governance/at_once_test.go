package governance_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// TestVotesAtOnceWithTheClosing lets everyone vote while the ballot is closed: a
// vote is counted when it was taken, and refused otherwise.
func TestVotesAtOnceWithTheClosing(t *testing.T) {
	onBoth(t, forum.MandateEntry{Rule: forum.DoubleMajority}, func(h *house) {
		h.arrive(chair, deputy, vaksdal, bergen)
		ballot := h.onPages(h.put(chair, "Vi øver i haust.", Wording{}).ID)
		var taken atomic.Int32
		var all sync.WaitGroup
		for _, by := range []forum.Actor{h.as(chair), h.as(deputy), h.as(vaksdal), h.as(bergen)} {
			all.Go(func() {
				switch _, err := try(h, voted(by, ballot, Said{Vote: Yes})); {
				case err == nil:
					taken.Add(1)
				case !forum.IsKind(err, forum.Conflict):
					h.Error(err)
				}
			})
		}
		closer := h.as(secretary)
		all.Go(func() {
			if _, err := try(h, closed(closer, ballot)); err != nil {
				h.Error(err)
			}
		})
		all.Wait()
		b := seen(h, func(ctx context.Context, tx Tx) (*Ballot, error) { return tx.Ballot(ctx, ballot) })
		counted := 0
		for _, c := range b.Result.Counts {
			counted += c.Yes
		}
		if int(taken.Load()) != counted {
			h.Errorf("%d votes were taken, and %d counted", taken.Load(), counted)
		}
	})
}

// TestMinutesKeysAtOnce turns both keys at the same time: the minutes are approved
// once, and their decision has one number.
func TestMinutesKeysAtOnce(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		h.arrive(chair, deputy)
		id, item := h.minutes()
		done(h, writtenItem(h, secretary, id, item, Passage{Field: DecisionField, Text: "Rådet øver i haust."}))
		round := done(h, sentMinutes(h, id))
		done(h, keyed(h, id))
		var all sync.WaitGroup
		for _, by := range []forum.Actor{h.as(chair), h.as(deputy), h.as(chair), h.as(deputy)} {
			all.Go(func() {
				_, err := try(h, func(ctx context.Context, tx Tx) (*Minutes, error) {
					return TurnMinutesKey(ctx, tx, by, round.ID, MinutesKeySaying{Answer: forum.Approve})
				})
				if err != nil && !forum.IsKind(err, forum.Conflict) {
					h.Error(err)
				}
			})
		}
		all.Wait()
		page := h.page(id, secretary)
		if page.State != ApprovedMinutes || len(page.Decisions) != 1 || page.Decisions[0].Number != "1/26" {
			h.Errorf("the minutes are %s, with %+v", page.State, page.Decisions)
		}
	})
}
