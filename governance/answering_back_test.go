package governance_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// above plans a meeting of the top leaders.
func (h *house) above(top forum.ForumID) forum.MeetingID {
	h.Helper()
	return done(h, func(ctx context.Context, tx Tx) (*forum.Meeting, error) {
		slot := forum.Slot{Start: h.now.Add(time.Hour), End: h.now.Add(3 * time.Hour), Place: "Bergen"}
		return forum.PlanMeeting(ctx, tx, h.as(topSecretary), top, forum.Ordinary, slot)
	}).ID
}

// enacts makes the decisions of minutes.
func enacts(h *house, minutes MinutesID, in forum.ForumID, meeting forum.MeetingID, matter forum.MatterID, texts ...string) []Decision {
	h.Helper()
	var list []Enactment
	for _, text := range texts {
		list = append(list, Enactment{ForumID: in, MeetingID: meeting, MatterID: matter, Text: text})
	}
	return done(h, func(ctx context.Context, tx Tx) ([]Decision, error) {
		return Enact(ctx, tx, forum.Actor{}, minutes, list)
	})
}

func (h *house) escalation(id EscalationID) *Escalation {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*Escalation, error) { return tx.Escalation(ctx, id) })
}

func TestADecisionAnswersTheForumThatAsked(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		e := done(h, escalated(h.as(hospitalSecretary), h.matter, top))
		meeting := h.above(top)
		h.letters()
		d := enacts(h, 1, top, meeting, e.ToMatter, "Toppleiarane byggjer.", "Toppleiarane deler kostnaden.")
		got := h.escalation(e.ID)
		if got.State != AnsweredEscalation || got.Answer != "Toppleiarane byggjer.\n\nToppleiarane deler kostnaden." || got.DecisionID != d[0].ID || got.AnsweredBy != 0 {
			h.Errorf("answered as %+v", got)
		}
		h.want("told", h.letters(), []string{
			"escalation-closed " + hospitalSecretary, "escalation-closed " + secretary, "escalation-closed " + topSecretary, "leader-minutes " + chair,
		})
		stop := seen(h, journey(h.as(vaksdal), h.matter)).Stops[1]
		if diff := cmp.Diff(&Rest{Number: "1/26"}, stop.Rest); diff != "" || stop.Closer != "" {
			h.Errorf("the answer rests on (-want +got) %s by %q", diff, stop.Closer)
		}
		h.want("the log", h.deeds("matter_sent_up"), []string{"matter_sent_up", "escalation_decided"})
		refused(h, "error.escalation.state.answered", answeredWith(h.as(topSecretary), e.ID, "Nei"))

		enacts(h, 2, top, meeting, e.ToMatter, "Toppleiarane byggjer i 2027.", "Toppleiarane deler kostnaden.")
		if diff := cmp.Diff(got, h.escalation(e.ID)); diff != "" {
			h.Errorf("the correction answered again (-want +got):\n%s", diff)
		}
		if letters := h.letters(); slices.ContainsFunc(letters, func(l string) bool { return strings.HasPrefix(l, "escalation-closed") }) {
			h.Errorf("told again: %v", letters)
		}
		stop = seen(h, journey(h.as(vaksdal), h.matter)).Stops[1]
		if diff := cmp.Diff(&Rest{Number: "1/26", Now: "3/26"}, stop.Rest); diff != "" {
			h.Errorf("after the correction it rests on (-want +got):\n%s", diff)
		}
		enacts(h, 3, top, meeting, e.ToMatter, "Toppleiarane deler kostnaden.")
		page := seen(h, func(ctx context.Context, tx Tx) (*EscalationPage, error) {
			return ReadEscalation(ctx, tx, h.as(vaksdal), e.ID)
		})
		if diff := cmp.Diff(&Rest{Number: "1/26", Now: "3/26", Withdrawn: true}, page.Rest); diff != "" {
			h.Errorf("when it is left out it rests on (-want +got):\n%s", diff)
		}
	})
}

func TestWhatWasAnsweredByHandIsNotAnsweredAgain(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		e := done(h, escalated(h.as(secretary), h.matter, top))
		done(h, answeredWith(h.as(topSecretary), e.ID, "Ja, bygg."))
		h.letters()
		enacts(h, 1, top, h.above(top), e.ToMatter, "Toppleiarane byggjer.")
		if got := h.escalation(e.ID); got.Answer != "Ja, bygg." || got.DecisionID != 0 {
			h.Errorf("answered as %+v", got)
		}
		h.want("told", h.letters(), []string{"leader-minutes " + chair})
	})
}

func TestADecisionAboveComesBackToTheLadder(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		l := done(h, ladderOpened(h.as(bergen), h.matter))
		done(h, positioned(h.as(chair), l.ID, m, "Ja", true))
		done(h, positioned(h.as(deputy), l.ID, s, "Nei", true))
		r := done(h, climbed(h.as(deputy), l.ID, Climbing{Kind: ForumRung, To: top, Question: "Kven har rett?"}))
		e := h.escalation(r.EscalationID)
		done(h, func(ctx context.Context, tx Tx) (bool, error) {
			_, err := forum.ClassifyTitle(ctx, tx, h.as(topSecretary), e.ToMatter, forum.Titling{Public: "Ei sak", Access: forum.Exempt, Full: "Saka", Basis: "offl. § 23"})
			return true, err
		})
		h.letters()
		enacts(h, 1, top, h.above(top), e.ToMatter, "Kvitserkprosjektet går vidare.")
		v := h.ladder(vaksdal)
		if v.State != BackLadder || v.Rungs[0].Rest == nil || v.Rungs[0].Rest.Number != "1/26" || v.Rungs[0].Answer != "Kvitserkprosjektet går vidare." {
			h.Errorf("it came back as %+v", v)
		}
		if v := h.ladder(substitute); v.Rungs[0].Answer != "" || !v.Rungs[0].Hidden {
			h.Errorf("a substitute reads what is exempt above: %+v", v.Rungs[0])
		}
		told := h.mailsOf(EscalationClosedMessage)
		var to []string
		for _, mail := range told {
			to = append(to, mail.To)
			if strings.Contains(string(mail.Facts), "Kvitserk") {
				h.Errorf("what is exempt above travels to %s", mail.To)
			}
		}
		slices.Sort(to)
		want := []string{chair, deputy, vaksdal, bergen, secretary, hospitalSecretary, topSecretary}
		slices.Sort(want)
		h.want("told", to, want)
	})
}

func TestAMatterThatAnotherForumHasIsTakenUpInTheNextMeeting(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		next := h.call(h.now.AddDate(0, 0, 14))
		h.arrive(chair, deputy, vaksdal, bergen)
		postponed := func(ctx context.Context, tx Tx) (*forum.Meeting, error) {
			return PostponeMatter(ctx, tx, h.as(secretary), h.matter)
		}
		refused(h, "error.ballot.quorate", postponed)
		done(h, escalated(h.as(secretary), h.matter, top))
		if m := done(h, postponed); m == nil || m.ID != next {
			h.Errorf("it goes to %+v", m)
		}
	})
}
