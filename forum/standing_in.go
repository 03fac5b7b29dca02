package forum

import (
	"cmp"
	"context"
	"slices"
)

// TellStandIns mails who stands in for a key-holder that is away today, and was
// not asked yet, of an edition that waits for the keys. Doing it again asks
// nobody twice.
func TellStandIns(ctx context.Context, tx Tx, id EditionID) error {
	e, m, _, err := editionOf(ctx, tx, id)
	if err != nil || e.State != AskedEdition || m.askable(tx.Now()) != nil {
		return err
	}
	away, told, err := untoldStandIns(ctx, tx, e)
	if err != nil || len(away) == 0 {
		return err
	}
	words, err := tx.KeyWords(ctx, id)
	if err != nil {
		return err
	}
	return askThem(ctx, tx, m, e, KeyringOf(words), away, told)
}

// untoldStandIns are the keys of an edition whose holders are away, and who of
// those that turn keys was asked for the edition.
func untoldStandIns(ctx context.Context, tx Tx, e *Edition) (away []KeyHolding, told []PersonID, err error) {
	holdings, err := KeyHoldings(ctx, tx, e.ForumID)
	if err != nil {
		return nil, nil, err
	}
	away = slices.DeleteFunc(holdings, func(h KeyHolding) bool { return h.Turner() == h.Holder })
	if len(away) == 0 {
		return nil, nil, nil
	}
	tokens, err := tx.AddressTokensOf(ctx, KeysPurpose, int64(e.ID))
	for _, t := range tokens {
		told = append(told, t.PersonID)
	}
	away = slices.DeleteFunc(away, func(h KeyHolding) bool { return slices.Contains(told, h.StandIn) })
	return away, told, err
}

// EditionsToStandInFor lists the editions that wait for a key whose holder is
// away, and of which the stand-in does not know.
func EditionsToStandInFor(ctx context.Context, tx Tx) (found []EditionID, err error) {
	asked, err := tx.EditionsAsked(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range asked {
		away, _, err := untoldStandIns(ctx, tx, &e)
		if err != nil {
			return nil, err
		}
		if len(away) > 0 {
			found = append(found, e.ID)
		}
	}
	return found, nil
}

// tellAllStandIns is TellStandIns for all that waits in a forum, 0 for any.
func tellAllStandIns(ctx context.Context, tx Tx, in ForumID) error {
	asked, err := tx.EditionsAsked(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(asked, func(a, b Edition) int { return cmp.Compare(a.MeetingID, b.MeetingID) })
	for _, e := range asked {
		if in != 0 && e.ForumID != in {
			continue
		}
		if err := TellStandIns(ctx, tx, e.ID); err != nil {
			return err
		}
	}
	return nil
}
