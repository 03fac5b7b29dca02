package forum

import (
	"cmp"
	"context"
	"slices"
)

// BringForward takes a matter to the agenda of the forum's next meeting that has
// not begun, off the one that it stands on, with the right of an act that has
// asked for its own. It answers nil when no meeting is ahead: the matter then
// waits in the inbox.
func BringForward(ctx context.Context, tx Tx, by Actor, as Standing, id MatterID) (*Meeting, error) {
	next, err := bringTo(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	matter, item, from, err := placeLocked(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if item != nil && next != nil && item.MeetingID == next.ID {
		return next, nil
	}
	if item != nil {
		if err := putBack(ctx, tx, by, as, matter, item); err != nil {
			return nil, err
		}
		if err := settleAgenda(ctx, tx, by, from); err != nil {
			return nil, err
		}
	}
	if next == nil {
		return nil, nil
	}
	if err := place(ctx, tx, by, as, matter, next); err != nil {
		return nil, err
	}
	details := map[string]string{"Number": matter.Number, "Start": next.Start.Format("2006-01-02T15:04:05Z07:00")}
	return next, RecordMatter(ctx, tx, by, as, matter, "matter_placed", details)
}

// bringTo locks the meeting that a matter stands on and the one that it goes to,
// by their ids, and gives the latter, nil for none.
func bringTo(ctx context.Context, tx Tx, id MatterID) (*Meeting, error) {
	matter, err := tx.Peek().Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	place, err := placeOf(ctx, tx.Peek(), id)
	if err != nil {
		return nil, err
	}
	meetings, err := tx.Meetings(ctx, matter.ForumID)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(meetings, func(m Meeting) bool { return m.Movable() && m.Start.After(tx.Now()) })
	hold := []MeetingID{place.MeetingID}
	if at >= 0 {
		hold = append(hold, meetings[at].ID)
	}
	slices.SortFunc(hold, func(a, b MeetingID) int { return cmp.Compare(a, b) })
	var next *Meeting
	for _, each := range slices.Compact(hold) {
		if each == 0 {
			continue
		}
		m, err := tx.Meeting(ctx, each)
		if err != nil {
			return nil, err
		}
		if at >= 0 && each == meetings[at].ID && m.Movable() && m.Start.After(tx.Now()) {
			next = m
		}
	}
	if next == nil {
		return nil, nil
	}
	return next, holdAgenda(ctx, tx, next.ID, id)
}
