package governance_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// TestMinutesRecordVotes holds what minutes record of motions, and what stands
// behind the decision when they are approved.
func TestMinutesRecordVotes(t *testing.T) {
	everyone := []string{chair, deputy, vaksdal, bergen}
	for _, test := range []struct {
		name     string
		deal     func(h *house) *Motion
		decision string // that is offered, "" for none
		want     []string
		never    string // key of a step
	}{
		{"an open ballot", func(h *house) *Motion {
			m := h.put(chair, "Vi øver i haust.", Wording{})
			b := h.onPages(m.ID)
			h.say(b, map[string]string{chair: "+", deputy: "+", vaksdal: "+", bergen: "-"})
			h.wantClosed(b, "adopted")
			return m
		}, "Vi øver i haust.", []string{"minutes.ballot", "explain.rule", "explain.quorum", "explain.quorum", "explain.cast", "explain.cast", "explain.cast", "explain.cast", "minutes.vote_reason", "explain.count", "explain.count", "explain.share", "explain.outcome"}, "explain.candidate"},
		{"an election", func(h *house) *Motion {
			m := h.put(chair, "Leiar", Wording{Candidates: []string{"Kari", "Ola"}})
			b := done(h, takes(h.as(secretary), m.ID, Taking{Way: OnPages, Secret: true})).ID
			for _, person := range everyone {
				done(h, voted(h.as(person), b, Said{Candidate: 2}))
			}
			h.wantClosed(b, "elected")
			return m
		}, "Leiar: Ola", []string{"minutes.ballot", "explain.quorum", "explain.quorum", "explain.round", "explain.candidate", "explain.candidate", "explain.blank", "explain.elected"}, "explain.cast"},
		{"a withdrawn motion", func(h *house) *Motion {
			m := h.put(chair, "Vi ventar.", Wording{})
			return done(h, func(ctx context.Context, tx Tx) (*Motion, error) { return WithdrawMotion(ctx, tx, h.as(chair), m.ID) })
		}, "", []string{"minutes.withdrawn"}, "minutes.ballot"},
	} {
		t.Run(test.name, func(t *testing.T) {
			mandate := twoKeys
			mandate.Rule = forum.Balanced
			onBoth(t, mandate, func(h *house) {
				h.arrive(everyone...)
				motion := test.deal(h)
				id, key := h.minutes()
				item := func(r *Record) RecordedItem {
					return r.Items[slices.IndexFunc(r.Items, func(i RecordedItem) bool { return i.Key == key })]
				}
				recorded := item(h.editor(id).Record)
				if len(recorded.Motions) != 1 || recorded.Motions[0].Proposer != "Person "+chair || recorded.Motions[0].Level != m {
					h.Fatalf("motions: %+v", recorded.Motions)
				}
				var steps []string
				for _, step := range recorded.Motions[0].Steps() {
					steps = append(steps, step.Key)
				}
				slices.Sort(steps)
				slices.Sort(test.want)
				if !slices.Equal(steps, test.want) || slices.Contains(steps, test.never) {
					h.Errorf("steps %q, want %q", steps, test.want)
				}
				content, err := json.Marshal(recorded.Motions)
				h.must(err)
				if motion.Sort == Vacancy && strings.Contains(string(content), "Person "+bergen) {
					h.Errorf("who voted in secret is told: %s", content)
				}
				decision, wanted := "Drøfta.", MotionID(0)
				if adopted := recorded.Adopted(); (len(adopted) == 0) != (test.decision == "") {
					h.Errorf("adopted: %+v", adopted)
				} else if test.decision != "" {
					decision, wanted = adopted[0].DecisionText(), motion.ID
				}
				if test.decision != "" && decision != test.decision {
					h.Errorf("%q is offered, want %q", decision, test.decision)
				}
				done(h, writtenItem(h, secretary, id, key, Passage{Field: DecisionField, Text: decision}))
				round := done(h, sentMinutes(h, id))
				done(h, keyed(h, id))
				done(h, turned(h, chair, round.ID, forum.Approve, ""))
				done(h, turned(h, deputy, round.ID, forum.Approve, ""))
				page := h.page(id, chair)
				if !page.Holds || len(page.Decisions) != 1 || page.Decisions[0].MotionID != wanted {
					h.Errorf("holds %v, decisions %+v, want motion %d", page.Holds, page.Decisions, wanted)
				}
				hidden := *page.Record
				hidden.Items = slices.Clone(hidden.Items)
				for i := range hidden.Items {
					hidden.Items[i].Exempt = true
				}
				public := hidden.Public()
				if kept := item(&public); len(kept.Motions) != 0 {
					h.Errorf("motions of what is exempt are public: %+v", kept.Motions)
				}
			})
		})
	}
}

// TestNoMinutesWhileVotesAreTaken holds the minutes back until each ballot of the
// meeting is closed; a written procedure is none of the meeting's.
func TestNoMinutesWhileVotesAreTaken(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		h.arrive(chair, deputy, vaksdal, bergen)
		id, item := h.minutes()
		done(h, writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: "Drøfta."}))
		ballot := h.onPages(h.put(chair, "Vi øver i haust.", Wording{}).ID)
		refused(h, "error.minutes.ballot_open", sentMinutes(h, id))
		if minutes := seen(h, func(ctx context.Context, tx Tx) (*Minutes, error) { return tx.Minutes(ctx, id) }); minutes.State != WritingMinutes {
			h.Errorf("the minutes are %s", minutes.State)
		}
		done(h, closed(h.as(secretary), ballot))
		later := h.put(chair, "Vi øver til våren.", Wording{})
		done(h, takes(h.as(secretary), later.ID, Taking{Way: InWriting, Deadline: h.now.AddDate(0, 0, 7)}))
		done(h, sentMinutes(h, id))
	})
}
