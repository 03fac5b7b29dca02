package forum_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

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

// TestAnyOrderOfMailGivesTheSameMeeting delivers three answers of a member in every order.
func TestAnyOrderOfMailGivesTheSameMeeting(t *testing.T) {
	onBoth(t, func(h *house) {
		for _, c := range []struct {
			replies []string // in the order in which they were given
			want    []string
		}{
			{[]string{"ACCEPTED", "TENTATIVE", "DECLINED"}, []string{chair + " no", substitute + " none" + forChair}},
			{[]string{"DECLINED", "TENTATIVE", "ACCEPTED"}, []string{chair + " yes"}},
		} {
			for _, arrival := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
				m := h.called()
				h.now = h.now.Add(time.Hour)
				for _, n := range arrival {
					h.mailed(chair, h.says(m, chair, c.replies[n], 0, n))
				}
				h.wantAttending(m.ID, c.want...)
			}
		}
	})
}
