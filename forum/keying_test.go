package forum_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// recorder is a transaction that remembers the jobs that an act enqueues.
type recorder struct {
	forum.Tx
	jobs *[]forum.Job
}

func (r recorder) Enqueue(ctx context.Context, jobs ...forum.Job) error {
	*r.jobs = append(*r.jobs, jobs...)
	return r.Tx.Enqueue(ctx, jobs...)
}

// printing runs an act and gives the editions whose package it has printed.
func printing[T any](h *house, a act[T]) (result T, printed []forum.EditionID) {
	h.Helper()
	var jobs []forum.Job
	result = done(h, func(ctx context.Context, tx forum.Tx) (T, error) { return a(ctx, recorder{tx, &jobs}) })
	for _, job := range jobs {
		if of, is := job.(forum.PrintPackage); is {
			printed = append(printed, of.Edition)
		}
	}
	return result, printed
}

func askedFor(by forum.Actor, id forum.MeetingID) act[*forum.Edition] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) {
		return forum.AskForKeys(ctx, tx, by, id, "")
	}
}

func worded(by forum.Actor, id forum.EditionID, sayings ...forum.KeySaying) act[*forum.Edition] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) {
		return forum.GiveWords(ctx, tx, by, id, sayings)
	}
}

func overridden(by forum.Actor, id forum.EditionID, reason string) act[*forum.Edition] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) {
		return forum.OverrideTheKeys(ctx, tx, by, id, reason)
	}
}

func closed(id forum.EditionID) act[forum.EditionID] {
	return func(ctx context.Context, tx forum.Tx) (forum.EditionID, error) {
		return id, forum.CloseEdition(ctx, tx, id)
	}
}

var approveAll = forum.KeySaying{Answer: forum.Approve}

func objection(item forum.EditionItem) forum.KeySaying {
	return forum.KeySaying{Items: []string{item.Line.Key}, Answer: forum.Objects, Reason: "Ikkje avklart"}
}

// asked is a called meeting with two matters whose keys are asked for; letters are
// forgotten.
func (h *house) asked() (*forum.Meeting, *forum.Edition) {
	h.Helper()
	m := h.called()
	for _, title := range []string{"Felles beredskap", "Utskriving"} {
		done(h, placed(h.as(ourSecretary), h.propose(chair, title).ID, m.ID))
	}
	e := done(h, askedFor(h.as(ourSecretary), m.ID))
	h.letters()
	return m, e
}

func (h *house) edition(id forum.EditionID) *forum.Edition {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) { return tx.Edition(ctx, id) })
}

func (h *house) meeting(id forum.MeetingID) *forum.Meeting {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) { return tx.Meeting(ctx, id) })
}

// wantStates checks the states of a meeting's editions.
func (h *house) wantStates(id forum.MeetingID, want ...forum.EditionState) []forum.Edition {
	h.Helper()
	editions := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Edition, error) { return tx.Editions(ctx, id) })
	var got []forum.EditionState
	for _, e := range editions {
		got = append(got, e.State)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.Fatalf("editions (-want +got):\n%s", diff)
	}
	return editions
}

// keyDeeds are what was done with the keys, without the rest.
func (h *house) keyDeeds() (deeds []string) {
	h.Helper()
	for _, d := range h.deeds("raad") {
		if strings.HasPrefix(d, "keys_") || strings.HasPrefix(d, "agenda_sent") || strings.HasPrefix(d, "agenda_held") {
			deeds = append(deeds, d)
		}
	}
	return deeds
}

func (h *house) wantKeyDeeds(want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.keyDeeds()); diff != "" {
		h.Errorf("deeds (-want +got):\n%s", diff)
	}
}

func TestBothKeysLetTheAgendaOut(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		h.letters()
		e := done(h, askedFor(h.as(hfSecretary), m.ID))
		letters := h.wantLetters("keys-asked "+chair, "keys-asked "+deputy)
		told := facts[forum.KeysFacts](h, letters[1])
		if told.Items[0].Handle != "1/26" || told.Items[0].Title != "Felles beredskap" || !told.Deadline.Equal(h.now.Add(48*time.Hour)) || told.Token == "" {
			h.Errorf("the deputy is told %+v", told)
		}
		if _, printed := printing(h, worded(h.as(chair), e.ID, approveAll)); printed != nil {
			h.Error("one key let it out")
		}
		if got := h.meeting(m.ID).State; got != forum.CalledMeeting {
			h.Errorf("the meeting is %s", got)
		}
		_, printed := printing(h, worded(h.as(deputy), e.ID, approveAll))
		if diff := cmp.Diff([]forum.EditionID{e.ID}, printed); diff != "" {
			h.Errorf("printed (-want +got):\n%s", diff)
		}
		if out := h.edition(e.ID); out.State != forum.OutEdition || !out.OutAt.Equal(h.now) || out.Sort != forum.PackageEdition {
			h.Errorf("the edition is %+v", out)
		}
		if got := h.meeting(m.ID).State; got != forum.AgendaSent {
			h.Errorf("the meeting is %s", got)
		}
		h.wantLetters()
		h.wantKeyDeeds("keys_asked", "keys_approved", "keys_approved", "agenda_sent")
	})
}

// Two key-holders who approve in the same moment let it out once.
func TestBothKeysAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		holders := []forum.Actor{h.as(chair), h.as(deputy)}
		var both sync.WaitGroup
		for _, by := range holders {
			both.Go(func() {
				if _, err := try(h, worded(by, e.ID, approveAll)); err != nil {
					h.Error(err)
				}
			})
		}
		both.Wait()
		h.wantStates(m.ID, forum.OutEdition)
		h.wantKeyDeeds("keys_asked", "keys_approved", "keys_approved", "agenda_sent")
	})
}

func TestWhoMayTurnAKey(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		for _, who := range []string{ourSecretary, hfSecretary, vaksdal, bergen, substitute, proposing, outside, former} {
			_, err := try(h, worded(h.as(who), e.ID, approveAll))
			refused(h.T, err, "forbidden: error.forbidden.turn_keys")
		}
		for _, who := range []string{chair, deputy, vaksdal, outside} {
			_, err := try(h, askedFor(h.as(who), m.ID))
			refused(h.T, err, "forbidden: error.forbidden.ask_keys")
		}
		for _, who := range []string{vaksdal, bergen, substitute, outside} {
			_, err := try(h, overridden(h.as(who), e.ID, "Storm"))
			refused(h.T, err, "forbidden: error.forbidden.override_keys")
		}
		_, err := try(h, worded(forum.Actor{}, e.ID, approveAll))
		refused(h.T, err, "forbidden: error.forbidden.turn_keys")
	})
}

func TestWhatCannotBeSaid(t *testing.T) {
	onBoth(t, func(h *house) {
		_, e := h.asked()
		item := e.Items[0].Line.Key
		for _, test := range []struct {
			name   string
			saying forum.KeySaying
			want   string
		}{
			{"no word", forum.KeySaying{}, "invalid: error.keys.choose on answer"},
			{"another word", forum.KeySaying{Answer: "maybe"}, "invalid: error.keys.choose on answer"},
			{"an objection to everything", forum.KeySaying{Answer: forum.Objects, Reason: "Nei"}, "invalid: error.keys.object_to_one on reason"},
			{"an objection without a reason", forum.KeySaying{Items: []string{item}, Answer: forum.Objects, Reason: " "}, "invalid: error.reason_missing on reason"},
			{"an identity number in the reason", forum.KeySaying{Items: []string{item}, Answer: forum.Objects, Reason: "Gjeld 11077941012"}, "invalid: error.identity_number on reason"},
			{"an item that is not there", forum.KeySaying{Items: []string{"item-999"}, Answer: forum.Approve}, "not found: error.keys.no_item"},
			{"one of them not there", forum.KeySaying{Items: []string{item, ""}, Answer: forum.Approve}, "not found: error.keys.no_item"},
		} {
			h.Run(test.name, func(t *testing.T) {
				inner := &house{T: t, keeper: h.keeper, now: h.now}
				_, err := try(inner, worded(h.as(chair), e.ID, approveAll, test.saying))
				refused(t, err, test.want)
			})
		}
		words := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.KeyWord, error) { return tx.KeyWords(ctx, e.ID) })
		if len(words) != 0 {
			h.Errorf("a refused mail left %+v", words)
		}
	})
}

func TestAnObjectionHoldsOneItemBack(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		done(h, worded(h.as(chair), e.ID, approveAll))
		done(h, worded(h.as(deputy), e.ID, objection(e.Items[1])))
		letters := h.wantLetters("keys-objected "+ourSecretary, "keys-objected "+hfSecretary)
		told := facts[forum.KeysFacts](h, letters[0])
		want := []forum.KeyObjection{{By: "Klinikkdirektør, Helse Bergen", Level: forum.Specialist, Reason: "Ikkje avklart"}}
		if diff := cmp.Diff(want, told.Items[0].Objections); diff != "" || told.Items[0].Title != "Utskriving" {
			h.Errorf("the secretaries are told of %+v", told.Items)
		}
		h.now = e.Deadline.Add(-time.Second)
		if _, printed := printing(h, closed(e.ID)); printed != nil {
			h.Fatal("it went out before its deadline")
		}
		h.now = e.Deadline
		_, printed := printing(h, closed(e.ID))
		if len(printed) != 1 {
			h.Fatalf("printed %v", printed)
		}
		h.wantLetters("held-back "+ourSecretary, "held-back "+hfSecretary, "held-back "+chair, "held-back "+deputy)
		out := h.edition(e.ID)
		if out.Items[0].HeldBack || !out.Items[1].HeldBack || len(out.Outgoing()) != 1 {
			h.Errorf("out went %+v", out.Outgoing())
		}
		if _, printed := printing(h, closed(e.ID)); printed != nil {
			h.Error("it went out twice")
		}
		h.wantKeyDeeds("keys_asked", "keys_approved", "keys_objected", "agenda_sent")

		_, err := try(h, askedFor(h.as(ourSecretary), m.ID))
		refused(h.T, err, "conflict: error.keys.held_back")
		_, err = try(h, worded(h.as(deputy), e.ID, objection(e.Items[0])))
		refused(h.T, err, "not found: error.keys.no_item")
		done(h, worded(h.as(deputy), e.ID, forum.KeySaying{Answer: forum.Approve}))
		h.letters()
		_, printed = printing(h, askedFor(h.as(ourSecretary), m.ID))
		if len(printed) != 1 {
			h.Fatal("what both have approved by now was asked for again")
		}
		editions := h.wantStates(m.ID, forum.OutEdition, forum.OutEdition)
		supplement := editions[1]
		if supplement.Sort != forum.SupplementEdition || supplement.Items[0].Changed || !supplement.Items[1].Changed || supplement.Items[1].HeldBack {
			h.Errorf("the supplement is %+v", supplement)
		}
		h.wantLetters()
	})
}

func TestWhenEverythingIsHeldBackNothingGoesOut(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		done(h, worded(h.as(chair), e.ID, objection(e.Items[0]), objection(e.Items[1])))
		h.letters()
		h.now = e.Deadline
		if _, printed := printing(h, closed(e.ID)); printed != nil {
			h.Error("something went out")
		}
		h.wantLetters("held-back "+ourSecretary, "held-back "+hfSecretary, "held-back "+chair, "held-back "+deputy)
		if h.wantStates(m.ID, forum.WithdrawnEdition); h.meeting(m.ID).State != forum.CalledMeeting {
			h.Error("the agenda counts as sent")
		}
		_, err := try(h, askedFor(h.as(ourSecretary), m.ID))
		refused(h.T, err, "conflict: error.keys.held_back")
		done(h, worded(h.as(chair), e.ID, forum.KeySaying{Items: []string{e.Items[0].Line.Key}, Answer: forum.TakeBack}))
		again := done(h, askedFor(h.as(ourSecretary), m.ID))
		if asked := again.Asked(); len(asked) != 1 || asked[0].Line.Key != e.Items[0].Line.Key {
			h.Errorf("asked about %+v", asked)
		}
	})
}

func TestSilenceApproves(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		h.now = e.Deadline.Add(time.Minute)
		_, err := try(h, worded(h.as(chair), e.ID, approveAll))
		refused(h.T, err, "conflict: error.keys.too_late")
		due := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.EditionID, error) {
			return forum.EditionsToClose(ctx, tx)
		})
		if diff := cmp.Diff([]forum.EditionID{e.ID}, due); diff != "" {
			h.Fatalf("due (-want +got):\n%s", diff)
		}
		if _, printed := printing(h, closed(e.ID)); len(printed) != 1 {
			h.Errorf("printed %v", printed)
		}
		h.wantLetters()
		_, err = try(h, worded(h.as(chair), e.ID, approveAll))
		refused(h.T, err, "conflict: error.keys.out")
		if got := h.meeting(m.ID).State; got != forum.AgendaSent {
			h.Errorf("the meeting is %s", got)
		}
	})
}

func TestAskingAgainCarriesOver(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		_, err := try(h, askedFor(h.as(ourSecretary), m.ID))
		refused(h.T, err, "conflict: error.keys.asked_already")
		done(h, worded(h.as(chair), e.ID, approveAll))
		done(h, worded(h.as(deputy), e.ID, objection(e.Items[1])))
		h.letters()

		base, entries := h.entries(m.ID)
		entries[1].Minutes = 45
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.RunningOrder, error) {
			return forum.SaveAgenda(ctx, tx, h.as(ourSecretary), m.ID, base, entries)
		})
		if frozen := h.edition(e.ID); frozen.Items[1].Line.Minutes == 45 {
			h.Error("an edit changed what the key-holders have before them")
		}
		again := done(h, askedFor(h.as(ourSecretary), m.ID))
		h.wantStates(m.ID, forum.WithdrawnEdition, forum.AskedEdition)
		h.wantLetters("keys-asked "+chair, "keys-asked "+deputy)
		words := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.KeyWord, error) { return tx.KeyWords(ctx, again.ID) })
		if len(words) != 1 || words[0].Item != e.Items[0].Line.Key || words[0].Level != forum.Municipal || words[0].Answer != forum.Approve {
			h.Errorf("carried over: %+v", words)
		}
		_, err = try(h, worded(h.as(chair), e.ID, approveAll))
		refused(h.T, err, "conflict: error.keys.withdrawn")
		done(h, worded(h.as(chair), again.ID, approveAll))
		if _, printed := printing(h, worded(h.as(deputy), again.ID, approveAll)); len(printed) != 1 {
			h.Error("it did not go out")
		}
	})
}

func TestASupplementAsksForWhatChanged(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		done(h, worded(h.as(chair), e.ID, approveAll))
		done(h, worded(h.as(deputy), e.ID, approveAll))
		_, err := try(h, askedFor(h.as(ourSecretary), m.ID))
		refused(h.T, err, "conflict: error.keys.nothing_new")

		done(h, placed(h.as(hfSecretary), h.propose(bergen, "Sein sak").ID, m.ID))
		h.letters()
		supplement := done(h, askedFor(h.as(hfSecretary), m.ID))
		if asked := supplement.Asked(); len(asked) != 1 || asked[0].Title != "Sein sak" || supplement.Sort != forum.SupplementEdition || supplement.Number != 2 {
			h.Errorf("asked about %+v in %+v", asked, supplement)
		}
		letters := h.wantLetters("keys-asked "+chair, "keys-asked "+deputy)
		if told := facts[forum.KeysFacts](h, letters[0]); len(told.Items) != 1 || told.Items[0].Handle != "3/26" {
			h.Errorf("told %+v", told)
		}
		done(h, worded(h.as(chair), supplement.ID, approveAll))
		if _, printed := printing(h, worded(h.as(deputy), supplement.ID, approveAll)); len(printed) != 1 {
			h.Error("it did not go out")
		}

		// What is only in another order needs the keys as a whole.
		base, entries := h.entries(m.ID)
		slices.Reverse(entries)
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.RunningOrder, error) {
			return forum.SaveAgenda(ctx, tx, h.as(ourSecretary), m.ID, base, entries)
		})
		if asked := done(h, askedFor(h.as(ourSecretary), m.ID)).Asked(); len(asked) != 3 {
			h.Errorf("of another order %d items are asked about", len(asked))
		}
	})
}

func TestAnEmergencyOverride(t *testing.T) {
	onBoth(t, func(h *house) {
		_, e := h.asked()
		done(h, worded(h.as(chair), e.ID, objection(e.Items[1])))
		_, err := try(h, overridden(h.as(hfSecretary), e.ID, "  "))
		refused(h.T, err, "invalid: error.reason_missing on reason")
		_, printed := printing(h, overridden(h.as(hfSecretary), e.ID, "Vegen er stengd i morgon"))
		out := h.edition(e.ID)
		if len(printed) != 1 || out.Override != "Vegen er stengd i morgon" || out.OverrideBy != h.person(hfSecretary) || len(out.Outgoing()) != 2 {
			h.Errorf("printed %v, out %+v", printed, out)
		}
		h.wantKeyDeeds("keys_asked", "keys_objected", "keys_overridden", "agenda_sent")
		_, err = try(h, overridden(h.as(hfSecretary), e.ID, "Igjen"))
		refused(h.T, err, "conflict: error.keys.out")
	})
}

func TestAStandInTurnsTheKeyOfWhoIsAway(t *testing.T) {
	onBoth(t, func(h *house) {
		council := h.forum("raad")
		named := func(by forum.Actor, person forum.PersonID) act[int] {
			return func(ctx context.Context, tx forum.Tx) (int, error) {
				return 0, forum.NameStandIn(ctx, tx, by, council, person)
			}
		}
		for _, wrong := range []string{bergen, ourSecretary, chair, outside, observing} {
			_, err := try(h, named(h.as(chair), h.person(wrong)))
			refused(h.T, err, "invalid: error.keys.stand_in on stand-in")
		}
		_, err := try(h, named(h.as(vaksdal), h.person(substitute)))
		refused(h.T, err, "forbidden: error.forbidden.turn_keys")
		done(h, named(h.as(chair), h.person(substitute)))
		done(h, named(h.as(chair), h.person(vaksdal)))

		m, e := h.asked()
		_, err = try(h, worded(h.as(vaksdal), e.ID, approveAll))
		refused(h.T, err, "forbidden: error.keys.holder_here")
		done(h, func(ctx context.Context, tx forum.Tx) (int, error) {
			return 0, forum.NoteAbsence(ctx, tx, h.as(chair), forum.DateOf(h.now), forum.DateOf(h.now))
		})
		letters := h.wantLetters("keys-asked " + vaksdal)
		if told := facts[forum.KeysFacts](h, letters[0]); told.InPlace != "Helse- og omsorgssjef, Kvam herad" || told.Token == "" {
			h.Errorf("told %+v", told)
		}
		done(h, worded(h.as(vaksdal), e.ID, approveAll))
		words := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.KeyWord, error) { return tx.KeyWords(ctx, e.ID) })
		if len(words) != 2 || !words[0].StandIn || words[0].Level != forum.Municipal || words[0].PersonID != h.person(vaksdal) {
			h.Errorf("said: %+v", words)
		}
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Ny sak").ID, m.ID))
		h.letters()
		done(h, askedFor(h.as(ourSecretary), m.ID))
		letters = h.wantLetters("keys-asked "+vaksdal, "keys-asked "+deputy)
		if told := facts[forum.KeysFacts](h, letters[0]); told.InPlace != "Helse- og omsorgssjef, Kvam herad" {
			h.Errorf("told %+v", told)
		}
		done(h, named(h.as(chair), 0))
		_, err = try(h, worded(h.as(vaksdal), e.ID, approveAll))
		refused(h.T, err, "forbidden: error.forbidden.turn_keys")
	})
}

// TestAnAbsenceAheadTellsTheStandInWhenItBegins, once, and nobody whose level has approved.
func TestAnAbsenceAheadTellsTheStandInWhenItBegins(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		tomorrow := forum.DateOf(h.now.Add(24 * time.Hour))
		for _, holder := range []string{chair, deputy} {
			done(h, func(ctx context.Context, tx forum.Tx) (int, error) {
				stand := map[string]string{chair: vaksdal, deputy: bergen}[holder]
				return 0, errors.Join(forum.NameStandIn(ctx, tx, h.as(holder), m.ForumID, h.person(stand)), forum.NoteAbsence(ctx, tx, h.as(holder), tomorrow, tomorrow))
			})
		}
		done(h, worded(h.as(deputy), e.ID, approveAll))
		h.letters()
		stood := func() {
			h.Helper()
			for _, id := range seen(h, forum.EditionsToStandInFor) {
				done(h, func(ctx context.Context, tx forum.Tx) (int, error) { return 0, forum.TellStandIns(ctx, tx, id) })
			}
		}
		stood()
		h.wantLetters()
		h.now = h.now.Add(24 * time.Hour)
		stood()
		h.wantLetters("keys-asked " + vaksdal)
		stood()
		h.wantLetters()
	})
}

// TestAnObjectionThatIsTakenBackIsTold to those who were told of it.
func TestAnObjectionThatIsTakenBackIsTold(t *testing.T) {
	onBoth(t, func(h *house) {
		_, e := h.asked()
		done(h, worded(h.as(deputy), e.ID, objection(e.Items[1])))
		h.wantLetters("keys-objected "+ourSecretary, "keys-objected "+hfSecretary)
		done(h, worded(h.as(deputy), e.ID, forum.KeySaying{Items: []string{e.Items[1].Line.Key}, Answer: forum.TakeBack}))
		letters := h.wantLetters("keys-lifted "+ourSecretary, "keys-lifted "+hfSecretary)
		if told := facts[forum.KeysFacts](h, letters[0]); len(told.Items) != 1 || told.Items[0].Title != "Utskriving" || told.Items[0].Objections != nil {
			h.Errorf("told %+v", told)
		}
		done(h, worded(h.as(deputy), e.ID, objection(e.Items[1])))
		h.letters()
		done(h, worded(h.as(deputy), e.ID, approveAll))
		h.wantLetters("keys-lifted "+ourSecretary, "keys-lifted "+hfSecretary)

		done(h, worded(h.as(deputy), e.ID, objection(e.Items[1])))
		h.now = e.Deadline
		done(h, closed(e.ID))
		h.letters()
		done(h, worded(h.as(deputy), e.ID, forum.KeySaying{Items: []string{e.Items[1].Line.Key}, Answer: forum.TakeBack}))
		h.wantLetters("keys-lifted "+ourSecretary, "keys-lifted "+hfSecretary, "keys-lifted "+chair)
	})
}

func TestAMeetingThatChangesWhileItsAgendaWaits(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		done(h, worded(h.as(chair), e.ID, approveAll))
		to := forum.Slot{Start: m.Start.Add(26 * time.Hour), End: m.End.Add(26 * time.Hour), Place: m.Place}
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
			return forum.MoveMeeting(ctx, tx, h.as(ourSecretary), m.ID, to)
		})
		moved := h.edition(e.ID)
		if moved.State != forum.AskedEdition || !moved.Items[0].Start.Equal(to.Start) || !moved.Deadline.Equal(e.Deadline) {
			h.Errorf("the edition is %+v", moved)
		}
		done(h, cancelled(h.as(ourSecretary), m.ID))
		h.wantStates(m.ID, forum.WithdrawnEdition)
		_, err := try(h, worded(h.as(deputy), e.ID, approveAll))
		refused(h.T, err, "conflict: error.meeting.state.cancelled")
		_, err = try(h, askedFor(h.as(ourSecretary), m.ID))
		refused(h.T, err, "conflict: error.meeting.state.cancelled")
	})
}

func TestWhenThereIsNothingToAskFor(t *testing.T) {
	onBoth(t, func(h *house) {
		draft := h.plan("raad", "2026-03-02 09:00")
		_, err := try(h, askedFor(h.as(ourSecretary), draft))
		refused(h.T, err, "conflict: error.keys.draft")
		h.call(draft)
		_, err = try(h, askedFor(h.as(ourSecretary), draft))
		refused(h.T, err, "invalid: error.keys.empty")
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, draft))
		h.now = at("2026-03-02 09:00")
		_, err = try(h, askedFor(h.as(ourSecretary), draft))
		refused(h.T, err, "conflict: error.keys.begun")
	})
}

// An agenda that is sent can still be changed, so that a supplement can follow.
func TestASentAgendaStaysOpen(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.asked()
		done(h, overridden(h.as(ourSecretary), e.ID, "Hastar"))
		matter := h.propose(bergen, "Sein sak")
		done(h, placed(h.as(ourSecretary), matter.ID, m.ID))
		done(h, putBack(h.as(ourSecretary), matter.ID))
		h.answer(chair, m.ID, forum.NotComing)
		h.wantAttending(m.ID, chair+" no", substitute+" none"+forChair)
		if !h.meeting(m.ID).Takes(h.now) {
			h.Error("what comes in time no longer reaches the meeting")
		}
	})
}
