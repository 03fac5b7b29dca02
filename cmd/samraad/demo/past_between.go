package demo

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// disagrees opens the ladder on what the levels did not agree on, with the position
// of one of them.
func (p *past) disagrees(ctx context.Context) error {
	p.ago(14)
	motions, err := p.tx.Motions(ctx, p.transport.ID)
	if err != nil {
		return err
	}
	ladder, err := governance.OpenLadder(ctx, p.tx, p.people[deputy], p.transport.ID, governance.LadderOpening{
		MotionID: motions[0].ID, Reason: "Nivåa les forskrifta ulikt, og kvar kveld kostar.", Deadline: p.due(10),
	})
	if err != nil {
		return err
	}
	p.ago(5)
	_, err = governance.SetPosition(ctx, p.tx, p.people[kvam], ladder.ID, forum.Municipal,
		"Sjukehuset avgjer når pasienten reiser. Då bør det òg bere halve kostnaden når reisa blir dyrare av at klokka er over 22.", true)
	return err
}

// asksAbove sends what is too large for the council to the top leaders.
func (p *past) asksAbove(ctx context.Context) error {
	p.ago(20)
	_, err := governance.Escalate(ctx, p.tx, p.people[secretary], p.midwives.ID, governance.Sending{
		To: p.forums["toppleiarmote"], Reason: "Rådet var samrøystes om at saka er for stor for rådet åleine.",
		Question: "Kven skal ha følgjetenesta for gravide, og kven skal betale?", Deadline: p.due(70),
	})
	return err
}

// recommends asks every party to ratify a recommendation, which some have done.
func (p *past) recommends(ctx context.Context) error {
	p.ago(30)
	matter, err := forum.ProposeMatter(ctx, p.tx, p.people["ikt@kvam.example"], p.forums["ikt"], forum.Proposal{
		Title: "Felles meldingar mellom fastlege, kommune og sjukehus", Kind: forum.DiscussionMatter, Source: forum.ByWeb,
		Text: "Meldingane går i dag på tre ulike måtar. Utvalet har prøvd ut éin felles standard.",
	})
	if err != nil {
		return err
	}
	p.ago(21)
	ledger, err := governance.AskParties(ctx, p.tx, p.people[otherSecretary], matter.ID, governance.Recommending{
		Text: "Partane tek i bruk den felles standarden for meldingar innan eitt år.", Deadline: p.due(18),
	})
	if err != nil {
		return err
	}
	lines, err := p.tx.Ratifications(ctx, ledger.ID)
	if err != nil {
		return err
	}
	p.ago(11)
	for _, answer := range []struct {
		number string // of the party
		who    string
		said   governance.RatificationAnswer
	}{
		{"944233199", "ikt@kvam.example", governance.RatificationAnswer{State: governance.Ratified, Reference: "26/1042"}},
		{"983974724", "ikt@helse-bergen.example", governance.RatificationAnswer{State: governance.Ratified, Reference: "26/20871"}},
		{"961821967", "rehab@vaksdal.example", governance.RatificationAnswer{State: governance.WithRemarks, Remarks: "Vi treng eit halvt år lenger enn dei andre."}},
	} {
		for _, line := range lines {
			if line.OrganisationID != p.parties[answer.number] {
				continue
			}
			if _, err := governance.Ratify(ctx, p.tx, p.people[answer.who], line.ID, answer.said); err != nil {
				return err
			}
		}
	}
	return nil
}

// drafts lets both levels write and talk about a matter of the sub-committee, for
// which the municipalities prepare in a room of their own.
func (p *past) drafts(ctx context.Context) error {
	const ulvik, bergen, doctor = "beredskap@ulvik.example", "beredskap@helse-bergen.example", "kommuneoverlege@voss.example"
	p.ago(9)
	matter, err := forum.ProposeMatter(ctx, p.tx, p.people[ulvik], p.forums["beredskap"], forum.Proposal{
		Title: "Felles plan ved bortfall av straum og samband", Kind: forum.DecisionMatter, Source: forum.ByWeb,
		Text: "Under stormen i vinter var to kommunar utan samband i elleve timar. Kvar hadde sin plan, og planane passa ikkje saman.",
	})
	if err != nil {
		return err
	}
	p.ago(6)
	if err := p.writes(ctx, matter.ID, []draftWords{
		{bergen, forum.BackgroundPart, "Under stormen i vinter var to kommunar utan samband i elleve timar. Kvar hadde sin plan, og planane passa ikkje saman.\n\nSjukehuset har naudstraum i tre døgn og satellittelefon på akuttmottaket."},
		{ulvik, forum.RecommendationPart, "Partane lagar éin felles plan, med faste tider for kontakt når sambandet er borte."},
		{bergen, forum.RecommendationPart, "Partane lagar éin felles plan, med faste tider for kontakt når sambandet er borte.\n\nPlanen blir øvd på éin gong i året."},
	}); err != nil {
		return err
	}
	p.ago(3)
	thread, err := forum.OpenThread(ctx, p.tx, p.people[doctor], matter.ID, 0, "Kven ringjer fyrst når nettet er nede, legevakta eller sjukehuset?")
	if err != nil {
		return err
	}
	p.ago(2)
	if _, err := forum.ReplyInThread(ctx, p.tx, p.people[bergen], thread.ID, "Framlegg: akuttmottaket kallar opp alle legevaktene kvar heile time."); err != nil {
		return err
	}
	room, err := governance.OpenRoom(ctx, p.tx, p.people[ulvik], matter.ID, 0, forum.Municipal)
	if err != nil {
		return err
	}
	if _, err := governance.WriteRoomNote(ctx, p.tx, p.people[doctor], room.ID, "Vi bør vere samde om kven som betaler satellittelefonane før møtet."); err != nil {
		return err
	}
	_, err = governance.AgreeStand(ctx, p.tx, p.people[ulvik], room.ID, 0, "Kommunane skaffar kvar sin telefon, og sjukehuset tek abonnementet.", p.people[ulvik].Person)
	return err
}
