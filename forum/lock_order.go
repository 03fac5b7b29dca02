package forum

import (
	"cmp"
	"context"
	"slices"
)

// holdMeetings locks meetings of a forum by their ids.
func holdMeetings(ctx context.Context, tx Tx, in ForumID, which func(*Meeting) bool) error {
	meetings, err := tx.Meetings(ctx, in)
	if err != nil {
		return err
	}
	slices.SortFunc(meetings, func(a, b Meeting) int { return cmp.Compare(a.ID, b.ID) })
	for _, m := range meetings {
		if !which(&m) {
			continue
		}
		if _, err := tx.Meeting(ctx, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// HoldMatters locks matters by their ids. What is no matter is left to who
// reads it.
func HoldMatters(ctx context.Context, tx Tx, ids ...MatterID) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if _, err := tx.Matter(ctx, id); err != nil && !IsKind(err, NotFound) {
			return err
		}
	}
	return nil
}

// holdAgenda locks the matters that stand on an agenda, and more.
func holdAgenda(ctx context.Context, tx Tx, id MeetingID, more ...MatterID) error {
	items, err := tx.Agenda(ctx, id)
	if err != nil {
		return err
	}
	for _, item := range items {
		more = append(more, item.MatterID)
	}
	return HoldMatters(ctx, tx, more...)
}

// holdDuties locks what goes to another when a seat of a forum changes hands:
// the meetings ahead, the organisation's open matters, those that wait for an
// answer, and more.
func holdDuties(ctx context.Context, tx Tx, seat *Seat, more ...MatterID) error {
	err := holdMeetings(ctx, tx, seat.ForumID, func(m *Meeting) bool { return m.Movable() && m.End.After(tx.Now()) })
	if err != nil {
		return err
	}
	for _, state := range []MatterState{Proposed, Placed} {
		matters, err := tx.Matters(ctx, seat.ForumID, state)
		if err != nil {
			return err
		}
		for _, m := range matters {
			if m.Organisation == seat.OrganisationID {
				more = append(more, m.ID)
			}
		}
	}
	removals, err := tx.OpenRemovals(ctx, seat.ForumID)
	if err != nil {
		return err
	}
	for _, r := range removals {
		more = append(more, r.MatterID)
	}
	return HoldMatters(ctx, tx, more...)
}
