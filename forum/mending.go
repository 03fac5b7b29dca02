package forum

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// ReplacePaper puts a new version in a paper's place, under the same access code.
// The old version is kept.
func ReplacePaper(ctx context.Context, tx Tx, by Actor, id DocumentID, paper Paper) (*Document, error) {
	document, matter, standing, err := mending(ctx, tx, by, id, mayMend)
	if err != nil {
		return nil, err
	}
	if err := document.stands(); err != nil {
		return nil, err
	}
	if err := identifiesNone([]Paper{paper}); err != nil {
		return nil, err
	}
	if paper.Digest == document.Digest && paper.Name == document.Name {
		return nil, Refuse(Conflict, "error.paper.same").On("papers")
	}
	document.Name, document.Type, document.Size, document.Digest = paper.Name, paper.Type, paper.Size, paper.Digest
	document.Version, document.AddedBy, document.AddedAt = document.Version+1, by.Person, tx.Now()
	if err := document.keep(ctx, tx); err != nil {
		return nil, err
	}
	return document, recordPaper(ctx, tx, by, standing, matter, document, "paper_replaced", map[string]string{"Version": strconv.Itoa(document.Version)})
}

// WithdrawPaper takes a paper off its matter; RestorePaper undoes it. A paper of
// a matter that the other equal level proposed is withdrawn by a secretary of
// that level, or by whoever brought it.
func WithdrawPaper(ctx context.Context, tx Tx, by Actor, id DocumentID) (*Document, error) {
	document, matter, standing, err := mending(ctx, tx, by, id, mayWithdrawPaper)
	if err != nil {
		return nil, err
	}
	if err := document.stands(); err != nil {
		return nil, err
	}
	document.WithdrawnBy, document.WithdrawnAt = by.Person, tx.Now()
	if err := tx.SaveDocument(ctx, document); err != nil {
		return nil, err
	}
	return document, recordPaper(ctx, tx, by, standing, matter, document, "paper_withdrawn", nil)
}

// RestorePaper brings a withdrawn paper back to its place.
func RestorePaper(ctx context.Context, tx Tx, by Actor, id DocumentID) (*Document, error) {
	document, matter, standing, err := mending(ctx, tx, by, id, mayMend)
	if err != nil {
		return nil, err
	}
	if document.WithdrawnAt.IsZero() {
		return nil, Refuse(Conflict, "error.paper.stands")
	}
	document.WithdrawnBy, document.WithdrawnAt = 0, time.Time{}
	if err := tx.SaveDocument(ctx, document); err != nil {
		return nil, err
	}
	return document, recordPaper(ctx, tx, by, standing, matter, document, "paper_restored", nil)
}

// MovePaperUp lets a paper change places with the one before it.
func MovePaperUp(ctx context.Context, tx Tx, by Actor, id DocumentID) (*Document, error) {
	document, matter, standing, err := mending(ctx, tx, by, id, mayMend)
	if err != nil {
		return nil, err
	}
	documents, err := tx.Documents(ctx, matter.ID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(documents, func(d Document) bool { return d.ID == id })
	if at <= 0 {
		return nil, Refuse(Conflict, "error.paper.first")
	}
	before, err := tx.Document(ctx, documents[at-1].ID)
	if err != nil {
		return nil, err
	}
	from := document.Position
	document.Position, before.Position = before.Position, from
	for _, d := range []*Document{document, before} {
		if err := tx.SaveDocument(ctx, d); err != nil {
			return nil, err
		}
	}
	return document, recordPaper(ctx, tx, by, standing, matter, document, "paper_moved", map[string]string{"From": strconv.Itoa(from)})
}

// ClassifyPaper sets a paper's access code with its legal basis.
func ClassifyPaper(ctx context.Context, tx Tx, by Actor, id DocumentID, access AccessCode, basis string) (*Document, error) {
	document, matter, standing, err := mending(ctx, tx, by, id, mayMend)
	if err != nil {
		return nil, err
	}
	if err := document.stands(); err != nil {
		return nil, err
	}
	if basis, err = classified(access, basis); err != nil {
		return nil, err
	}
	if document.Access == access && document.Basis == basis {
		return document, nil
	}
	document.Access, document.Basis = access, basis
	if err := tx.SaveDocument(ctx, document); err != nil {
		return nil, err
	}
	return document, recordPaper(ctx, tx, by, standing, matter, document, "paper_"+string(access), map[string]string{"Basis": basis})
}

// ReleasePaper passes on a paper that was held, once a secretary has looked at it.
func ReleasePaper(ctx context.Context, tx Tx, by Actor, id DocumentID) (*Document, error) {
	document, matter, err := guardedDocument(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, EditPapers, matter.ForumID)
	if err != nil {
		return nil, err
	}
	if !document.Held {
		return nil, Refuse(Conflict, "error.paper.not_held")
	}
	versions, err := tx.DocumentVersions(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		if v.Number != document.Version {
			continue
		}
		v.Held = false
		if err := tx.SaveDocumentVersion(ctx, &v); err != nil {
			return nil, err
		}
	}
	document.Held = false
	if err := tx.SaveDocument(ctx, document); err != nil {
		return nil, err
	}
	return document, recordPaper(ctx, tx, by, standing, matter, document, "paper_released", nil)
}
