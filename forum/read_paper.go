package forum

import (
	"context"
	"slices"
)

// readEditing gives a matter's page what concerns those who may edit its papers.
func (p *MatterPage) readEditing(ctx context.Context, tx Tx, by Actor) error {
	var err error
	if p.MayEditPapers, err = by.Can(ctx, tx, EditPapers, p.ForumID); err != nil {
		return err
	}
	_, refusal := mayBring(ctx, tx, by, &p.Matter)
	p.MayBring = refusal == nil
	if refusal != nil && !IsKind(refusal, Forbidden) && !IsKind(refusal, Conflict) {
		return refusal
	}
	if !p.MayEditPapers {
		return nil
	}
	withdrawn, err := tx.WithdrawnDocuments(ctx, p.ID)
	if err != nil {
		return err
	}
	p.Withdrawn = papersFor(p.Reader, withdrawn)
	p.Texts, err = tx.PaperStates(ctx, digestsOf(p.Papers))
	return err
}

func digestsOf(papers []Document) (digests []Digest) {
	for _, d := range papers {
		if !d.StandsIn() {
			digests = append(digests, d.Digest)
		}
	}
	return digests
}

// VersionRow is one version of a paper with who brought it.
type VersionRow struct {
	DocumentVersion
	By       string
	Withheld bool // from this reader
}

// PaperPage is a paper as one reader may see it, with all its versions and what
// the reader may do to it.
type PaperPage struct {
	Document
	Matter      Matter
	Forum       Forum
	Versions    []VersionRow // the newest first
	Text        *PaperText   // what became of reading it, nil for who may not edit papers
	MayMend     bool
	MayWithdraw bool
	MayRelease  bool
	First       bool // among the papers of its matter
}

// ReadPaperPage opens what is known of a paper; Forbidden where it is withheld.
func ReadPaperPage(ctx context.Context, tx Tx, by Actor, id DocumentID) (*PaperPage, error) {
	document, matter, reader, err := openPaper(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	in, err := tx.Forum(ctx, matter.ForumID)
	if err != nil {
		return nil, err
	}
	page := &PaperPage{Document: *document, Matter: matter.For(reader), Forum: *in}
	if err := page.readVersions(ctx, tx, reader); err != nil {
		return nil, err
	}
	return page, page.readActs(ctx, tx, by)
}

func (p *PaperPage) readVersions(ctx context.Context, tx Tx, r Reader) error {
	versions, err := tx.DocumentVersions(ctx, p.ID)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	for _, v := range slices.Backward(versions) {
		row := VersionRow{DocumentVersion: v, By: people[v.AddedBy].Name, Withheld: v.Held && !r.Held}
		if row.Withheld {
			row.Name, row.Type, row.Size, row.Digest = "", "", 0, ""
		}
		p.Versions = append(p.Versions, row)
	}
	documents, err := tx.Documents(ctx, p.MatterID)
	p.First = len(documents) > 0 && documents[0].ID == p.ID
	return err
}

func (p *PaperPage) readActs(ctx context.Context, tx Tx, by Actor) error {
	for may, answer := range map[*bool]func(context.Context, Tx, Actor, *Matter, *Document) (Standing, error){&p.MayMend: mayMend, &p.MayWithdraw: mayWithdrawPaper} {
		_, refusal := answer(ctx, tx, by, &p.Matter, &p.Document)
		if *may = refusal == nil; refusal != nil && !IsKind(refusal, Forbidden) && !IsKind(refusal, Conflict) {
			return refusal
		}
	}
	edits, err := by.Can(ctx, tx, EditPapers, p.Matter.ForumID)
	if err != nil || !edits {
		return err
	}
	p.MayRelease = p.Held
	states, err := tx.PaperStates(ctx, []Digest{p.Digest})
	if text, found := states[p.Digest]; found {
		p.Text = &text
	}
	return err
}

// openPaper is a paper that the reader may open, with its matter: Forbidden for
// one that is withheld, NotFound for one that was withdrawn.
func openPaper(ctx context.Context, tx Tx, by Actor, id DocumentID) (*Document, *Matter, Reader, error) {
	document, err := tx.Document(ctx, id)
	if err != nil {
		return nil, nil, Reader{}, err
	}
	matter, err := tx.Matter(ctx, document.MatterID)
	if err != nil {
		return nil, nil, Reader{}, err
	}
	if err := MayReadMatter(ctx, tx, by, matter); err != nil {
		return nil, nil, Reader{}, err
	}
	reader, err := ReaderOf(ctx, tx, by, matter)
	if err != nil {
		return nil, nil, Reader{}, err
	}
	switch why := document.Withheld(reader); {
	case why != "":
		return nil, nil, reader, Refuse(Forbidden, "error.paper.withheld."+string(why))
	case !document.WithdrawnAt.IsZero():
		return nil, nil, reader, Refuse(NotFound, "error.not_found.document")
	}
	return document, matter, reader, nil
}

// ReadPaperFile is the newest version of a paper, for who may open it.
func ReadPaperFile(ctx context.Context, tx Tx, by Actor, id DocumentID) (*Document, error) {
	document, _, _, err := openPaper(ctx, tx, by, id)
	return document, err
}

// ReadPaperVersion is any version of a paper, for who may open the newest one; a
// version that was held when it was replaced stays with the secretaries.
func ReadPaperVersion(ctx context.Context, tx Tx, by Actor, id DocumentID, number int) (*DocumentVersion, error) {
	_, _, reader, err := openPaper(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	versions, err := tx.DocumentVersions(ctx, id)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(versions, func(v DocumentVersion) bool { return v.Number == number })
	switch {
	case at < 0:
		return nil, Refuse(NotFound, "error.not_found.document")
	case versions[at].Held && !reader.Held:
		return nil, Refuse(Forbidden, "error.paper.withheld."+string(WithheldHeld))
	}
	return &versions[at], nil
}
