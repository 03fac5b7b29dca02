package forum

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// RunningOrder is a meeting's agenda as it stands: its lines in order, and the
// revision that a save has to begin with.
type RunningOrder struct {
	Revision int
	Lines    []Line
	saved    bool // as it stands, so that reading it again gives the same
	atEnd    []Line
	standing []Line // of the mandate
}

// RunningOrderOf is a meeting's agenda: what was saved last, brought to where
// the matters are now. Before the first save it begins with the mandate's
// standing items.
func RunningOrderOf(ctx context.Context, tx Tx, m *Meeting) (*RunningOrder, error) {
	mandate, err := MandateOn(ctx, tx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return nil, err
	}
	before, after := StandingLines(mandate.StandingItems)
	order := &RunningOrder{atEnd: after, standing: append(before, after...)}
	saved := order.standing
	newest, err := tx.AgendaRevision(ctx, m.ID, 0)
	if err == nil {
		saved, order.Revision = newest.Lines, newest.Number
	} else if !IsKind(err, NotFound) {
		return nil, err
	}
	items, err := tx.Agenda(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	fresh := map[ItemID]Line{}
	for _, item := range items {
		if slices.ContainsFunc(saved, func(l Line) bool { return l.Item == item.ID }) {
			continue
		}
		matter, err := tx.Matter(ctx, item.MatterID)
		if err != nil {
			return nil, err
		}
		may, err := Ripe(ctx, tx, matter)
		if err != nil {
			return nil, err
		}
		fresh[item.ID] = matterLine(item, matter, may)
	}
	order.Lines = runningOrder(saved, after, fresh, items)
	order.saved = order.Revision > 0 && slices.Equal(order.Lines, saved)
	return order, nil
}

// SaveAgenda saves the lines that a secretary wrote over the revision that the
// writing began with; Conflict when another was saved meanwhile. Guests whose
// time shifts are told, unless the meeting is a draft.
func SaveAgenda(ctx context.Context, tx Tx, by Actor, id MeetingID, base int, entries []LineEntry) (*RunningOrder, error) {
	m, standing, err := editableAgenda(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	if base != order.Revision {
		return nil, Refuse(Conflict, "error.agenda.changed")
	}
	lines, err := order.written(ctx, tx, m, entries)
	if err != nil {
		return nil, err
	}
	for _, line := range order.Lines {
		if line.Item != 0 && lineOf(lines, line.Key) == nil {
			return nil, Refuse(Invalid, "error.agenda.missing")
		}
	}
	if err := evenSlots(lines); err != nil {
		return nil, err
	}
	if err := decidesRipe(ctx, tx, m, order.Lines, lines); err != nil {
		return nil, err
	}
	if order.saved && slices.Equal(lines, order.Lines) {
		return order, nil
	}
	order.Lines = lines
	if err := saveRunningOrder(ctx, tx, by, m, order); err != nil {
		return nil, err
	}
	err = tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: standing.Level, Deed: "agenda_saved", Object: MeetingObject(m.ID),
		Details: map[string]string{"Revision": fmt.Sprint(order.Revision)},
	})
	if err != nil {
		return nil, err
	}
	return order, tellGuests(ctx, tx, m)
}

// decidesRipe refuses lines that are to be decided from now on, of matters to
// which both levels have not contributed yet.
func decidesRipe(ctx context.Context, tx Tx, m *Meeting, before, lines []Line) error {
	for _, line := range lines {
		was := lineOf(before, line.Key)
		if line.Item == 0 || !line.Kind.decides() || was != nil && was.Kind.decides() {
			continue
		}
		matter, err := matterOf(ctx, tx, m, &line)
		if err != nil {
			return err
		}
		may, err := Ripe(ctx, tx, &matter)
		if err != nil {
			return err
		}
		if !may {
			return Refuse(Invalid, "error.agenda.not_ripe", "Title", matter.Title).On("kind-" + line.Key)
		}
	}
	return nil
}

// editableAgenda is a meeting ahead, locked, whose agenda the actor may edit.
func editableAgenda(ctx context.Context, tx Tx, by Actor, id MeetingID) (*Meeting, Standing, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, Standing{}, err
	}
	standing, err := by.May(ctx, tx, EditAgenda, m.ForumID)
	if err != nil {
		return nil, Standing{}, err
	}
	if !m.Movable() {
		return nil, Standing{}, m.conflict()
	}
	if !m.End.After(tx.Now()) {
		return nil, Standing{}, Refuse(Conflict, "error.meeting.state."+string(HeldMeeting))
	}
	return m, standing, nil
}

// written are the lines that entries make. What names no line that is known or
// new is left out: its matter has left the agenda.
func (o *RunningOrder) written(ctx context.Context, tx Tx, m *Meeting, entries []LineEntry) ([]Line, error) {
	presenter, err := presenters(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	known := map[string]Line{}
	for _, line := range append(slices.Clone(o.standing), o.Lines...) {
		known[line.Key] = line
	}
	var lines []Line
	for _, entry := range entries {
		line, ok := entry.identified(known)
		if !ok {
			continue
		}
		if lineOf(lines, entry.Key) != nil {
			return nil, Refuse(Invalid, "error.agenda.twice").On("minutes-" + entry.Key)
		}
		if line, err = entry.write(line, presenter); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// presenters finds who is meant by a name: the one person with a seat on the
// meeting's day who is called so, or whoever it is.
func presenters(ctx context.Context, tx Tx, m *Meeting) (func(name string) Presenter, error) {
	seats, err := tx.Seats(ctx, m.ForumID, DateOf(m.Start))
	if err != nil {
		return nil, err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	return func(name string) Presenter {
		found := Presenter{Name: name}
		for _, seat := range seats {
			if name == "" || !strings.EqualFold(people[seat.PersonID].Name, name) || seat.PersonID == found.PersonID {
				continue
			}
			if found.PersonID != 0 {
				return Presenter{Name: name} // two are called so
			}
			found = Presenter{seat.PersonID, people[seat.PersonID].Name}
		}
		return found
	}, nil
}

// saveRunningOrder adds a revision, and lets the items follow its order.
func saveRunningOrder(ctx context.Context, tx Tx, by Actor, m *Meeting, order *RunningOrder) error {
	order.Revision++
	order.saved = true
	err := tx.SaveAgendaRevision(ctx, &AgendaRevision{
		MeetingID: m.ID, Number: order.Revision, Lines: order.Lines, SavedBy: by.Person, SavedAt: tx.Now(),
	})
	if err != nil {
		return err
	}
	items, err := tx.Agenda(ctx, m.ID)
	if err != nil {
		return err
	}
	position := 0
	for _, line := range order.Lines {
		at := slices.IndexFunc(items, func(i Item) bool { return i.ID == line.Item })
		if line.Item == 0 || at < 0 {
			continue
		}
		position++
		if items[at].Position == position {
			continue
		}
		items[at].Position = position
		if err := tx.SaveItem(ctx, &items[at]); err != nil {
			return err
		}
	}
	return nil
}

// settleAgenda keeps the agenda as it stands after a matter came or went or the
// meeting changed, and tells the guests whom it concerns.
func settleAgenda(ctx context.Context, tx Tx, by Actor, m *Meeting) error {
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return err
	}
	if !order.saved {
		if err := saveRunningOrder(ctx, tx, by, m, order); err != nil {
			return err
		}
	}
	return tellGuests(ctx, tx, m)
}
