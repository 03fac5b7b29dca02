package forum_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func asked(by forum.Actor, id forum.MatterID, r forum.Removal) act[*forum.Removal] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
		return forum.AskRemoval(ctx, tx, by, id, r)
	}
}

func answered(by forum.Actor, id forum.RemovalID, agree bool) act[*forum.Removal] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
		return forum.AnswerRemoval(ctx, tx, by, id, agree, "Saka hastar")
	}
}

func decided(by forum.Actor, id forum.RemovalID, yes bool) act[*forum.Removal] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
		return forum.DecideContested(ctx, tx, by, id, yes)
	}
}

func withdrawn(by forum.Actor, id forum.RemovalID) act[*forum.Removal] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
		return forum.WithdrawRemoval(ctx, tx, by, id)
	}
}

var returned = forum.Removal{Way: forum.Return, Reason: "For late"}

func TestTheOwnLevelsMatterLeavesAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		target := h.propose(deputy, "Utskriving")
		for name, c := range map[string]struct {
			proposer, secretary string
			removal             forum.Removal
			want                forum.Matter
			letter              forum.MessageKind
			facts               forum.MatterFacts
		}{
			"returned": {
				vaksdal, ourSecretary, returned, forum.Matter{State: forum.Returned}, forum.ReturnedMessage, forum.MatterFacts{},
			},
			"relocated": {
				deputy, hfSecretary, forum.Removal{Way: forum.Relocate, ToForum: h.forum("utval"), Reason: "For late"},
				forum.Matter{State: forum.Proposed, ForumID: h.forum("utval")}, forum.RelocatedMessage, forum.MatterFacts{ToForum: "Underutval for beredskap", Address: "beredskap@voss.example"},
			},
			"merged": {
				chair, ourSecretary, forum.Removal{Way: forum.Merge, ToMatter: target.ID, Reason: "For late"},
				forum.Matter{State: forum.Merged, MergedInto: target.ID}, forum.MergedMessage, forum.MatterFacts{ToTitle: "Utskriving"},
			},
			"an advisory party's": {
				proposing, hfSecretary, returned, forum.Matter{State: forum.Returned}, forum.ReturnedMessage, forum.MatterFacts{},
			},
		} {
			h.Run(name, func(t *testing.T) {
				m := h.propose(c.proposer, "Felles beredskapsplan")
				r := done(h, asked(h.as(c.secretary), m.ID, c.removal))
				if r.State != forum.DoneRemoval {
					t.Errorf("the removal is %s", r.State)
				}
				want := *m
				want.State, want.Reason, want.MergedInto = c.want.State, "For late", c.want.MergedInto
				if c.want.ForumID != 0 {
					want.ForumID = c.want.ForumID
				}
				if diff := cmp.Diff(&want, h.matter(m.ID)); diff != "" {
					t.Error(diff)
				}
				told := facts[forum.MatterFacts](h, h.wantLetters(string(c.letter) + " " + c.proposer)[0])
				if told.Reason != "For late" || told.Forum != "Samarbeidsrådet" || told.ToForum != c.facts.ToForum || told.ToTitle != c.facts.ToTitle {
					t.Errorf("the proposer is told %+v", told)
				}
				if c.facts.Address != "" && told.Address != c.facts.Address {
					t.Errorf("it is answered to %s", told.Address)
				}
			})
		}
	})
}

func TestTheOtherLevelsMatterNeedsItsSecretary(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.propose(vaksdal, "Felles beredskapsplan")
		r := done(h, asked(h.as(hfSecretary), m.ID, returned))
		if r.State != forum.AskedRemoval || h.matter(m.ID).State != forum.Proposed {
			h.Errorf("the removal is %s, the matter %s", r.State, h.matter(m.ID).State)
		}
		told := facts[forum.MatterFacts](h, h.wantLetters("removal-asked " + ourSecretary)[0])
		if told.Way != forum.Return || told.Reason != "For late" || told.Asker != "Sekretær, Helse Bergen" || told.Person != "Sekretær, Kvam herad" {
			h.Errorf("the other secretary is told %+v", told)
		}
		for who, want := range map[string]string{
			hfSecretary: "forbidden: error.forbidden.other_level", chair: "forbidden: error.forbidden.other_level", outside: "forbidden: error.forbidden.other_level",
		} {
			for _, agree := range []bool{true, false} {
				_, err := try(h, answered(h.as(who), r.ID, agree))
				refused(h.T, err, want)
			}
		}
		_, err := try(h, asked(h.as(ourSecretary), m.ID, returned))
		refused(h.T, err, "conflict: error.removal.asked_already")
		_, err = try(h, decided(h.as(chair), r.ID, true))
		refused(h.T, err, "conflict: error.removal.state.asked")
		h.wantLetters()

		r = done(h, answered(h.as(ourSecretary), r.ID, true))
		if r.State != forum.DoneRemoval || h.matter(m.ID).State != forum.Returned {
			h.Errorf("the removal is %s, the matter %s", r.State, h.matter(m.ID).State)
		}
		h.wantLetters("returned " + vaksdal)
		_, err = try(h, answered(h.as(ourSecretary), r.ID, true))
		refused(h.T, err, "conflict: error.removal.state.done")
	})
}

func TestAContestedMatterStaysUntilTheKeysDecide(t *testing.T) {
	onBoth(t, func(h *house) {
		contested := func() (*forum.Matter, *forum.Removal) {
			h.Helper()
			m := h.propose(deputy, "Utskriving")
			r := done(h, asked(h.as(ourSecretary), m.ID, returned))
			h.wantLetters("removal-asked " + hfSecretary)
			r = done(h, answered(h.as(hfSecretary), r.ID, false))
			told := facts[forum.MatterFacts](h, h.wantLetters("removal-contested "+chair, "removal-contested "+deputy)[1])
			if told.Reason != "For late" || told.Objection != "Saka hastar" || told.Asker != "Sekretær, Kvam herad" {
				h.Errorf("a key-holder is told %+v", told)
			}
			return m, r
		}
		meeting := h.plan("raad", "2026-03-02 09:00")

		m, r := contested()
		_, err := try(h, placed(h.as(hfSecretary), m.ID, meeting))
		refused(h.T, err, "conflict: error.removal.contested")
		_, err = try(h, decided(h.as(ourSecretary), r.ID, true))
		refused(h.T, err, "forbidden: error.forbidden.decide_removal")
		r = done(h, decided(h.as(chair), r.ID, true))
		if r.State != forum.ContestedRemoval || h.matter(m.ID).State != forum.Proposed {
			h.Errorf("one key makes the removal %s", r.State)
		}
		_, err = try(h, decided(h.as(chair), r.ID, true))
		refused(h.T, err, "conflict: error.removal.key_given")
		h.wantLetters()
		r = done(h, decided(h.as(deputy), r.ID, true))
		if r.State != forum.DoneRemoval || h.matter(m.ID).State != forum.Returned {
			h.Errorf("two keys make the removal %s, the matter %s", r.State, h.matter(m.ID).State)
		}
		h.wantLetters("returned " + deputy)

		m, r = contested()
		done(h, decided(h.as(deputy), r.ID, true))
		r = done(h, decided(h.as(chair), r.ID, false))
		if r.State != forum.KeptRemoval || h.matter(m.ID).State != forum.Proposed {
			h.Errorf("a no makes the removal %s, the matter %s", r.State, h.matter(m.ID).State)
		}
		told := facts[forum.MatterFacts](h, h.wantLetters("removal-kept " + ourSecretary)[0])
		if told.Objection != "Saka hastar" || told.Way != forum.Return {
			h.Errorf("who asked is told %+v", told)
		}
		done(h, placed(h.as(ourSecretary), m.ID, meeting))
		h.wantLetters("placed " + deputy)

		m, r = contested()
		_, err = try(h, withdrawn(h.as(hfSecretary), r.ID))
		refused(h.T, err, "forbidden: error.removal.not_yours")
		done(h, withdrawn(h.as(ourSecretary), r.ID))
		_, err = try(h, decided(h.as(chair), r.ID, true))
		refused(h.T, err, "conflict: error.removal.state.withdrawn")
		if state := h.matter(m.ID).State; state != forum.Proposed {
			h.Errorf("after withdrawing, the matter is %s", state)
		}
		h.wantLetters()
	})
}

func TestPlacingEndsAnUnansweredRemoval(t *testing.T) {
	onBoth(t, func(h *house) {
		meeting := h.plan("raad", "2026-03-02 09:00")
		m := h.propose(vaksdal, "Felles beredskapsplan")
		r := done(h, asked(h.as(hfSecretary), m.ID, returned))
		done(h, placed(h.as(ourSecretary), m.ID, meeting))
		_, err := try(h, answered(h.as(ourSecretary), r.ID, true))
		refused(h.T, err, "conflict: error.removal.state.withdrawn")
		if state := h.matter(m.ID).State; state != forum.Placed {
			h.Errorf("the matter is %s", state)
		}
	})
}

func TestWhereNoMatterGoes(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		m, gone := h.propose(vaksdal, "Felles beredskapsplan"), h.propose(chair, "Ei gamal sak")
		elsewhere := done(h, proposed(h.as(bergen), h.forum("utval"), "Ei sak i utvalet"))
		done(h, asked(by, gone.ID, returned))
		abroad := &forum.AreaPlan{
			Area:   forum.AreaEntry{Key: "nordhordland", Name: "Nordhordland"},
			Forums: []forum.ForumEntry{{Key: "nord", Name: "Rådet", Kind: forum.Council, Address: "raad@nordhordland.example"}},
		}
		done(h, imported(abroad))
		h.letters()
		const noForum, noMatter = "invalid: error.removal.to_forum on forum", "invalid: error.removal.to_matter on into"
		for name, c := range map[string]struct {
			matter  forum.MatterID
			removal forum.Removal
			want    string
		}{
			"in no way":                    {m.ID, forum.Removal{Way: "delete"}, "invalid: error.removal.way on way"},
			"without a reason":             {m.ID, forum.Removal{Way: forum.Return, Reason: " "}, "invalid: error.reason_missing on reason"},
			"to the forum it is in":        {m.ID, forum.Removal{Way: forum.Relocate, ToForum: h.forum("raad")}, noForum},
			"to a forum of another area":   {m.ID, forum.Removal{Way: forum.Relocate, ToForum: h.forum("nord")}, noForum},
			"to no forum":                  {m.ID, forum.Removal{Way: forum.Relocate}, noForum},
			"to a forum that is not":       {m.ID, forum.Removal{Way: forum.Relocate, ToForum: 999}, noForum},
			"into itself":                  {m.ID, forum.Removal{Way: forum.Merge, ToMatter: m.ID}, noMatter},
			"into nothing":                 {m.ID, forum.Removal{Way: forum.Merge}, noMatter},
			"into what was returned":       {m.ID, forum.Removal{Way: forum.Merge, ToMatter: gone.ID}, noMatter},
			"into another forum's":         {m.ID, forum.Removal{Way: forum.Merge, ToMatter: elsewhere.ID}, noMatter},
			"when it was returned already": {gone.ID, returned, "conflict: error.matter.state.returned"},
			"when there is none":           {999, returned, "not found: error.not_found.matter"},
		} {
			h.Run(name, func(t *testing.T) {
				_, err := try(h, asked(by, c.matter, c.removal))
				refused(t, err, c.want)
			})
		}
		h.wantLetters()
	})
}

// TestAWishIsOnlyAWish fills in all that a form could send.
func TestAWishIsOnlyAWish(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.propose(vaksdal, "Felles beredskapsplan")
		earlier := done(h, asked(h.as(hfSecretary), h.propose(vaksdal, "Ei anna sak").ID, returned))
		r := done(h, asked(h.as(hfSecretary), m.ID, forum.Removal{
			ID: earlier.ID, Way: forum.Return, Reason: "For late", ToForum: 9999, ToMatter: 9999, State: forum.DoneRemoval, Objection: "Nei",
			Agreed: []forum.Key{{Person: 1, Level: forum.Municipal}, {Person: 2, Level: forum.Specialist}},
		}))
		want := &forum.Removal{
			ID: r.ID, MatterID: m.ID, Way: forum.Return, Reason: "For late", State: forum.AskedRemoval,
			AskedBy: h.person(hfSecretary), AskedLevel: forum.Specialist, AskedAt: planned,
		}
		if r.ID == earlier.ID {
			h.Error("another removal was written over")
		}
		if diff := cmp.Diff(want, seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) { return tx.OpenRemoval(ctx, m.ID) })); diff != "" {
			h.Error(diff)
		}
	})
}

// TestTwoMattersAreNotMergedIntoEachOther follows two wishes that cross: were
// both carried out, neither matter would be left.
func TestTwoMattersAreNotMergedIntoEachOther(t *testing.T) {
	onBoth(t, func(h *house) {
		a, b := h.propose(vaksdal, "Beredskap"), h.propose(chair, "Beredskapsplan")
		by, other := h.as(ourSecretary), h.as(hfSecretary)
		into := func(id forum.MatterID) forum.Removal {
			return forum.Removal{Way: forum.Merge, ToMatter: id, Reason: "Same sak"}
		}
		first, second := done(h, asked(other, a.ID, into(b.ID))), done(h, asked(other, b.ID, into(a.ID)))
		done(h, answered(by, first.ID, true))
		h.letters()
		_, err := try(h, answered(by, second.ID, true))
		refused(h.T, err, "invalid: error.removal.to_matter on into")
		if m := h.matter(b.ID); m.State != forum.Proposed {
			h.Errorf("the one that is left is %s", m.State)
		}
		h.wantLetters()
		done(h, withdrawn(other, second.ID))
	})
}

func TestRelocationIsInTheLogsOfBothForums(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.propose(vaksdal, "Felles beredskapsplan")
		before := h.deeds("utval")
		done(h, asked(h.as(ourSecretary), m.ID, forum.Removal{Way: forum.Relocate, ToForum: h.forum("utval"), Reason: "Høyrer heime der"}))
		if diff := cmp.Diff([]string{"forum_imported", "matter_proposed", "matter_relocate"}, h.deeds("raad")); diff != "" {
			h.Errorf("the council: %s", diff)
		}
		if diff := cmp.Diff(append(before, "matter_received"), h.deeds("utval")); diff != "" {
			h.Errorf("the sub-committee: %s", diff)
		}
		page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MatterPage, error) {
			return forum.ReadMatterPage(ctx, tx, forum.AsPerson(m.Proposer), m.ID)
		})
		if page.Forum.Key != "utval" || len(page.History) != 3 {
			h.Errorf("its proposer finds it in %s with %d deeds", page.Forum.Key, len(page.History))
		}
	})
}
