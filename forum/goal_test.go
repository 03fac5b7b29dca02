package forum_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestAMergerTellsNoTitleToWhoMayNotReadIt follows a matter to a forum that its
// proposer has no seat in, and there into one of that forum's own.
func TestAMergerTellsNoTitleToWhoMayNotReadIt(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.propose(deputy, "Felles beredskapsplan")
		done(h, asked(h.as(hfSecretary), m.ID, forum.Removal{Way: forum.Relocate, ToForum: h.forum("utval"), Reason: "Høyrer heime der"}))
		into := done(h, proposed(h.as(bergen), h.forum("utval"), "Løynd øving"))
		page := func(by string) *forum.MatterPage {
			return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MatterPage, error) {
				return forum.ReadMatterPage(ctx, tx, h.as(by), m.ID)
			})
		}
		asks := done(h, asked(h.as(ourSecretary), m.ID, forum.Removal{Way: forum.Merge, ToMatter: into.ID, Reason: "Same sak"}))
		if got := page(deputy).ToMatter; got != into.Intake {
			h.Errorf("the proposer reads that it would go into %q", got)
		}
		if got := page(bergen).ToMatter; got != into.Title {
			h.Errorf("a member of the forum reads that it would go into %q", got)
		}
		h.letters()
		done(h, answered(h.as(hfSecretary), asks.ID, true))
		told := facts[forum.MatterFacts](h, h.wantLetters("merged " + deputy)[0])
		if told.ToTitle != into.Intake {
			h.Errorf("the proposer is told that it went into %q", told.ToTitle)
		}
		shown, err := json.Marshal(page(deputy))
		h.must(err)
		if strings.Contains(string(shown), into.Title) {
			h.Errorf("the proposer's page tells the title: %s", shown)
		}
		if got := page(bergen).Into; got == nil || got.ID != into.ID {
			h.Errorf("a member of the forum is led to %v", got)
		}
	})
}
