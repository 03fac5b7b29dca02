package forum_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// scans are what runs now and then without anybody doing anything.
var scans = []func(h *house){
	func(h *house) {
		for _, id := range seen(h, forum.MeetingsToCallUp) {
			done(h, func(ctx context.Context, tx forum.Tx) (bool, error) { return true, forum.CallUpSilent(ctx, tx, id) })
		}
	},
	func(h *house) {
		for _, id := range seen(h, forum.ForumsToRemind) {
			done(h, func(ctx context.Context, tx forum.Tx) (bool, error) { return true, forum.Remind(ctx, tx, almanac, id) })
		}
	},
	func(h *house) {
		for _, id := range seen(h, forum.EditionsToClose) {
			done(h, closed(id))
			if e := h.edition(id); e.State == forum.OutEdition {
				done(h, delivered(printOf(e, 100_000)))
			}
		}
	},
}

// scan runs all scans.
func (h *house) scan() {
	h.Helper()
	for _, run := range scans {
		run(h)
	}
}

// until scans every hour until an instant.
func (h *house) until(then string) {
	h.Helper()
	for ; h.now.Before(at(then)); h.now = h.now.Add(time.Hour) {
		h.scan()
	}
}

// reminded are the reminders since the last look: "leiar@kvam.example 01-20 10:00 answer".
func (h *house) reminded() (list []string) {
	h.Helper()
	for _, m := range h.letters() {
		if m.Kind != forum.ReminderMessage {
			continue
		}
		line := m.To + " " + m.CreatedAt.In(forum.Oslo).Format("01-02 15:04")
		for _, owed := range facts[forum.ReminderFacts](h, m).Owed {
			line += fmt.Sprintf(" %s", owed.Cause)
			if owed.ForOld {
				line += " again"
			}
			for _, matter := range owed.Matters {
				line += " " + matter.Title
			}
		}
		list = append(list, line)
	}
	return list
}

func (h *house) wantReminded(want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.reminded()); diff != "" {
		h.Fatalf("reminders (-want +got):\n%s", diff)
	}
}

func TestOnlyThoseWhoOweAnAnswerAreRemindedOfIt(t *testing.T) {
	inHouses(t, withHours(96), func(h *house) {
		h.now = at("2026-01-15 13:30") // a Thursday: half of the hours are over on Saturday
		m := h.called()
		h.answer(chair, m.ID, forum.Coming)
		h.answer(bergen, m.ID, forum.Unsure)
		h.until("2026-01-19 07:00")
		h.wantReminded()
		h.until("2026-01-19 08:00")
		h.wantReminded(deputy+" 01-19 07:32 answer", vaksdal+" 01-19 07:32 answer")
		h.answer(deputy, m.ID, forum.NotComing)
		h.until("2026-01-22 12:00")
		h.wantReminded()
	})
}

func TestAReminderIsNotLateForTheNextMorning(t *testing.T) {
	inHouses(t, withHours(48), func(h *house) {
		h.now = at("2026-01-16 13:30") // a Friday: the hours are over on Sunday
		m := h.called()
		h.answer(chair, m.ID, forum.Coming)
		h.until("2026-01-18 12:00")
		h.wantReminded(deputy+" 01-17 13:31 answer", vaksdal+" 01-17 13:31 answer", bergen+" 01-17 13:31 answer")
	})
}

func TestWithoutHoursAWeekIsLeftToAnswer(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called() // Monday 2 March
		h.answer(chair, m.ID, forum.Coming)
		h.answer(deputy, m.ID, forum.Coming)
		by := h.as(ourSecretary)
		done(h, moved(by, m.ID, forum.Slot{Start: at("2026-03-03 09:00"), End: at("2026-03-03 12:00"), Place: "Heradshuset"}))
		h.answer(chair, m.ID, forum.Coming)
		h.answer(bergen, m.ID, forum.Coming)
		h.until("2026-03-03 12:00")
		answers := slices.DeleteFunc(h.reminded(), func(line string) bool { return line[:9] == "sekretar@" })
		if diff := cmp.Diff([]string{deputy + " 02-24 09:04 answer again", vaksdal + " 02-24 09:04 answer"}, answers); diff != "" {
			h.Error(diff)
		}
	})
}

func TestSecretariesAreRemindedOfItemsAndPapers(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called() // on 2 March: items until 9 February, papers until 23 February
		for _, who := range []string{chair, deputy, vaksdal, bergen} {
			h.answer(who, m.ID, forum.Coming)
		}
		h.propose(vaksdal, "Ventar")
		taken, contested := h.propose(vaksdal, "Teken"), h.propose(bergen, "Spurt om")
		done(h, asked(h.as(ourSecretary), contested.ID, forum.Removal{Way: forum.Return, Reason: "Manglar papir"}))
		by := h.as(ourSecretary)
		done(h, placed(by, taken.ID, m.ID))
		h.until("2026-02-09 12:00")
		h.wantReminded(ourSecretary+" 02-09 07:04 items Ventar", hfSecretary+" 02-09 07:04 items Ventar")
		h.now = at("2026-02-10 12:00")
		h.propose(bergen, "For seint")
		h.until("2026-02-23 12:00")
		h.wantReminded(ourSecretary+" 02-23 07:00 papers", hfSecretary+" 02-23 07:00 papers")
		h.until("2026-03-02 12:00")
		h.wantReminded()
	})
}

func TestNobodyIsRemindedOfWhatIsDone(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		by := h.as(ourSecretary)
		for _, who := range []string{chair, deputy, vaksdal, bergen} {
			h.answer(who, m.ID, forum.Coming)
		}
		late := h.propose(vaksdal, "Ei sak")
		done(h, placed(by, late.ID, m.ID))
		h.until("2026-02-20 12:00")
		h.wantReminded()
		done(h, cancelled(by, m.ID))
		h.until("2026-03-02 12:00")
		h.wantReminded()
	})
}

func TestAProposerIsRemindedOfWhatWasReturned(t *testing.T) {
	onBoth(t, func(h *house) {
		returned := func(title string) {
			matter := h.propose(vaksdal, title)
			done(h, asked(h.as(ourSecretary), matter.ID, forum.Removal{Way: forum.Return, Reason: "Manglar papir"}))
		}
		past := h.call(h.plan("raad", "2026-01-14 09:00"))
		returned("Frå før")
		h.now = past.End.Add(time.Hour)
		m := h.called()
		for _, who := range []string{chair, deputy, vaksdal, bergen} {
			h.answer(who, m.ID, forum.Coming)
		}
		returned("Den eine")
		returned("Den andre")
		h.until("2026-02-09 12:00")
		h.wantReminded(vaksdal + " 02-09 07:04 resend Den eine Den andre")

		h.now = at("2026-03-03 12:00")
		next := h.call(h.plan("raad", "2026-04-13 09:00"))
		for _, who := range []string{chair, deputy, vaksdal, bergen} {
			h.answer(who, next.ID, forum.Coming)
		}
		returned("Sendt på nytt")
		h.now = h.now.Add(time.Hour)
		again := h.propose(vaksdal, "Sendt på nytt")
		done(h, placed(h.as(ourSecretary), again.ID, next.ID))
		h.letters()
		h.until("2026-03-24 12:00")
		h.wantReminded()
	})
}

func TestOneMailListsAllThatIsOwed(t *testing.T) {
	inHouses(t, func() *forum.AreaPlan {
		p := vossPlan()
		council(p).Mandate.ItemsDays, council(p).Mandate.PapersDays = 8, 8
		return p
	}, func(h *house) {
		h.called() // items and papers are due on Sunday 22 February, and so no later than Saturday
		h.propose(vaksdal, "Ei sak")
		h.now = at("2026-02-20 06:30")
		h.until("2026-02-23 20:00")
		h.wantReminded(
			ourSecretary+" 02-21 07:30 papers items Ei sak", hfSecretary+" 02-21 07:30 papers items Ei sak",
			chair+" 02-23 09:30 answer", deputy+" 02-23 09:30 answer", vaksdal+" 02-23 09:30 answer", bergen+" 02-23 09:30 answer",
		)
		h.until("2026-03-02 12:00")
		h.wantReminded()
	})
}

// TestNobodyIsRemindedTwice lets chance choose what people do and when the scans come.
func TestNobodyIsRemindedTwice(t *testing.T) {
	for seed := range uint64(3) {
		inHouses(t, withHours(72), func(h *house) {
			chance := rand.New(rand.NewPCG(seed, 1))
			people := []string{chair, deputy, vaksdal, bergen, substitute, secondSubstitute}
			m := h.call(h.plan("raad", "2026-03-02 09:00"))
			other := h.call(h.plan("raad", "2026-03-16 09:00"))
			deeds := []func(){
				func() { h.scan() }, func() { h.scan() }, func() { h.scan() },
				func() { h.now = h.now.Add(time.Duration(chance.IntN(48)) * time.Hour) },
				func() { h.propose(vaksdal, "Ei sak") },
				func() {
					id := []forum.MeetingID{m.ID, other.ID}[chance.IntN(2)]
					_, _ = try(h, answer(h.as(people[chance.IntN(len(people))]), id, forum.Replies[chance.IntN(3)], "")) // those who are not invited may not
				},
				func() {
					start := at("2026-03-02 09:00").AddDate(0, 0, chance.IntN(10))
					_, _ = try(h, moved(h.as(ourSecretary), m.ID, forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Heradshuset"})) // nor can what has begun be moved
				},
			}
			for range 120 {
				deeds[chance.IntN(len(deeds))]()
			}
			owed := map[string]int{}
			for _, letter := range h.letters() {
				if letter.Kind != forum.ReminderMessage {
					continue
				}
				for _, o := range facts[forum.ReminderFacts](h, letter).Owed {
					owed[fmt.Sprint(letter.To, o.Meeting.ID, o.Cause)]++
				}
			}
			if len(owed) < 5 {
				h.Errorf("only %d reminders: the test shows nothing", len(owed))
			}
			for what, times := range owed {
				if times > 1 {
					h.Errorf("%s %d times", what, times)
				}
			}
		})
	}
}

// TestAMemberWhoAnswersGetsFewMails counts what a member gets who answers at
// once, from the call of an ordinary meeting to the evening before, in a forum
// where much else happens.
func TestAMemberWhoAnswersGetsFewMails(t *testing.T) {
	const most = 5
	inHouses(t, withHours(96), func(h *house) {
		by, id := h.as(ourSecretary), h.plan("raad", "2026-02-16 09:00")
		h.now = at("2026-01-12 10:00")
		h.call(id)
		h.answer(vaksdal, id, forum.Coming)
		h.answer(deputy, id, forum.Coming)
		h.answer(bergen, id, forum.Unsure)
		h.answer(chair, id, forum.NotComing)

		mine := done(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
			return forum.ProposeMatter(ctx, tx, h.as(vaksdal), h.forum("raad"), forum.Proposal{Title: "Beredskapsøving", Source: forum.ByMail})
		})
		others := h.propose(bergen, "Utskriving")
		returned := h.propose(deputy, "Ferdig sak")
		h.until("2026-01-20 10:00")
		done(h, placed(by, mine.ID, id))
		done(h, placed(by, others.ID, id))
		done(h, asked(h.as(hfSecretary), returned.ID, forum.Removal{Way: forum.Return, Reason: "Er avgjord"}))
		_, entries := h.entries(id)
		done(h, guestOf(by, id, entries[lineAt(entries, "item-")].Key, "Fastlege", doctor, forum.Nynorsk))
		h.until("2026-02-05 09:00")
		done(h, askedFor(by, id)) // nobody objects
		h.until("2026-02-12 10:00")
		late := h.propose(chair, "Sein sak")
		done(h, placed(by, late.ID, id))
		done(h, askedFor(by, id))
		h.until("2026-02-15 20:00")

		got := map[string][]forum.MessageKind{}
		for _, letter := range h.letters() {
			got[letter.To] = append(got[letter.To], letter.Kind)
		}
		if diff := cmp.Diff([]forum.MessageKind{
			forum.InvitationMessage, forum.ReceiptMessage, forum.PlacedMessage, forum.PackageMessage, forum.PackageMessage,
		}, got[vaksdal]); diff != "" {
			h.Errorf("the member gets %s", diff)
		}
		if len(got[vaksdal]) > most {
			h.Errorf("the member gets %d mails", len(got[vaksdal]))
		}
		for _, who := range []string{substitute, doctor, deputy} {
			if len(got[who]) == 0 {
				h.Errorf("%s gets nothing: the test shows too little", who)
			}
		}
	})
}
