package forum

import "context"

// InboxRow is one matter that waits for the secretaries.
type InboxRow struct {
	Matter
	Origin  Origin
	Papers  int
	Removal *Removal // that it waits on, nil for none
}

// InboxPage is what waits for a forum's secretaries.
type InboxPage struct {
	Forum
	Rows     []InboxRow
	Meetings []Meeting // whose agendas are open
	Returned []InboxRow
	Held     int
}

// ReadInboxPage opens a forum's inbox.
func ReadInboxPage(ctx context.Context, tx Tx, by Actor, id ForumID) (*InboxPage, error) {
	f, err := tx.Forum(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, ReadInbox, id); err != nil {
		return nil, err
	}
	reader, err := by.ReaderIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	page := &InboxPage{Forum: *f}
	if page.Rows, err = inboxRows(ctx, tx, reader, id, Proposed); err != nil {
		return nil, err
	}
	if page.Returned, err = inboxRows(ctx, tx, reader, id, Returned); err != nil {
		return nil, err
	}
	if page.Meetings, err = openMeetings(ctx, tx, id); err != nil {
		return nil, err
	}
	page.Held, err = tx.CountIncoming(ctx, id, HeldMail)
	return page, err
}

func inboxRows(ctx context.Context, tx Tx, r Reader, id ForumID, state MatterState) ([]InboxRow, error) {
	matters, err := tx.Matters(ctx, id, state)
	if err != nil || len(matters) == 0 {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	organisations, err := OrganisationsOn(ctx, tx, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	removals, err := tx.OpenRemovals(ctx, id)
	if err != nil {
		return nil, err
	}
	rows := make([]InboxRow, len(matters))
	for i, m := range matters {
		papers, err := tx.Documents(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		rows[i] = InboxRow{Matter: m.For(r), Origin: Origin{people[m.Proposer], organisations[m.Organisation]}, Papers: len(papers)}
		for _, removal := range removals {
			if removal.MatterID == m.ID {
				rows[i].Removal = &removal
			}
		}
	}
	return rows, nil
}

// openMeetings are those ahead whose agendas still take matters.
func openMeetings(ctx context.Context, tx Tx, id ForumID) ([]Meeting, error) {
	meetings, err := tx.Meetings(ctx, id)
	if err != nil {
		return nil, err
	}
	var open []Meeting
	for _, m := range meetings {
		if m.Movable() && m.End.After(tx.Now()) {
			open = append(open, m)
		}
	}
	return open, nil
}
