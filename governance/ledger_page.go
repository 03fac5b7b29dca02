package governance

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// LedgerLine is one party's line as a reader sees it.
type LedgerLine struct {
	Ratification
	Party     forum.Organisation // as it was called when it was asked
	Now       forum.Organisation // what it became part of; the party itself otherwise
	By        string             // who answered
	For       string             // name of the organisation that a secretary entered it for, "" for the party itself
	MayAnswer bool
}

// LedgerView is one ledger with its lines.
type LedgerView struct {
	Ledger
	Asker string
	Lines []LedgerLine
}

// Count counts the lines in a state.
func (v LedgerView) Count(state RatificationState) (n int) {
	for _, line := range v.Lines {
		if line.State == state {
			n++
		}
	}
	return n
}

// Settled tells whether every party has answered, InForce whether all have ratified.
func (v LedgerView) Settled() bool { return Settled(v.lines()) }

// InForce tells whether every party has ratified.
func (v LedgerView) InForce() bool { return InForce(v.lines()) }

func (v LedgerView) lines() (lines []Ratification) {
	for _, line := range v.Lines {
		lines = append(lines, line.Ratification)
	}
	return lines
}

// LedgerPage is what a matter's parties were asked, the newest first. Words of an
// exempt matter are for who may read what is exempt.
type LedgerPage struct {
	Matter  forum.Matter
	Forum   forum.Forum
	Ledgers []LedgerView
	Hidden  bool
	MayAsk  bool
	Offered bool   // the forum decides by recommendation
	Draft   string // of the recommendation, from the joint draft, for who may ask
}

// ReadLedgerPage reads a matter's ledgers for who may read the matter.
func ReadLedgerPage(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*LedgerPage, error) {
	m, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	p := &LedgerPage{Matter: m.For(reader), Forum: *in, Hidden: m.Withheld(reader)}
	ledgers, err := tx.LedgersOf(ctx, id)
	if err != nil {
		return nil, err
	}
	for i := len(ledgers) - 1; i >= 0; i-- {
		view, err := p.view(ctx, tx, by, ledgers[i])
		if err != nil {
			return nil, err
		}
		p.Ledgers = append(p.Ledgers, *view)
	}
	return p, p.choices(ctx, tx, by, m)
}

func (p *LedgerPage) view(ctx context.Context, tx Tx, by forum.Actor, l Ledger) (*LedgerView, error) {
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	parties, err := tx.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	lines, err := tx.Ratifications(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	v := &LedgerView{Ledger: l, Asker: people[l.AskedBy].Name}
	if p.Hidden {
		v.Text = ""
	}
	for _, r := range lines {
		now, err := forum.LivingOrganisation(ctx, tx, r.OrganisationID)
		if err != nil {
			return nil, err
		}
		line := LedgerLine{Ratification: r, Party: parties[r.OrganisationID].On(forum.DateOf(l.AskedAt)), Now: *now, By: people[r.AnsweredBy].Name}
		if r.AnsweredFor != 0 && r.AnsweredFor != now.ID && r.AnsweredFor != r.OrganisationID {
			line.For = parties[r.AnsweredFor].Name
		}
		if p.Hidden {
			line.Remarks, line.Reference = "", ""
		}
		if !Settled(lines) {
			_, refusal := speaksFor(ctx, tx, by, p.Matter.ForumID, r.OrganisationID)
			if line.MayAnswer, err = allowed(refusal); err != nil {
				return nil, err
			}
		}
		v.Lines = append(v.Lines, line)
	}
	return v, nil
}

func (p *LedgerPage) choices(ctx context.Context, tx Tx, by forum.Actor, m *forum.Matter) error {
	mandate, err := tx.Mandate(ctx, m.ForumID, forum.DateOf(tx.Now()))
	if err != nil && !forum.IsKind(err, forum.NotFound) {
		return err
	}
	p.Offered = err == nil && mandate.Rule == forum.Recommendation
	may, err := by.Can(ctx, tx, forum.AskRatification, m.ForumID)
	if err != nil {
		return err
	}
	p.MayAsk = may && p.Offered && (len(p.Ledgers) == 0 || p.Ledgers[0].Settled()) && (m.State == forum.Proposed || m.State == forum.Placed)
	if !p.MayAsk || p.Hidden {
		return nil
	}
	sections, err := tx.DraftSections(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, s := range sections {
		if s.Part != forum.RecommendationPart {
			continue
		}
		versions, err := tx.DraftVersions(ctx, s.ID)
		if err != nil {
			return err
		}
		if len(versions) > 0 {
			p.Draft = versions[len(versions)-1].Text
		}
	}
	return nil
}

// ReadCaseText reads the case of a ledger as it stands, for who may read all of
// the matter.
func ReadCaseText(ctx context.Context, tx Tx, by forum.Actor, id LedgerID) (*CaseText, error) {
	l, err := tx.Ledger(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Matter(ctx, l.MatterID)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, m); err != nil {
		return nil, err
	}
	reader, err := forum.ReaderOf(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	if m.Withheld(reader) {
		return nil, forum.Refuse(forum.Forbidden, "error.forbidden.read_exempt")
	}
	return caseText(ctx, tx, m, l)
}
