package forum_test

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestNobodySeatsTheOtherLevelsKeyHolder or secretary with a list of members: a secretary
// could turn both keys by it.
func TestNobodySeatsTheOtherLevelsKeyHolder(t *testing.T) {
	onBoth(t, func(h *house) {
		in := h.forum("raad")
		row := listed(2, "", ourSecretary, "Helse Bergen HF", "nestleiar")
		plan, err := try(h, membersImported(h.as(ourSecretary), in, row))
		if err == nil {
			t.Errorf("the list is taken: %q", saidPlan(plan))
		}
		_, e := h.asked()
		if _, err := try(h, worded(h.as(ourSecretary), e.ID, approveAll)); !forum.IsKind(err, forum.Forbidden) {
			t.Errorf("the municipal secretary turns the key of the specialist level: %v", err)
		}
		if _, err := try(h, membersImported(h.as(ourSecretary), in, listed(2, "", ourSecretary, "Helse Bergen HF", "sekretær"))); err == nil {
			t.Error("nor its secretary")
		}
		done(h, membersImported(h.as(hfSecretary), in, listed(2, "Ny nestleiar", "ny@bergen.example", "Helse Bergen HF", "nestleiar")))
		done(h, membersImported(forum.Operator(), in, row))
	})
}
