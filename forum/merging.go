package forum

import (
	"context"
	"slices"
)

// MergeOrganisations makes organisations part of another from a day on: seats
// and places in mandates move, what was before that day stays as it was called
// then. Invitations follow. Seats that meet others need a choice: without one
// nothing is done. The same merger again changes nothing.
func MergeOrganisations(ctx context.Context, tx Tx, by Actor, m Merger) (*MergerPlan, error) {
	if !by.Operator {
		return nil, Refuse(Forbidden, "error.forbidden.operator")
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	var held []ForumID
	for _, f := range forums {
		held = append(held, f.ID)
	}
	for _, id := range onceEach(held) {
		if err := tx.HoldSeats(ctx, id); err != nil {
			return nil, err
		}
	}
	p, err := PreviewMerger(ctx, tx, by, m)
	if err != nil {
		return nil, err
	}
	if open := len(p.Choices()); open > 0 {
		return p, Refuse(Conflict, "error.merge.choices", "Count", open)
	}
	if p.Done {
		return p, nil
	}
	return p, p.carryOut(ctx, tx, by)
}

func (p *MergerPlan) carryOut(ctx context.Context, tx Tx, by Actor) error {
	last := p.On.Before(1)
	if err := tx.SaveOrganisation(ctx, &p.Into); err != nil {
		return err
	}
	for i := range p.From {
		p.From[i].ValidTo, p.From[i].Successor = last, p.Into.ID
		if err := tx.SaveOrganisation(ctx, &p.From[i]); err != nil {
			return err
		}
	}
	changes := map[ForumID][]SeatFact{}
	for _, s := range p.Seats {
		moved, err := p.moveSeat(ctx, tx, s)
		if err != nil {
			return err
		}
		if moved != nil {
			changes[s.Forum.ID] = append(changes[s.Forum.ID], seatFact(GivenSeat, *moved, s.Person, p.Into))
		}
	}
	for _, m := range p.Mandates {
		if err := p.moveParties(ctx, tx, m.Mandate); err != nil {
			return err
		}
	}
	for _, id := range p.forums() {
		if err := p.settle(ctx, tx, by, id, changes[id]); err != nil {
			return err
		}
	}
	return nil
}

// moveSeat ends a seat on the eve of the day and gives the person one of the
// merged organisation, nil for none. A seat that begins later moves as it is.
func (p *MergerPlan) moveSeat(ctx context.Context, tx Tx, s MergedSeat) (*Seat, error) {
	begun := s.From == "" || s.From < p.On
	moved := s.Seat
	moved.OrganisationID, moved.Level = p.Into.ID, p.Into.Level
	if begun {
		ended := s.Seat
		ended.To = p.On.Before(1)
		if err := tx.SaveSeat(ctx, &ended); err != nil {
			return nil, err
		}
		moved.ID, moved.From = 0, p.On
	}
	if s.Move != MovingSeat {
		return nil, nil // one that had not begun is none of a party any more
	}
	return &moved, tx.SaveSeat(ctx, &moved)
}

// moveParties lets a mandate name the merged organisation from the day on.
func (p *MergerPlan) moveParties(ctx context.Context, tx Tx, m Mandate) error {
	from := m
	from.Parties = nil
	for _, party := range m.Parties {
		if p.ends(party) {
			party = p.Into.ID
		}
		if !slices.Contains(from.Parties, party) {
			from.Parties = append(from.Parties, party)
		}
	}
	if m.From < p.On {
		m.To = p.On.Before(1)
		if err := tx.SaveMandate(ctx, &m); err != nil {
			return err
		}
		from.ID, from.From = 0, p.On
	}
	return tx.SaveMandate(ctx, &from)
}

// forums are those whose seats or mandates the merger changes, by id.
func (p *MergerPlan) forums() (forums []ForumID) {
	for _, s := range p.Seats {
		forums = append(forums, s.Forum.ID)
	}
	for _, m := range p.Mandates {
		forums = append(forums, m.Forum.ID)
	}
	return onceEach(forums)
}

// settle records the merger in a forum, lets invitations follow, and tells the
// level's secretaries of the seats.
func (p *MergerPlan) settle(ctx context.Context, tx Tx, by Actor, id ForumID, changes []SeatFact) error {
	for _, from := range p.From {
		err := tx.Record(ctx, Event{
			ForumID: id, At: tx.Now(), PersonID: by.Person, Deed: "organisations_merged", Object: ForumObject(id),
			Details: map[string]string{"From": from.Name, "Into": p.Into.Name, "On": string(p.On)},
		})
		if err != nil {
			return err
		}
	}
	if err := followSeats(ctx, tx, id); err != nil {
		return err
	}
	return tellLevels(ctx, tx, by, Standing{}, id, changes)
}
