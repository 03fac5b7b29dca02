package forum_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// gated proposes what both levels have to contribute to.
func (h *house) gated(by, title, text string) *forum.Matter {
	h.Helper()
	actor, in := h.as(by), h.forum("raad")
	return done(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
		return forum.ProposeMatter(ctx, tx, actor, in, forum.Proposal{Title: title, Text: text, Kind: forum.DecisionMatter, Source: forum.ByWeb})
	})
}

// draft is a matter's draft as somebody sees it.
func (h *house) draft(by string, id forum.MatterID) *forum.DraftPage {
	h.Helper()
	actor := h.as(by)
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftPage, error) {
		return forum.ReadDraftPage(ctx, tx, actor, id)
	})
}

func writing(by forum.Actor, id forum.SectionID, base int, text string) act[*forum.Saving] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Saving, error) {
		return forum.SaveSection(ctx, tx, by, id, base, text)
	}
}

func (h *house) write(by string, id forum.SectionID, base int, text string) *forum.Saving {
	h.Helper()
	return done(h, writing(h.as(by), id, base, text))
}

func drafting[T any](by forum.Actor, id forum.MatterID, do func(context.Context, forum.Tx, forum.Actor, forum.MatterID) (T, error)) act[T] {
	return func(ctx context.Context, tx forum.Tx) (T, error) { return do(ctx, tx, by, id) }
}

func noRemark(by forum.Actor, id forum.MatterID, level forum.Level) act[bool] {
	return func(ctx context.Context, tx forum.Tx) (bool, error) {
		return true, forum.SayNoRemark(ctx, tx, by, id, level)
	}
}

// whoWrote is a section in words: "Kvam herad+Helse Bergen HF: Tekst".
func whoWrote(s forum.SectionRow) (told []string) {
	for _, run := range s.Runs {
		var names []string
		for _, w := range run.Writers {
			names = append(names, w.Organisation)
		}
		told = append(told, strings.Join(names, "+")+": "+strings.Join(run.Paragraphs, " / "))
	}
	return told
}

func (h *house) wantWritten(id forum.MatterID, section int, want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, whoWrote(h.draft(chair, id).Sections[section])); diff != "" {
		h.Fatalf("written (-want +got):\n%s", diff)
	}
}

func TestTwoLevelsDraftFromTheFirstLine(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(vaksdal, "Utskriving i helgane", "Meldinga kjem seint.\n\nDet gjeld fredagar.")
		page := h.draft(bergen, m.ID)
		if page.Drafting.Stage != forum.JointDraftStage || !page.MayEdit || page.MayReady {
			h.Fatalf("a member finds %+v", page)
		}
		background, recommendation := page.Sections[0].ID, page.Sections[1].ID
		h.write(bergen, recommendation, 0, "Ein.\r\n\r\nTo.\n\nTre.")
		h.write(vaksdal, recommendation, 1, "Ein.\n\nTo, i helgane.\n\nTre.")
		woven := h.write(hfSecretary, recommendation, 1, "Ein.\n\nTo.\n\nTre.\n\nFire.")
		if woven.Clash || !woven.Version.Woven() {
			h.Fatalf("got %+v", woven)
		}
		h.wantWritten(m.ID, 0, "Vaksdal kommune: Meldinga kjem seint. / Det gjeld fredagar.")
		h.wantWritten(m.ID, 1, "Helse Bergen HF: Ein.", "Vaksdal kommune+Helse Bergen HF: To, i helgane.", "Helse Bergen HF: Tre.", "Helse Bergen HF: Fire.")
		if same := h.write(bergen, background, 0, ""); same.Version != nil || same.Clash {
			h.Errorf("what began before the first version and added nothing gave %+v", same)
		}
		history := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.SectionHistory, error) {
			return forum.ReadSectionHistory(ctx, tx, h.as(observing), recommendation, -1, 0)
		})
		if history.From != 2 || history.To != 3 || len(history.Versions[0].Others) != 1 || history.Versions[0].Others[0].Organisation != "Vaksdal kommune" {
			h.Errorf("the history is %d to %d of %+v", history.From, history.To, history.Versions)
		}
	})
}

func TestAClashIsShownAndSettled(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(chair, "Vaktordning", "")
		section := h.draft(chair, m.ID).Sections[1].ID
		h.write(chair, section, 0, "Ein.\n\nTo.\n\nTre.")
		h.write(deputy, section, 1, "Ein.\n\nTo hos dei.\n\nTre.")
		if saving := h.write(chair, section, 1, "Ein.\n\nTo hos oss.\n\nTre og fire."); !saving.Clash || saving.Version != nil {
			h.Fatalf("got %+v", saving)
		}
		h.wantWritten(m.ID, 1, "Kvam herad: Ein.", "Helse Bergen HF+Kvam herad: To hos dei.", "Kvam herad: Tre.")
		if got := h.draft(deputy, m.ID).Sections[1].Unsaved; got != nil {
			h.Errorf("another sees the unsaved text %q", got.Text)
		}
		ours := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Settling, error) {
			return forum.ReadSettling(ctx, tx, h.as(chair), section)
		})
		if ours.Against != 2 || ours.Theirs.Organisation != "Helse Bergen HF" {
			h.Errorf("settled with %d by %+v", ours.Against, ours.Theirs)
		}
		settling := func(picks ...forum.Pick) act[*forum.Saving] {
			return func(ctx context.Context, tx forum.Tx) (*forum.Saving, error) {
				return forum.SettleSection(ctx, tx, h.as(chair), section, 2, picks)
			}
		}
		_, err := try(h, settling())
		refused(t, err, "invalid: error.draft.pick on pick-0")
		done(h, settling(forum.Pick{Side: forum.BothSides}))
		h.wantWritten(m.ID, 1, "Kvam herad: Ein.", "Helse Bergen HF+Kvam herad: To hos dei.", "Kvam herad: To hos oss. / Tre og fire.")
		_, err = try(h, settling(forum.Pick{Side: forum.MySide}))
		refused(t, err, "not found: error.not_found.unsaved_text")
	})
}

func TestWhatIsTypedIsKept(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(chair, "Vaktordning", "Bakgrunn.")
		section := h.draft(chair, m.ID).Sections[0].ID
		keep := func(base int, text string) act[bool] {
			return func(ctx context.Context, tx forum.Tx) (bool, error) {
				return true, forum.KeepUnsaved(ctx, tx, h.as(bergen), section, base, text)
			}
		}
		done(h, keep(1, "Bakgrunn, og halv"))
		done(h, keep(1, "Bakgrunn, og halve"))
		if got := h.draft(bergen, m.ID).Sections[0].Unsaved; got == nil || got.Text != "Bakgrunn, og halve" || got.Base != 1 {
			h.Fatalf("kept %+v", got)
		}
		_, err := try(h, keep(1, "Pasienten 13097248022 ventar"))
		refused(t, err, "invalid: error.identity_number on text")
		_, err = try(h, keep(7, "Bakgrunn"))
		refused(t, err, "invalid: error.draft.base on text")
		done(h, keep(1, "Bakgrunn.\n"))
		if got := h.draft(bergen, m.ID).Sections[0].Unsaved; got != nil {
			h.Errorf("what is saved already was kept: %+v", got)
		}
		done(h, keep(1, "Nytt"))
		h.write(bergen, section, 1, "Nytt")
		if got := h.draft(bergen, m.ID).Sections[0].Unsaved; got != nil {
			h.Errorf("what was saved is still kept: %+v", got)
		}
	})
}

func TestWhoMayDraft(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(vaksdal, "Vaktordning", "Bakgrunn.")
		section := h.draft(chair, m.ID).Sections[0].ID
		for _, who := range []string{observing, proposing, substitute, former, outside} {
			_, err := try(h, writing(h.as(who), section, 1, "Mitt"))
			refused(t, err, "forbidden: error.forbidden.edit_draft")
		}
		by := h.as(ourSecretary)
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
			return forum.ClassifyTitle(ctx, tx, by, m.ID, forum.Titling{Public: "Ei sak", Access: forum.Exempt, Full: "Vaktordning", Basis: "offl. § 13"})
		})
		if got := h.draft(observing, m.ID); len(got.Sections) > 0 || got.Drafting.Stage != forum.JointDraftStage {
			h.Errorf("who may not read what is exempt finds %+v", got.Sections)
		}
		h.letters()
		done(h, comment(h.as(bergen), m.ID, section, "Løyndom"))
		for _, letter := range h.letters() {
			if strings.Contains(string(letter.Facts), "Løyndom") || strings.Contains(string(letter.Facts), "Vaktordning") {
				h.Errorf("what is exempt travels: %s", letter.Facts)
			}
		}
	})
}

func comment(by forum.Actor, id forum.MatterID, about forum.SectionID, text string) act[*forum.DraftThread] {
	return func(ctx context.Context, tx forum.Tx) (*forum.DraftThread, error) {
		return forum.OpenThread(ctx, tx, by, id, about, text)
	}
}

func TestCommentsGoToThoseConcerned(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(vaksdal, "Vaktordning", "Bakgrunn.")
		section := h.draft(chair, m.ID).Sections[0].ID
		follow := func(by string, follow bool) {
			actor := h.as(by)
			done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
				return true, forum.FollowDraft(ctx, tx, actor, m.ID, follow)
			})
		}
		follow(observing, true)
		h.letters()
		thread := done(h, comment(h.as(bergen), m.ID, section, "Kva med helgane?"))
		letters := h.wantLetters("comment "+vaksdal, "comment "+ourSecretary, "comment "+hfSecretary, "comment "+observing)
		follow(observing, false)
		said := facts[forum.ThreadFacts](h, letters[0])
		if said.Text != "Kva med helgane?" || said.Organisation != "Helse Bergen HF" || said.Part != forum.BackgroundPart {
			h.Errorf("the mail says %+v", said)
		}

		mail := h.accept(forum.TokenAddress("raad@voss.example", said.Token), "To: raad")
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
			return true, forum.TakeMailedComment(ctx, tx, mail, h.person(vaksdal), forum.Reading{Text: "Dei òg.", Papers: []string{"tal.xlsx"}}, thread.ID)
		})
		letters = h.wantLetters("comment "+bergen, "comment "+ourSecretary, "comment "+hfSecretary, "comment-receipt "+vaksdal)
		if got := facts[forum.ThreadFacts](h, letters[3]).Left; !slices.Equal(got, []string{"tal.xlsx"}) {
			h.Errorf("the receipt names %v", got)
		}
		row := h.draft(chair, m.ID).Sections[0].Threads[0]
		if len(row.Comments) != 2 || row.Comments[1].Source != forum.ByMail || row.Comments[1].Writer.Level != forum.Municipal {
			h.Errorf("the thread is %+v", row.Comments)
		}
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftThread, error) {
			return forum.ResolveThread(ctx, tx, h.as(deputy), thread.ID, true)
		})
		if row := h.draft(chair, m.ID).Sections[0].Threads[0]; !row.Resolved() || row.Resolver != "Klinikkdirektør, Helse Bergen" {
			h.Errorf("the thread is %+v", row)
		}
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftThread, error) {
			return forum.ReplyInThread(ctx, tx, h.as(deputy), thread.ID, "Éin ting til.")
		})
		if row := h.draft(chair, m.ID).Sections[0].Threads[0]; row.Resolved() {
			h.Error("an answer did not open the thread again")
		}
		_, err := try(h, comment(h.as(observing), m.ID, section, "Mitt"))
		refused(t, err, "forbidden: error.forbidden.comment_draft")
		_, err = try(h, comment(h.as(bergen), m.ID, section, " \n"))
		refused(t, err, "invalid: error.draft.no_comment on comment")
	})
}

// TestTheGate follows a decision to the agenda: it is discussed until both levels
// have contributed, and decided when it is ready.
func TestTheGate(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(vaksdal, "Vaktordning", "Bakgrunn.")
		on := h.plan("raad", "2026-02-24 10:00")
		done(h, placed(h.as(ourSecretary), m.ID, on))
		kind := func() forum.ItemKind { return h.agenda(on).Lines[0].Kind }
		if kind() != forum.DiscussionItem {
			h.Fatalf("not ready, it is for %s", kind())
		}
		base, entries := h.entries(on)
		entries[0].Kind = forum.DecisionItem
		_, err := try(h, agendaSaved(h.as(hfSecretary), on, base, entries))
		refused(t, err, "invalid: error.agenda.not_ripe on kind-"+entries[0].Key)
		_, err = try(h, drafting(h.as(ourSecretary), m.ID, forum.MarkReady))
		refused(t, err, "conflict: error.draft.gate")
		_, err = try(h, noRemark(h.as(vaksdal), m.ID, forum.Specialist))
		refused(t, err, "forbidden: error.forbidden.other_level")
		_, err = try(h, noRemark(h.as(vaksdal), m.ID, forum.Advisory))
		refused(t, err, "invalid: error.draft.level")
		done(h, noRemark(h.as(bergen), m.ID, forum.Specialist))
		if got := h.draft(chair, m.ID).Drafting; !got.Open || got.Over || got.Givers[1].Person != "Avdelingssjef, Helse Bergen" {
			h.Errorf("with no remark the gate is %+v", got)
		}
		done(h, drafting(h.as(hfSecretary), m.ID, forum.MarkReady))
		if kind() != forum.DecisionItem {
			h.Errorf("ready, it is for %s", kind())
		}
		section := h.draft(chair, m.ID).Sections[0].ID
		_, err = try(h, writing(h.as(chair), section, 1, "Endra"))
		refused(t, err, "conflict: error.draft.ready")
		done(h, drafting(h.as(ourSecretary), m.ID, forum.ReopenDraft))
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) {
			return true, forum.TakeBackNoRemark(ctx, tx, h.as(deputy), m.ID, forum.Specialist)
		})
		if kind() != forum.DiscussionItem {
			h.Errorf("taken back, it is for %s", kind())
		}
		h.write(chair, section, 1, "Endra")
	})
}

// TestTheDaysAreOver: who is missing is reminded once, at half of the days, and
// after them the matter is decided without, marked for all to see.
func TestTheDaysAreOver(t *testing.T) {
	inHouses(t, func() *forum.AreaPlan {
		plan := vossPlan()
		council(plan).Mandate.DraftDays = 10
		return plan
	}, func(h *house) {
		h.now = at("2026-01-12 09:00") // a Monday: half of the days are over on a Saturday
		m := h.gated(deputy, "Vaktordning", "Bakgrunn.")
		h.until("2026-01-22 12:00")
		h.wantReminded(ourSecretary + " 01-19 07:00 draft Vaktordning")
		if got := h.draft(chair, m.ID).Drafting; got.Open || !slices.Equal(got.Gate.Missing(), []forum.Level{forum.Municipal}) {
			h.Errorf("on the last day the gate is %+v", got)
		}
		h.now = at("2026-01-22 23:59")
		on := h.plan("raad", "2026-02-24 10:00")
		done(h, placed(h.as(ourSecretary), m.ID, on))
		if line := h.agenda(on).Lines[0]; line.Kind != forum.DecisionItem || !slices.Equal(line.Without, []forum.Level{forum.Municipal}) {
			h.Errorf("the line is %+v", line)
		}
		h.call(on)
		done(h, askedFor(h.as(ourSecretary), on))
		editions := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Edition, error) { return tx.Editions(ctx, on) })
		item := editions[0].Items[0]
		if len(item.Draft) != 1 || item.Draft[0].Part != forum.BackgroundPart || !slices.Equal(item.Without, []forum.Level{forum.Municipal}) {
			h.Errorf("frozen as %+v", item)
		}
		done(h, drafting(h.as(ourSecretary), m.ID, forum.MarkReady))
		if deeds := h.deeds("raad"); deeds[len(deeds)-1] != "draft_ready_without_municipal" {
			h.Errorf("the log says %v", deeds[len(deeds)-1])
		}
	})
}

func TestSectionsOfOnesOwn(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.propose(chair, "Drøfting")
		by := h.as(bergen)
		add := func(title string) act[*forum.DraftSection] {
			return func(ctx context.Context, tx forum.Tx) (*forum.DraftSection, error) {
				return forum.AddSection(ctx, tx, by, m.ID, title)
			}
		}
		_, err := try(h, add("Økonomi"))
		refused(t, err, "not found: error.not_found.draft")
		done(h, drafting(by, m.ID, forum.OpenDraft))
		_, err = try(h, drafting(by, m.ID, forum.OpenDraft))
		refused(t, err, "conflict: error.draft.opened")
		section := done(h, add("Økonomi"))
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftSection, error) {
			return forum.RenameSection(ctx, tx, by, section.ID, "Kostnader")
		})
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftSection, error) {
			return forum.MoveSectionUp(ctx, tx, by, section.ID)
		})
		var got []string
		for _, s := range h.draft(chair, m.ID).Sections {
			got = append(got, string(s.Part)+" "+s.Title)
		}
		if diff := cmp.Diff([]string{"background ", "own Kostnader", "recommendation "}, got); diff != "" {
			h.Error(diff)
		}
		_, err = try(h, add(strings.Repeat("x", 121)))
		refused(t, err, "invalid: error.too_long on title")
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftSection, error) {
			return forum.RenameSection(ctx, tx, by, h.draft(chair, m.ID).Sections[0].ID, "Anna")
		})
		refused(t, err, "invalid: error.draft.fixed_title on title")
	})
}

// TestManyWriteAtOnce lets everyone add a paragraph of the own to the first
// version at once: all of them are there in the end.
func TestManyWriteAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.gated(chair, "Vaktordning", "Bakgrunn.")
		section := h.draft(chair, m.ID).Sections[0].ID
		writers := []forum.Actor{h.as(chair), h.as(deputy), h.as(vaksdal), h.as(bergen), h.as(ourSecretary), h.as(hfSecretary)}
		var all sync.WaitGroup
		for i, by := range writers {
			all.Go(func() {
				saving, err := try(h, writing(by, section, 1, fmt.Sprintf("Bakgrunn.\n\nFrå %d.", i)))
				if err != nil || saving.Clash {
					h.Errorf("%d: %+v, %v", i, saving, err)
				}
			})
		}
		all.Wait()
		text := h.draft(chair, m.ID).Sections[0].Text
		for i := range writers {
			if strings.Count(text, fmt.Sprintf("Frå %d.", i)) != 1 {
				h.Errorf("what %d wrote is not there once:\n%s", i, text)
			}
		}
	})
}

func TestExchangingTheLevelsChangesNoGate(t *testing.T) {
	now := planned.Add(30 * 24 * time.Hour)
	for _, level := range []forum.Level{forum.Municipal, forum.Specialist, forum.Advisory} {
		versions := func(seen func(forum.Level) forum.Level) []forum.DraftVersion {
			return []forum.DraftVersion{{Level: seen(level), WrittenAt: planned}}
		}
		m := &forum.Matter{Kind: forum.StructuralChange}
		asIs := forum.GateOf(m, planned, 60, versions(func(l forum.Level) forum.Level { return l }), nil)
		swapped := forum.GateOf(m, planned, 60, versions(exchanged), nil)
		if asIs.Open(now) != swapped.Open(now) || asIs.Halves[0].Given() != swapped.Halves[1].Given() || asIs.Halves[1].Given() != swapped.Halves[0].Given() {
			t.Errorf("%s: %+v and %+v", level, asIs, swapped)
		}
	}
}
