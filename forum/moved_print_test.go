package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// TestAMeetingThatMovesWhileItsAgendaIsPrinted has it printed for the new time.
func TestAMeetingThatMovesWhileItsAgendaIsPrinted(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		e := h.goOut(m.ID)
		to := forum.Slot{Start: m.Start.Add(26 * time.Hour), End: m.End.Add(26 * time.Hour), Place: m.Place}
		by := h.as(ourSecretary)
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
			return forum.MoveMeeting(ctx, tx, by, m.ID, to)
		})
		h.letters()
		_, err := try(h, delivered(printOf(e, 1000)))
		refused(h.T, err, "conflict: error.edition.printing")
		order := done(h, func(ctx context.Context, tx forum.Tx) (*forum.PrintOrder, error) {
			return forum.PreparePrint(ctx, tx, e.ID)
		})
		if !order.Items[0].Start.Equal(to.Start) {
			h.Errorf("the first item is printed for %s", order.Items[0].Start)
		}
		done(h, delivered(printOf(&order.Edition, 1000)))
		h.wantReceivers(h.packages(), invitedToCouncil...)
	})
}
