package forum_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// TestAMergerLeavesNoGap: a seat ends as double only when the person's other one
// has begun by then.
func TestAMergerLeavesNoGap(t *testing.T) {
	plan := func() *forum.AreaPlan {
		p := granvinPlan()
		p.Forums[0].Seats[4].From = "2020-06-01" // the one person's seat for Voss
		return p
	}
	inHouses(t, plan, func(h *house) {
		h.now = at("2019-11-01 09:00")
		merger := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MergerPlan, error) {
			return forum.PreviewMerger(ctx, tx, forum.Operator(), granvinIntoVoss())
		})
		want := "choice Kommuneoverlege, Granvin og Voss observer in raad meets Kommuneoverlege, Granvin og Voss"
		if diff := cmp.Diff(want, saidMerger(merger)[2]); diff != "" {
			h.Errorf("preview (-want +got):\n%s", diff)
		}
	})
}
