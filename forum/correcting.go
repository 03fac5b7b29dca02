package forum

import (
	"context"
	"slices"
	"strings"
)

// CorrectEdition replaces an edition that went out wrong by one of what the
// agenda says now. It needs no keys, and reaches exactly those who got the
// wrong one, with a text that says what was wrong.
func CorrectEdition(ctx context.Context, tx Tx, by Actor, id EditionID, text string) (*Edition, error) {
	wrong, err := tx.Edition(ctx, id)
	if err != nil {
		return nil, err
	}
	m, standing, err := editableAgenda(ctx, tx, by, wrong.MeetingID)
	if err != nil {
		return nil, err
	}
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case wrong.State != OutEdition || wrong.Sort == NoticeEdition:
		return nil, Refuse(Conflict, "error.edition.not_out")
	case slices.ContainsFunc(editions, func(e Edition) bool { return e.Replaces == id }):
		return nil, Refuse(Conflict, "error.edition.corrected")
	}
	if _, err := tx.PrintOf(ctx, id); IsKind(err, NotFound) {
		return nil, Refuse(Conflict, "error.edition.printing")
	} else if err != nil {
		return nil, err
	}
	if text, err = written(text); err != nil {
		return nil, err
	}
	e := &Edition{MeetingID: m.ID, ForumID: m.ForumID, Number: len(editions) + 1, Sort: CorrectionEdition, Text: text, Replaces: id}
	if e.Revision, e.Items, err = freeze(ctx, tx, m); err != nil {
		return nil, err
	}
	e.keepBack(wrong, newestKeyed(editions), lastOut(editions))
	setTimes(e.Items, m.Start)
	markChanged(e.Items, wrong)
	if err := issue(ctx, tx, by, standing, m, e, "edition_corrected"); err != nil {
		return nil, err
	}
	return e, tx.Enqueue(ctx, PrintPackage{e.ID})
}

// keepBack leaves out of a correction what has not been before the keys: a line
// that neither the wrong edition nor what went out last has as it is now. It
// comes with a supplement.
// What the newest edition with keys still asks about, or holds back, stays as it
// was approved: a correction goes around nobody's objection.
func (e *Edition) keepBack(wrong, keyed, out *Edition) {
	for i, item := range e.Items {
		was := wrong.Item(item.Line.Key)
		switch {
		case item.Line.What == PauseLine:
		case was == nil || was.HeldBack:
			e.Items[i].HeldBack = out == nil || !says(out.Outgoing(), item)
		case keyed != nil && keyed.ID != wrong.ID && keyed.contests(item.Line.Key):
			e.Items[i] = *was
		}
	}
}

// contests tells whether a change of an item waits for the keys, or is held back.
func (e *Edition) contests(key string) bool {
	item := e.Item(key)
	return item != nil && (item.HeldBack || e.State == AskedEdition && item.Changed)
}

// written is a text that goes out: trimmed, not empty, not a treatise.
func written(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", Refuse(Invalid, "error.edition.no_text").On("text")
	case len([]rune(text)) > longestReason:
		return "", Refuse(Invalid, "error.too_long", "Most", longestReason).On("text")
	case HasIdentityNumber(text):
		return "", Refuse(Invalid, "error.identity_number").On("text")
	}
	return text, nil
}

// issue saves and records an edition that needs no keys and is out.
func issue(ctx context.Context, tx Tx, by Actor, as Standing, m *Meeting, e *Edition, deed string) error {
	e.State, e.AskedBy, e.AskedAt, e.OutAt = OutEdition, by.Person, tx.Now(), tx.Now()
	if err := tx.SaveEdition(ctx, e); err != nil {
		return err
	}
	return tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: MeetingObject(m.ID),
		Details: map[string]string{"Text": e.Text},
	})
}
