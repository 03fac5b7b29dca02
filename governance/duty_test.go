package governance_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// asked are those of whom governance asks something of a sort, by address.
func (h *house) asked(sort DutySort) (who []string) {
	h.Helper()
	for _, address := range []string{chair, deputy, vaksdal, bergen, substitute, secretary, users, outside, hospitalSecretary, topSecretary} {
		duties := seen(h, func(ctx context.Context, tx Tx) (*Duties, error) { return ReadDuties(ctx, tx, h.as(address)) })
		if slices.ContainsFunc(duties.List, func(d Duty) bool { return d.Sort == sort }) {
			who = append(who, address)
		}
	}
	return who
}

// step is something that is done, and of whom something is asked then.
type step struct {
	does string
	do   func()
	sort DutySort
	of   []string
}

// TestDutiesAreAskedOfThoseWhoOweThem takes each sort from its coming to its end.
func TestDutiesAreAskedOfThoseWhoOweThem(t *testing.T) {
	climbers := []string{chair, deputy, secretary, hospitalSecretary}
	for name, steps := range map[string]func(h *house, top forum.ForumID) []step{
		"ladder": func(h *house, top forum.ForumID) []step {
			var l *Ladder
			var rung *LadderRung
			return []step{
				{"nothing is opened", func() {}, PositionDuty, nil},
				{"it is opened", func() { l = done(h, ladderOpened(h.as(bergen), h.matter)) }, PositionDuty,
					[]string{chair, deputy, vaksdal, bergen, secretary, hospitalSecretary}},
				{"a position is begun", func() { done(h, positioned(h.as(chair), l.ID, m, "Ja.", false)) }, PositionDuty,
					[]string{chair, deputy, vaksdal, bergen, secretary, hospitalSecretary}},
				{"it is submitted", func() { done(h, positioned(h.as(chair), l.ID, m, "Ja.", true)) }, PositionDuty, []string{deputy, bergen, hospitalSecretary}},
				{"and nothing goes up yet", func() {}, ClimbDuty, nil},
				{"the other is submitted", func() { done(h, positioned(h.as(deputy), l.ID, s, "Nei.", true)) }, PositionDuty, nil},
				{"and they can go up", func() {}, ClimbDuty, climbers},
				{"they went up", func() {
					rung = done(h, climbed(h.as(deputy), l.ID, Climbing{Kind: ForumRung, To: top, Question: "Kven har rett?"}))
				}, ClimbDuty, nil},
				{"to who answers", func() {}, EscalationDuty, []string{topSecretary}},
				{"an answer comes", func() { done(h, answeredWith(h.as(topSecretary), rung.EscalationID, "Kommunane.")) }, EscalationDuty, nil},
				{"which asks for the next step", func() {}, ClimbDuty, climbers},
				{"it is settled", func() {
					done(h, func(ctx context.Context, tx Tx) (*Ladder, error) { return SettleLadder(ctx, tx, h.as(secretary), l.ID) })
				}, ClimbDuty, nil},
			}
		},
		"ratification": func(h *house, _ forum.ForumID) []step {
			return []step{
				{"the parties are asked", func() { h.recommend() }, RatificationDuty, []string{chair, deputy, vaksdal, bergen, secretary, hospitalSecretary}},
				{"a party answers", func() { done(h, ratifying(h.as(chair), h.line("Kvam herad").ID, RatificationAnswer{State: Ratified})) }, RatificationDuty,
					[]string{deputy, vaksdal, bergen, hospitalSecretary}},
				{"another is entered by a secretary", func() {
					done(h, ratifying(h.as(secretary), h.line("Vaksdal kommune").ID, RatificationAnswer{State: Rejected, Remarks: "For dyrt"}))
				}, RatificationDuty, []string{deputy, bergen, hospitalSecretary}},
				{"the last one answers", func() {
					done(h, ratifying(h.as(bergen), h.line("Helse Bergen HF").ID, RatificationAnswer{State: Ratified}))
				}, RatificationDuty, nil},
			}
		},
		"impartiality": func(h *house, _ forum.ForumID) []step {
			var q *Impartiality
			return []step{
				{"it is questioned", func() {
					q = done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
						return QuestionImpartiality(ctx, tx, h.as(secretary), h.matter, h.person(chair), "Nær slekt", "")
					})
				}, ImpartialityDuty, []string{deputy, secretary, hospitalSecretary}}, // decided without the one who is questioned
				{"it is judged", func() {
					done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
						return Judge(ctx, tx, h.as(deputy), q.ID, Cleared)
					})
				}, ImpartialityDuty, nil},
				{"it is opened again", func() {
					done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
						return ReopenDisqualify(ctx, tx, h.as(deputy), q.ID)
					})
				}, ImpartialityDuty, []string{deputy, secretary, hospitalSecretary}},
			}
		},
		"vote": func(h *house, _ forum.ForumID) []step {
			var ballot BallotID
			return []step{
				{"a written procedure begins", func() { ballot = h.inWriting(h.put(chair, "Vi øver.", Wording{}).ID) }, VoteDuty, []string{chair, deputy, vaksdal, bergen}},
				{"some vote", func() { h.say(ballot, map[string]string{chair: "+", bergen: "+"}) }, VoteDuty, []string{deputy, vaksdal}},
				{"a meeting is demanded", func() {
					done(h, func(ctx context.Context, tx Tx) (*Ballot, error) {
						return DemandMeeting(ctx, tx, h.as(vaksdal), ballot)
					})
				}, VoteDuty, nil},
			}
		},
		"minutes": func(h *house, _ forum.ForumID) []step {
			var id MinutesID
			var round *MinutesRound
			writers := []string{secretary, hospitalSecretary}
			return []step{
				{"nobody has begun", func() {}, WriteMinutesDuty, writers},
				{"they are written", func() {
					var item string
					id, item = h.minutes()
					h.arrive(chair, deputy)
					done(h, writtenItem(h, secretary, id, item, Passage{Field: DecisionField, Text: "Vi øver."}))
				}, WriteMinutesDuty, writers},
				{"they are sent", func() { round = done(h, sentMinutes(h, id)) }, WriteMinutesDuty, nil},
				{"to those who were there", func() {}, ApproveDuty, []string{chair, deputy}},
				{"one approves", func() { done(h, answered(h, chair, round.ID, ApproveMinutesReply, "")) }, ApproveDuty, []string{deputy}},
				{"and the keys can wait", func() {}, AskKeysDuty, nil},
				{"the other approves", func() { done(h, answered(h, deputy, round.ID, ApproveMinutesReply, "")) }, AskKeysDuty, writers},
				{"the keys are asked", func() { done(h, keyed(h, id)) }, MinutesKeyDuty, []string{chair, deputy}},
				{"one is turned", func() { done(h, turned(h, chair, round.ID, forum.Approve, "")) }, MinutesKeyDuty, []string{deputy}},
				{"they are approved", func() { done(h, turned(h, deputy, round.ID, forum.Approve, "")) }, MinutesKeyDuty, nil},
			}
		},
		"follow-up": func(h *house, _ forum.ForumID) []step {
			var f FollowUp
			return []step{
				{"it is decided", func() {
					kvam := seen(h, func(ctx context.Context, tx Tx) (*forum.Seat, error) { return tx.Seat(ctx, h.seatOf(chair)) }).OrganisationID
					f = done(h, func(ctx context.Context, tx Tx) ([]FollowUp, error) {
						made, err := Enact(ctx, tx, forum.Actor{}, 1, []Enactment{{ForumID: h.council, MeetingID: h.meeting, MatterID: h.matter, Text: "Vi øver.",
							Actions: []Action{{OrganisationID: kvam, OwnerID: h.person(chair), Text: "Øv", Due: "2026-06-01"}}}})
						if err != nil {
							return nil, err
						}
						return tx.FollowUpsOf(ctx, made[0].ID)
					})[0]
				}, FollowUpDuty, []string{chair}},
				{"it is offered another organisation", func() {
					helse := seen(h, func(ctx context.Context, tx Tx) (*forum.Seat, error) { return tx.Seat(ctx, h.seatOf(bergen)) }).OrganisationID
					done(h, func(ctx context.Context, tx Tx) (*FollowUp, error) {
						return HandOver(ctx, tx, h.as(chair), f.ID, helse, h.person(bergen), "Dei har folka")
					})
				}, OfferDuty, []string{hospitalSecretary}},
				{"it is taken", func() {
					done(h, func(ctx context.Context, tx Tx) (*FollowUp, error) {
						return AnswerOffer(ctx, tx, h.as(hospitalSecretary), f.ID, true, "")
					})
				}, FollowUpDuty, []string{bergen}},
				{"it is done", func() {
					done(h, func(ctx context.Context, tx Tx) (*FollowUp, error) {
						return ReportDone(ctx, tx, h.as(bergen), f.ID, "")
					})
				}, FollowUpDuty, nil},
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			mandate := twoKeys
			if name == "ratification" {
				mandate = recommending
			}
			onBoth(t, mandate, func(h *house) {
				top, _ := h.grow(func(p *forum.AreaPlan) {
					p.Forums[1].Mandate = mandate
					p.Forums[1].Mandate.From = "2020-01-01"
				})
				for _, at := range steps(h, top) {
					at.do()
					if diff := cmp.Diff(at.of, h.asked(at.sort)); diff != "" {
						h.Errorf("%s: %s is asked of others (-want +got): %s", at.does, at.sort, diff)
					}
				}
			})
		})
	}
}
