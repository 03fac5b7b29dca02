package forum_test

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestWhoIsSeatedAgainGetsWhatWentOut meanwhile, as one who is called up late.
func TestWhoIsSeatedAgainGetsWhatWentOut(t *testing.T) {
	onBoth(t, func(h *house) {
		secretary := h.as(hfSecretary)
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		ending := done(h, ended(secretary, h.seatOf(bergen, forum.Member), forum.DateOf(h.now), forum.Heir{}))
		e := h.goOut(m.ID)
		h.letters()
		done(h, delivered(printOf(e, 1000)))
		if _, got := h.packages()[bergen]; got {
			h.Fatal("who has no seat got the agenda")
		}
		done(h, endingUndone(secretary, ending.ID))
		h.wantReceivers(h.packages(), bergen)
	})
}
