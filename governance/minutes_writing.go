package governance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
)

const (
	longestMinutesText = 20_000 // letters of a field
	longestMinutesLine = 500    // letters of a basis, an action or the like
	mostMinutesNotes   = 40     // dissents or actions of an item
	// noteWritingEvery is how seldom the log tells that one person writes in one place.
	noteWritingEvery = 10 * time.Minute
)

// StartMinutes begins the minutes of a meeting that is called; Conflict when they
// are begun.
func StartMinutes(ctx context.Context, tx Tx, by forum.Actor, id forum.MeetingID) (*Minutes, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	as, err := by.May(ctx, tx, WriteMinutes, m.ForumID)
	if err != nil {
		return nil, err
	}
	if err := m.Recordable(); err != nil {
		return nil, err
	}
	versions, err := tx.MinutesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(versions) > 0 {
		return nil, forum.Refuse(forum.Conflict, "error.minutes.begun")
	}
	minutes := &Minutes{ForumID: m.ForumID, MeetingID: id, Number: 1, State: WritingMinutes, StartedBy: by.Person, StartedAt: tx.Now()}
	if err := tx.SaveMinutes(ctx, minutes); err != nil {
		return nil, err
	}
	return minutes, recordMinutes(ctx, tx, by, as, minutes, "minutes_started", nil)
}

// minutesDesk is minutes in somebody's hands, with their meeting locked.
type minutesDesk struct {
	by      forum.Actor
	as      forum.Standing
	meeting *forum.Meeting
	minutes *Minutes
	reader  forum.Reader
}

// openMinutes locks the meeting of minutes for who has a right to them.
func openMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, right forum.Right) (*minutesDesk, error) {
	d, err := lockMinutes(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if d.as, err = by.May(ctx, tx, right, d.meeting.ForumID); err != nil {
		return nil, err
	}
	d.reader, err = by.ReaderAt(ctx, tx, d.meeting)
	return d, err
}

// lockMinutes locks the meeting of minutes, and gives them as they are then.
func lockMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*minutesDesk, error) {
	found, err := tx.Minutes(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &minutesDesk{by: by}
	if d.meeting, err = tx.Meeting(ctx, found.MeetingID); err != nil {
		return nil, err
	}
	d.minutes, err = tx.Minutes(ctx, id)
	return d, err
}

// writeMinutes is openMinutes for who writes in them now.
func writeMinutes(ctx context.Context, tx Tx, by forum.Actor, id MinutesID) (*minutesDesk, error) {
	d, err := openMinutes(ctx, tx, by, id, WriteMinutes)
	if err != nil {
		return nil, err
	}
	return d, d.minutes.must(WritingMinutes)
}

// must refuses minutes that are not in a state.
func (m *Minutes) must(state MinutesState) error {
	if m.State != state {
		return forum.Refuse(forum.Conflict, "error.minutes.state."+string(m.State))
	}
	return nil
}

// mustHave refuses an item that the minutes do not have, or whose text is kept
// from who writes.
func (d *minutesDesk) mustHave(ctx context.Context, tx Tx, item string) error {
	if item == "" {
		return nil
	}
	record, err := recordOf(ctx, tx, d.meeting, d.minutes)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(record.Items, func(i RecordedItem) bool { return i.Key == item })
	switch {
	case at < 0:
		return forum.Refuse(forum.NotFound, "error.minutes.no_item")
	case record.Items[at].keptFrom(d.reader):
		return forum.Refuse(forum.Forbidden, "error.forbidden.read_exempt")
	}
	return nil
}

// Passage is what somebody wrote in one field of an item.
type Passage struct {
	Field MinutesField
	Was   string // what the field said when the writing began
	Text  string
	// Side settles, in every place that two people changed at once, which holds;
	// "" leaves the text unsaved and shows both.
	Side forum.DraftSide
}

// SavedPassage is what became of a passage.
type SavedPassage struct {
	Field  MinutesField
	Text   string // what the field says now
	Author forum.PersonID
	Woven  bool // others wrote meanwhile, and both hold
	Clash  bool // others changed the same paragraphs: nothing was saved
}

// SaveMinutesItem saves what somebody wrote of an item, "" being the meeting as a
// whole. What others saved meanwhile stays: both are woven by paragraph, and a
// field where that cannot be is left as it is and given back as a clash.
func SaveMinutesItem(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, item string, passages []Passage) ([]SavedPassage, error) {
	d, err := writeMinutes(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if err := d.mustHave(ctx, tx, item); err != nil {
		return nil, err
	}
	texts, err := tx.MinutesTexts(ctx, id)
	if err != nil {
		return nil, err
	}
	saved := make([]SavedPassage, len(passages))
	noted := false
	for i, p := range passages {
		if err := p.check(item); err != nil {
			return nil, err
		}
		text := &MinutesText{MinutesID: id, Item: item, Field: p.Field}
		if at := slices.IndexFunc(texts, func(t MinutesText) bool { return t.Item == item && t.Field == p.Field }); at >= 0 {
			text = &texts[at]
		}
		note, err := d.save(ctx, tx, text, p, &saved[i])
		if err != nil {
			return nil, err
		}
		noted = noted || note
	}
	if !noted {
		return saved, nil
	}
	return saved, recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_written", nil)
}

func (p Passage) check(item string) error {
	most := longestMinutesText
	if p.Field == ClosedField {
		most = longestMinutesLine
	}
	switch {
	case !slices.Contains(MinutesFields, p.Field) || item == "" && p.Field != NoteField:
		return forum.Refuse(forum.Invalid, "error.minutes.field")
	case utf8.RuneCountInString(p.Text) > most:
		return forum.Refuse(forum.Invalid, "error.too_long", "Most", most).On(string(p.Field))
	case forum.HasIdentityNumber(p.Text):
		return forum.Refuse(forum.Invalid, "error.identity_number").On(string(p.Field))
	}
	return nil
}

// save weaves a passage into a text, and tells whether the log is to tell of it.
func (d *minutesDesk) save(ctx context.Context, tx Tx, text *MinutesText, p Passage, to *SavedPassage) (note bool, err error) {
	to.Field, to.Text, to.Author = p.Field, text.Text, text.Author
	woven := forum.Weave(forum.Paragraphs(p.Was), forum.Paragraphs(p.Text), forum.Paragraphs(text.Text))
	var paragraphs []string
	for _, w := range woven {
		held := w.Text
		if w.Clash {
			if held, err = (forum.Pick{Side: p.Side}).Chosen(w); err != nil {
				to.Clash = true
				return false, nil
			}
		}
		paragraphs = append(paragraphs, held...)
	}
	now := strings.Join(paragraphs, "\n\n")
	to.Woven = now != strings.Join(forum.Paragraphs(p.Text), "\n\n")
	if now == text.Text {
		return false, nil
	}
	if utf8.RuneCountInString(now) > longestMinutesText {
		return false, forum.Refuse(forum.Invalid, "error.too_long", "Most", longestMinutesText).On(string(p.Field))
	}
	note = text.Author != d.by.Person || tx.Now().Sub(text.NotedAt) >= noteWritingEvery
	text.Text, text.Author, text.WrittenAt = now, d.by.Person, tx.Now()
	if note {
		text.NotedAt = tx.Now()
	}
	to.Text, to.Author = now, d.by.Person
	return note, tx.SaveMinutesText(ctx, text)
}

// recordMinutes enters what was done to minutes into the log.
func recordMinutes(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, of *Minutes, deed string, details map[string]string) error {
	all := map[string]string{"Version": fmt.Sprint(of.Number)}
	for name, value := range details {
		all[name] = value
	}
	return tx.Record(ctx, forum.Event{
		ForumID: of.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: forum.MeetingObject(of.MeetingID), Details: all,
	})
}
