package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// invited are those whom the council invites, in the order of the seats. A
// substitute is not called up with the rest.
var invited = []string{chair, deputy, vaksdal, bergen, ourSecretary, hfSecretary, proposing, observing}

func invitations(to ...string) (letters []string) {
	for _, address := range to {
		letters = append(letters, "invitation "+address)
	}
	return letters
}

func moved(by forum.Actor, id forum.MeetingID, to forum.Slot) act[*forum.Meeting] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
		return forum.MoveMeeting(ctx, tx, by, id, to)
	}
}

func reimported(h *house, change func(*forum.AreaPlan)) {
	h.Helper()
	plan := vossPlan()
	change(plan)
	done(h, imported(plan))
}

func TestCallingInvitesEachPersonOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.wantLetters()
		m := h.call(id)
		if m.State != forum.CalledMeeting || m.Sequence != 0 {
			h.Errorf("called as %+v", m)
		}
		letters := h.wantLetters(invitations(invited...)...)
		want := forum.InvitationFacts{
			Change: forum.Request, Meeting: id, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Form: forum.Ordinary,
			Slot:     forum.Slot{Start: at("2026-03-02 09:00"), End: at("2026-03-02 12:00"), Place: "Heradshuset"},
			ItemsDue: at("2026-02-09 23:59"), UID: m.UID, Stamp: planned, Chairs: true, Required: true, MayPropose: true,
			Person: "Helse- og omsorgssjef, Kvam herad", To: chair,
		}
		got := facts[forum.InvitationFacts](h, letters[0])
		want.Token = got.Token
		if diff := cmp.Diff(want, got); diff != "" {
			h.Errorf("what the chair is told: %s", diff)
		}
		tokens := map[string]bool{}
		for i, letter := range letters {
			told := facts[forum.InvitationFacts](h, letter)
			tokens[told.Token] = true
			if leads, observes, only := i == 0, i >= 6, letter.To == observing; told.Chairs != leads || told.Required == observes || told.MayPropose == only {
				h.Errorf("%s: leads %v, expected %v, may propose %v", letter.To, told.Chairs, told.Required, told.MayPropose)
			}
			token := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.AddressToken, error) {
				return tx.AddressToken(ctx, told.Token)
			})
			if token.Purpose != forum.AnswerPurpose || token.Subject != int64(id) || token.PersonID != letter.PersonID || token.ForumID != m.ForumID {
				h.Errorf("the token of %s is %+v", letter.To, token)
			}
		}
		if len(tokens) != len(invited) {
			h.Errorf("%d tokens for %d people", len(tokens), len(invited))
		}
		if language := letters[5].Language; language != forum.English {
			h.Errorf("%s is written to in %s", letters[5].To, language)
		}
	})
}

func TestMovingUpdatesEveryCalendar(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.call(id)
		before := h.wantLetters(invitations(invited...)...)
		h.now = h.now.Add(time.Hour)
		m := done(h, moved(h.as(hfSecretary), id, slot("2026-03-09 10:00", "2026-03-09 13:00")))
		if m.Sequence != 1 || !m.ItemsDue.Equal(at("2026-02-16 23:59")) {
			h.Errorf("moved to %+v", m)
		}
		for i, letter := range h.wantLetters(invitations(invited...)...) {
			first, then := facts[forum.InvitationFacts](h, before[i]), facts[forum.InvitationFacts](h, letter)
			first.Update, first.Slot, first.ItemsDue, first.Sequence, first.Stamp = true, m.Slot, m.ItemsDue, 1, h.now
			if diff := cmp.Diff(first, then); diff != "" {
				h.Errorf("what %s is told: %s", letter.To, diff)
			}
		}
	})
}

func TestADraftIsMovedAndCancelledInSilence(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		if m := done(h, moved(h.as(ourSecretary), id, slot("2026-03-09 10:00", "2026-03-09 13:00"))); m.Sequence != 0 {
			h.Errorf("sequence %d before anybody has it", m.Sequence)
		}
		done(h, cancelled(h.as(ourSecretary), id))
		h.wantLetters()
	})
}

func TestWhoComesAndGoesBetweenTwoChanges(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.call(id)
		h.letters()
		reimported(h, func(p *forum.AreaPlan) {
			council(p).Seats[4].To = "2026-02-28" // the member of Helse Bergen leaves before the meeting
			council(p).Seats = append(council(p).Seats, forum.SeatEntry{Person: outside, Organisation: vaksdalNumber, Capacity: forum.Member})
		})
		h.wantLetters()
		done(h, moved(h.as(ourSecretary), id, slot("2026-03-09 10:00", "2026-03-09 13:00")))
		letters := h.wantLetters(invitations(append(append([]string{}, invited...), outside)...)...)
		for _, letter := range letters {
			told := facts[forum.InvitationFacts](h, letter)
			change, update := forum.Request, true
			switch letter.To {
			case bergen:
				change = forum.Cancel
			case outside:
				update = false
			}
			if told.Change != change || told.Update != update || told.Sequence != 1 {
				h.Errorf("%s is told %s (update %v, sequence %d)", letter.To, told.Change, told.Update, told.Sequence)
			}
		}
		token := facts[forum.InvitationFacts](h, letters[3]).Token

		reimported(h, func(p *forum.AreaPlan) {}) // and comes back
		done(h, moved(h.as(ourSecretary), id, slot("2026-03-16 10:00", "2026-03-16 13:00")))
		letters = h.letters()
		again := facts[forum.InvitationFacts](h, letters[3])
		if letters[3].To != bergen || again.Change != forum.Request || again.Update || again.Token != token || again.Sequence != 2 {
			h.Errorf("who comes back is told %+v", again)
		}
	})
}

func TestWhoWasCancelledIsLeftInPeace(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.call(id)
		reimported(h, func(p *forum.AreaPlan) { council(p).Seats[4].To = "2026-02-28" })
		done(h, moved(h.as(ourSecretary), id, slot("2026-03-09 10:00", "2026-03-09 13:00")))
		h.letters()
		done(h, cancelled(h.as(ourSecretary), id))
		h.wantLetters(invitations(chair, deputy, vaksdal, ourSecretary, hfSecretary, proposing, observing)...)
	})
}

func TestCancellingEmptiesTheAgenda(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.call(id)
		first, second, elsewhere := h.propose(vaksdal, "Felles beredskapsplan"), h.propose(bergen, "Utskriving"), h.propose(chair, "Ei anna sak")
		other := h.plan("raad", "2026-06-01 09:00")
		done(h, placed(h.as(ourSecretary), first.ID, id))
		done(h, placed(h.as(ourSecretary), second.ID, id))
		done(h, placed(h.as(ourSecretary), elsewhere.ID, other))
		numbers := map[forum.MatterID]string{first.ID: h.matter(first.ID).Number, second.ID: h.matter(second.ID).Number}
		h.letters()

		m := done(h, cancelled(h.as(hfSecretary), id))
		if m.State != forum.CancelledMeeting || m.Sequence != 1 || m.Reason != "Storm" {
			h.Errorf("cancelled as %+v", m)
		}
		letters := h.wantLetters(append(invitations(invited...), "put-back "+vaksdal, "put-back "+bergen)...)
		for _, letter := range letters[:len(invited)] {
			told := facts[forum.InvitationFacts](h, letter)
			if told.Change != forum.Cancel || told.Sequence != 1 || told.Reason != "Storm" || told.UID != m.UID {
				h.Errorf("%s is told %+v", letter.To, told)
			}
		}
		for matter, number := range numbers {
			if m := h.matter(matter); m.State != forum.Proposed || m.Number != number {
				h.Errorf("matter %d is %s with number %s, want it in the inbox with %s", matter, m.State, m.Number, number)
			}
		}
		if m := h.matter(elsewhere.ID); m.State != forum.Placed {
			h.Errorf("a matter on another agenda is %s", m.State)
		}
		left := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Item, error) { return tx.Agenda(ctx, id) })
		if len(left) != 0 {
			h.Errorf("%d items are left", len(left))
		}
		_, err := try(h, cancelled(h.as(ourSecretary), id))
		refused(h.T, err, "conflict: error.meeting.state.cancelled")
	})
}

func TestPlanningWhatCannotBe(t *testing.T) {
	onBoth(t, func(h *house) {
		by, in := h.as(ourSecretary), h.forum("raad")
		called := h.plan("raad", "2026-03-02 09:00")
		h.call(called)
		for name, c := range map[string]struct {
			form forum.MeetingForm
			slot forum.Slot
			want string
		}{
			"nothing filled in":    {forum.Ordinary, forum.Slot{}, "invalid: error.meeting.no_start on start"},
			"before the mandate":   {forum.Ordinary, slot("2019-03-02 09:00", "2019-03-02 12:00"), "invalid: error.meeting.past on start"},
			"a form of no meeting": {"informal", slot("2026-03-02 09:00", "2026-03-02 12:00"), "invalid: error.meeting.form on form"},
		} {
			h.Run(name, func(t *testing.T) {
				_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
					return forum.PlanMeeting(ctx, tx, by, in, c.form, c.slot)
				})
				refused(t, err, c.want)
				if c.form != forum.Ordinary {
					return
				}
				_, err = try(h, moved(by, called, c.slot))
				refused(t, err, c.want)
			})
		}
	})
}

func TestAMeetingAfterTheMandateEnds(t *testing.T) {
	inHouses(t, func() *forum.AreaPlan {
		p := vossPlan()
		council(p).Mandate.To = "2026-12-31"
		return p
	}, func(h *house) {
		by, in := h.as(ourSecretary), h.forum("raad")
		called := h.plan("raad", "2026-03-02 09:00")
		h.call(called)
		late := slot("2027-01-04 09:00", "2027-01-04 12:00")
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Meeting, error) {
			return forum.PlanMeeting(ctx, tx, by, in, forum.Ordinary, late)
		})
		refused(h.T, err, "invalid: error.meeting.no_mandate on start")
		_, err = try(h, moved(by, called, late))
		refused(h.T, err, "invalid: error.meeting.no_mandate on start")
	})
}

func TestARollbackLeavesNothing(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.plan("raad", "2026-03-02 09:00")
		h.letters()
		events := h.deeds("raad")
		by, in := h.as(ourSecretary), h.forum("raad")
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
			if _, err := forum.CallMeeting(ctx, tx, by, id); err != nil {
				return nil, err
			}
			if _, err := proposed(by, in, "Felles beredskapsplan")(ctx, tx); err != nil {
				return nil, err
			}
			return proposed(by, in, " ")(ctx, tx)
		})
		refused(h.T, err, "invalid: error.matter.no_title on title")
		h.wantLetters()
		if diff := cmp.Diff(events, h.deeds("raad")); diff != "" {
			h.Errorf("events: %s", diff)
		}
		kept := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
			return forum.ReadMeetingPage(ctx, tx, by, id)
		})
		if kept.State != forum.DraftMeeting || len(kept.Invitees) != 0 {
			h.Errorf("the meeting is %s with %d invitations", kept.State, len(kept.Invitees))
		}
		inbox := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.InboxPage, error) {
			return forum.ReadInboxPage(ctx, tx, by, in)
		})
		if len(inbox.Rows) != 0 {
			h.Errorf("%d matters are in the inbox", len(inbox.Rows))
		}
		if first := h.propose(ourSecretary, "Felles beredskapsplan"); first.Intake != "2026-1" {
			h.Errorf("the first that is kept has the number %s", first.Intake)
		}
	})
}
