package governance_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// offered are the ladders that somebody is offered in the matter.
func (h *house) offered(who string) []LadderOffer {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*LadderPage, error) {
		return ReadLadderPage(ctx, tx, h.as(who), h.matter)
	}).Offers
}

// offersAt tells whether the result of a ballot leads somebody to a ladder.
func (h *house) offersAt(who string, ballot BallotID) bool {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*BallotPage, error) { return ReadBallot(ctx, tx, h.as(who), ballot) }).Ballot.Ladder
}

// results are who heard of a result since the last look, and whether the mail offers the ladder.
func (h *house) results() map[string]bool {
	h.Helper()
	told := map[string]bool{}
	for _, m := range h.messages() {
		if m.Kind != BallotResultMessage {
			continue
		}
		var facts BallotFacts
		h.must(json.Unmarshal(m.Facts, &facts))
		told[m.To] = facts.Ladder
	}
	return told
}

func (h *house) wantResults(want map[string]bool) {
	h.Helper()
	if diff := cmp.Diff(want, h.results()); diff != "" {
		h.Errorf("results (-want +got):\n%s", diff)
	}
}

func TestAFailedProposalOffersTheLadder(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.grow(nil)
		h.arrive(chair, deputy, vaksdal, bergen)
		h.messages()
		motion := h.put(chair, "Vi øver i haust.", Wording{})
		ballot := h.onPages(motion.ID)
		h.say(ballot, map[string]string{chair: "+", vaksdal: "+", deputy: "-"})
		if h.offersAt(chair, ballot) || h.offered(chair) != nil {
			h.Error("a ladder is offered while votes are taken")
		}
		h.wantClosed(ballot, "disagreement")
		h.wantResults(map[string]bool{secretary: true, hospitalSecretary: true})
		for who, want := range map[string]bool{chair: true, bergen: true, hospitalSecretary: true, users: false} {
			if got := h.offersAt(who, ballot); got != want {
				h.Errorf("the result offers the ladder to %s: %v", who, got)
			}
		}
		for who, want := range map[string]int{vaksdal: 1, users: 0} {
			at := seen(h, func(ctx context.Context, tx Tx) ([]MeetingOffer, error) {
				page, err := forum.ReadMeetingPage(ctx, tx, h.as(who), h.meeting)
				if err != nil {
					return nil, err
				}
				return OffersAt(ctx, tx, h.as(who), page.Items)
			})
			if len(at) != want || want == 1 && (at[0].Motion != motion.ID || at[0].Matter.ID != h.matter) {
				h.Errorf("the meeting offers %s %+v", who, at)
			}
		}
		offers := h.offered(vaksdal)
		if len(offers) != 1 || offers[0].Motion.ID != motion.ID || offers[0].Ballot != ballot || offers[0].Deadline != forum.DateOf(h.now).Before(-14) {
			h.Fatalf("offered %+v", offers)
		}
		keys := []string{}
		for _, line := range offers[0].Lines() {
			keys = append(keys, line.Key)
		}
		h.want("the reason", keys, []string{"explain.motion", "explain.outcome", "explain.why.objected"})
		h.want("who write", offers[0].Writers[0].Names, []string{"Person " + chair, "Person " + vaksdal, "Person " + secretary})
		h.want("on the other level", offers[0].Writers[1].Names, []string{"Person " + deputy, "Person " + bergen, "Person " + hospitalSecretary})
		if h.ladders() != 0 {
			h.Error("the ladder opened by itself")
		}

		other := h.propose("Ei anna sak", h.meeting)
		opening := LadderOpening{MotionID: motion.ID, Reason: "Framlegg: Vi øver i haust.", Deadline: offers[0].Deadline}
		refused(h, "error.ladder.motion", func(ctx context.Context, tx Tx) (*Ladder, error) {
			return OpenLadder(ctx, tx, h.as(vaksdal), other, opening)
		})
		done(h, func(ctx context.Context, tx Tx) (*Ladder, error) {
			return OpenLadder(ctx, tx, h.as(vaksdal), h.matter, opening)
		})
		if view := h.ladder(users); view.Failed == nil || view.Failed.ID != motion.ID {
			h.Errorf("the ladder is about %+v", view.Failed)
		}
		if h.offersAt(chair, ballot) || h.offered(chair) != nil {
			h.Error("a second ladder is offered beside the first")
		}
	})
}

// ladders are how many the matter has.
func (h *house) ladders() int {
	h.Helper()
	return len(seen(h, func(ctx context.Context, tx Tx) ([]Ladder, error) { return tx.LaddersOf(ctx, h.matter) }))
}

func TestNoLadderIsOfferedOfWhatIsSettled(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy, vaksdal, bergen)
		first := h.put(chair, "Vi øver i haust.", Wording{})
		ballot := h.onPages(first.ID)
		h.say(ballot, map[string]string{chair: "+", deputy: "-"})
		h.wantClosed(ballot, "disagreement")
		second := h.put(deputy, "Vi øver i vår.", Wording{})
		refused(h, "error.ladder.motion", func(ctx context.Context, tx Tx) (*Ladder, error) {
			return OpenLadder(ctx, tx, h.as(chair), h.matter, LadderOpening{MotionID: second.ID, Reason: "?", Deadline: "2026-06-01"})
		})
		again := h.onPages(second.ID)
		h.say(again, map[string]string{chair: "+", deputy: "+"})
		h.wantClosed(again, "adopted")
		if h.offersAt(chair, ballot) || h.offered(chair) != nil {
			h.Error("a ladder is offered though the levels agree meanwhile")
		}
	})
}

func TestAWrittenProcedureThatFailsOffersTheLadder(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		ballot := h.inWriting(h.put(chair, "Vi øver.", Wording{}).ID)
		h.say(ballot, map[string]string{chair: "+", vaksdal: "+", deputy: "-", bergen: "+"})
		h.messages()
		h.wantClosed(ballot, "disagreement")
		h.wantResults(map[string]bool{chair: true, deputy: true, vaksdal: true, bergen: true, secretary: true})
	})
}
