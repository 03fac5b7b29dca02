package governance

import (
	"cmp"
	"context"

	"github.com/samraad/samraad/forum"
)

// CaseText is a case as parties take it into their own case systems.
type CaseText struct {
	Forum    string
	Number   string // of the matter, or of its intake
	Title    string
	Kind     forum.MatterKind
	Proposer string // organisation
	Text     string // what the proposer wrote, where there is no draft
	Sections []CaseSection
	Proposal string // the recommendation
	Deadline forum.Date
	At       forum.Date // on which the text was made
	Language forum.Language
	Papers   []string // public names
}

// CaseSection is one section of the joint draft.
type CaseSection struct {
	Part  forum.DraftPart
	Title string
	Text  string
}

// caseText gathers a case that is not exempt. Papers that may not travel are not named.
func caseText(ctx context.Context, tx Tx, m *forum.Matter, l *Ledger) (*CaseText, error) {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	o, err := tx.Organisation(ctx, m.Organisation)
	if err != nil {
		return nil, err
	}
	c := &CaseText{
		Forum: in.Name, Number: cmp.Or(m.Number, m.Intake), Title: m.Title, Kind: m.Kind, Proposer: o.On(forum.DateOf(m.ProposedAt)).Name,
		Text: m.Text, Proposal: l.Text, Deadline: l.Deadline, At: forum.DateOf(l.AskedAt), Language: in.Language,
	}
	sections, err := tx.DraftSections(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		versions, err := tx.DraftVersions(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		if len(versions) == 0 || versions[len(versions)-1].Text == "" {
			continue
		}
		c.Sections = append(c.Sections, CaseSection{s.Part, s.Title, versions[len(versions)-1].Text})
	}
	if c.Sections != nil {
		c.Text = ""
	}
	papers, err := tx.Documents(ctx, m.ID)
	for _, d := range papers {
		if d.Withheld(forum.Reader{}) == "" {
			c.Papers = append(c.Papers, d.Name)
		}
	}
	return c, err
}
