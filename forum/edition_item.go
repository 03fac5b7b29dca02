package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// freeze takes down what a meeting's agenda says now.
func freeze(ctx context.Context, tx Tx, m *Meeting) (revision int, items []EditionItem, err error) {
	order, err := runningOrderOf(ctx, tx, m)
	if err != nil {
		return 0, nil, err
	}
	if err := holdAgenda(ctx, tx, m.ID); err != nil {
		return 0, nil, err
	}
	for _, line := range order.Lines {
		item := EditionItem{Line: line}
		matter, err := matterOf(ctx, tx, m, &line)
		if err != nil {
			return 0, nil, err
		}
		if matter.ID != 0 {
			item.Matter, item.Number, item.Title = matter.ID, matter.Number, matter.Title
			item.Exempt, item.Basis = matter.Access == Exempt, matter.Basis
			documents, err := tx.Documents(ctx, matter.ID)
			if err != nil {
				return 0, nil, err
			}
			for _, d := range documents {
				if d.Held {
					continue // until a secretary has looked at it
				}
				item.Papers = append(item.Papers, EditionPaper{d.ID, d.Name, d.Digest, d.Type, d.Size, d.Access, d.Basis})
			}
		}
		item.Fingerprint = item.fingerprint()
		items = append(items, item)
	}
	setTimes(items, m.Start)
	return order.Revision, items, nil
}

// fingerprint covers all that an item says but its clock times, which follow
// from the meeting's start and the items before it.
func (i EditionItem) fingerprint() Digest {
	content, err := json.Marshal([]any{i.Line, i.Matter, i.Number, i.Title, i.Exempt, i.Basis, i.Papers})
	if err != nil {
		panic(err) // plain structs always encode
	}
	sum := sha256.Sum256(content)
	return Digest(hex.EncodeToString(sum[:]))
}

// setTimes lets the items follow each other from a start.
func setTimes(items []EditionItem, start time.Time) {
	lines := make([]Line, len(items))
	for i, item := range items {
		lines[i] = item.Line
	}
	for i, span := range RunningTimes(start, lines) {
		items[i].Start, items[i].End = span.Start, span.End
	}
}

// markChanged marks what an edition that is out does not say; nil marks nothing.
func markChanged(items []EditionItem, since *Edition) {
	for i := range items {
		items[i].Changed = since != nil && !says(since.Outgoing(), items[i])
	}
}

func says(items []EditionItem, item EditionItem) bool {
	return slices.ContainsFunc(items, func(i EditionItem) bool { return i.Line.Key == item.Line.Key && i.Fingerprint == item.Fingerprint })
}

// sameAgenda tells whether two lists say the same in the same order.
func sameAgenda(a, b []EditionItem) bool {
	return slices.EqualFunc(a, b, func(a, b EditionItem) bool { return a.Line.Key == b.Line.Key && a.Fingerprint == b.Fingerprint })
}
