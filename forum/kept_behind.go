package forum

import (
	"context"
	"slices"
)

// keptBehind is an edition without what may not travel any more, and the lines
// of whose papers some were made exempt, held or withdrawn since: what was
// printed of those stays closed.
func keptBehind(ctx context.Context, tx Tx, e *Edition) (now Edition, closed []string, err error) {
	now = *e
	now.Items = slices.Clone(e.Items)
	if err := keepBehind(ctx, tx, &now); err != nil {
		return now, nil, err
	}
	for i, item := range now.Items {
		if !item.HeldBack && item.Fingerprint != e.Items[i].Fingerprint {
			closed = append(closed, item.Line.Key)
		}
	}
	return now, closed, nil
}
