package forum_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// mailedProposal is what the mailroom makes of a member's mail.
var mailedProposal = forum.Proposal{
	Title: "Felles beredskapsplan", Text: " Vi ynskjer ei drøfting. \n", Kind: forum.DiscussionMatter, Source: forum.ByMail,
	Papers: []forum.Paper{
		{Name: "plan.pdf", Type: "application/pdf", Size: 1200, Digest: "aa"},
		{Name: "tom.pdf", Type: "application/pdf", Refused: "paper.empty"},
		{Name: "notat.pdf", Type: "application/pdf", Size: 800, Digest: "bb"},
	},
}

func proposal(by forum.Actor, in forum.ForumID, p forum.Proposal) act[*forum.Matter] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
		return forum.ProposeMatter(ctx, tx, by, in, p)
	}
}

func TestAProposalByMail(t *testing.T) {
	onBoth(t, func(h *house) {
		meeting := h.call(h.plan("raad", "2026-03-02 09:00"))
		h.letters()
		got := done(h, proposal(h.as(vaksdal), h.forum("raad"), mailedProposal))
		organisation := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Organisation, error) {
			return tx.OrganisationByNumber(ctx, vaksdalNumber)
		})
		want := &forum.Matter{
			ID: got.ID, ForumID: h.forum("raad"), Intake: "2026-1", Title: "Felles beredskapsplan", Kind: forum.DiscussionMatter,
			Text: "Vi ynskjer ei drøfting.", Proposer: h.person(vaksdal), Organisation: organisation.ID, Level: forum.Municipal,
			Source: forum.ByMail, State: forum.Proposed, ProposedAt: planned, Access: forum.Internal,
		}
		if diff := cmp.Diff(want, h.matter(got.ID)); diff != "" {
			h.Error(diff)
		}
		papers := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Document, error) { return tx.Documents(ctx, got.ID) })
		if len(papers) != 2 || papers[0].Name != "plan.pdf" || papers[1].Name != "notat.pdf" || papers[1].Position != 2 || papers[0].Access != forum.Internal {
			h.Errorf("papers: %+v", papers)
		}
		receipt := h.wantLetters("receipt " + vaksdal)[0]
		told := forum.MatterFacts{
			Matter: got.ID, Intake: "2026-1", Title: "Felles beredskapsplan", Person: "Kommunalsjef, Vaksdal kommune", Forum: "Samarbeidsrådet",
			Address: "raad@voss.example", Papers: mailedProposal.Papers, Meeting: &forum.MeetingFacts{ID: meeting.ID, Slot: meeting.Slot, ItemsDue: meeting.ItemsDue},
		}
		if diff := cmp.Diff(told, facts[forum.MatterFacts](h, receipt)); diff != "" {
			h.Errorf("the receipt: %s", diff)
		}
	})
}

func TestTheMeetingThatAReceiptNames(t *testing.T) {
	onBoth(t, func(h *house) {
		by, in := h.as(vaksdal), h.forum("raad")
		told := func() *forum.MeetingFacts {
			h.Helper()
			done(h, proposal(by, in, mailedProposal))
			return facts[forum.MatterFacts](h, h.wantLetters("receipt " + vaksdal)[0]).Meeting
		}
		if reached := told(); reached != nil {
			h.Errorf("no meeting is planned, and the receipt names %+v", reached)
		}
		first, second := h.plan("raad", "2026-03-02 09:00"), h.plan("raad", "2026-04-13 09:00") // the second's deadline is across the start of summer time
		for _, step := range []struct {
			now  string
			want forum.MeetingID
		}{{"2026-02-09 23:59", first}, {"2026-02-10 00:00", second}, {"2026-03-23 23:59", second}, {"2026-03-24 00:00", 0}} {
			h.now = at(step.now)
			var got forum.MeetingID
			if reached := told(); reached != nil {
				got = reached.ID
			}
			if got != step.want {
				h.Errorf("at %s the receipt names meeting %d, want %d", step.now, got, step.want)
			}
		}
		h.now = at("2026-02-01 09:00")
		done(h, cancelled(h.as(ourSecretary), first))
		if reached := told(); reached == nil || reached.ID != second {
			h.Errorf("the first is off, and the receipt names %+v", reached)
		}
	})
}

func TestIntakeNumbers(t *testing.T) {
	onBoth(t, func(h *house) {
		for n := range 3 {
			if m := h.propose(vaksdal, "Ei sak"); m.Intake != fmt.Sprintf("2026-%d", n+1) {
				h.Errorf("number %d is %s", n+1, m.Intake)
			}
		}
		h.wantLetters() // who proposes on the page sees it there
		h.now = at("2027-01-01 00:00").Add(time.Minute)
		if m := h.propose(deputy, "Ei sak"); m.Intake != "2027-1" || m.Level != forum.Specialist {
			h.Errorf("the first of the year in Oslo is %s of %s", m.Intake, m.Level)
		}
	})
}

func TestWhatNoProposalCanBe(t *testing.T) {
	onBoth(t, func(h *house) {
		by, in := h.as(vaksdal), h.forum("raad")
		for name, c := range map[string]struct {
			change func(*forum.Proposal)
			want   string
		}{
			"without a title":  {func(p *forum.Proposal) { p.Title = " \n" }, "invalid: error.matter.no_title on title"},
			"of no known kind": {func(p *forum.Proposal) { p.Kind = "party" }, "invalid: error.matter.kind on kind"},
			"a book":           {func(p *forum.Proposal) { p.Text = string(make([]byte, forum.LongestText+1)) }, "invalid: error.too_long on text"},
		} {
			h.Run(name, func(t *testing.T) {
				p := mailedProposal
				c.change(&p)
				_, err := try(h, proposal(by, in, p))
				refused(t, err, c.want)
			})
		}
		h.wantLetters()
	})
}

func TestPlacing(t *testing.T) {
	onBoth(t, func(h *house) {
		spring, autumn, next := h.plan("raad", "2026-03-02 09:00"), h.plan("raad", "2026-09-07 09:00"), h.plan("raad", "2027-01-04 09:00")
		first, second, third := h.propose(vaksdal, "Felles beredskapsplan"), h.propose(deputy, "Utskriving"), h.propose(chair, "Ny avtale")
		by := h.as(ourSecretary)

		m := done(h, placed(by, first.ID, autumn))
		if m.State != forum.Placed || m.Number != "1/26" {
			h.Errorf("placed as %+v", m)
		}
		letter := h.wantLetters("placed " + vaksdal)[0]
		told := facts[forum.MatterFacts](h, letter)
		if told.Number != "1/26" || told.Meeting == nil || told.Meeting.ID != autumn {
			h.Errorf("the proposer is told %+v", told)
		}
		for matter, want := range map[forum.MatterID]string{second.ID: "2/26"} {
			if got := done(h, placed(h.as(hfSecretary), matter, spring)).Number; got != want {
				h.Errorf("numbered %s, want %s", got, want)
			}
		}
		if got := done(h, placed(by, third.ID, next)).Number; got != "1/27" {
			h.Errorf("the first of next year's meetings is numbered %s", got)
		}

		done(h, putBack(by, first.ID))
		if m := h.matter(first.ID); m.State != forum.Proposed || m.Number != "1/26" {
			h.Errorf("put back as %+v", m)
		}
		if got := done(h, placed(by, first.ID, next)).Number; got != "1/26" {
			h.Errorf("placed again as %s", got)
		}
		fourth := h.propose(bergen, "Pasienttransport")
		if got := done(h, placed(by, fourth.ID, next)).Number; got != "2/27" {
			h.Errorf("placing again used up a number: the next is %s", got)
		}
		agenda := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Item, error) { return tx.Agenda(ctx, next) })
		var order []forum.MatterID
		for i, item := range agenda {
			order = append(order, item.MatterID)
			if item.Position != i+1 {
				h.Errorf("item %d stands at %d", i+1, item.Position)
			}
		}
		if diff := cmp.Diff([]forum.MatterID{third.ID, first.ID, fourth.ID}, order); diff != "" {
			h.Errorf("the agenda: %s", diff)
		}
	})
}

func TestWhereNothingIsPlaced(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		open, off, elsewhere := h.plan("raad", "2026-03-02 09:00"), h.plan("raad", "2026-04-13 09:00"), h.plan("utval", "2026-03-03 09:00")
		done(h, cancelled(by, off))
		matter, standing := h.propose(vaksdal, "Felles beredskapsplan"), h.propose(vaksdal, "Utskriving")
		done(h, placed(by, standing.ID, open))
		h.letters()
		for name, c := range map[string]struct {
			matter forum.MatterID
			on     forum.MeetingID
			now    string
			want   string
		}{
			"on another forum's agenda": {matter.ID, elsewhere, "2026-01-10 09:00", "invalid: error.matter.other_forums_meeting on meeting"},
			"on a cancelled one":        {matter.ID, off, "2026-01-10 09:00", "conflict: error.meeting.state.cancelled"},
			"on a meeting that is over": {matter.ID, open, "2026-03-02 12:00", "conflict: error.meeting.state.held"},
			"what is placed already":    {standing.ID, open, "2026-01-10 09:00", "conflict: error.matter.state.placed"},
			"what does not exist":       {999, open, "2026-01-10 09:00", "not found: error.not_found.matter"},
			"where nothing is":          {matter.ID, 999, "2026-01-10 09:00", "not found: error.not_found.meeting"},
		} {
			h.Run(name, func(t *testing.T) {
				h.now = at(c.now)
				_, err := try(h, placed(by, c.matter, c.on))
				refused(t, err, c.want)
			})
		}
		_, err := try(h, putBack(by, matter.ID))
		refused(h.T, err, "conflict: error.matter.state.proposed")
		h.wantLetters()
	})
}
