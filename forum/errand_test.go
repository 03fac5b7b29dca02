package forum_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
)

// press tries an act as a page does, and keeps what rests.
func (h *house) press(by forum.Actor, act forum.Sendable) (*forum.Trial, error) {
	trial, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Trial, error) {
		return forum.TryErrand(ctx, tx, by, calendar.Almanac{}, act)
	})
	if !errors.Is(err, forum.ErrRests) {
		return trial, err
	}
	trial.Errand, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.Errand, error) { return forum.KeepErrand(ctx, tx, trial) })
	return trial, err
}

// pressed is press of what has to rest.
func (h *house) pressed(by string, act forum.Sendable) *forum.Errand {
	h.Helper()
	trial, err := h.press(h.as(by), act)
	h.must(err)
	if trial.Errand == nil {
		h.Fatalf("%T rests not", act)
	}
	return trial.Errand
}

func carriedOut(id forum.ErrandID) act[time.Duration] {
	return func(ctx context.Context, tx forum.Tx) (time.Duration, error) {
		return forum.CarryOutErrand(ctx, tx, calendar.Almanac{}, id)
	}
}

func undone(by forum.Actor, id forum.ErrandID) act[*forum.Errand] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Errand, error) {
		return forum.UndoErrand(ctx, tx, by, id)
	}
}

func failed(id forum.ErrandID, why error) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.FailErrand(ctx, tx, id, why) }
}

func TestErrandRestsForAMinute(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		e := h.pressed(ourSecretary, forum.SendCall{Meeting: id})
		if e.People != len(invitedToCouncil) || !e.DueAt.Equal(h.now.Add(time.Minute)) || e.Level != forum.Municipal {
			h.Errorf("it goes to %d at %s from %s", e.People, e.DueAt, e.Level)
		}
		h.wantLetters()
		h.now = h.now.Add(59 * time.Second)
		if rests := done(h, carriedOut(e.ID)); rests != time.Second {
			h.Errorf("it rests for %s, want 1s", rests)
		}
		h.wantLetters()
		h.now = h.now.Add(time.Second)
		done(h, carriedOut(e.ID))
		if got := len(h.letters()); got != len(invitedToCouncil) {
			h.Errorf("%d letters, want %d", got, len(invitedToCouncil))
		}
		done(h, carriedOut(e.ID)) // it is gone
		h.wantLetters()
	})
}

func TestWhatSendsNothingIsDoneAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		start := at("2026-03-09 09:00")
		trial, err := h.press(h.as(ourSecretary), forum.SendMove{Meeting: id, To: forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Voss"}})
		h.must(err)
		if trial.Errand != nil || trial.Outcome.Done != "draft_moved" {
			h.Errorf("moving a draft came to %+v", trial)
		}
		if m := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) { return tx.Meeting(ctx, id) }); !m.Start.Equal(start) {
			h.Errorf("the draft is at %s", m.Start)
		}
	})
}

// TestOneOfManyCarriesOut lets several workers, a hurrying and an undoing meet:
// the invitations go once or not at all.
func TestOneOfManyCarriesOutAnErrand(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		by := h.as(ourSecretary)
		e := h.pressed(ourSecretary, forum.SendCall{Meeting: id})
		h.now = h.now.Add(time.Minute)
		var wait sync.WaitGroup
		var undo error
		for range 3 {
			wait.Go(func() { _, _ = try(h, carriedOut(e.ID)) })
		}
		wait.Go(func() {
			_, _ = try(h, func(ctx context.Context, tx forum.Tx) (*forum.Errand, error) {
				e, _, err := forum.HurryErrand(ctx, tx, by, calendar.Almanac{}, e.ID)
				return e, err
			})
		})
		wait.Go(func() { _, undo = try(h, undone(by, e.ID)) })
		wait.Wait()
		want := len(invitedToCouncil)
		if undo == nil {
			want = 0
		} else {
			refused(h.T, undo, "conflict: error.errand.gone")
		}
		if got := len(h.letters()); got != want {
			h.Errorf("%d letters, want %d (undone: %v)", got, want, undo == nil)
		}
	})
}

// TestTwoWhoPressAtOnce press the same: one rests, and the others are told so.
func TestTwoWhoPressAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		by := []forum.Actor{h.as(ourSecretary), h.as(hfSecretary)}
		errs := make([]error, 4)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { _, errs[i] = h.press(by[i%2], forum.SendCall{Meeting: id}) })
		}
		wait.Wait()
		kept := 0
		for _, err := range errs {
			switch {
			case err == nil:
				kept++
			case !forum.IsKind(err, forum.Conflict):
				h.Error(err)
			}
		}
		if kept != 1 {
			h.Errorf("%d rest, want one", kept)
		}
	})
}

// TestInterruptedErrandRests ends the transaction of an errand before its
// commit, as a kill does: nothing has happened, and it is done the next time.
func TestInterruptedErrandRests(t *testing.T) {
	onBoth(t, func(h *house) {
		e := h.pressed(ourSecretary, forum.SendCall{Meeting: h.plan("raad", "2026-03-02 09:00")})
		h.now = h.now.Add(time.Minute)
		killed := errors.New("killed")
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (time.Duration, error) {
			rests, err := forum.CarryOutErrand(ctx, tx, calendar.Almanac{}, e.ID)
			return rests, errors.Join(err, killed)
		})
		if !errors.Is(err, killed) {
			h.Fatal(err)
		}
		h.wantLetters()
		done(h, carriedOut(e.ID))
		if got := len(h.letters()); got != len(invitedToCouncil) {
			h.Errorf("%d letters, want %d", got, len(invitedToCouncil))
		}
	})
}

// TestErrandsThatFail lose between the press and its minute what they stand on.
func TestErrandsThatFail(t *testing.T) {
	for _, c := range []struct {
		name, why string
		meanwhile func(h *house, id forum.MeetingID)
	}{
		{"the meeting has moved", "conflict: error.errand.changed", func(h *house, id forum.MeetingID) {
			start := at("2026-03-09 09:00")
			done(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
				return forum.MoveMeeting(ctx, tx, h.as(hfSecretary), id, forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Voss"})
			})
		}},
		{"the right has gone", "forbidden: error.forbidden.call_meeting", func(h *house, _ forum.MeetingID) {
			reimported(h, func(p *forum.AreaPlan) {
				seats := council(p)
				at := slices.IndexFunc(seats.Seats, func(s forum.SeatEntry) bool { return s.Person == ourSecretary })
				seats.Seats[at].To = forum.DateOf(planned.AddDate(0, 0, -1))
			})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				id := h.plan("raad", "2026-03-02 09:00")
				e := h.pressed(ourSecretary, forum.SendCall{Meeting: id})
				c.meanwhile(h, id)
				h.letters()
				h.now = h.now.Add(time.Minute)
				_, err := try(h, carriedOut(e.ID))
				refused(h.T, err, c.why)
				done(h, failed(e.ID, err))
				done(h, failed(e.ID, err)) // once is enough
				h.wantLetters("errand-failed " + ourSecretary)
				if rests := done(h, carriedOut(e.ID)); rests != 0 {
					h.Errorf("what failed rests for %s", rests)
				}
				h.wantLetters()
				own := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Errand, error) {
					return tx.FailedErrands(ctx, h.person(ourSecretary))
				})
				if len(own) != 1 || !strings.HasSuffix(c.why, own[0].Trouble) {
					h.Errorf("failed are %+v", own)
				}
				h.pressed(hfSecretary, forum.SendCall{Meeting: id}) // what failed stands in nobody's way
			})
		})
	}
}

// TestNumbersThatAreUndone gives a matter's number back, unless a later one was given.
func TestNumbersThatAreUndone(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		first, second := h.propose(vaksdal, "Ei sak"), h.propose(vaksdal, "Ei sak til")
		place := func(m *forum.Matter) *forum.Errand {
			return h.pressed(ourSecretary, &forum.SendPlace{Matter: m.ID, Meeting: id})
		}
		h.letters()
		undo := place(first)
		if got := h.matter(first.ID).Number; got != "1/26" {
			h.Errorf("on the agenda it is %q", got)
		}
		done(h, undone(h.as(ourSecretary), undo.ID))
		if got := h.matter(first.ID).Number; got != "" {
			h.Errorf("undone it is %q", got)
		}
		undo = place(first)
		place(second)
		done(h, undone(h.as(ourSecretary), undo.ID))
		if one, two := h.matter(first.ID), h.matter(second.ID); one.Number != "1/26" || one.State != forum.Proposed || two.Number != "2/26" {
			h.Errorf("after undoing the first they are %q (%s) and %q", one.Number, one.State, two.Number)
		}
		h.wantLetters()
	})
}

// TestPlacingUndoneKeepsTheWish lets what was asked about a matter stand again.
func TestPlacingUndoneKeepsTheWish(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		matter := h.propose(bergen, "Frå sjukehuset")
		removal := done(h, func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
			return forum.AskRemoval(ctx, tx, h.as(ourSecretary), matter.ID, forum.Removal{Way: forum.Return, Reason: "Uklar"})
		})
		undo := h.pressed(hfSecretary, &forum.SendPlace{Matter: matter.ID, Meeting: id})
		done(h, undone(h.as(hfSecretary), undo.ID))
		if r := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) { return tx.Removal(ctx, removal.ID) }); r.State != forum.AskedRemoval {
			h.Errorf("the wish is %s", r.State)
		}
	})
}

// TestAgendasSavedWithinAMinute join: guests hear of where they end up, and one
// undoing takes all back.
func TestAgendasSavedWithinAMinute(t *testing.T) {
	inHouses(t, standingPlan, func(h *house) {
		by, id := h.as(ourSecretary), h.plan("raad", "2026-03-02 09:00")
		done(h, placed(by, h.propose(vaksdal, "Ei sak").ID, id))
		h.call(id)
		_, entries := h.entries(id)
		line := entries[lineAt(entries, "item-")].Key
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) {
			return forum.InviteGuest(ctx, tx, by, id, line, "Brannsjefen", "brann@kvam.example", forum.Nynorsk)
		})
		h.letters()
		before := h.running(id)
		var e *forum.Errand
		for range 2 {
			base, entries := h.entries(id)
			entries[0].Minutes += 5
			e = h.pressed(ourSecretary, &forum.SendAgenda{Meeting: id, Base: base, Entries: entries})
		}
		done(h, undone(by, e.ID))
		h.wantLetters()
		h.wantRunning(id, before...)

		base, entries := h.entries(id)
		entries[0].Minutes += 5
		e = h.pressed(ourSecretary, &forum.SendAgenda{Meeting: id, Base: base, Entries: entries})
		_, err := h.press(h.as(hfSecretary), &forum.SendAgenda{Meeting: id, Base: base + 1, Entries: slices.Clone(entries)})
		h.must(err) // the same lines tell nobody anything
		entries[0].Minutes += 5
		_, err = h.press(h.as(hfSecretary), &forum.SendAgenda{Meeting: id, Base: base + 1, Entries: entries})
		refused(h.T, err, "conflict: error.errand.under_way")
		h.now = h.now.Add(time.Minute)
		done(h, carriedOut(e.ID))
		h.wantLetters("guest brann@kvam.example")
	})
}

func TestEveryErrandKindOnce(t *testing.T) {
	kinds := forum.ErrandKinds()
	for i, kind := range kinds {
		if kind == "" || slices.Contains(kinds[:i], kind) {
			t.Errorf("the kind %q of number %d is another's", kind, i)
		}
	}
}
