package forum

import (
	"context"
	"slices"
)

// ReadRemoval opens a removal for who may read its matter, and for who asked.
func ReadRemoval(ctx context.Context, tx Tx, by Actor, id RemovalID) (*Removal, error) {
	r, err := tx.Removal(ctx, id)
	if err != nil || by.Person != 0 && by.Person == r.AskedBy {
		return r, err
	}
	m, err := tx.Matter(ctx, r.MatterID)
	if err != nil {
		return nil, err
	}
	return r, MayReadMatter(ctx, tx, by, m)
}

// ReadGuest opens a guest for who may read the meeting; address and link are
// for who edits its agenda.
func ReadGuest(ctx context.Context, tx Tx, by Actor, id GuestID) (*Guest, error) {
	g, err := tx.Guest(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, g.MeetingID)
	if err != nil {
		return nil, err
	}
	if _, err := by.MayAt(ctx, tx, ReadMeeting, m); err != nil {
		return nil, err
	}
	edits, err := by.Can(ctx, tx, EditAgenda, m.ForumID)
	if !edits {
		g.Address, g.Link, g.Token = "", "", ""
	}
	return g, err
}

// ReadBlockedWeeks opens blocked weeks for who takes part in their area.
func ReadBlockedWeeks(ctx context.Context, tx Tx, by Actor, id BlockedWeeksID) (*BlockedWeeks, error) {
	weeks, err := tx.BlockedWeeks(ctx, id)
	if err != nil {
		return nil, err
	}
	mine, err := ReadAreas(ctx, tx, by)
	if err == nil && !slices.ContainsFunc(mine, func(a Area) bool { return a.ID == weeks.AreaID }) {
		err = Refuse(Forbidden, "error.forbidden.read_area")
	}
	return weeks, err
}

// ReadEdition opens an edition for who may read its meeting.
func ReadEdition(ctx context.Context, tx Tx, by Actor, id EditionID) (*Edition, error) {
	e, err := tx.Edition(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, e.MeetingID)
	if err != nil {
		return nil, err
	}
	_, err = by.MayAt(ctx, tx, ReadMeeting, m)
	return e, err
}

// ReadEnding opens the ending of a seat, for who gives and ends seats.
func ReadEnding(ctx context.Context, tx Tx, by Actor, id EndingID) (*SeatEnding, error) {
	ending, err := tx.Ending(ctx, id)
	if err != nil {
		return nil, err
	}
	seat, err := tx.Seat(ctx, ending.SeatID)
	if err != nil {
		return nil, err
	}
	_, err = by.May(ctx, tx, SeatIt, seat.ForumID)
	return ending, err
}
