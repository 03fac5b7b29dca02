package governance_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	. "github.com/samraad/samraad/governance"
)

var twoKeys = forum.MandateEntry{Keys: []forum.Capacity{forum.Chair, forum.Deputy}, KeyHours: 24}

// minutes are those of the house's meeting, with the line of its matter.
func (h *house) minutes() (id MinutesID, item string) {
	h.Helper()
	id = done(h, func(ctx context.Context, tx Tx) (*Minutes, error) {
		return StartMinutes(ctx, tx, h.as(secretary), h.meeting)
	}).ID
	for _, i := range h.editor(id).Record.Items {
		if i.Matter == h.matter {
			return id, i.Key
		}
	}
	h.Fatal("the matter is no item of the minutes")
	return 0, ""
}

func (h *house) editor(id MinutesID) *MinutesEditor {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*MinutesEditor, error) {
		return ReadMinutesEditor(ctx, tx, h.as(secretary), id)
	})
}

func (h *house) page(id MinutesID, reader string) *MinutesPage {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*MinutesPage, error) { return ReadMinutes(ctx, tx, h.as(reader), id) })
}

func writtenItem(h *house, by string, id MinutesID, item string, passages ...Passage) deed[[]SavedPassage] {
	return func(ctx context.Context, tx Tx) ([]SavedPassage, error) {
		return SaveMinutesItem(ctx, tx, h.as(by), id, item, passages)
	}
}

func sentMinutes(h *house, id MinutesID) deed[*MinutesRound] {
	return func(ctx context.Context, tx Tx) (*MinutesRound, error) {
		return SendMinutes(ctx, tx, h.as(secretary), id)
	}
}

func answered(h *house, by string, round MinutesRoundID, reply MinutesReply, text string) deed[*MinutesRound] {
	return func(ctx context.Context, tx Tx) (*MinutesRound, error) {
		return AnswerMinutes(ctx, tx, h.as(by), round, MinutesSaying{reply, text})
	}
}

func keyed(h *house, id MinutesID) deed[*MinutesRound] {
	return func(ctx context.Context, tx Tx) (*MinutesRound, error) {
		return AskMinutesKeys(ctx, tx, h.as(secretary), id)
	}
}

func turned(h *house, by string, round MinutesRoundID, answer forum.KeyAnswer, reason string) deed[*Minutes] {
	return func(ctx context.Context, tx Tx) (*Minutes, error) {
		return TurnMinutesKey(ctx, tx, h.as(by), round, MinutesKeySaying{answer, reason})
	}
}

// mails are the letters since the last look: "minutes-asked leiar@kvam.example".
func (h *house) mails() (mails []string) {
	h.Helper()
	for _, m := range h.letters() {
		mails = append(mails, string(m.Kind)+" "+m.To)
	}
	slices.Sort(mails)
	return mails
}

func (h *house) letters() []forum.Message {
	h.Helper()
	fresh := seen(h, func(ctx context.Context, tx Tx) (fresh []forum.Message, err error) {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return nil, err
			}
			if m.ID > h.read {
				fresh = append(fresh, *m)
			}
		}
		return fresh, err
	})
	for _, m := range fresh {
		h.read = max(h.read, m.ID)
	}
	return fresh
}

func (h *house) wantMails(want ...string) {
	h.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, h.mails()); diff != "" {
		h.Errorf("mails (-want +got):\n%s", diff)
	}
}

// TestTwoWriteMinutes saves what two write at once: what they do not share is
// woven, what they do is shown to both, and nothing is lost.
func TestTwoWriteMinutes(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		id, item := h.minutes()
		note := func(was, text string) Passage { return Passage{Field: NoteField, Was: was, Text: text} }
		first := done(h, writtenItem(h, secretary, id, item, note("", "Leiaren opna.\n\nDrøfta.")))
		want := []SavedPassage{{Field: NoteField, Text: "Leiaren opna.\n\nDrøfta.", Author: h.person(secretary)}}
		if diff := cmp.Diff(want, first); diff != "" {
			t.Errorf("first (-want +got):\n%s", diff)
		}
		woven := done(h, writtenItem(h, secretary, id, item, note("Leiaren opna.\n\nDrøfta.", "Leiaren opna møtet.\n\nDrøfta.")))
		if woven[0].Woven || woven[0].Text != "Leiaren opna møtet.\n\nDrøfta." {
			t.Errorf("one after the other: %+v", woven[0])
		}
		woven = done(h, writtenItem(h, secretary, id, item, note("Leiaren opna.\n\nDrøfta.", "Leiaren opna.\n\nDrøfta lenge.")))
		if !woven[0].Woven || woven[0].Text != "Leiaren opna møtet.\n\nDrøfta lenge." {
			t.Errorf("woven: %+v", woven[0])
		}
		clash := done(h, writtenItem(h, secretary, id, item, note("Leiaren opna.\n\nDrøfta.", "Nestleiaren opna.\n\nDrøfta.")))
		if !clash[0].Clash || clash[0].Text != "Leiaren opna møtet.\n\nDrøfta lenge." {
			t.Errorf("clash: %+v", clash[0])
		}
		for side, want := range map[forum.DraftSide]string{
			forum.TheirSide: "Leiaren opna møtet.\n\nSlutt.", forum.MySide: "Nestleiaren opna.\n\nSlutt.", forum.BothSides: "Leiaren opna møtet.\n\nNestleiaren opna.\n\nSlutt.",
		} {
			now := h.editor(id).Record.Items[slices.IndexFunc(h.editor(id).Record.Items, func(i RecordedItem) bool { return i.Key == item })].Note
			done(h, writtenItem(h, secretary, id, item, note(now, "Leiaren opna møtet.\n\nSlutt.")))
			settled := done(h, writtenItem(h, secretary, id, item, Passage{NoteField, "Leiaren opna.\n\nSlutt.", "Nestleiaren opna.\n\nSlutt.", side}))
			if settled[0].Clash || settled[0].Text != want {
				t.Errorf("%s: %+v", side, settled[0])
			}
		}
	})
}

// TestMinutesRefuse holds what nobody may write.
func TestMinutesRefuse(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		refused(h, "error.forbidden.write_minutes", func(ctx context.Context, tx Tx) (*Minutes, error) {
			return StartMinutes(ctx, tx, h.as(vaksdal), h.meeting)
		})
		id, item := h.minutes()
		refused(h, "error.minutes.begun", func(ctx context.Context, tx Tx) (*Minutes, error) {
			return StartMinutes(ctx, tx, h.as(secretary), h.meeting)
		})
		refused(h, "error.forbidden.write_minutes", writtenItem(h, chair, id, item, Passage{Field: NoteField, Text: "Eg"}))
		refused(h, "error.minutes.no_item", writtenItem(h, secretary, id, "item-999", Passage{Field: NoteField, Text: "Eg"}))
		refused(h, "error.minutes.field", writtenItem(h, secretary, id, item, Passage{Field: "rumour", Text: "Eg"}))
		refused(h, "error.minutes.field", writtenItem(h, secretary, id, "", Passage{Field: DecisionField, Text: "Eg"}))
		refused(h, "error.identity_number", writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: "Pasienten 13097248022"}))
		refused(h, "error.too_long", writtenItem(h, secretary, id, item, Passage{Field: ClosedField, Text: strings.Repeat("x", 501)}))
		refused(h, "error.minutes.not_there", func(ctx context.Context, tx Tx) (*MinutesDissent, error) {
			return AddDissent(ctx, tx, h.as(secretary), id, MinutesDissent{Item: item, PersonID: h.person(vaksdal), Text: "Nei"})
		})
		refused(h, "error.minutes.no_party", func(ctx context.Context, tx Tx) (*MinutesAction, error) {
			return AddAction(ctx, tx, h.as(secretary), id, MinutesAction{Item: item, OrganisationID: 999, Text: "Skriv", Due: "2040-01-01"})
		})
		refused(h, "error.minutes.nobody_there", sentMinutes(h, id))
		h.arrive(chair)
		refused(h, "error.minutes.empty", sentMinutes(h, id))
		page := h.page(id, vaksdal)
		if page.Record != nil || page.MayWrite {
			t.Errorf("a member reads what is being written: %+v", page.Record)
		}
	})
}

// TestMinutesAreApproved goes the whole way: sent, answered, keyed, approved,
// enacted; corrected; and an answer to an older version is refused.
func TestMinutesAreApproved(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		h.letters()
		id, item := h.minutes()
		h.arrive(chair, deputy, vaksdal, secretary)
		done(h, writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: "Drøfta."}, Passage{Field: DecisionField, Text: "Rådet øver i mai."}))
		e := h.editor(id)
		kvam := e.Parties[slices.IndexFunc(e.Parties, func(o forum.Organisation) bool { return o.Name == "Kvam herad" })].ID
		done(h, func(ctx context.Context, tx Tx) (*MinutesAction, error) {
			return AddAction(ctx, tx, h.as(secretary), id, MinutesAction{Item: item, OrganisationID: kvam, OwnerID: h.person(chair), Text: "Skriv planen", Due: forum.DateOf(h.now.AddDate(0, 1, 0))})
		})
		done(h, func(ctx context.Context, tx Tx) (*MinutesDissent, error) {
			return AddDissent(ctx, tx, h.as(secretary), id, MinutesDissent{Item: item, PersonID: h.person(vaksdal), Text: "Mai er for seint."})
		})
		first := done(h, sentMinutes(h, id))
		h.wantMails("minutes-asked "+chair, "minutes-asked "+deputy, "minutes-asked "+vaksdal)
		refused(h, "error.minutes.state.sent", writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: "Meir"}))
		refused(h, "error.minutes.not_asked", answered(h, bergen, first.ID, ApproveMinutesReply, ""))
		refused(h, "error.minutes.not_keyed", turned(h, chair, first.ID, forum.Approve, ""))
		done(h, answered(h, vaksdal, first.ID, RemarkReply, "April, ikkje mai."))

		done(h, func(ctx context.Context, tx Tx) (*Minutes, error) { return ReopenMinutes(ctx, tx, h.as(secretary), id) })
		refused(h, "error.minutes.mended", answered(h, deputy, first.ID, ApproveMinutesReply, ""))
		done(h, writtenItem(h, secretary, id, item, Passage{Field: DecisionField, Was: "Rådet øver i mai.", Text: "Rådet øver i april."}))
		second := done(h, sentMinutes(h, id))
		refused(h, "error.minutes.older", answered(h, deputy, first.ID, ApproveMinutesReply, ""))
		for _, person := range []string{chair, deputy, vaksdal} {
			done(h, answered(h, person, second.ID, ApproveMinutesReply, ""))
		}
		h.letters()

		done(h, keyed(h, id))
		h.wantMails("minutes-keys "+chair, "minutes-keys "+deputy)
		refused(h, "error.forbidden.turn_keys", turned(h, vaksdal, second.ID, forum.Approve, ""))
		done(h, turned(h, deputy, second.ID, forum.Objects, "Datoen manglar."))
		h.wantMails("minutes-objected " + secretary)
		done(h, turned(h, chair, second.ID, forum.Approve, ""))
		if page := h.page(id, chair); page.State != KeyedMinutes || !page.Holds {
			t.Errorf("state %s, holds %v", page.State, page.Holds)
		}
		done(h, turned(h, deputy, second.ID, forum.Approve, ""))
		page := h.page(id, bergen)
		if page.State != ApprovedMinutes || page.Meeting.State != forum.ApprovedMeeting || len(page.Decisions) != 1 || page.Decisions[0].Text != "Rådet øver i april." {
			t.Fatalf("state %s of %s, decisions %+v", page.State, page.Meeting.State, page.Decisions)
		}
		if page.Record.Items[slices.IndexFunc(page.Record.Items, func(i RecordedItem) bool { return i.Key == item })].Dissents[0].Text != "Mai er for seint." {
			t.Error("the dissent is not in the record")
		}
		followUps := seen(h, func(ctx context.Context, tx Tx) ([]FollowUp, error) { return tx.FollowUpsOf(ctx, page.Decisions[0].ID) })
		if len(followUps) != 1 || followUps[0].OwnerID != h.person(chair) {
			t.Errorf("follow-ups: %+v", followUps)
		}
		mails := h.mails()
		for _, want := range []string{"minutes-approved " + chair, "minutes-approved " + bergen, "minutes-approved " + secretary} {
			if !slices.Contains(mails, want) {
				t.Errorf("no %s in %q", want, mails)
			}
		}
		refused(h, "error.minutes.approved_already", answered(h, chair, second.ID, TakeBackReply, ""))
		refused(h, "error.minutes.state.approved", func(ctx context.Context, tx Tx) (*Minutes, error) {
			return ReopenMinutes(ctx, tx, h.as(secretary), id)
		})

		next := done(h, func(ctx context.Context, tx Tx) (*Minutes, error) {
			return CorrectMinutes(ctx, tx, h.as(secretary), id, "Feil dag.")
		})
		if next.Number != 2 || h.editor(next.ID).Record.Items[0].Decision != page.Record.Items[0].Decision {
			t.Errorf("the correction begins with %+v", h.editor(next.ID).Record)
		}
		refused(h, "error.minutes.corrected", func(ctx context.Context, tx Tx) (*Minutes, error) {
			return CorrectMinutes(ctx, tx, h.as(secretary), id, "Igjen.")
		})
		if was := h.page(id, chair); was.State != ApprovedMinutes || !was.Holds {
			t.Error("a correction changed what was approved")
		}
	})
}

// TestSilenceApprovesMinutes lets the deadline of the keys pass, with an objection
// and without.
func TestSilenceApprovesMinutes(t *testing.T) {
	for _, objects := range []bool{false, true} {
		onBoth(t, twoKeys, func(h *house) {
			id, item := h.minutes()
			h.arrive(chair)
			done(h, writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: "Drøfta."}))
			done(h, sentMinutes(h, id))
			round := done(h, keyed(h, id))
			if want := h.now.Add(24 * time.Hour); !round.Deadline.Equal(want) {
				t.Errorf("deadline %s, want %s", round.Deadline, want)
			}
			if objects {
				done(h, turned(h, deputy, round.ID, forum.Objects, "Nei."))
			}
			scan := func() { h.must(Scan(h.Context(), h.keeper, calendar.Almanac{})) }
			h.now = round.Deadline.Add(-time.Minute)
			scan()
			if state := h.page(id, chair).State; state != KeyedMinutes {
				t.Errorf("before the deadline: %s", state)
			}
			h.now = round.Deadline
			refused(h, "error.keys.too_late", turned(h, chair, round.ID, forum.Approve, ""))
			scan()
			scan()
			want := ApprovedMinutes
			if objects {
				want = KeyedMinutes
			}
			if state := h.page(id, chair).State; state != want {
				t.Errorf("objection %v: %s, want %s", objects, state, want)
			}
		})
	}
}

// TestMinutesAreOwed ends a meeting by its time and reminds its secretaries once.
func TestMinutesAreOwed(t *testing.T) {
	onBoth(t, forum.MandateEntry{MinutesDays: 7}, func(h *house) {
		scan := func() { h.must(Scan(h.Context(), h.keeper, calendar.Almanac{})) }
		state := func() forum.MeetingState {
			return seen(h, func(ctx context.Context, tx Tx) (*forum.Meeting, error) { return tx.Meeting(ctx, h.meeting) }).State
		}
		scan()
		if got := state(); got != forum.CalledMeeting {
			t.Errorf("while it goes on it is %s", got)
		}
		h.now = h.now.Add(3 * time.Hour)
		scan()
		if got := state(); got != forum.HeldMeeting {
			t.Errorf("after its time it is %s", got)
		}
		waiting := seen(h, func(ctx context.Context, tx Tx) ([]MinutesWaiting, error) {
			return ReadMinutesWaiting(ctx, tx, h.as(secretary))
		})
		if len(waiting) != 1 || waiting[0].Sort != WriteWaits {
			t.Errorf("waiting: %+v", waiting)
		}
		h.letters()
		due := waiting[0].By
		for h.now.Before(due.Add(48 * time.Hour)) {
			h.now = h.now.Add(6 * time.Hour)
			scan()
		}
		h.wantMails("minutes-owed " + secretary)
	})
}

// TestExemptMinutesStayBehind looks at what a mail and a reader without access get
// of an item whose matter is exempt.
func TestExemptMinutesStayBehind(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		done(h, func(ctx context.Context, tx Tx) (*forum.Matter, error) {
			return forum.ClassifyTitle(ctx, tx, h.as(secretary), h.matter, forum.Titling{Access: forum.Exempt, Basis: "offl. § 13", Public: "Personalsak", Full: "Oppseiing"})
		})
		id, item := h.minutes()
		h.arrive(chair, deputy)
		done(h, writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: "Hemmeleg drøfting."}, Passage{Field: DecisionField, Text: "Hemmeleg vedtak."}))
		h.letters()
		round := done(h, sentMinutes(h, id))
		done(h, keyed(h, id))
		done(h, turned(h, chair, round.ID, forum.Approve, ""))
		done(h, turned(h, deputy, round.ID, forum.Approve, ""))
		for _, m := range h.letters() {
			if text := string(m.Facts); strings.HasPrefix(string(m.Kind), "minutes") && (strings.Contains(text, "Hemmeleg") || strings.Contains(text, "Oppseiing")) {
				t.Errorf("%s to %s: %s", m.Kind, m.To, text)
			}
		}
		print := seen(h, func(ctx context.Context, tx Tx) (*MinutesPrint, error) { return PrepareMinutesPrint(ctx, tx, id) })
		content, err := json.Marshal(print.Record)
		h.must(err)
		if strings.Contains(string(content), "Hemmeleg") || strings.Contains(string(content), "Oppseiing") || !strings.Contains(string(content), "offl. § 13") {
			t.Errorf("print: %s", content)
		}
		if page := h.page(id, vaksdal); page.Record.Items[slices.IndexFunc(page.Record.Items, func(i RecordedItem) bool { return i.Key == item })].Decision != "Hemmeleg vedtak." {
			t.Error("a member does not read what is exempt")
		}
	})
}
