package forum_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// TestASeatEndsWithItsParty: who sits for a municipality that is merged away
// sits for nobody, and importing the same file again changes nothing.
func TestASeatEndsWithItsParty(t *testing.T) {
	onBoth(t, func(h *house) {
		ends := func(p *forum.AreaPlan) { p.Organisations[1].To = "2025-12-31" }
		reimported(h, ends)
		_, err := try(h, proposed(h.as(vaksdal), h.forum("raad"), "Etter samanslåinga"))
		refused(h.T, err, "forbidden: error.forbidden.propose_matter")
		done(h, proposed(h.as(chair), h.forum("raad"), "Frå ein part som er her"))
		h.letters()
		h.call(h.plan("raad", "2026-03-02 09:00"))
		for _, letter := range h.letters() {
			if letter.PersonID == h.person(vaksdal) && facts[forum.InvitationFacts](h, letter).Required {
				h.Error("a member of a party that is no more is called")
			}
		}
		plan := vossPlan()
		ends(plan)
		if count := done(h, imported(plan)); count.Created != 0 || count.Changed != 0 {
			h.Errorf("again: %+v", count)
		}
	})
}

// TestMandatesFollowEachOther: however the files come, no two versions of a
// mandate are in force on one day, and none is undone by an older file.
func TestMandatesFollowEachOther(t *testing.T) {
	from := func(date forum.Date) *forum.AreaPlan {
		plan := vossPlan()
		council(plan).Mandate.From = date
		return plan
	}
	want := []string{"2019-01-01–2019-12-31", "2020-01-01–2026-05-31", "2026-06-01–"}
	for name, order := range map[string][]forum.Date{
		"the later first": {"2026-06-01", "2019-01-01", "2020-01-01"},
		"the older after": {"2019-01-01", "2026-06-01", "2019-01-01", "2020-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				for _, date := range order {
					done(h, imported(from(date)))
				}
				versions := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Mandate, error) {
					return tx.MandateVersions(ctx, h.forum("raad"))
				})
				var got []string
				for _, v := range versions {
					got = append(got, string(v.From)+"–"+string(v.To))
				}
				if diff := cmp.Diff(want, got); diff != "" {
					h.Error(diff)
				}
				if count := done(h, imported(from(order[0]))); count.Created != 0 || count.Changed != 0 {
					h.Errorf("again: %+v", count)
				}
			})
		})
	}
}

// TestNobodyIsNamedByNumber: an identity number is refused where it stands,
// unless a secretary has looked and said that it is none.
func TestNobodyIsNamedByNumber(t *testing.T) {
	const number = "018190 10001"
	fields := map[string]forum.Proposal{
		"title":  {Title: "Pasient " + number},
		"text":   {Title: "Pasient", Text: "Det gjeld " + number + "."},
		"papers": {Title: "Pasient", Papers: []forum.Paper{{Name: number + ".pdf"}}},
	}
	onBoth(t, func(h *house) {
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			p := fields[field]
			p.Source = forum.ByWeb
			_, err := try(h, proposal(h.as(vaksdal), h.forum("raad"), p))
			refused(h.T, err, "invalid: error.identity_number on "+field)
			p.Cleared = true
			if m := done(h, proposal(h.as(vaksdal), h.forum("raad"), p)); m.ID == 0 {
				h.Errorf("%s: cleared, and not kept", field)
			}
		}
	})
}
