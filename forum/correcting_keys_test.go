package forum_test

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestACorrectionGoesNotAroundTheKeys: what a supplement has put before the
// key-holders stays as it was approved, and a line that was never before them
// waits for a supplement.
func TestACorrectionGoesNotAroundTheKeys(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.sentOut()
		h.paper(e.Items[0].Matter, "omstridd.pdf", 10, forum.Internal)
		asked := done(h, askedFor(h.as(ourSecretary), m.ID))
		done(h, worded(h.as(deputy), asked.ID, objection(asked.Items[0])))
		base, entries := h.entries(m.ID)
		own := forum.LineEntry{Key: forum.NewLineKey(forum.OwnLine), Title: "Eiga linje", Kind: forum.BriefingItem, Minutes: 5}
		done(h, agendaSaved(h.as(ourSecretary), m.ID, base, append(entries, own)))

		correction := done(h, corrected(h.as(ourSecretary), e.ID, "Feil vedlegg"))
		for _, item := range correction.Outgoing() {
			if item.Line.Key == own.Key {
				h.Error("a line that was never before the keys goes out")
			}
			for _, p := range item.Papers {
				if p.Name == "omstridd.pdf" {
					h.Errorf("what is objected to goes out with %s", item.Title)
				}
			}
		}
		if got := correction.Item(asked.Items[0].Line.Key); got == nil || got.HeldBack {
			h.Error("what was approved is left out")
		}
	})
}
