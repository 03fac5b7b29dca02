package forum

import (
	"context"
	"strconv"
)

// AddPapers brings papers to a matter under one access code: secretaries always,
// whoever proposed it while it waits or stands on an agenda.
func AddPapers(ctx context.Context, tx Tx, by Actor, id MatterID, papers []Paper, access AccessCode, basis string) ([]Document, error) {
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := mayBring(ctx, tx, by, matter)
	if err != nil {
		return nil, err
	}
	if len(papers) == 0 {
		return nil, Refuse(Invalid, "error.paper.none").On("papers")
	}
	if err := identifiesNone(papers); err != nil {
		return nil, err
	}
	if basis, err = classified(access, basis); err != nil {
		return nil, err
	}
	last, err := lastPosition(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var added []Document
	for i, paper := range papers {
		document := newDocument(tx, by, id, last+1+i, paper, access, basis)
		if err := document.keep(ctx, tx); err != nil {
			return nil, err
		}
		added = append(added, *document)
	}
	details := map[string]string{"Papers": strconv.Itoa(len(papers))}
	return added, RecordMatter(ctx, tx, by, standing, matter, "papers_added", details)
}

func newDocument(tx Tx, by Actor, matter MatterID, position int, paper Paper, access AccessCode, basis string) *Document {
	return &Document{
		MatterID: matter, Position: position, Name: paper.Name, Type: paper.Type, Size: paper.Size, Digest: paper.Digest,
		Access: access, Basis: basis, Version: 1, AddedBy: by.Person, AddedAt: tx.Now(),
	}
}

// keep saves a document with the version that is its newest, and has its text
// read unless these bytes were read before.
func (d *Document) keep(ctx context.Context, tx Tx) error {
	fresh, err := tx.AwaitPaperText(ctx, &PaperText{Digest: d.Digest, State: PaperWaits, At: tx.Now()})
	if err != nil {
		return err
	}
	if fresh {
		if err := tx.Enqueue(ctx, ReadPaper{d.Digest}); err != nil {
			return err
		}
	}
	text, err := tx.PaperText(ctx, d.Digest)
	if err != nil {
		return err
	}
	d.Held = text.Identifies
	if err := tx.SaveDocument(ctx, d); err != nil {
		return err
	}
	return tx.SaveDocumentVersion(ctx, &DocumentVersion{
		DocumentID: d.ID, Number: d.Version, Name: d.Name, Type: d.Type, Size: d.Size, Digest: d.Digest, AddedBy: d.AddedBy, AddedAt: d.AddedAt, Held: d.Held,
	})
}

// identifiesNone refuses papers whose names hold an identity number.
func identifiesNone(papers []Paper) error {
	for _, paper := range papers {
		if HasIdentityNumber(paper.Name) {
			return Refuse(Invalid, "error.identity_number").On("papers")
		}
	}
	return nil
}

// lastPosition is the greatest position of a matter's papers, those withdrawn
// included, so that one that comes back finds its place free.
func lastPosition(ctx context.Context, tx Tx, id MatterID) (last int, err error) {
	for _, of := range []func(context.Context, MatterID) ([]Document, error){tx.Documents, tx.WithdrawnDocuments} {
		documents, err := of(ctx, id)
		if err != nil {
			return 0, err
		}
		for _, d := range documents {
			last = max(last, d.Position)
		}
	}
	return last, nil
}

// mayBring is the standing of who may bring papers to a matter.
func mayBring(ctx context.Context, tx Tx, by Actor, m *Matter) (Standing, error) {
	standing, refusal := by.May(ctx, tx, EditPapers, m.ForumID)
	if !IsKind(refusal, Forbidden) || by.Person == 0 || by.Person != m.Proposer {
		return standing, refusal
	}
	if m.State != Proposed && m.State != Placed {
		return Standing{}, Refuse(Conflict, "error.matter.state."+string(m.State))
	}
	return Standing{Organisation: m.Organisation, Level: m.Level}, nil
}

// mayMend is the standing of who may change one of a matter's papers:
// secretaries, and whoever proposed the matter where the paper is their own. What
// is withheld from somebody is nothing for them to change.
func mayMend(ctx context.Context, tx Tx, by Actor, m *Matter, d *Document) (Standing, error) {
	standing, err := mayBring(ctx, tx, by, m)
	if err != nil {
		return Standing{}, err
	}
	if standing.Capacity == "" {
		own, err := by.brought(ctx, tx, d)
		if err != nil {
			return Standing{}, err
		}
		if !own {
			return Standing{}, Refuse(Forbidden, "error.forbidden.edit_paper")
		}
	}
	reader, err := ReaderOf(ctx, tx, by, m)
	if err != nil {
		return Standing{}, err
	}
	if why := d.Withheld(reader); why != "" {
		return Standing{}, Refuse(Forbidden, "error.paper.withheld."+string(why))
	}
	return standing, nil
}

// mayWithdrawPaper is mayMend, but that a paper of a matter that the other equal level
// proposed is withdrawn by a secretary of that level or whoever brought it alone.
func mayWithdrawPaper(ctx context.Context, tx Tx, by Actor, m *Matter, d *Document) (Standing, error) {
	standing, err := mayMend(ctx, tx, by, m, d)
	if err != nil || m.Level.Other() == "" {
		return standing, err
	}
	if own, err := by.brought(ctx, tx, d); err != nil || own {
		return standing, err
	}
	return by.MayFor(ctx, tx, EditPapers, m.ForumID, m.Level)
}

// brought tells whether the actor brought a paper's first version: to replace a
// paper makes it nobody's own.
func (by Actor) brought(ctx context.Context, tx Tx, d *Document) (bool, error) {
	versions, err := tx.DocumentVersions(ctx, d.ID)
	return len(versions) > 0 && versions[0].AddedBy == by.Person && by.Person != 0, err
}

// guardedDocument is a document as it is once its matter is locked.
func guardedDocument(ctx context.Context, tx Tx, id DocumentID) (*Document, *Matter, error) {
	found, err := tx.Document(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	matter, err := tx.Matter(ctx, found.MatterID)
	if err != nil {
		return nil, nil, err
	}
	document, err := tx.Document(ctx, id)
	return document, matter, err
}

// mending locks a paper's matter and checks who may change the paper.
func mending(ctx context.Context, tx Tx, by Actor, id DocumentID, may func(context.Context, Tx, Actor, *Matter, *Document) (Standing, error)) (*Document, *Matter, Standing, error) {
	found, err := tx.Document(ctx, id)
	if err != nil {
		return nil, nil, Standing{}, err
	}
	matter, _, _, err := placeLocked(ctx, tx, found.MatterID) // what one may read of it is asked of its meeting
	if err != nil {
		return nil, nil, Standing{}, err
	}
	document, err := tx.Document(ctx, id)
	if err != nil {
		return nil, nil, Standing{}, err
	}
	standing, err := may(ctx, tx, by, matter, document)
	return document, matter, standing, err
}

// stands refuses a paper that was withdrawn.
func (d *Document) stands() error {
	if !d.WithdrawnAt.IsZero() {
		return Refuse(Conflict, "error.paper.withdrawn")
	}
	return nil
}

// recordPaper records what was done to a paper, by its place and never by its
// name: a history is read by who may not read the paper.
func recordPaper(ctx context.Context, tx Tx, by Actor, as Standing, m *Matter, d *Document, deed string, more map[string]string) error {
	details := map[string]string{"Paper": strconv.Itoa(d.Position)}
	for name, value := range more {
		details[name] = value
	}
	return RecordMatter(ctx, tx, by, as, m, deed, details)
}
