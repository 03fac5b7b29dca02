package forum_test

import (
	"context"
	"sync"
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestAMatterOutlivesItsMeeting follows a matter with a guest from a meeting
// that is called off to another, back to the inbox, and to the other once more.
func TestAMatterOutlivesItsMeeting(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		by := h.as(ourSecretary)
		first, matter, guest := h.withGuest()
		h.letters()
		second := h.call(h.plan("raad", "2026-04-13 09:00")).ID
		other := h.propose(vaksdal, "Ei anna sak")
		done(h, placed(by, other.ID, second))
		h.letters()
		number := h.matter(matter.ID).Number

		done(h, cancelled(by, first))
		told := map[string]forum.MessageKind{}
		for _, letter := range h.letters() {
			if letter.Kind == forum.GuestMessage || letter.Kind == forum.PutBackMessage {
				told[letter.To] = letter.Kind
			}
			if letter.Kind != forum.GuestMessage {
				continue
			}
			if said := facts[forum.GuestFacts](h, letter); said.Change != forum.Cancel || !said.Off || said.Title != "Ei sak" || said.Number != number {
				h.Errorf("the guest is told %+v", said)
			}
		}
		if told[doctor] != forum.GuestMessage || told[vaksdal] != forum.PutBackMessage {
			h.Errorf("told: %v", told)
		}
		if _, err := h.guestPage(guest.Link); !forum.IsKind(err, forum.NotFound) {
			h.Errorf("the guest's page is open: %v", err)
		}
		h.wantRunning(first, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 other-business")

		done(h, placed(by, matter.ID, second))
		h.wantRunning(second, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 Ei anna sak", "09.45 Ei sak", "10.05 other-business")
		_, entries := h.entries(second)
		last := len(entries) - 2
		again := done(h, guestOf(by, second, entries[last].Key, "Fastlege Hansen", doctor, forum.English))
		if again.UID == guest.UID {
			h.Error("the guest's new invitation has the old one's UID")
		}
		h.letters()
		done(h, putBack(by, other.ID)) // the guest's line moves up
		if moved := facts[forum.GuestFacts](h, h.wantLetters("put-back "+vaksdal, "guest "+doctor)[1]); !moved.Start.Equal(at("2026-04-13 09:25")) || moved.Sequence != 1 {
			h.Errorf("the guest is told %+v", moved)
		}
		done(h, putBack(by, matter.ID))
		if gone := facts[forum.GuestFacts](h, h.wantLetters("put-back "+vaksdal, "guest "+doctor)[1]); gone.Change != forum.Cancel || gone.Off {
			h.Errorf("the guest is told %+v", gone)
		}
		done(h, placed(by, matter.ID, second))
		h.wantLetters("placed " + vaksdal)
		h.wantRunning(second, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 Ei sak", "09.45 other-business")
		if now := h.matter(matter.ID); now.Number != number || now.State != forum.Placed {
			h.Errorf("the matter is %+v", now)
		}
		for _, row := range h.agenda(second).Lines {
			if len(row.Guests) > 0 {
				h.Errorf("%s has the guests of an earlier place", row.Key)
			}
		}
	})
}

// TestCancellingAndPuttingBackAtOnce has two secretaries change one agenda: each
// gets a clear outcome, and the matter is in the inbox once.
func TestCancellingAndPuttingBackAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		for range 24 {
			id, matter := h.plan("raad", "2026-03-02 09:00"), h.propose(vaksdal, "Ei sak")
			h.call(id)
			done(h, placed(by, matter.ID, id))
			var both sync.WaitGroup
			outcome := make([]error, 2)
			for n, do := range []func(context.Context, forum.Tx) error{
				func(ctx context.Context, tx forum.Tx) error {
					_, err := forum.CancelMeeting(ctx, tx, by, id, "Storm")
					return err
				},
				func(ctx context.Context, tx forum.Tx) error {
					_, err := forum.PutBack(ctx, tx, by, matter.ID)
					return err
				},
			} {
				both.Go(func() { outcome[n] = h.keeper.Write(h.Context(), do) })
			}
			both.Wait()
			if outcome[0] != nil || outcome[1] != nil && !forum.IsKind(outcome[1], forum.Conflict) {
				h.Fatalf("cancelling: %v, putting back: %v", outcome[0], outcome[1])
			}
			if now := h.matter(matter.ID); now.State != forum.Proposed {
				h.Fatalf("the matter is %s", now.State)
			}
		}
	})
}
