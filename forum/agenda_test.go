package forum_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// standingPlan is vossPlan with standing items in the council.
func standingPlan() *forum.AreaPlan {
	plan := vossPlan()
	council(plan).Mandate.Standing = []forum.StandingEntry{
		{What: forum.NoticeLine, Minutes: 5}, {What: forum.MutualBriefing, Minutes: 10}, {What: forum.OtherBusiness, Minutes: 15, AtEnd: true},
	}
	return plan
}

func (h *house) agenda(id forum.MeetingID) *forum.MeetingPage {
	h.Helper()
	by := h.as(ourSecretary)
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
		return forum.ReadMeetingPage(ctx, tx, by, id)
	})
}

// entries is the agenda as an editor finds it.
func (h *house) entries(id forum.MeetingID) (base int, entries []forum.LineEntry) {
	h.Helper()
	page := h.agenda(id)
	for _, row := range page.Lines {
		entries = append(entries, row.Entry())
	}
	return page.Revision, entries
}

// running is the agenda in words: "09.00 notice", "09.25 item-1".
func (h *house) running(id forum.MeetingID) (lines []string) {
	h.Helper()
	for _, row := range h.agenda(id).Lines {
		what := string(row.What)
		if row.Item != nil {
			what = row.Item.Matter.Title
		}
		if row.Level != "" {
			what += " " + string(row.Level)
		}
		if row.Title != "" {
			what += " " + row.Title
		}
		lines = append(lines, row.Start.In(forum.Oslo).Format("15.04")+" "+what)
	}
	return lines
}

func (h *house) wantRunning(id forum.MeetingID, want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.running(id)); diff != "" {
		h.Fatalf("agenda (-want +got):\n%s", diff)
	}
}

func agendaSaved(by forum.Actor, id forum.MeetingID, base int, entries []forum.LineEntry) act[*forum.RunningOrder] {
	return func(ctx context.Context, tx forum.Tx) (*forum.RunningOrder, error) {
		return forum.SaveAgenda(ctx, tx, by, id, base, entries)
	}
}

// lineAt finds an entry by a part of its key.
func lineAt(entries []forum.LineEntry, key string) int {
	return slices.IndexFunc(entries, func(e forum.LineEntry) bool { return strings.Contains(e.Key, key) })
}

func TestStandingItemsAreOnEveryNewMeeting(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.wantRunning(id, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 other-business")
		first, second := h.propose(vaksdal, "Ei sak"), h.propose(bergen, "Ei sak til")
		done(h, placed(h.as(ourSecretary), first.ID, id))
		done(h, placed(h.as(ourSecretary), second.ID, id))
		h.wantRunning(id, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 Ei sak", "09.45 Ei sak til", "10.05 other-business")
		done(h, putBack(h.as(ourSecretary), first.ID))
		h.wantRunning(id, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 Ei sak til", "09.45 other-business")

		h.call(id)
		reimported(h, func(p *forum.AreaPlan) { council(p).Mandate.Standing = nil })
		h.wantRunning(id, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 Ei sak til", "09.45 other-business")
		h.wantRunning(h.plan("raad", "2026-04-13 09:00"))
	})
}

func TestSaveAgenda(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		by, id := h.as(ourSecretary), h.plan("raad", "2026-03-02 09:00")
		matter := h.propose(vaksdal, "Ei sak")
		done(h, placed(by, matter.ID, id))
		base, entries := h.entries(id)
		at := lineAt(entries, "item-")
		entries[at].Kind, entries[at].Minutes, entries[at].Presenter = forum.NotingItem, 45, " kommunalsjef,  Vaksdal kommune "
		entries = append(entries[at:at+1:at+1], append([]forum.LineEntry{{Key: "pause-kaffi", Minutes: 15}, {Key: "own-omvising", Title: "Omvising", Kind: forum.BriefingItem, Minutes: 30, Presenter: "Vaktmeisteren"}}, slices.Delete(slices.Clone(entries), at, at+1)...)...)
		h.letters()
		saved := done(h, agendaSaved(by, id, base, entries))
		if saved.Revision != base+1 {
			h.Errorf("revision %d after %d", saved.Revision, base)
		}
		h.wantRunning(id, "09.00 Ei sak", "09.45 pause", "10.00 own Omvising", "10.30 notice", "10.35 level-slot municipal", "10.45 level-slot specialist", "10.55 other-business")
		rows := h.agenda(id).Lines
		if want := (forum.Presenter{PersonID: h.person(vaksdal), Name: "Kommunalsjef, Vaksdal kommune"}); rows[0].Presenter != want || rows[0].Kind != forum.NotingItem {
			h.Errorf("the matter's line is %+v", rows[0].Line)
		}
		if want := (forum.Presenter{Name: "Vaktmeisteren"}); rows[2].Presenter != want {
			h.Errorf("the own line's presenter is %+v", rows[2].Presenter)
		}
		h.wantLetters() // a change of the order is no mail to anybody
		if deeds := h.deeds("raad"); deeds[len(deeds)-1] != "agenda_saved" {
			h.Errorf("recorded %v", deeds)
		}
		again, same := h.entries(id)
		if done(h, agendaSaved(by, id, again, same)).Revision != saved.Revision {
			h.Error("saving it unchanged made a revision")
		}
	})
}

func TestAgendasThatAreRefused(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		matter := h.propose(vaksdal, "Ei sak")
		done(h, placed(h.as(ourSecretary), matter.ID, id))
		base, good := h.entries(id)
		item, slotOf := good[lineAt(good, "item-")].Key, func(level forum.Level) string { return good[lineAt(good, string(level))].Key }
		change := func(key string, change func(*forum.LineEntry)) func([]forum.LineEntry) []forum.LineEntry {
			return func(entries []forum.LineEntry) []forum.LineEntry {
				change(&entries[lineAt(entries, key)])
				return entries
			}
		}
		for name, c := range map[string]struct {
			who   string
			base  int
			write func([]forum.LineEntry) []forum.LineEntry
			want  string
		}{
			"by a member":      {vaksdal, base, nil, "forbidden: error.forbidden.edit_agenda"},
			"by a key-holder":  {chair, base, nil, "forbidden: error.forbidden.edit_agenda"},
			"an old revision":  {hfSecretary, base - 1, nil, "conflict: error.agenda.changed"},
			"too many minutes": {hfSecretary, base, change(item, func(e *forum.LineEntry) { e.Minutes = 601 }), "invalid: error.agenda.minutes on minutes-" + item},
			"fewer than none":  {hfSecretary, base, change(item, func(e *forum.LineEntry) { e.Minutes = -1 }), "invalid: error.agenda.minutes on minutes-" + item},
			"an unknown kind":  {hfSecretary, base, change(item, func(e *forum.LineEntry) { e.Kind = "song" }), "invalid: error.agenda.kind on kind-" + item},
			"a long presenter": {hfSecretary, base, change(item, func(e *forum.LineEntry) { e.Presenter = strings.Repeat("x", 251) }), "invalid: error.too_long on presenter-" + item},
			"a line without a title": {hfSecretary, base, func(entries []forum.LineEntry) []forum.LineEntry {
				return append(entries, forum.LineEntry{Key: "own-a", Kind: forum.NotingItem})
			}, "invalid: error.matter.no_title on title-own-a"},
			"without a matter": {hfSecretary, base, func(entries []forum.LineEntry) []forum.LineEntry {
				return slices.DeleteFunc(entries, func(e forum.LineEntry) bool { return e.Key == item })
			}, "invalid: error.agenda.missing"},
			"a line twice": {hfSecretary, base, func(entries []forum.LineEntry) []forum.LineEntry { return append(entries, entries[0]) },
				"invalid: error.agenda.twice on minutes-standing-1"},
			"more for one level": {hfSecretary, base, change(string(forum.Municipal), func(e *forum.LineEntry) { e.Minutes = 20 }),
				"invalid: error.agenda.uneven on minutes-" + slotOf(forum.Municipal)},
			"nothing for one level": {hfSecretary, base, func(entries []forum.LineEntry) []forum.LineEntry {
				return slices.DeleteFunc(entries, func(e forum.LineEntry) bool { return e.Key == slotOf(forum.Specialist) })
			}, "invalid: error.agenda.uneven on minutes-" + slotOf(forum.Municipal)},
		} {
			h.Run(name, func(t *testing.T) {
				entries := slices.Clone(good)
				if c.write != nil {
					entries = c.write(entries)
				}
				_, err := try(h, agendaSaved(h.as(c.who), id, c.base, entries))
				refused(t, err, c.want)
			})
		}
		done(h, cancelled(h.as(ourSecretary), id))
		_, err := try(h, agendaSaved(h.as(ourSecretary), id, base, good))
		refused(h.T, err, "conflict: error.meeting.state.cancelled")
		late := h.plan("raad", "2026-03-02 09:00")
		base, good = h.entries(late)
		h.now = at("2026-03-02 13:00")
		_, err = try(h, agendaSaved(h.as(ourSecretary), late, base, good))
		refused(h.T, err, "conflict: error.meeting.state.held")
	})
}

// TestTwoEditorsAtOnce lets many save over one revision: one is kept, and each
// of the others sees both versions, with all that was typed.
func TestTwoEditorsAtOnce(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		base, entries := h.entries(id)
		by := []forum.Actor{h.as(ourSecretary), h.as(hfSecretary)}
		errs := make([]error, 6)
		versions := make([][]forum.LineEntry, len(errs))
		var wait sync.WaitGroup
		for i := range errs {
			versions[i] = append(slices.Clone(entries), forum.LineEntry{Key: fmt.Sprintf("own-%s", string(rune('a'+i))), Title: fmt.Sprintf("Punkt %d", i), Kind: forum.NotingItem, Minutes: i})
			wait.Go(func() { _, errs[i] = try(h, agendaSaved(by[i%2], id, base, versions[i])) })
		}
		wait.Wait()
		kept := 0
		for i, err := range errs {
			if err == nil {
				kept++
				continue
			}
			refused(h.T, err, "conflict: error.agenda.changed")
			conflict := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.AgendaConflict, error) {
				return forum.ReadAgendaConflict(ctx, tx, by[i%2], id, base, versions[i])
			})
			if len(conflict.Differences) < 2 || conflict.By == "" || len(conflict.Mine) != len(entries)+1 {
				h.Fatalf("%d differences, saved by %q", len(conflict.Differences), conflict.By)
			}
			merged := conflict.Merged(map[string]forum.Side{versions[i][len(entries)].Key: forum.Mine}, forum.Theirs)
			done(h, agendaSaved(by[i%2], id, conflict.Revision, merged))
		}
		if page := h.agenda(id); kept != 1 || len(page.Lines) != len(entries)+len(errs) || page.Revision != base+len(errs) {
			h.Errorf("%d saves went through at once, %d lines in revision %d", kept, len(page.Lines), page.Revision)
		}
	})
}

// TestAMatterThatComesMeanwhile meets an editor who does not know of it: it
// stands, and what was typed is kept.
func TestAMatterThatComesMeanwhile(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		by, id := h.as(ourSecretary), h.plan("raad", "2026-03-02 09:00")
		base, entries := h.entries(id)
		entries = append(entries, forum.LineEntry{Key: "pause-a", Minutes: 10})
		done(h, placed(by, h.propose(vaksdal, "Ei sak").ID, id))
		_, err := try(h, agendaSaved(by, id, base, entries))
		refused(h.T, err, "conflict: error.agenda.changed")
		conflict := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.AgendaConflict, error) {
			return forum.ReadAgendaConflict(ctx, tx, by, id, base, entries)
		})
		done(h, agendaSaved(by, id, conflict.Revision, conflict.Merged(map[string]forum.Side{"pause-a": forum.Mine}, forum.Mine)))
		h.wantRunning(id, "09.00 notice", "09.05 level-slot municipal", "09.15 level-slot specialist", "09.25 Ei sak", "09.45 other-business", "10.00 pause")
	})
}
