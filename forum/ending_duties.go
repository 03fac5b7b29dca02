package forum

import (
	"context"
	"slices"
)

// readDuties finds the open matters that the person proposed for the organisation.
func (p *EndingPlan) readDuties(ctx context.Context, tx Tx) error {
	others, err := p.others(ctx, tx)
	if err != nil {
		return err
	}
	p.Keeps = slices.ContainsFunc(others, func(s Seat) bool { return s.OrganisationID == p.Seat.OrganisationID })
	if p.Keeps {
		return nil
	}
	for _, state := range []MatterState{Proposed, Placed} {
		matters, err := tx.Matters(ctx, p.Forum.ID, state)
		if err != nil {
			return err
		}
		for _, m := range matters {
			if m.Organisation == p.Seat.OrganisationID && m.follower(p.Last) == p.Seat.PersonID {
				p.Matters = append(p.Matters, m)
			}
		}
	}
	return nil
}

// readRemovals finds what waits for an answer that the seat can give, and
// whether anybody else of the level is left to give it.
func (p *EndingPlan) readRemovals(ctx context.Context, tx Tx) error {
	policy, err := tx.Policy(ctx)
	if err != nil {
		return err
	}
	mandate, err := MandateOn(ctx, tx, p.Forum.ID, p.Last)
	if err != nil {
		return err
	}
	p.Key = slices.Contains(mandate.KeyHolders, p.Seat.Capacity)
	own := Standing{p.Seat.Capacity, p.Seat.OrganisationID, p.Seat.Level}
	gives := map[RemovalState]bool{
		AskedRemoval:     mandate.Permits(policy, own, AgreeRemoval),
		ContestedRemoval: p.Key && mandate.Permits(policy, Standing{KeyHolder, own.Organisation, own.Level}, DecideRemoval),
	}
	removals, err := tx.OpenRemovals(ctx, p.Forum.ID)
	if err != nil {
		return err
	}
	for _, r := range removals {
		m, err := tx.Matter(ctx, r.MatterID)
		if err != nil {
			return err
		}
		if !gives[r.State] || r.State == AskedRemoval && m.Level != p.Seat.Level {
			continue
		}
		p.Waiting = append(p.Waiting, *m)
		right := AgreeRemoval
		if r.State == ContestedRemoval {
			right = DecideRemoval
		}
		left, err := p.othersWith(ctx, tx, right)
		if err != nil {
			return err
		}
		p.Unanswered = p.Unanswered || !left && p.Heir == nil
	}
	if mandate.Permits(policy, own, SeatIt) && p.Heir == nil {
		left, err := p.othersWith(ctx, tx, SeatIt)
		p.LastOne = !left
		return err
	}
	return nil
}

// othersWith tells whether another person of the seat's level has a right.
func (p *EndingPlan) othersWith(ctx context.Context, tx Tx, right Right) (bool, error) {
	found, err := Holders(ctx, tx, p.Forum.ID, right, p.Seat.Level)
	return slices.ContainsFunc(found, func(id PersonID) bool { return id != p.Seat.PersonID }), err
}

// readLinks finds the calendar addresses that end with the seat.
func (p *EndingPlan) readLinks(ctx context.Context, tx Tx) error {
	others, err := p.others(ctx, tx)
	if err != nil {
		return err
	}
	feeds, err := tx.Feeds(ctx, p.Seat.PersonID)
	if err != nil || len(others) > 0 {
		return err
	}
	for _, f := range feeds {
		if f.ForumID == p.Forum.ID {
			p.Feeds = append(p.Feeds, f)
		}
	}
	return nil
}

// readReaders finds whom to ask for a new appointment, and who could be proposed.
func (p *EndingPlan) readReaders(ctx context.Context, tx Tx) error {
	seats, err := seatedOn(ctx, tx, p.Forum.ID, p.Last)
	if err != nil {
		return err
	}
	if p.Seat.Capacity.Votes() {
		for _, s := range seats {
			if s.Capacity == Substitute && s.OrganisationID == p.Seat.OrganisationID && s.PersonID != p.Seat.PersonID {
				p.Substitutes = append(p.Substitutes, s)
			}
		}
	}
	if p.Heir != nil {
		return nil
	}
	p.Readers, err = readersFor(ctx, tx, p.Forum.ID, p.Seat.OrganisationID, p.Seat.PersonID)
	return err
}

// SuccessionFacts is what a successor is told: the seat, and what waits there.
type SuccessionFacts struct {
	In           ForumID
	Forum        string
	Address      string
	Organisation string
	Person       string // the successor
	Before       string // whose seat it was
	Capacity     Capacity
	From, To     Date
	Key          bool
	Matters      []MatterFact // that the successor follows from now on
	Lines        []LineFact
	Waiting      []MatterFact // that wait for an answer
	Undone       bool         // the seat stays with who had it
}

// MatterFact is a matter in a list of a mail.
type MatterFact struct {
	ID   MatterID
	Name string // number and title
}

// LineFact is a line of an agenda that the successor presents.
type LineFact struct {
	Meeting MeetingID
	Slot
	Title string
	What  LineSort
	Level Level
}

func matterFacts(matters []Matter) (facts []MatterFact) {
	for _, m := range matters {
		number := m.Number
		if number == "" {
			number = m.Intake
		}
		facts = append(facts, MatterFact{m.ID, number + " " + m.Title})
	}
	return facts
}

// tellHeir mails the successor what the seat brings.
func tellHeir(ctx context.Context, tx Tx, p *EndingPlan, undone bool) error {
	facts := SuccessionFacts{
		In: p.Forum.ID, Forum: p.Forum.Name, Address: p.Forum.Address, Organisation: p.Seat.Organisation.Name, Person: p.Heir.Name, Before: p.Seat.Person.Name,
		Capacity: p.Seat.Capacity, From: p.Last.Before(-1), To: p.Seat.To, Key: p.Key, Matters: matterFacts(p.Matters), Waiting: matterFacts(p.Waiting), Undone: undone,
	}
	for _, l := range p.Lines {
		fact := LineFact{Meeting: l.Meeting.ID, Slot: l.Meeting.Slot, Title: l.Line.Title, What: l.Line.What, Level: l.Line.Level}
		if l.Matter.ID != 0 {
			fact.Title = l.Matter.Title
		}
		facts.Lines = append(facts.Lines, fact)
	}
	return Send(ctx, tx, &p.Forum, p.Heir, SuccessionMessage, facts)
}
