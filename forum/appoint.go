package forum

import (
	"context"
	"slices"
)

// AppointFacts is what an organisation is told of a seat of its own that becomes vacant.
type AppointFacts struct {
	In           ForumID
	Forum        string
	Address      string
	Organisation string
	Person       string // whose seat it was
	Capacity     Capacity
	Last         Date
	Substitutes  []string // of the organisation, who could be appointed
	Undone       bool     // the seat is not vacant after all
}

// recipient is whom a mail about an organisation's seats goes to.
func recipient(o *Organisation) Person {
	return Person{Name: o.Name, Address: o.Contact, Language: o.Language}
}

// readersFor are those who read what concerns an organisation in a forum: its
// contact address, or whoever sits there for it besides somebody, or elsewhere,
// or the secretaries of its level.
func readersFor(ctx context.Context, tx Tx, in ForumID, id OrganisationID, besides PersonID) ([]Person, error) {
	o, err := LivingOrganisation(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if o.Contact != "" {
		return []Person{recipient(o)}, nil
	}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	seats, err := tx.SeatsFor(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	today := DateOf(tx.Now())
	seats = slices.DeleteFunc(seats, func(s Seat) bool { return !today.Within(s.From, s.To) || s.PersonID == besides })
	slices.SortStableFunc(seats, func(a, b Seat) int {
		if (a.ForumID == in) != (b.ForumID == in) {
			if a.ForumID == in {
				return -1
			}
			return 1
		}
		return bySeating(a, b)
	})
	if len(seats) > 0 {
		return []Person{people[seats[0].PersonID]}, nil
	}
	level := o.Level
	if level == Advisory {
		level = o.Side
	}
	secretaries, err := Holders(ctx, tx, in, SeatIt, level)
	var readers []Person
	for _, s := range secretaries {
		if s != besides {
			readers = append(readers, people[s])
		}
	}
	return readers, err
}

// LivingOrganisation is an organisation, or the one that it became part of.
func LivingOrganisation(ctx context.Context, tx Tx, id OrganisationID) (*Organisation, error) {
	all, err := OrganisationsOn(ctx, tx, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	o, there := all[id]
	for there && o.Successor != 0 && o.ValidTo < DateOf(tx.Now()) {
		o, there = all[o.Successor]
	}
	if !there {
		return nil, Refuse(NotFound, "error.not_found.organisation")
	}
	return &o, nil
}

// askToAppoint writes to those who read for the organisation of a seat.
func askToAppoint(ctx context.Context, tx Tx, p *EndingPlan, undone bool) error {
	facts := AppointFacts{
		In: p.Forum.ID, Forum: p.Forum.Name, Address: p.Forum.Address, Organisation: p.Seat.Organisation.Name, Person: p.Seat.Person.Name,
		Capacity: p.Seat.Capacity, Last: p.Last, Undone: undone,
	}
	for _, s := range p.Substitutes {
		facts.Substitutes = append(facts.Substitutes, s.Person.Name)
	}
	for _, to := range p.Readers {
		if err := Send(ctx, tx, &p.Forum, &to, AppointMessage, facts); err != nil {
			return err
		}
	}
	return nil
}
