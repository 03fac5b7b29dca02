package forum_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// TestACommentRests: it stands in its thread at once, those concerned hear of it
// after a minute, and until then it is undone as if it had never been.
func TestACommentRests(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(vaksdal, "Vaktordning", "Bakgrunn.")
		say := func(by, text string, in forum.ThreadID) *forum.Errand {
			return h.pressed(by, &forum.SendComment{Matter: m.ID, Thread: in, Text: text})
		}
		said := func() (told []string) {
			for _, thread := range h.draft(chair, m.ID).Threads {
				line := ""
				for _, c := range thread.Comments {
					line += c.Text + " "
				}
				told = append(told, fmt.Sprint(line, thread.Resolved()))
			}
			return told
		}
		want := func(want ...string) {
			h.Helper()
			if diff := cmp.Diff(want, said()); diff != "" {
				h.Fatalf("said (-want +got):\n%s", diff)
			}
		}
		h.letters()

		first := say(bergen, "Helg?", 0)
		other := say(chair, "Eitt til.", 0) // nobody is kept from speaking
		want("Helg? false", "Eitt til. false")
		if first.People != 3 || first.About["Title"] != "Vaktordning" {
			h.Errorf("it goes to %d about %v", first.People, first.About)
		}
		h.wantLetters()
		done(h, undone(h.as(bergen), first.ID))
		want("Eitt til. false")

		thread := h.draft(chair, m.ID).Threads[0].ID
		answer := say(bergen, "Ja.", thread)
		_, err := try(h, undone(h.as(chair), other.ID))
		refused(t, err, "conflict: error.draft.answered")
		h.now = h.now.Add(time.Minute)
		done(h, carriedOut(other.ID))
		h.wantLetters("comment "+vaksdal, "comment "+ourSecretary, "comment "+hfSecretary)
		done(h, carriedOut(answer.ID))
		h.wantLetters("comment "+chair, "comment "+vaksdal, "comment "+ourSecretary, "comment "+hfSecretary)

		done(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftThread, error) {
			return forum.ResolveThread(ctx, tx, h.as(chair), thread, true)
		})
		again := say(deputy, "Nei.", thread)
		want("Eitt til. Ja. Nei. false")
		done(h, undone(h.as(deputy), again.ID))
		want("Eitt til. Ja. true")

		last := say(deputy, "Løyndom.", thread)
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
			return forum.ClassifyTitle(ctx, tx, h.as(ourSecretary), m.ID, forum.Titling{Public: "Ei sak", Access: forum.Exempt, Full: "Vaktordning", Basis: "offl. § 13"})
		})
		h.now = h.now.Add(time.Minute)
		done(h, carriedOut(last.ID))
		want("Eitt til. Ja. Løyndom. false")
		for _, letter := range h.wantLetters("comment "+chair, "comment "+vaksdal, "comment "+bergen, "comment "+ourSecretary, "comment "+hfSecretary) {
			letter.Facts = seen(h, func(ctx context.Context, tx forum.Tx) (json.RawMessage, error) {
				return forum.FactsThatTravel(ctx, tx, &letter)
			})
			if now := facts[forum.ThreadFacts](h, letter); now.Text != "" || now.Title != "Ei sak" || now.Basis != "offl. § 13" {
				h.Errorf("what is exempt by now travels: %+v", now)
			}
		}
	})
}

// TestAProgramSaves: what clashes is refused to it, and what its person typed on a
// page stays there.
func TestAProgramSaves(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(chair, "Vaktordning", "Ein.\n\nTo.\n\nTre.")
		section := h.draft(chair, m.ID).Sections[0].ID
		save := func(by string, base int, text string) act[*forum.DraftVersion] {
			actor := h.as(by)
			return func(ctx context.Context, tx forum.Tx) (*forum.DraftVersion, error) {
				return forum.WriteSection(ctx, tx, actor, section, base, text)
			}
		}
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
			return true, forum.KeepUnsaved(ctx, tx, h.as(bergen), section, 1, "Halv sei")
		})
		if v := done(h, save(bergen, 1, "Ein.\n\nTo hos dei.\n\nTre.")); v.Number != 2 || v.Woven() {
			h.Errorf("saved as %+v", v)
		}
		if v := done(h, save(chair, 1, "Ein hos oss.\n\nTo.\n\nTre.")); v.Number != 3 || !v.Woven() {
			h.Errorf("saved as %+v", v)
		}
		_, err := try(h, save(chair, 1, "Ein.\n\nTo hos oss.\n\nTre."))
		refused(t, err, "conflict: error.draft.clash")
		_, err = try(h, save(chair, 4, "Ein."))
		refused(t, err, "invalid: error.draft.base on text")
		if v := done(h, save(chair, 3, "Ein hos oss.\n\nTo hos dei.\n\nTre.")); v != nil {
			h.Errorf("what is there already became %+v", v)
		}
		h.wantWritten(m.ID, 0, "Kvam herad: Ein hos oss.", "Helse Bergen HF+Kvam herad: To hos dei.", "Kvam herad: Tre.")
		if own := h.draft(bergen, m.ID).Sections[0].Unsaved; own == nil || own.Text != "Halv sei" {
			h.Errorf("of what was typed there is %+v", own)
		}
	})
}

// TestADraftAwaitsALevel: who may speak for a level finds the drafts to which it
// has given nothing, until it has, or the days are over.
func TestADraftAwaitsALevel(t *testing.T) {
	inHouses(t, func() *forum.AreaPlan {
		plan := vossPlan()
		council(plan).Mandate.DraftDays = 10
		return plan
	}, func(h *house) {
		h.now = at("2026-01-12 09:00")
		waits := func(by string) (list []string) {
			actor := h.as(by)
			all := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Awaiting, error) {
				return forum.ReadAwaiting(ctx, tx, actor)
			})
			for _, w := range all.List {
				if w.Sort == forum.ContributionWaits {
					list = append(list, fmt.Sprint(w.Matter.Title, " ", w.Level, " ", w.Since.In(forum.Oslo).Format("01-02 15:04"), " ", w.By.In(forum.Oslo).Format("01-02 15:04")))
				}
			}
			return list
		}
		want := func(by string, want ...string) {
			h.Helper()
			if diff := cmp.Diff(want, waits(by)); diff != "" {
				h.Fatalf("%s (-want +got):\n%s", by, diff)
			}
		}
		given, waived := h.gated(vaksdal, "Helgane", "Bakgrunn."), h.gated(chair, "Vaktordning", "Bakgrunn.")
		h.propose(chair, "Berre drøfting")
		for _, who := range []string{bergen, hfSecretary} {
			want(who, "Helgane specialist 01-12 09:00 01-22 23:59", "Vaktordning specialist 01-12 09:00 01-22 23:59")
		}
		for _, who := range []string{vaksdal, ourSecretary, observing, substitute, outside} {
			want(who)
		}
		h.write(bergen, h.draft(bergen, given.ID).Sections[0].ID, 1, "Bakgrunn hos oss.")
		want(hfSecretary, "Vaktordning specialist 01-12 09:00 01-22 23:59")
		done(h, noRemark(h.as(hfSecretary), waived.ID, forum.Specialist))
		want(bergen)
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
			return true, forum.TakeBackNoRemark(ctx, tx, h.as(hfSecretary), waived.ID, forum.Specialist)
		})
		h.now = at("2026-01-22 23:58")
		want(bergen, "Vaktordning specialist 01-12 09:00 01-22 23:59")
		h.now = at("2026-01-22 23:59")
		want(bergen)
	})
}
