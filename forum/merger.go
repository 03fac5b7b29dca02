package forum

import (
	"context"
	"slices"
	"strings"
)

// Merger is the wish to make organisations part of another from a day on.
type Merger struct {
	From         []string // names or numbers of those that end
	Into         string
	On           Date     // first day of the organisation as merged
	Name         string   // what it is called from then on, "" for as before
	Municipality string   // its number from then on, "" for as before
	Keep, End    []SeatID // what becomes of seats that meet one of the other organisation
}

// SeatMove is what a merger does to a seat.
type SeatMove string

// The moves of seats.
const (
	MovingSeat   SeatMove = "moves"
	DoubleSeat   SeatMove = "double" // the person has the same seat in the other organisation: this one ends
	LeavingSeat  SeatMove = "ends"   // as was chosen
	UndecidedOne SeatMove = "choice" // meets another seat, and nobody has said what becomes of it
)

// MergedSeat is a seat that a merger finds.
type MergedSeat struct {
	Seated
	Forum Forum
	Move  SeatMove
	Meets *Seated // the seat that it meets, nil for none
}

// MergedMandate is a version of a mandate whose parties change.
type MergedMandate struct {
	Mandate
	Forum Forum
}

// MergerPlan is what a merger does.
type MergerPlan struct {
	On       Date
	Into     Organisation // as it will be
	Before   Organisation // as it is called until then
	From     []Organisation
	Seats    []MergedSeat
	Mandates []MergedMandate
	Matters  []Matter // open, of those that end
	People   []Person // whose seats move, with the addresses that may change
	Done     bool     // all of it was done before
}

// Choices are the seats of which nobody has said what becomes of them.
func (p *MergerPlan) Choices() (open []MergedSeat) {
	for _, s := range p.Seats {
		if s.Move == UndecidedOne {
			open = append(open, s)
		}
	}
	return open
}

// PreviewMerger tells what a merger would do.
func PreviewMerger(ctx context.Context, tx Tx, by Actor, m Merger) (*MergerPlan, error) {
	if !by.Operator {
		return nil, Refuse(Forbidden, "error.forbidden.operator")
	}
	p, err := m.open(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, Tx, Merger) error{p.readSeats, p.readMandates, p.readMatters} {
		if err := part(ctx, tx, m); err != nil {
			return nil, err
		}
	}
	p.Done = p.unchanged()
	return p, nil
}

// open finds the organisations, and checks that they can be merged.
func (m Merger) open(ctx context.Context, tx Tx) (*MergerPlan, error) {
	if _, err := ParseDate(string(m.On)); err != nil {
		return nil, err
	}
	organisations, err := tx.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Organisation, 0, len(organisations))
	for _, o := range organisations {
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b Organisation) int { return int(a.ID - b.ID) })
	into, err := oneOrganisation(all, m.Into)
	if err != nil {
		return nil, err
	}
	p := &MergerPlan{On: m.On, Before: into.On(m.On.Before(1)), Into: *into}
	for _, text := range m.From {
		from, err := oneOrganisation(all, text)
		if err != nil {
			return nil, err
		}
		if err := p.mergeable(from, organisations); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(p.From, func(o Organisation) bool { return o.ID == from.ID }) {
			p.From = append(p.From, *from)
		}
	}
	return p, p.rename(m)
}

// oneOrganisation is the one that a text names.
func oneOrganisation(all []Organisation, text string) (*Organisation, error) {
	found := findOrganisations(all, text)
	switch {
	case len(found) == 1:
		return &found[0], nil
	case len(found) > 1:
		return nil, Refuse(Invalid, "error.members.two_organisations", "Given", text)
	}
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	if meant := nearest(names, text); len(meant) > 0 {
		return nil, Refuse(NotFound, "error.members.organisation_meant", "Given", text, "Meant", strings.Join(meant, " / "))
	}
	return nil, Refuse(NotFound, "error.members.organisation", "Given", text)
}

// mergeable refuses what cannot become part of the other on the day.
func (p *MergerPlan) mergeable(from *Organisation, all map[OrganisationID]Organisation) error {
	last := p.On.Before(1)
	switch into := p.Into; {
	case from.ID == into.ID:
		return Refuse(Invalid, "error.merge.itself", "Given", from.Name)
	case from.Level != into.Level || from.Side != into.Side:
		return Refuse(Invalid, "error.merge.level", "Given", from.Name, "Into", into.Name)
	case from.Successor != 0 && (from.Successor != into.ID || from.ValidTo != last):
		return Refuse(Conflict, "error.merge.already", "Given", from.Name, "To", string(from.ValidTo), "Into", all[from.Successor].Name)
	case from.ValidTo != "" && from.ValidTo < last:
		return Refuse(Conflict, "error.merge.over", "Given", from.Name, "To", string(from.ValidTo))
	case from.ValidFrom != "" && from.ValidFrom > last:
		return Refuse(Invalid, "error.merge.not_yet", "Given", from.Name, "From", string(from.ValidFrom))
	case into.ValidTo != "" && into.ValidTo < p.On:
		return Refuse(Conflict, "error.merge.over", "Given", into.Name, "To", string(into.ValidTo))
	case into.ValidFrom != "" && into.ValidFrom > p.On:
		return Refuse(Invalid, "error.merge.not_yet", "Given", into.Name, "From", string(into.ValidFrom))
	}
	return nil
}

// rename gives the merged organisation its name and number from the day on, and
// an address where it has none.
func (p *MergerPlan) rename(m Merger) error {
	name, municipality := strings.Join(strings.Fields(m.Name), " "), strings.TrimSpace(m.Municipality)
	if name == "" {
		name = p.Into.Name
	}
	if municipality == "" {
		municipality = p.Into.Municipality
	}
	if name != p.Into.Name || municipality != p.Into.Municipality {
		last := p.On.Before(1)
		if n := len(p.Into.Former); n > 0 && p.Into.Former[n-1].To >= last {
			return Refuse(Conflict, "error.merge.renamed", "Given", p.Into.Name, "To", string(p.Into.Former[n-1].To))
		}
		p.Into.Former = append(slices.Clone(p.Into.Former), FormerName{p.Into.Name, p.Into.Municipality, last})
		p.Into.Name, p.Into.Municipality = name, municipality
	}
	for _, from := range p.From {
		if p.Into.Contact == "" {
			p.Into.Contact = from.Contact
		}
		if p.Into.Archive == "" {
			p.Into.Archive = from.Archive
		}
	}
	return nil
}

// ends tells whether an organisation is one of those that end.
func (p *MergerPlan) ends(id OrganisationID) bool {
	return slices.ContainsFunc(p.From, func(o Organisation) bool { return o.ID == id })
}

// unchanged tells whether nothing is left to do.
func (p *MergerPlan) unchanged() bool {
	for _, from := range p.From {
		if from.Successor != p.Into.ID {
			return false
		}
	}
	return len(p.Mandates) == 0 && !slices.ContainsFunc(p.Seats, func(s MergedSeat) bool { return s.Move == MovingSeat })
}
