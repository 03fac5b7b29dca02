package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// before is a transaction at an earlier hour than its own, in which the acts of a
// past are done as they were then.
type before struct {
	forum.Tx
	at time.Time
}

func (b before) Now() time.Time    { return b.at.UTC().Truncate(time.Microsecond) }
func (b before) Peek() forum.Tx    { return before{b.Tx.Peek(), b.at} }
func (b before) Beneath() forum.Tx { return b.Tx }

// past is what the forums have behind them: a meeting of the council with all that
// came of it, and what the forums have between them today.
type past struct {
	here    forum.Tx // at the visitor's hour
	tx      governance.Tx
	council forum.ForumID
	meeting *forum.Meeting
	minutes governance.MinutesID

	training, transport, midwives *forum.Matter // that the council dealt with

	people  map[string]forum.Actor // by address
	parties map[string]forum.OrganisationID
	forums  map[string]forum.ForumID // by key
}

const (
	secretary      = "sekretariat@voss.example"
	otherSecretary = "sekretariat@helse-bergen.example"
	chair          = "klinikk@helse-bergen.example"
	deputy         = "helse@voss.example"
	kvam           = "helse@kvam.example"
	vaksdal        = "helse@vaksdal.example"
	eidfjord       = "helse@eidfjord.example"
	bergen         = "samhandling@helse-bergen.example"
	bjorkeli       = "leiar@bjorkeli.example"
	haraldsplass   = "samhandling@haraldsplass.example"
)

// there are those with a vote who came to the meeting.
var there = []string{chair, deputy, vaksdal, kvam, eidfjord, bergen, bjorkeli, haraldsplass}

// tellPast tells it with names as the plan has them.
func tellPast(ctx context.Context, tx forum.Tx, plan *forum.AreaPlan) error {
	p := &past{here: tx, people: map[string]forum.Actor{}, parties: map[string]forum.OrganisationID{}, forums: map[string]forum.ForumID{}}
	for _, entry := range plan.People {
		person, err := tx.PersonByAddress(ctx, entry.Address)
		if err != nil {
			return err
		}
		p.people[entry.Address] = forum.AsPerson(person.ID)
	}
	organisations, err := tx.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, o := range organisations {
		p.parties[o.Number] = o.ID
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range forums {
		p.forums[f.Key] = f.ID
	}
	p.council = p.forums["samarbeidsradet"]
	for _, part := range []func(context.Context) error{p.calls, p.meets, p.approves, p.follows, p.disagrees, p.asksAbove, p.recommends, p.drafts} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("the past: %w", err)
		}
	}
	return nil
}

// at goes to an hour.
func (p *past) at(hour time.Time) { p.tx = governance.In(before{p.here, hour}) }

// ago goes so many days back from today.
func (p *past) ago(days int) { p.at(p.here.Now().AddDate(0, 0, -days)) }

// due is the date so many days from today.
func (p *past) due(days int) forum.Date { return forum.DateOf(p.here.Now().AddDate(0, 0, days)) }

// calls plans the meeting, and brings three matters onto its agenda.
func (p *past) calls(ctx context.Context) (err error) {
	start := tuesday(p.here.Now(), -8, 10)
	p.at(start.AddDate(0, 0, -35))
	slot := forum.Slot{Start: start, End: start.Add(3 * time.Hour), Place: "Voss tinghus, heradsstyresalen"}
	if p.meeting, err = forum.PlanMeeting(ctx, p.tx, p.people[secretary], p.council, forum.Ordinary, slot); err != nil {
		return err
	}
	if _, err = forum.CallMeeting(ctx, p.tx, p.people[secretary], p.meeting.ID); err != nil {
		return err
	}
	p.at(start.AddDate(0, 0, -30))
	if p.training, err = p.brings(ctx, kvam, forum.DecisionMatter, "Felles opplæring i velferdsteknologi",
		"Kommunane og sjukehuset kjøper same utstyret og lærer det bort kvar for seg. Kvam ber rådet vedta eitt felles opplegg."); err != nil {
		return err
	}
	if p.transport, err = p.brings(ctx, deputy, forum.DiscussionMatter, "Kostnader ved heimreise etter kl. 22",
		"Pasientar som blir utskrivne seint, reiser heim på kommunen si rekning. Voss ber om at utgiftene blir delte."); err != nil {
		return err
	}
	if p.midwives, err = p.brings(ctx, bergen, forum.DiscussionMatter, "Følgjeteneste for gravide frå indre Hardanger",
		"Lengre veg til fødeavdelinga krev jordmor i beredskap heile døgnet. Det må løysast på tvers av avtalane."); err != nil {
		return err
	}
	if err := p.writes(ctx, p.training.ID, []draftWords{
		{deputy, forum.BackgroundPart, "Fire av fem kommunar har innført digitalt tilsyn sidan i fjor.\n\nOpplæringa er i dag ulik frå kommune til kommune."},
		{bergen, forum.RecommendationPart, "Rådet vedtek eitt felles opplegg for opplæring, med to samlingar i året og éin ansvarleg frå kvart nivå."},
	}); err != nil {
		return err
	}
	p.at(start.AddDate(0, 0, -20))
	for _, who := range there {
		if _, err := forum.AnswerMeeting(ctx, p.tx, p.people[who], p.meeting.ID, forum.Coming, ""); err != nil {
			return err
		}
	}
	return nil
}

// brings proposes a matter and places it on the meeting's agenda.
func (p *past) brings(ctx context.Context, who string, kind forum.MatterKind, title, text string) (*forum.Matter, error) {
	matter, err := forum.ProposeMatter(ctx, p.tx, p.people[who], p.council, forum.Proposal{Title: title, Text: text, Kind: kind, Source: forum.ByWeb})
	if err != nil {
		return nil, err
	}
	return forum.PlaceMatter(ctx, p.tx, p.people[secretary], matter.ID, p.meeting.ID)
}

// draftWords is what somebody writes in a part of a draft.
type draftWords struct {
	who  string
	part forum.DraftPart
	text string
}

// writes lets several write a draft in turn.
func (p *past) writes(ctx context.Context, id forum.MatterID, words []draftWords) error {
	for _, w := range words {
		sections, err := p.tx.DraftSections(ctx, id)
		if err != nil {
			return err
		}
		for _, s := range sections {
			if s.Part != w.part {
				continue
			}
			versions, err := p.tx.DraftVersions(ctx, s.ID)
			if err != nil {
				return err
			}
			if _, err := forum.WriteSection(ctx, p.tx, p.people[w.who], s.ID, len(versions), w.text); err != nil {
				return err
			}
		}
	}
	return nil
}
