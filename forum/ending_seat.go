package forum

import (
	"context"
	"slices"
)

// EndSeat ends a seat with a last day. The person's invitations after that day
// are cancelled and the links closed that hang on the seat; duties go to the
// successor, who gets the seat, or to the organisation, which is asked to
// appoint one.
func EndSeat(ctx context.Context, tx Tx, by Actor, id SeatID, last Date, heir Heir) (*SeatEnding, error) {
	seat, standing, err := heldSeat(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if before, err := tx.EndingOf(ctx, id); err == nil && before.Last == seat.To {
		return nil, Refuse(Conflict, "error.seat.ended")
	} else if err != nil && !IsKind(err, NotFound) {
		return nil, err
	}
	if err := holdDuties(ctx, tx, seat); err != nil {
		return nil, err
	}
	p, err := planEnding(ctx, tx, seat, last, heir)
	if err != nil {
		return nil, err
	}
	ending := &SeatEnding{SeatID: id, Last: last, Before: seat.To, EndedBy: by.Person, EndedAt: tx.Now()}
	seat.To = last
	if err := tx.SaveSeat(ctx, seat); err != nil {
		return nil, err
	}
	if err := recordSeat(ctx, tx, by, standing, p.Forum.ID, "seat_ended", p.Seat.Person.Name, p.Seat.Organisation.Name); err != nil {
		return nil, err
	}
	changes := []SeatFact{seatFact(EndedSeat, *seat, p.Seat.Person, p.Seat.Organisation)}
	if p.Heir != nil {
		if err := p.seatHeir(ctx, tx, by, standing); err != nil {
			return nil, err
		}
		ending.Heir = p.Heir.ID
		if p.HeirSeat != nil {
			ending.HeirSeat = p.HeirSeat.ID
			changes = append(changes, seatFact(GivenSeat, *p.HeirSeat, *p.Heir, p.Seat.Organisation))
		}
	}
	if err := p.moveDuties(ctx, tx, by, ending); err != nil {
		return nil, err
	}
	if err := followSeats(ctx, tx, p.Forum.ID); err != nil {
		return nil, err
	}
	if err := p.closeLinks(ctx, tx, by, standing); err != nil {
		return nil, err
	}
	if err := p.tellAfter(ctx, tx, false); err != nil {
		return nil, err
	}
	if err := tellLevels(ctx, tx, by, standing, p.Forum.ID, changes); err != nil {
		return nil, err
	}
	return ending, tx.SaveEnding(ctx, ending)
}

// heldSeat is a seat that nobody else changes, and the standing of who may.
func heldSeat(ctx context.Context, tx Tx, by Actor, id SeatID) (*Seat, Standing, error) {
	found, err := tx.Seat(ctx, id)
	if err != nil {
		return nil, Standing{}, err
	}
	if err := tx.HoldSeats(ctx, found.ForumID); err != nil {
		return nil, Standing{}, err
	}
	seat, err := tx.Seat(ctx, id)
	if err != nil {
		return nil, Standing{}, err
	}
	standing, err := mayEnd(ctx, tx, by, seat)
	return seat, standing, err
}

// tellAfter mails the successor, or those who appoint one.
func (p *EndingPlan) tellAfter(ctx context.Context, tx Tx, undone bool) error {
	if p.Heir != nil {
		return tellHeir(ctx, tx, p, undone)
	}
	return askToAppoint(ctx, tx, p, undone)
}

// seatHeir makes the successor known and gives the seat.
func (p *EndingPlan) seatHeir(ctx context.Context, tx Tx, by Actor, as Standing) error {
	if p.Heir.ID == 0 {
		if err := tx.SavePerson(ctx, p.Heir); err != nil {
			return err
		}
	}
	if p.HeirSeat == nil {
		return nil
	}
	p.HeirSeat.PersonID = p.Heir.ID
	if err := tx.SaveSeat(ctx, p.HeirSeat); err != nil {
		return err
	}
	return recordSeat(ctx, tx, by, as, p.Forum.ID, "seat_given", p.Heir.Name, p.Seat.Organisation.Name)
}

// moveDuties gives matters and lines to the successor or the organisation.
func (p *EndingPlan) moveDuties(ctx context.Context, tx Tx, by Actor, ending *SeatEnding) error {
	to := Presenter{Name: p.Seat.Organisation.Name}
	if p.Heir != nil {
		to = Presenter{p.Heir.ID, p.Heir.Name}
	}
	for _, listed := range p.Matters {
		m, err := tx.Matter(ctx, listed.ID) // as it is once it is locked
		if err != nil {
			return err
		}
		m.HeirFrom, m.Heir = p.Last.Before(-1), to.PersonID
		if err := tx.SaveMatter(ctx, m); err != nil {
			return err
		}
		ending.Matters = append(ending.Matters, m.ID)
	}
	for _, line := range p.Lines {
		at := slices.IndexFunc(ending.Lines, func(l MovedLines) bool { return l.Meeting == line.Meeting.ID })
		if at < 0 {
			at = len(ending.Lines)
			ending.Lines = append(ending.Lines, MovedLines{Meeting: line.Meeting.ID})
		}
		ending.Lines[at].Keys = append(ending.Lines[at].Keys, line.Line.Key)
	}
	for _, moved := range ending.Lines {
		if err := present(ctx, tx, by, moved, Presenter{p.Seat.PersonID, p.Seat.Person.Name}, to); err != nil {
			return err
		}
	}
	return nil
}

// present gives lines of an agenda that one presents to another, in a new revision.
func present(ctx context.Context, tx Tx, by Actor, moved MovedLines, from, to Presenter) error {
	m, err := tx.Meeting(ctx, moved.Meeting)
	if err != nil {
		return err
	}
	if !m.Movable() || !m.End.After(tx.Now()) {
		return nil
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return err
	}
	changed := false
	order.Lines = slices.Clone(order.Lines)
	for i, line := range order.Lines {
		if line.Presenter == from && slices.Contains(moved.Keys, line.Key) {
			order.Lines[i].Presenter, changed = to, true
		}
	}
	if !changed {
		return nil
	}
	return saveRunningOrder(ctx, tx, by, m, order)
}

// closeLinks takes the person off the agendas that they are a guest of, and
// ends the calendar addresses once the last day is over.
func (p *EndingPlan) closeLinks(ctx context.Context, tx Tx, by Actor, as Standing) error {
	for _, listed := range p.Guests {
		m, err := tx.Meeting(ctx, listed.MeetingID)
		if err != nil {
			return err
		}
		guest, err := tx.Guest(ctx, listed.ID)
		if err != nil {
			return err
		}
		order, err := RunningOrderOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := tellGuest(ctx, tx, m, order, guest, nil); err != nil {
			return err
		}
		if err := recordGuest(ctx, tx, by, as, m, guest, "guest_taken_off"); err != nil {
			return err
		}
	}
	if p.Last < DateOf(tx.Now()) {
		return DropEndedFeeds(ctx, tx)
	}
	return nil
}

// DropEndedFeeds ends the calendar addresses of those whose seats are over: of a
// forum whose meetings they may not read any more, and of all forums where they
// have no seat left.
func DropEndedFeeds(ctx context.Context, tx Tx) error {
	today := DateOf(tx.Now())
	feeds, err := tx.FeedsOfEnded(ctx, today)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		keeps, err := keepsFeed(ctx, tx, f, today)
		if err != nil {
			return err
		}
		if keeps {
			continue
		}
		if err := tx.DropFeed(ctx, f.ID); err != nil {
			return err
		}
		if err := tx.Record(ctx, Event{At: tx.Now(), Deed: "feed_ended", Object: PersonObject(f.PersonID)}); err != nil {
			return err
		}
	}
	return nil
}

func keepsFeed(ctx context.Context, tx Tx, f Feed, today Date) (bool, error) {
	if f.ForumID != 0 {
		return AsPerson(f.PersonID).Can(ctx, tx, ReadMeeting, f.ForumID)
	}
	seats, err := tx.SeatsOf(ctx, f.PersonID, today)
	return len(seats) > 0, err
}
