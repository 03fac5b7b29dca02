package forum

import (
	"context"
	"fmt"
)

// SendOn puts a matter of one forum into the inbox of another, under a number of
// its own there: as it stands, with its papers and their versions, its exemption
// and its joint draft, in the name of who proposed it. Papers that are held for
// a look do not go along. The matter itself stays where it is. Who may do so is
// the caller's to ask.
func SendOn(ctx context.Context, tx Tx, by Actor, as Standing, from *Matter, in ForumID) (*Matter, error) {
	year := tx.Now().In(Oslo).Year()
	serial, err := tx.NextNumber(ctx, fmt.Sprintf("intake/%d", year))
	if err != nil {
		return nil, err
	}
	origin, err := tx.Forum(ctx, from.ForumID)
	if err != nil {
		return nil, err
	}
	to := *from
	to.ID, to.ForumID, to.Intake, to.Number, to.State, to.Reason, to.MergedInto = 0, in, fmt.Sprintf("%d-%d", year, serial), "", Proposed, "", 0
	to.MailID, to.ProposedAt = 0, tx.Now()
	if err := tx.SaveMatter(ctx, &to); err != nil {
		return nil, err
	}
	if err := copyPapers(ctx, tx, from.ID, to.ID); err != nil {
		return nil, err
	}
	if err := copyDraft(ctx, tx, by, from.ID, &to); err != nil {
		return nil, err
	}
	return &to, RecordMatter(ctx, tx, by, as, &to, "matter_received", map[string]string{"Forum": origin.Name})
}

// copyPapers gives a matter the papers of another; the bytes are kept once for both.
func copyPapers(ctx context.Context, tx Tx, from, to MatterID) error {
	documents, err := tx.Documents(ctx, from)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if d.Held {
			continue
		}
		versions, err := tx.DocumentVersions(ctx, d.ID)
		if err != nil {
			return err
		}
		d.ID, d.MatterID = 0, to
		if err := tx.SaveDocument(ctx, &d); err != nil {
			return err
		}
		for _, v := range versions {
			v.ID, v.DocumentID = 0, d.ID
			if err := tx.SaveDocumentVersion(ctx, &v); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyDraft gives a matter the joint draft of another, each version in the name
// of who wrote it. It is open again: the other forum's levels may write on it.
func copyDraft(ctx context.Context, tx Tx, by Actor, from MatterID, to *Matter) error {
	_, err := tx.Draft(ctx, from)
	if IsKind(err, NotFound) {
		if to.gated() {
			_, err := openDraft(ctx, tx, by, to)
			return err
		}
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.SaveDraft(ctx, &Draft{MatterID: to.ID, OpenedAt: tx.Now(), OpenedBy: by.Person}); err != nil {
		return err
	}
	sections, err := tx.DraftSections(ctx, from)
	if err != nil {
		return err
	}
	for _, s := range sections {
		versions, err := tx.DraftVersions(ctx, s.ID)
		if err != nil {
			return err
		}
		s.ID, s.MatterID = 0, to.ID
		if err := tx.SaveDraftSection(ctx, &s); err != nil {
			return err
		}
		for _, v := range versions {
			v.ID, v.SectionID, v.MailID = 0, s.ID, 0
			if err := tx.SaveDraftVersion(ctx, &v); err != nil {
				return err
			}
		}
	}
	return nil
}
