package forum

import (
	"context"
	"slices"
)

// UndoEnding takes an ending back until the seat's last day is over: seat,
// duties and invitations are again what they were, and who was told is told so.
// After that day the person gets the seat anew from today, unless a successor
// sits on it.
func UndoEnding(ctx context.Context, tx Tx, by Actor, id EndingID) (*Seat, error) {
	found, err := tx.Ending(ctx, id)
	if err != nil {
		return nil, err
	}
	seat, standing, err := heldSeat(ctx, tx, by, found.SeatID)
	if err != nil {
		return nil, err
	}
	ending, err := tx.Ending(ctx, id)
	if err != nil {
		return nil, err
	}
	if ending.Undone || seat.To != ending.Last {
		return nil, Refuse(Conflict, "error.seat.undone")
	}
	if err := holdDuties(ctx, tx, seat, ending.Matters...); err != nil {
		return nil, err
	}
	p, err := openEnding(ctx, tx, seat)
	if err != nil {
		return nil, err
	}
	p.Last = ending.Last
	if err := p.dropHeir(ctx, tx, ending); err != nil {
		return nil, err
	}
	if err := p.takeBack(ctx, tx, by, ending); err != nil {
		return nil, err
	}
	if seat, err = p.restore(ctx, tx, seat, ending.Before); err != nil {
		return nil, err
	}
	ending.Undone = true
	if err := tx.SaveEnding(ctx, ending); err != nil {
		return nil, err
	}
	if err := recordSeat(ctx, tx, by, standing, p.Forum.ID, "seat_restored", p.Seat.Person.Name, p.Seat.Organisation.Name); err != nil {
		return nil, err
	}
	if err := followSeats(ctx, tx, p.Forum.ID); err != nil {
		return nil, err
	}
	if err := p.tellUndone(ctx, tx); err != nil {
		return nil, err
	}
	return seat, tellLevels(ctx, tx, by, standing, p.Forum.ID, []SeatFact{seatFact(RestoredSeat, *seat, p.Seat.Person, p.Seat.Organisation)})
}

// restore lets a seat last as it would have, or begins it anew when it is over.
func (p *EndingPlan) restore(ctx context.Context, tx Tx, seat *Seat, to Date) (*Seat, error) {
	if today := DateOf(tx.Now()); seat.To < today.Before(1) {
		anew := *seat
		anew.ID, anew.From = 0, today
		if to != "" && to < today {
			return nil, Refuse(Conflict, "error.seat.over")
		}
		seat = &anew
	}
	seat.To = to
	return seat, tx.SaveSeat(ctx, seat)
}

// dropHeir takes the successor's seat away again, which may not have begun
// before today.
func (p *EndingPlan) dropHeir(ctx context.Context, tx Tx, ending *SeatEnding) error {
	if ending.Heir == 0 {
		return nil
	}
	heir, err := tx.Person(ctx, ending.Heir)
	if err != nil {
		return err
	}
	p.Heir = heir
	if ending.HeirSeat == 0 {
		return nil // it was the heir's before
	}
	seat, err := tx.Seat(ctx, ending.HeirSeat)
	if err != nil {
		return err
	}
	if seat.From < DateOf(tx.Now()) {
		return Refuse(Conflict, "error.seat.heir_sits")
	}
	if _, err := tx.EndingOf(ctx, seat.ID); !IsKind(err, NotFound) {
		return errOr(err, Refuse(Conflict, "error.seat.heir_sits"))
	}
	ending.HeirSeat = 0
	if err := tx.SaveEnding(ctx, ending); err != nil {
		return err
	}
	return tx.DropSeat(ctx, seat)
}

// takeBack gives the duties back that are still where the ending put them.
func (p *EndingPlan) takeBack(ctx context.Context, tx Tx, by Actor, ending *SeatEnding) error {
	to := Presenter{Name: p.Seat.Organisation.Name}
	if p.Heir != nil {
		to = Presenter{p.Heir.ID, p.Heir.Name}
	}
	for _, id := range ending.Matters {
		m, err := tx.Matter(ctx, id)
		if err != nil {
			return err
		}
		if m.HeirFrom != ending.Last.Before(-1) || m.Heir != to.PersonID {
			continue
		}
		m.HeirFrom, m.Heir = "", 0
		if m.Proposer != p.Seat.PersonID { // it had come to the person from somebody else
			m.HeirFrom, m.Heir = DateOf(tx.Now()), p.Seat.PersonID
		}
		if err := tx.SaveMatter(ctx, m); err != nil {
			return err
		}
		p.Matters = append(p.Matters, *m)
	}
	for _, moved := range ending.Lines {
		if err := present(ctx, tx, by, moved, to, Presenter{p.Seat.PersonID, p.Seat.Person.Name}); err != nil {
			return err
		}
	}
	return nil
}

// tellUndone tells the successor, or those who were asked to appoint one, that
// the seat is taken after all.
func (p *EndingPlan) tellUndone(ctx context.Context, tx Tx) error {
	if p.Heir == nil {
		if err := p.readReaders(ctx, tx); err != nil {
			return err
		}
		p.Substitutes = slices.Clip(p.Substitutes[:0])
	}
	return p.tellAfter(ctx, tx, true)
}
