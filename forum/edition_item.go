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
	order, err := RunningOrderOf(ctx, tx, m)
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
			if item.Draft, err = frozenDraft(ctx, tx, &matter); err != nil {
				return 0, nil, err
			}
			if item.Without, err = withoutWhom(ctx, tx, &matter); err != nil {
				return 0, nil, err
			}
		}
		item.Fingerprint = item.fingerprint()
		items = append(items, item)
	}
	setTimes(items, m.Start)
	return order.Revision, items, nil
}

// frozenDraft are the sections of a matter's draft that say something. Of an
// exempt matter nothing of them travels.
func frozenDraft(ctx context.Context, tx Tx, m *Matter) (frozen []EditionSection, err error) {
	if m.Access == Exempt {
		return nil, nil
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
		if len(versions) > 0 && versions[len(versions)-1].Text != "" {
			frozen = append(frozen, EditionSection{s.Part, s.Title, versions[len(versions)-1].ID})
		}
	}
	return frozen, nil
}

// fingerprint covers all that an item says but its clock times, which follow
// from the meeting's start and the items before it.
func (i EditionItem) fingerprint() Digest {
	said := []any{i.Line, i.Matter, i.Number, i.Title, i.Exempt, i.Basis, i.Papers}
	if len(i.Draft) > 0 || len(i.Without) > 0 {
		said = append(said, i.Draft, i.Without) // items without a draft keep the fingerprints that they had before there were any
	}
	content, err := json.Marshal(said)
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
