package forum

import (
	"context"
	"fmt"
	"time"
)

// goOut sends an edition on its way: its package is printed and mailed by jobs.
func goOut(ctx context.Context, tx Tx, by Actor, as Standing, m *Meeting, e *Edition) error {
	if err := keepBehind(ctx, tx, e); err != nil {
		return err
	}
	e.State, e.OutAt = OutEdition, tx.Now()
	if err := tx.SaveEdition(ctx, e); err != nil {
		return err
	}
	if m.State == CalledMeeting {
		m.State = AgendaSent
		if err := tx.SaveMeeting(ctx, m); err != nil {
			return err
		}
	}
	if err := recordKeys(ctx, tx, by, as, e, "agenda_sent", map[string]string{"Items": fmt.Sprint(len(e.Outgoing()))}); err != nil {
		return err
	}
	return tx.Enqueue(ctx, PrintPackage{e.ID})
}

// keepBehind keeps from going out what may not travel any more, though it might
// when the edition was frozen: what was made exempt, is held, or was withdrawn.
func keepBehind(ctx context.Context, tx Tx, e *Edition) error {
	for i := range e.Items {
		item := &e.Items[i]
		if item.Matter != 0 {
			matter, err := tx.Matter(ctx, item.Matter)
			if err != nil {
				return err
			}
			if matter.Access == Exempt {
				item.Exempt, item.Basis, item.Title, item.Draft = true, matter.Basis, matter.Title, nil
			}
		}
		var papers []EditionPaper
		for _, p := range item.Papers {
			now, err := tx.Document(ctx, p.DocumentID)
			if err != nil {
				return err
			}
			if now.Held || !now.WithdrawnAt.IsZero() {
				continue
			}
			if now.Access == Exempt {
				p.Access, p.Basis = now.Access, now.Basis
			}
			papers = append(papers, p)
		}
		item.Papers = papers
		item.Fingerprint = item.fingerprint()
	}
	return nil
}

// EditionsToClose lists the editions whose deadline has come.
func EditionsToClose(ctx context.Context, tx Tx) ([]EditionID, error) {
	return tx.EditionsDue(ctx, tx.Now())
}

// CloseEdition ends the wait for the keys at an edition's deadline: silence
// approves, and what is objected to is held back and stays on the agenda. When
// nothing is left, or the meeting has begun without it, nothing goes out. Doing
// it again changes nothing.
func CloseEdition(ctx context.Context, tx Tx, id EditionID) error {
	e, m, _, err := editionOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if e.State != AskedEdition || tx.Now().Before(e.Deadline) {
		return nil
	}
	if !m.Movable() || !m.End.After(tx.Now()) {
		return withdraw(ctx, tx, e)
	}
	words, err := tx.KeyWords(ctx, id)
	if err != nil {
		return err
	}
	ring := KeyringOf(words)
	asked := e.Asked()
	left := e.holdBack(ring)
	if err := tellHeldBack(ctx, tx, m, e, asked, ring, left); err != nil {
		return err
	}
	if left {
		return goOut(ctx, tx, Actor{}, Standing{}, m, e)
	}
	if err := recordKeys(ctx, tx, Actor{}, Standing{}, e, "agenda_held_back", nil); err != nil {
		return err
	}
	return withdraw(ctx, tx, e)
}

// unprintedAfter is how long an edition may be out before it is made sure that
// a job still prints it.
const unprintedAfter = 15 * time.Minute

// NudgeUnprinted enqueues the printing of editions that are out and have lost
// their job: nobody has got them. It answers how many there were.
func NudgeUnprinted(ctx context.Context, tx Tx) (int, error) {
	waiting, err := tx.EditionsUnprinted(ctx, tx.Now().Add(-unprintedAfter))
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	jobs := make([]Job, len(waiting))
	for i, id := range waiting {
		jobs[i] = PrintPackage{id}
	}
	return tx.Nudge(ctx, jobs...)
}
