package forum

import (
	"context"
	"slices"
)

// PapersThatTravel leaves of papers those that may be in a mail now: none that
// was made exempt, is held or was withdrawn. Unavailable while one is still to be looked
// through for what must not travel.
func PapersThatTravel(ctx context.Context, tx Tx, papers []Paper) ([]Paper, error) {
	digests := make([]Digest, len(papers))
	for i, p := range papers {
		digests[i] = p.Digest
	}
	states, err := tx.PaperStates(ctx, digests)
	if err != nil {
		return nil, err
	}
	var travel []Paper
	for _, p := range papers {
		if states[p.Digest].State == PaperWaits {
			return nil, Refuse(Unavailable, "error.edition.unread")
		}
		documents, err := tx.DocumentsOf(ctx, p.Digest)
		if err != nil {
			return nil, err
		}
		if !anyWithheld(documents) && !allWithdrawn(documents) {
			travel = append(travel, p)
		}
	}
	return travel, nil
}

// anyWithheld tells whether some of the papers with the same bytes is kept from
// those who may see nothing exempt.
func anyWithheld(documents []Document) bool {
	for _, d := range documents {
		if d.Withheld(Reader{}) != "" {
			return true
		}
	}
	return false
}

// allWithdrawn tells whether papers with the same bytes were withdrawn everywhere.
func allWithdrawn(documents []Document) bool {
	return len(documents) > 0 && !slices.ContainsFunc(documents, func(d Document) bool { return d.WithdrawnAt.IsZero() })
}
