package forum

import (
	"context"
	"slices"
)

// readSeats finds the seats that last beyond the day, and those of the other
// organisation that they meet.
func (p *MergerPlan) readSeats(ctx context.Context, tx Tx, m Merger) error {
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	standing, err := tx.SeatsFor(ctx, p.Into.ID)
	if err != nil {
		return err
	}
	standing = slices.DeleteFunc(standing, func(s Seat) bool { return s.To != "" && s.To < p.On })
	chosen := map[SeatID]bool{}
	for _, from := range p.From {
		seats, err := tx.SeatsFor(ctx, from.ID)
		if err != nil {
			return err
		}
		slices.SortStableFunc(seats, func(a, b Seat) int { return int(a.ForumID - b.ForumID) })
		for _, seat := range seats {
			if seat.To != "" && seat.To < p.On || from.Successor != 0 {
				continue
			}
			in, err := tx.Forum(ctx, seat.ForumID)
			if err != nil {
				return err
			}
			merged := MergedSeat{Seated: Seated{seat, people[seat.PersonID], from}, Forum: *in}
			merged.Move, merged.Meets = p.move(seat, standing, people)
			if merged.Move == UndecidedOne {
				chosen[seat.ID] = true
				switch {
				case slices.Contains(m.Keep, seat.ID):
					merged.Move = MovingSeat
				case slices.Contains(m.End, seat.ID):
					merged.Move = LeavingSeat
				}
			}
			if merged.Move == MovingSeat {
				standing = append(standing, seat)
				if !slices.Contains(p.People, merged.Person) {
					p.People = append(p.People, merged.Person)
				}
			}
			p.Seats = append(p.Seats, merged)
		}
	}
	for _, id := range append(slices.Clone(m.Keep), m.End...) {
		if !chosen[id] && !p.settled() {
			return Refuse(Invalid, "error.merge.no_choice", "Given", int64(id))
		}
	}
	for _, id := range m.Keep {
		if slices.Contains(m.End, id) {
			return Refuse(Invalid, "error.merge.both", "Given", int64(id))
		}
	}
	return nil
}

// settled tells whether every organisation has been merged before.
func (p *MergerPlan) settled() bool {
	return !slices.ContainsFunc(p.From, func(o Organisation) bool { return o.Successor == 0 })
}

// move is what becomes of a seat among those that the merged organisation has in
// the same forum: one person sits once in a capacity, and that a person or an
// organisation has two seats there is for people to decide.
func (p *MergerPlan) move(seat Seat, standing []Seat, people map[PersonID]Person) (SeatMove, *Seated) {
	move, meets := MovingSeat, (*Seated)(nil)
	for _, other := range standing {
		if other.ForumID != seat.ForumID || !overlap(seat.From, seat.To, other.From, other.To) {
			continue
		}
		same := other.PersonID == seat.PersonID
		if !same && (!seat.Capacity.Votes() || other.Capacity != seat.Capacity) {
			continue
		}
		meets = &Seated{other, people[other.PersonID], p.Before}
		begun := other.From == "" || other.From <= max(seat.From, p.On) // or the person would sit for nobody until then
		if same && begun && other.Capacity == seat.Capacity && (other.To == "" || seat.To != "" && seat.To <= other.To) {
			return DoubleSeat, meets
		}
		move = UndecidedOne
	}
	return move, meets
}

// readMandates finds the versions in force from the day on that name those that end.
func (p *MergerPlan) readMandates(ctx context.Context, tx Tx, _ Merger) error {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range forums {
		versions, err := tx.MandateVersions(ctx, f.ID)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if (v.To == "" || v.To >= p.On) && slices.ContainsFunc(v.Parties, p.ends) {
				p.Mandates = append(p.Mandates, MergedMandate{v, f})
			}
		}
	}
	return nil
}

// readMatters finds the open matters of those that end. They stay proposed by
// whom they were; word of them goes to the organisation that they became part of.
func (p *MergerPlan) readMatters(ctx context.Context, tx Tx, _ Merger) error {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range forums {
		for _, state := range []MatterState{Proposed, Placed} {
			matters, err := tx.Matters(ctx, f.ID, state)
			if err != nil {
				return err
			}
			for _, m := range matters {
				if p.ends(m.Organisation) {
					p.Matters = append(p.Matters, m)
				}
			}
		}
	}
	return nil
}
