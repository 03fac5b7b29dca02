package forum_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
		h.wantAttending(m.ID, chair+" overdue", deputy+" maybe", vaksdal+" yes", bergen+" maybe", substitute+" overdue"+forChair, secondSubstitute+" none"+forChair)
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

// TestWhoSitsForTwoIsReplacedForBoth has a chair of two municipalities decline,
// and a move after that.
func TestWhoSitsForTwoIsReplacedForBoth(t *testing.T) {
	const other = "vara@vaksdal.example"
	inHouses(t, func() *forum.AreaPlan {
		p := withHours(0)()
		p.People = append(p.People, forum.PersonEntry{Address: other, Name: "Rådgjevar, Vaksdal kommune"})
		council(p).Seats = append(council(p).Seats,
			forum.SeatEntry{Person: chair, Organisation: vaksdalNumber, Capacity: forum.Member},
			forum.SeatEntry{Person: other, Organisation: vaksdalNumber, Capacity: forum.Substitute, Rank: 1},
			forum.SeatEntry{Person: substitute, Organisation: vaksdalNumber, Capacity: forum.Substitute, Rank: 2})
		return p
	}, func(h *house) {
		m := h.called()
		h.answer(chair, m.ID, forum.NotComing)
		h.wantLetters("invitation "+substitute, "invitation "+other)
		want := []string{chair + " no", substitute + " none" + forChair, other + " none" + forChair}
		h.wantAttending(m.ID, want...)

		h.answer(other, m.ID, forum.NotComing) // the first substitute of Vaksdal stands in for Kvam already
		h.wantLetters("no-substitute "+ourSecretary, "no-substitute "+hfSecretary)
		h.answer(other, m.ID, forum.Coming)
		by := h.as(ourSecretary)
		done(h, moved(by, m.ID, forum.Slot{Start: m.Start.Add(time.Hour), End: m.End.Add(time.Hour), Place: "Heradshuset"}))
		told := map[string]forum.CalendarChange{}
		for _, letter := range h.letters() {
			told[letter.To] = facts[forum.InvitationFacts](h, letter).Change
		}
		if told[substitute] != forum.Request || told[other] != forum.Request {
			h.Errorf("after the move: %v", told)
		}
		h.answer(chair, m.ID, forum.Coming)
		for _, letter := range h.wantLetters("invitation "+substitute, "invitation "+other) {
			if facts[forum.InvitationFacts](h, letter).Change != forum.Cancel {
				h.Errorf("%s is not released", letter.To)
			}
		}
	})
}
