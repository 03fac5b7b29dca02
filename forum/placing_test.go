package forum_test

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestNobodyTakesTheOtherSidesMatterOffTheAgenda: off an agenda by one level
// alone is as much a removal as a return.
func TestNobodyTakesTheOtherSidesMatterOffTheAgenda(t *testing.T) {
	for name, c := range map[string]struct {
		proposer, placer, remover string
		want                      string
	}{
		"own level, placed by the other side":   {vaksdal, hfSecretary, ourSecretary, ""},
		"other level, placed by its own side":   {bergen, hfSecretary, ourSecretary, "forbidden: error.forbidden.other_level"},
		"other level, undoing the own placing":  {bergen, ourSecretary, ourSecretary, ""},
		"other level, and the levels exchanged": {vaksdal, ourSecretary, hfSecretary, "forbidden: error.forbidden.other_level"},
		"of no equal level":                     {proposing, hfSecretary, ourSecretary, ""},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				meeting := h.plan("raad", "2026-03-02 09:00")
				matter := h.propose(c.proposer, "Felles beredskapsplan")
				done(h, placed(h.as(c.placer), matter.ID, meeting))
				h.letters()
				_, err := try(h, putBack(h.as(c.remover), matter.ID))
				refused(h.T, err, c.want)
				if c.want == "" {
					h.wantLetters("put-back " + c.proposer)
					if now := h.matter(matter.ID); now.State != forum.Proposed || now.Number == "" {
						t.Errorf("put back as %+v", now)
					}
				}
			})
		})
	}
}
