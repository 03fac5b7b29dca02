package demo

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// meets holds the meeting: who is there, what is moved, and how they vote by hands.
func (p *past) meets(ctx context.Context) error {
	p.at(p.meeting.Start)
	var arrivals []governance.Arrival
	for _, who := range append([]string{secretary, otherSecretary}, there...) {
		arrivals = append(arrivals, governance.Arrival{Person: p.people[who].Person})
	}
	came, err := governance.NoteArrival(ctx, p.tx, p.people[secretary], p.meeting.ID, arrivals...)
	if err != nil {
		return err
	}
	minutes, err := governance.StartMinutes(ctx, p.tx, p.people[secretary], p.meeting.ID)
	if err != nil {
		return err
	}
	p.minutes = minutes.ID
	for _, vote := range []struct {
		after   time.Duration
		on      *forum.Matter
		by      string
		text    string
		against []string
		why     string
	}{
		{40 * time.Minute, p.training, kvam, "Rådet vedtek eitt felles opplegg for opplæring i velferdsteknologi, med to samlingar i året.", nil, ""},
		{75 * time.Minute, p.transport, deputy, "Sjukehuset dekkjer halve kostnaden når pasienten blir utskriven etter kl. 22.",
			[]string{chair, bergen, haraldsplass}, "Utgifta høyrer til kommunen etter forskrifta, og er ikkje med i budsjettet."},
		{110 * time.Minute, p.midwives, bergen, "Rådet ber toppleiarane avgjere kven som skal ha følgjetenesta, og kven som skal betale.", nil, ""},
	} {
		p.at(p.meeting.Start.Add(vote.after))
		if err := p.votes(ctx, vote.on.ID, vote.by, vote.text, vote.against, vote.why); err != nil {
			return err
		}
	}
	p.at(p.meeting.Start.Add(150 * time.Minute))
	if _, err := governance.NoteLeaving(ctx, p.tx, p.people[secretary], came[len(came)-1].ID, time.Time{}); err != nil {
		return err
	}
	return p.records(ctx)
}

// votes puts a motion, and notes the hands of all who are there.
func (p *past) votes(ctx context.Context, on forum.MatterID, by, text string, against []string, why string) error {
	motion, err := governance.PutMotion(ctx, p.tx, p.people[by], on, governance.Wording{Text: text})
	if err != nil {
		return err
	}
	ballot, err := governance.OpenBallot(ctx, p.tx, p.people[secretary], motion.ID, governance.Taking{Way: governance.ByHands})
	if err != nil {
		return err
	}
	var hands []governance.Said
	for _, e := range ballot.Ground.Electors {
		said := governance.Said{Seat: e.Seat, Vote: governance.Yes}
		if slices.ContainsFunc(against, func(who string) bool { return p.people[who].Person == e.Person }) {
			said.Vote, said.Reason = governance.No, why
		}
		hands = append(hands, said)
	}
	if _, err := governance.NoteVotes(ctx, p.tx, p.people[secretary], ballot.ID, hands...); err != nil {
		return err
	}
	_, err = governance.CloseBallot(ctx, p.tx, p.people[secretary], ballot.ID)
	return err
}

// records writes what was said and decided, and what each is to do.
func (p *past) records(ctx context.Context) error {
	page, err := governance.ReadMinutesEditor(ctx, p.tx, p.people[secretary], p.minutes)
	if err != nil {
		return err
	}
	items := map[forum.MatterID]string{}
	for _, item := range page.Record.Items {
		items[item.Matter] = item.Key
	}
	decided := func(m *forum.Matter) string {
		for _, item := range page.Record.Items {
			if item.Matter == m.ID {
				return item.Adopted()[0].Text
			}
		}
		return ""
	}
	for _, said := range []struct {
		by       string
		on       *forum.Matter
		note     string
		decision string
	}{
		{secretary, p.training, "Kvam la fram saka. Fleire peika på at dei tilsette må få opplæringa i arbeidstida.", decided(p.training)},
		{otherSecretary, p.transport, "Kommunane og sjukehuset vart ikkje samde. Leiaren viste til at partane kan ta saka vidare opp.", ""},
		{secretary, p.midwives, "Rådet var samrøystes om at saka er for stor for rådet åleine.", decided(p.midwives)},
	} {
		passages := []governance.Passage{{Field: governance.NoteField, Text: said.note}, {Field: governance.DecisionField, Text: said.decision}}
		if said.decision == "" {
			passages = passages[:1]
		}
		if _, err := governance.SaveMinutesItem(ctx, p.tx, p.people[said.by], p.minutes, items[said.on.ID], passages); err != nil {
			return err
		}
	}
	for _, a := range []struct {
		on     *forum.Matter
		number string // of the organisation
		owner  string
		text   string
		due    int // days from today
	}{
		{p.training, "944233199", kvam, "Lage plan for den første samlinga", -21},
		{p.training, "983974724", bergen, "Finne lokale og instruktørar på sjukehuset", 24},
		{p.training, "961821967", vaksdal, "Kartleggje kven som treng opplæring", -6},
		{p.training, "916270097", bjorkeli, "Ta digital rettleiing av unge inn i opplegget", 40},
	} {
		_, err := governance.AddAction(ctx, p.tx, p.people[secretary], p.minutes, governance.MinutesAction{
			Item: items[a.on.ID], OrganisationID: p.parties[a.number], OwnerID: p.people[a.owner].Person, Text: a.text, Due: p.due(a.due),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// approves sends the minutes to who were there, and lets both keys open them.
func (p *past) approves(ctx context.Context) error {
	p.at(p.meeting.End.AddDate(0, 0, 1))
	round, err := governance.SendMinutes(ctx, p.tx, p.people[secretary], p.minutes)
	if err != nil {
		return err
	}
	p.at(p.meeting.End.AddDate(0, 0, 3))
	for _, who := range []string{kvam, vaksdal, bjorkeli} {
		if _, err := governance.AnswerMinutes(ctx, p.tx, p.people[who], round.ID, governance.MinutesSaying{Reply: governance.ApproveMinutesReply}); err != nil {
			return err
		}
	}
	p.at(p.meeting.End.AddDate(0, 0, 6))
	if _, err := governance.AskMinutesKeys(ctx, p.tx, p.people[secretary], p.minutes); err != nil {
		return err
	}
	for _, holder := range []string{deputy, chair} {
		p.at(p.tx.Now().Add(5 * time.Hour))
		if _, err := governance.TurnMinutesKey(ctx, p.tx, p.people[holder], round.ID, governance.MinutesKeySaying{Answer: forum.Approve}); err != nil {
			return err
		}
	}
	return nil
}

// follows lets the owners tell how it goes: one is done, one is on its way, one is
// blocked, and one says nothing and is late.
func (p *past) follows(ctx context.Context) error {
	decisions, err := p.tx.DecisionsOn(ctx, p.training.ID)
	if err != nil {
		return err
	}
	owed, err := p.tx.FollowUpsOf(ctx, decisions[0].ID)
	if err != nil {
		return err
	}
	for _, f := range owed {
		switch f.OwnerID {
		case p.people[kvam].Person:
			p.ago(25)
			_, err = governance.ReportDone(ctx, p.tx, p.people[kvam], f.ID, "Planen er send til alle kommunane.")
		case p.people[bergen].Person:
			p.ago(9)
			_, err = governance.NoteFollowUp(ctx, p.tx, p.people[bergen], f.ID, "Auditoriet er reservert. To av fire instruktørar er på plass.")
		case p.people[bjorkeli].Person:
			p.ago(12)
			_, err = governance.BlockFollowUp(ctx, p.tx, p.people[bjorkeli], f.ID, "Ventar på svar frå personvernombodet.")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
