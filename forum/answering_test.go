package forum_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

// secondSubstitute stands behind the first.
const secondSubstitute = "vara2@kvam.example"

// withHours is vossPlan where substitutes are called up after some hours, and Kvam has two.
func withHours(hours int) func() *forum.AreaPlan {
	return func() *forum.AreaPlan {
		p := vossPlan()
		p.People = append(p.People, forum.PersonEntry{Address: secondSubstitute, Name: "Fagleiar, Kvam herad"})
		council(p).Mandate.AnswerHours = hours
		council(p).Seats = append(council(p).Seats, forum.SeatEntry{Person: secondSubstitute, Organisation: kvamNumber, Capacity: forum.Substitute, Rank: 2})
		return p
	}
}

func answer(by forum.Actor, id forum.MeetingID, reply forum.Reply, comment string) act[*forum.Answer] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Answer, error) {
		return forum.AnswerMeeting(ctx, tx, by, id, reply, comment)
	}
}

func (h *house) answer(who string, id forum.MeetingID, reply forum.Reply) {
	h.Helper()
	h.now = h.now.Add(time.Minute)
	done(h, answer(h.as(who), id, reply, ""))
}

// called plans and calls a meeting of the council, and forgets the letters.
func (h *house) called() *forum.Meeting {
	h.Helper()
	m := h.call(h.plan("raad", "2026-03-02 09:00"))
	h.letters()
	return m
}

// attending tells who is invited now and where each stands: "leiar@kvam.example yes".
func (h *house) attending(id forum.MeetingID) (list []string) {
	h.Helper()
	by := h.as(ourSecretary)
	a := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Attendance, error) {
		return forum.ReadAttendance(ctx, tx, by, id)
	})
	for _, row := range a.Rows {
		if row.Withdrawn || row.Reply == forum.Waited && row.InPlace == "" && !row.ForOld && !row.Uncovered {
			continue
		}
		words := []string{row.Person.Address, string(row.Reply)}
		if row.InPlace != "" {
			words = append(words, "for "+row.InPlace)
		}
		if row.ForOld {
			words = append(words, "old "+string(row.Newest.Reply))
		}
		if row.Uncovered {
			words = append(words, "uncovered")
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}

func (h *house) wantAttending(id forum.MeetingID, want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.attending(id)); diff != "" {
		h.Fatalf("who comes (-want +got):\n%s", diff)
	}
}

const forChair = " for Helse- og omsorgssjef, Kvam herad"

func TestADeclineCallsTheNextSubstituteUp(t *testing.T) {
	inHouses(t, withHours(0), func(h *house) {
		m := h.called()
		h.answer(chair, m.ID, forum.NotComing)
		letter := h.wantLetters("invitation " + substitute)[0]
		told := facts[forum.InvitationFacts](h, letter)
		if told.Change != forum.Request || told.InPlace != "Helse- og omsorgssjef, Kvam herad" || told.UID != m.UID || told.Update || !told.Required {
			h.Errorf("the substitute is told %+v", told)
		}
		h.wantAttending(m.ID, chair+" no", substitute+" none"+forChair)

		h.answer(substitute, m.ID, forum.NotComing)
		h.wantLetters("invitation " + secondSubstitute)
		h.answer(secondSubstitute, m.ID, forum.NotComing)
		letters := h.wantLetters("no-substitute "+ourSecretary, "no-substitute "+hfSecretary)
		missing := facts[forum.NoSubstituteFacts](h, letters[0]).Missing
		if diff := cmp.Diff([]forum.MissingMember{{Person: "Helse- og omsorgssjef, Kvam herad", Organisation: "Kvam herad"}}, missing); diff != "" {
			h.Errorf("the secretaries are told: %s", diff)
		}
		h.wantAttending(m.ID, chair+" no uncovered", substitute+" no"+forChair, secondSubstitute+" no"+forChair)

		h.answer(substitute, m.ID, forum.Coming)
		h.wantLetters()
		h.wantAttending(m.ID, chair+" no", substitute+" yes"+forChair, secondSubstitute+" no"+forChair)

		h.answer(chair, m.ID, forum.Coming)
		for _, letter := range h.wantLetters("invitation "+substitute, "invitation "+secondSubstitute) {
			if told := facts[forum.InvitationFacts](h, letter); told.Change != forum.Cancel || told.Reason != "" || told.InPlace == "" {
				h.Errorf("%s is told %+v", letter.To, told)
			}
		}
		h.wantAttending(m.ID, chair+" yes")
		var deeds []string
		for _, d := range h.deeds("raad") {
			if strings.HasPrefix(d, "substitute_") {
				deeds = append(deeds, d)
			}
		}
		if diff := cmp.Diff([]string{"substitute_called", "substitute_called", "substitute_released", "substitute_released"}, deeds); diff != "" {
			h.Errorf("the log: %s", diff)
		}
	})
}

func TestSilenceCallsSubstitutesUp(t *testing.T) {
	silent := func(h *house) []forum.MeetingID {
		ids := seen(h, forum.MeetingsToCallUp)
		for _, id := range ids {
			done(h, func(ctx context.Context, tx forum.Tx) (bool, error) { return true, forum.CallUpSilent(ctx, tx, id) })
		}
		return ids
	}
	inHouses(t, withHours(48), func(h *house) {
		m := h.called()
		h.plan("raad", "2026-05-04 09:00")
		h.now = h.now.Add(47 * time.Hour)
		h.answer(vaksdal, m.ID, forum.Coming)
		h.answer(deputy, m.ID, forum.Unsure)
		if ids := silent(h); !slices.Equal(ids, []forum.MeetingID{m.ID}) {
			h.Fatalf("meetings %v are looked at", ids)
		}
		h.wantLetters()
		h.now = h.now.Add(time.Hour)
		silent(h)
		// Nobody can stand in for the silent member of Helse Bergen.
		h.wantLetters("invitation "+substitute, "no-substitute "+ourSecretary, "no-substitute "+hfSecretary)
		silent(h)
		h.wantLetters()

		h.now = h.now.Add(48 * time.Hour)
		silent(h)
		h.wantLetters("invitation " + secondSubstitute)
		h.answer(bergen, m.ID, forum.Unsure)
		h.wantAttending(m.ID, chair+" overdue", deputy+" maybe", vaksdal+" yes", bergen+" maybe", substitute+" overdue"+forChair, secondSubstitute+" none"+forChair,
			ourSecretary+" overdue", hfSecretary+" overdue", proposing+" overdue", observing+" overdue")
		h.answer(chair, m.ID, forum.Coming)
		h.wantLetters("invitation "+substitute, "invitation "+secondSubstitute)

		h.now = m.Start
		if ids := silent(h); ids != nil {
			h.Errorf("meetings %v that have begun are looked at", ids)
		}
	})
	inHouses(t, withHours(0), func(h *house) {
		h.called()
		h.now = h.now.AddDate(0, 0, 20)
		if ids := silent(h); ids != nil {
			h.Errorf("without hours meetings %v are looked at", ids)
		}
	})
}

func TestAMoveMarksAnswersForTheOldTime(t *testing.T) {
	inHouses(t, withHours(48), func(h *house) {
		m := h.called()
		h.answer(chair, m.ID, forum.NotComing)
		h.answer(substitute, m.ID, forum.Coming)
		h.answer(vaksdal, m.ID, forum.Coming)
		h.letters()
		h.now = h.now.Add(47 * time.Hour)
		done(h, moved(h.as(ourSecretary), m.ID, slot("2026-03-09 10:00", "2026-03-09 13:00")))
		letters := h.letters()
		at := slices.IndexFunc(letters, func(l forum.Message) bool { return l.To == substitute })
		if at < 0 {
			h.Fatal("who stands in is not told of the move")
		}
		if told := facts[forum.InvitationFacts](h, letters[at]); !told.Update || told.Sequence != 1 || told.InPlace == "" {
			h.Errorf("who stands in is told %+v", told)
		}
		h.wantAttending(m.ID, chair+" none old no", vaksdal+" none old yes", substitute+" none"+forChair+" old yes")
		h.now = h.now.Add(24 * time.Hour) // the hours begin anew
		done(h, func(ctx context.Context, tx forum.Tx) (bool, error) { return true, forum.CallUpSilent(ctx, tx, m.ID) })
		h.wantLetters()
		h.answer(chair, m.ID, forum.Coming)
		h.wantLetters("invitation " + substitute)
		h.wantAttending(m.ID, chair+" yes", vaksdal+" none old yes")
		done(h, cancelled(h.as(ourSecretary), m.ID))
		for _, letter := range h.letters() {
			if letter.To == substitute {
				h.Error("who was released is told of the cancellation")
			}
		}
	})
}

func TestTheRightsOfWhoIsCalledUp(t *testing.T) {
	inHouses(t, func() *forum.AreaPlan {
		p := withHours(0)()
		for _, object := range []string{"meeting", "matter"} {
			council(p).Mandate.Exceptions = append(council(p).Mandate.Exceptions, forum.ExceptionEntry{
				Capacity: forum.Substitute, Level: "*", Action: "read", Object: object, Reason: "Berre den som er kalla inn",
			})
		}
		return p
	}, func(h *house) {
		m := h.called()
		matter := h.propose(vaksdal, "Felles beredskapsplan")
		elsewhere := h.propose(vaksdal, "Ei anna sak")
		done(h, placed(h.as(ourSecretary), matter.ID, m.ID))
		by := h.as(substitute)
		page := func() error {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
				return forum.ReadMeetingPage(ctx, tx, by, m.ID)
			})
			return err
		}
		open := func(id forum.MatterID) error {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.MatterPage, error) {
				return forum.ReadMatterPage(ctx, tx, by, id)
			})
			return err
		}
		refused(h.T, page(), "forbidden: error.forbidden.read_meeting")
		refused(h.T, open(matter.ID), "forbidden: error.forbidden.read_matter")
		_, err := try(h, answer(by, m.ID, forum.Coming, ""))
		refused(h.T, err, "forbidden: error.forbidden.attend_meeting")

		h.answer(chair, m.ID, forum.NotComing)
		h.must(page())
		h.must(open(matter.ID))
		refused(h.T, open(elsewhere.ID), "forbidden: error.forbidden.read_matter")
		h.answer(substitute, m.ID, forum.Coming)
		own := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MeetingPage, error) {
			return forum.ReadMeetingPage(ctx, tx, by, m.ID)
		})
		if own.Own == nil || own.Own.InPlace == "" || own.Own.Newest.Reply != forum.Coming || own.Attendance != nil {
			h.Errorf("who stands in sees %+v", own.Own)
		}

		h.answer(chair, m.ID, forum.Coming)
		refused(h.T, page(), "forbidden: error.forbidden.read_meeting")
		refused(h.T, open(matter.ID), "forbidden: error.forbidden.read_matter")
	})
}

func TestAnswersThatCannotBe(t *testing.T) {
	onBoth(t, func(h *house) {
		draft := h.plan("raad", "2026-05-04 09:00")
		m := h.called()
		off := h.called()
		done(h, cancelled(h.as(ourSecretary), off.ID))
		for name, c := range map[string]struct {
			who     string
			id      forum.MeetingID
			reply   forum.Reply
			comment string
			now     time.Time
			want    string
		}{
			"who is not invited":       {substitute, m.ID, forum.Coming, "", h.now, "forbidden: error.forbidden.attend_meeting"},
			"who has no seat":          {outside, m.ID, forum.Coming, "", h.now, "forbidden: error.forbidden.attend_meeting"},
			"nothing chosen":           {chair, m.ID, "", "", h.now, "invalid: error.answer.choose on answer"},
			"what nobody can say":      {chair, m.ID, forum.Overdue, "", h.now, "invalid: error.answer.choose on answer"},
			"a comment without an end": {chair, m.ID, forum.Coming, strings.Repeat("ø", 2001), h.now, "invalid: error.too_long on comment"},
			"a draft":                  {chair, draft, forum.Coming, "", h.now, "conflict: error.meeting.state.draft"},
			"a cancelled meeting":      {chair, off.ID, forum.Coming, "", h.now, "conflict: error.meeting.state.cancelled"},
			"a meeting that is over":   {chair, m.ID, forum.Coming, "", m.End, "conflict: error.answer.over"},
		} {
			h.Run(name, func(t *testing.T) {
				before := h.now
				h.now = c.now
				_, err := try(h, answer(h.as(c.who), c.id, c.reply, c.comment))
				h.now = before
				refused(t, err, c.want)
			})
		}
		h.wantLetters(invitations(invited...)...)
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Attendance, error) {
			return forum.ReadAttendance(ctx, tx, h.as(chair), m.ID)
		})
		refused(h.T, err, "forbidden: error.forbidden.read_answer")
	})
}

// mailed takes an answer as a calendar sent it, and tells what became of the mail.
func (h *house) mailed(who string, said forum.CalendarAnswer) string {
	h.Helper()
	sender := h.person(who)
	mail := done(h, func(ctx context.Context, tx forum.Tx) (forum.Incoming, error) {
		if _, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: "raad@voss.example"}, fmt.Append(nil, time.Now().UnixNano(), said)); err != nil {
			return forum.Incoming{}, err
		}
		waiting, err := tx.NotUnderstood(ctx, 1)
		return waiting[0], err
	})
	return done(h, func(ctx context.Context, tx forum.Tx) (string, error) {
		state, err := forum.TakeMailedAnswer(ctx, tx, mail.ID, sender, forum.Reading{From: who, MailKind: "rsvp"}, said)
		if err != nil {
			return "", err
		}
		kept, err := tx.Incoming(ctx, mail.ID)
		if err == nil && kept.State != state {
			err = fmt.Errorf("the mail is %s, told is %s", kept.State, state)
		}
		return strings.TrimSpace(string(state) + " " + kept.Reason), err
	})
}

// says is an answer from somebody's calendar.
func (h *house) says(m *forum.Meeting, who, partStat string, sequence, minute int) forum.CalendarAnswer {
	return forum.CalendarAnswer{
		UID: m.UID, PartStat: partStat, Sequence: sequence, Stamp: planned.Add(time.Duration(minute) * time.Minute), Attendees: []string{who},
	}
}

func TestMailedAnswersHaveClearOutcomes(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, moved(h.as(ourSecretary), m.ID, slot("2026-03-09 10:00", "2026-03-09 13:00")))
		off, other := h.called(), h.called()
		done(h, cancelled(h.as(ourSecretary), off.ID))
		h.now = h.now.Add(24 * time.Hour)
		change := func(a forum.CalendarAnswer, change func(*forum.CalendarAnswer)) forum.CalendarAnswer {
			change(&a)
			return a
		}
		counter := change(h.says(m, bergen, "TENTATIVE", 1, 9), func(a *forum.CalendarAnswer) {
			a.Counter, a.Start, a.End = true, at("2026-03-10 10:00"), at("2026-03-10 13:00")
		})
		for _, c := range []struct {
			who  string
			said forum.CalendarAnswer
			want string
		}{
			{chair, h.says(m, chair, "ACCEPTED", 1, 5), "understood"},
			{chair, h.says(m, chair, "ACCEPTED", 1, 5), "noted noted.answer_twice"},
			{chair, h.says(m, chair, "DECLINED", 1, 3), "noted noted.answer_older"},
			{chair, h.says(m, chair, "DECLINED", 0, 7), "noted noted.answer_old_time"},
			{chair, h.says(m, chair, "ACCEPTED", 2, 8), "held held.answer_ahead"},
			{chair, h.says(off, chair, "ACCEPTED", 0, 5), "noted noted.answer_cancelled"},
			{chair, h.says(m, vaksdal, "DECLINED", 1, 9), "held held.answer_of_another"},
			{chair, h.says(m, "ukjend@kvam.example", "DECLINED", 1, 9), "held held.answer_of_another"},
			{chair, change(h.says(m, "ukjend@kvam.example", "TENTATIVE", 1, 9), func(a *forum.CalendarAnswer) { a.Meeting = m.ID }), "understood"},
			{chair, change(h.says(m, chair, "DECLINED", 1, 10), func(a *forum.CalendarAnswer) { a.Meeting = other.ID }), "held held.answer_other_meeting"},
			{chair, change(h.says(m, chair, "DECLINED", 1, 10), func(a *forum.CalendarAnswer) { a.UID = "ein annan" }), "held held.answer_no_meeting"},
			{bergen, change(h.says(m, bergen, "ACCEPTED", 1, 5), func(a *forum.CalendarAnswer) { a.Attendees = nil }), "understood"},
			{bergen, h.says(m, bergen, "DELEGATED", 1, 6), "held held.answer_delegated"},
			{bergen, h.says(m, bergen, "NEEDS-ACTION", 1, 6), "held held.answer_unclear"},
			{bergen, counter, "understood"},
			{bergen, counter, "noted noted.counter_twice"},
			{bergen, change(counter, func(a *forum.CalendarAnswer) { a.Start = time.Time{} }), "held held.counter_without_time"},
			{substitute, h.says(m, substitute, "ACCEPTED", 1, 5), "held held.answer_not_invited"},
		} {
			if got := h.mailed(c.who, c.said); got != c.want {
				h.Errorf("%s says %+v: %q, want %q", c.who, c.said, got, c.want)
			}
		}
		h.wantAttending(m.ID, chair+" maybe", bergen+" yes")
		secretary := h.as(ourSecretary)
		attendance := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Attendance, error) {
			return forum.ReadAttendance(ctx, tx, secretary, m.ID)
		})
		if len(attendance.Proposals) != 1 || attendance.Proposals[0].Person.Address != bergen || !attendance.Proposals[0].Start.Equal(counter.Start) {
			h.Errorf("proposals: %+v", attendance.Proposals)
		}
		h.now = at("2026-03-09 13:00")
		if got := h.mailed(chair, h.says(m, chair, "DECLINED", 1, 20)); got != "noted noted.answer_over" {
			h.Errorf("an answer after the meeting: %q", got)
		}
	})
}

func TestAClockThatIsAheadDoesNotOutlastLaterAnswers(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		h.now = h.now.Add(time.Hour)
		early := h.says(m, chair, "ACCEPTED", 0, 0)
		early.Stamp = h.now.AddDate(70, 0, 0)
		h.mailed(chair, early)
		h.answer(chair, m.ID, forum.NotComing)
		h.wantAttending(m.ID, chair+" no", substitute+" none"+forChair)
	})
}

func TestWhoWasReleasedIsNotLost(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		h.answer(chair, m.ID, forum.NotComing)
		h.answer(chair, m.ID, forum.Coming)
		if got := h.mailed(substitute, h.says(m, substitute, "DECLINED", 0, 0)); got != "noted noted.answer_withdrawn" {
			h.Errorf("who was released says no: %q", got)
		}
		h.letters()
		h.answer(chair, m.ID, forum.NotComing)
		h.wantLetters("no-substitute "+ourSecretary, "no-substitute "+hfSecretary)
	})
}

// TestAnyOrderOfMailGivesTheSameMeeting delivers the answers of a member and a
// substitute in every order that chance chooses.
func TestAnyOrderOfMailGivesTheSameMeeting(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		rapid.Check(h.T, func(t *rapid.T) {
			var states [][]string
			count := rapid.IntRange(1, 5).Draw(t, "answers")
			replies := rapid.SliceOfN(rapid.SampledFrom([]string{"ACCEPTED", "DECLINED", "TENTATIVE"}), count, count).Draw(t, "replies")
			order := make([]int, count)
			for n := range order {
				order[n] = n
			}
			for _, arrival := range [][]int{order, rapid.Permutation(order).Draw(t, "arrival")} {
				m := h.called()
				h.now = h.now.Add(time.Hour)
				for _, n := range arrival {
					h.mailed(chair, h.says(m, chair, replies[n], 0, n))
				}
				states = append(states, h.attending(m.ID))
				done(h, cancelled(by, m.ID))
			}
			called := func(state []string) (comes []string) {
				for _, s := range state {
					comes = append(comes, strings.Fields(s)[:2]...)
				}
				return comes
			}
			// A maybe calls nobody up and releases nobody, so there the way to it shows.
			if replies[count-1] == "TENTATIVE" {
				states[0], states[1] = states[0][:1], states[1][:1]
			}
			if diff := cmp.Diff(called(states[0]), called(states[1])); diff != "" {
				t.Fatalf("in the order %v: %s", order, diff)
			}
		})
	})
}
