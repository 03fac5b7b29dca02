package forum

import (
	"context"
	"slices"
	"time"
)

// LineRow is one line of a running order as one reader may see it.
type LineRow struct {
	Line
	Span
	Item   *AgendaRow // nil for a line that is no matter
	Guests []Guest    // those invited and not taken off; addresses and links for editors only
	// Without are the levels whose contribution to the matter's draft it does without.
	Without []Level
}

// readRunningOrder gives the page the agenda with its clock times and guests.
func (p *MeetingPage) readRunningOrder(ctx context.Context, tx Tx, by Actor) error {
	order, err := RunningOrderOf(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	guests, err := tx.Guests(ctx, p.ID)
	if err != nil {
		return err
	}
	if p.MayEdit, err = by.Can(ctx, tx, EditAgenda, p.ForumID); err != nil {
		return err
	}
	p.MayEdit = p.MayEdit && p.Movable() && p.End.After(tx.Now())
	p.Revision, p.Lines = order.Revision, p.rows(order.Lines)
	for i, row := range p.Lines {
		if row.Item != nil {
			if p.Lines[i].Without, err = withoutWhom(ctx, tx, &row.Item.Matter); err != nil {
				return err
			}
		}
		for _, guest := range guests {
			if guest.Line != row.Key || guest.TakenOff {
				continue
			}
			guest.Link = ""
			if !p.MayEdit {
				guest.Address, guest.Reply = "", ""
			}
			p.Lines[i].Guests = append(p.Lines[i].Guests, guest)
		}
	}
	return nil
}

// rows are lines with their clock times and what the page knows of their matters.
func (p *MeetingPage) rows(lines []Line) []LineRow {
	rows := make([]LineRow, len(lines))
	for i, span := range RunningTimes(p.Start, lines) {
		rows[i] = LineRow{Line: lines[i], Span: span}
		at := slices.IndexFunc(p.Items, func(r AgendaRow) bool { return r.ID == lines[i].Item })
		if lines[i].Item != 0 && at >= 0 {
			rows[i].Item = &p.Items[at]
		}
	}
	return rows
}

// Ends is when the last line ends: the meeting's start for an agenda without any.
func (p *MeetingPage) Ends() time.Time {
	if len(p.Lines) == 0 {
		return p.Start
	}
	return p.Lines[len(p.Lines)-1].End
}

// AgendaEditor is the agenda in the hands of who may edit it.
type AgendaEditor struct {
	MeetingPage
	Presenters []string // names of those with a seat, to choose from
}

// ReadAgendaEditor opens the agenda for editing.
func ReadAgendaEditor(ctx context.Context, tx Tx, by Actor, id MeetingID) (*AgendaEditor, error) {
	m, _, err := editableAgenda(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	page, err := ReadMeetingPage(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	editor := &AgendaEditor{MeetingPage: *page}
	seats, err := tx.Seats(ctx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(seats, bySeating)
	for _, seat := range seats {
		if name := people[seat.PersonID].Name; !slices.Contains(editor.Presenters, name) {
			editor.Presenters = append(editor.Presenters, name)
		}
	}
	return editor, nil
}

// Typed are the lines that entries make, whatever is wrong with them, so that
// nothing that was typed is lost when the form is shown again. Names that are
// nobody's key are left out.
func (e *AgendaEditor) Typed(entries []LineEntry) []LineRow {
	known := map[string]Line{}
	for _, row := range e.Lines {
		known[row.Key] = row.Line
	}
	var lines []Line
	for _, entry := range entries {
		line, ok := entry.identified(known)
		if !ok || lineOf(lines, entry.Key) != nil {
			continue
		}
		line.Title, line.Kind, line.Presenter = entry.Title, entry.Kind, Presenter{Name: entry.Presenter}
		line.Minutes = min(max(entry.Minutes, 0), longestMinutes)
		lines = append(lines, line)
	}
	return e.rows(lines)
}

// AgendaConflict is a save that met another one: both versions, and how they
// differ.
type AgendaConflict struct {
	AgendaEditor        // as the others saved it
	By           string // who saved it last
	At           time.Time
	Mine         []LineRow
	Compared
}

// ReadAgendaConflict compares the entries of an editor who began with a
// revision with what is saved now.
func ReadAgendaConflict(ctx context.Context, tx Tx, by Actor, id MeetingID, base int, entries []LineEntry) (*AgendaConflict, error) {
	editor, err := ReadAgendaEditor(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	conflict := &AgendaConflict{AgendaEditor: *editor}
	order, err := RunningOrderOf(ctx, tx, &editor.Meeting)
	if err != nil {
		return nil, err
	}
	began := order.standing
	if base > 0 {
		revision, err := tx.AgendaRevision(ctx, id, base)
		if err != nil && !IsKind(err, NotFound) {
			return nil, err
		}
		if err == nil {
			began = revision.Lines
		}
	}
	withBase := &RunningOrder{standing: append(slices.Clone(order.standing), began...), Lines: order.Lines}
	mine, err := withBase.written(ctx, tx, &editor.Meeting, entries)
	if err != nil {
		return nil, err
	}
	conflict.Mine, conflict.Compared = conflict.rows(mine), Compare(began, order.Lines, mine)
	newest, err := tx.AgendaRevision(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	conflict.At = newest.SavedAt
	if newest.SavedBy != 0 {
		person, err := tx.Person(ctx, newest.SavedBy)
		if err != nil {
			return nil, err
		}
		conflict.By = person.Name
	}
	return conflict, nil
}

// Merged are the entries of the version that picks make of both.
func (c *AgendaConflict) Merged(pick map[string]Side, order Side) []LineEntry {
	theirs, mine := make([]Line, len(c.Lines)), make([]Line, len(c.Mine))
	for i, row := range c.Lines {
		theirs[i] = row.Line
	}
	for i, row := range c.Mine {
		mine[i] = row.Line
	}
	var entries []LineEntry
	for _, line := range Combine(theirs, mine, pick, order) {
		entries = append(entries, line.Entry())
	}
	return entries
}
