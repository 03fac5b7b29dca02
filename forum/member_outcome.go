package forum

import (
	"context"
	"slices"
	"strings"
)

// outcome holds what a row says against what is there.
func (im *memberImport) outcome(ctx context.Context, m *member) (*MemberOutcome, error) {
	o := &MemberOutcome{Row: m.row, Troubles: m.troubles, Change: TroubledRow}
	from := m.from
	if from == "" {
		from = im.today
	}
	placed := im.place(o)
	if err := im.party(ctx, o, from); err != nil {
		return nil, err
	}
	if len(m.addresses) > 0 {
		if err := im.who(ctx, o, m); err != nil {
			return nil, err
		}
	}
	if !placed || len(o.Troubles) > 0 {
		return o, nil
	}
	im.seat(o, m, from)
	if err := im.trusted(ctx, o, from); err != nil {
		return nil, err
	}
	if len(o.Troubles) > 0 {
		o.Change = TroubledRow
	}
	return o, nil
}

// trusted leaves seats that bring a level's key, or its say over seats, to that
// level's own secretaries while it has any: two keys are never one level's to give.
func (im *memberImport) trusted(ctx context.Context, o *MemberOutcome, from Date) error {
	if im.by.Operator || o.Change != NewSeat && o.Change != NewMember {
		return nil
	}
	policy, err := im.tx.Policy(ctx)
	if err != nil {
		return err
	}
	mandate, err := MandateOn(ctx, im.tx, o.Forum.ID, from)
	if err != nil {
		return err
	}
	if !slices.Contains(mandate.KeyHolders, o.Seat.Capacity) && !mandate.Permits(policy, Standing{o.Seat.Capacity, o.Organisation.ID, o.Organisation.Level}, SeatIt) {
		return nil
	}
	_, err = im.by.mayForSide(ctx, im.tx, o.Forum.ID, o.Organisation.Level, o.Organisation.Side)
	if IsKind(err, Forbidden) {
		o.trouble(CapacityColumn, "error.members.other_level", "Given", o.Organisation.Name)
		return nil
	}
	return err
}

// who finds the person whose addresses a row has, or makes one.
func (im *memberImport) who(ctx context.Context, o *MemberOutcome, m *member) error {
	var owners []PersonID
	var fresh *freshPerson
	for _, address := range m.addresses {
		owner, err := im.tx.PersonByAddress(ctx, address)
		switch {
		case err == nil:
			owners = append(owners, owner.ID)
			continue
		case !IsKind(err, NotFound):
			return err
		}
		if _, _, err := ForumAt(ctx, im.tx, address); err == nil {
			o.trouble(AddressColumn, "error.claim.forum")
			return nil
		} else if !IsKind(err, NotFound) {
			return err
		}
		if f := im.fresh[address]; f != nil {
			if fresh != nil && fresh != f {
				o.trouble(AddressColumn, "error.members.two_people")
				return nil
			}
			fresh = f
		}
	}
	switch owners = onceEach(owners); {
	case len(owners) > 1 || len(owners) == 1 && fresh != nil:
		o.trouble(AddressColumn, "error.members.two_people")
		return nil
	case len(owners) == 1:
		return im.known(ctx, o, m, im.people[owners[0]])
	case fresh != nil:
		if m.name != "" && !sameName(m.name, fresh.person.Name) {
			o.trouble(NameColumn, "error.members.two_names", "Given", fresh.person.Name)
		}
		o.Person, o.addresses = fresh.person, m.addresses
		return nil
	case m.name == "":
		o.trouble(NameColumn, "error.members.no_name")
		return nil
	}
	language := m.language
	if language == "" {
		language = im.language(o)
	}
	o.Person, o.addresses = Person{Name: m.name, Address: m.addresses[0], Language: language}, m.addresses
	for _, p := range im.people {
		if sameName(p.Name, m.name) {
			o.remark("members.note.same_name", "Address", p.Address)
			break
		}
	}
	f := &freshPerson{o.Person}
	for _, address := range m.addresses {
		im.fresh[address] = f
	}
	return nil
}

// language is what a person reads of whom the list does not say it: that of the
// own organisation, or of the forum.
func (im *memberImport) language(o *MemberOutcome) Language {
	for _, language := range []Language{o.Organisation.Language, o.Forum.Language} {
		if language.Valid() {
			return language
		}
	}
	return Nynorsk
}

// known is a row about somebody who is there. The name is changed only by who
// may seat people wherever the person sits, and further addresses only by the
// operator: an address speaks for its owner.
func (im *memberImport) known(ctx context.Context, o *MemberOutcome, m *member, person Person) error {
	o.Person = person
	if im.by.Operator {
		o.addresses = m.addresses
	} else {
		own, err := im.tx.AddressesOf(ctx, person.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(m.addresses, func(a string) bool { return !slices.Contains(own, a) }) {
			o.remark("members.note.address")
		}
	}
	if m.name == "" || sameName(m.name, person.Name) {
		return nil
	}
	if before, twice := im.named[person.ID]; twice && !sameName(before, m.name) {
		o.trouble(NameColumn, "error.members.two_names", "Given", before)
		return nil
	}
	im.named[person.ID] = m.name
	may := true
	if !im.by.Operator {
		seats, err := im.tx.SeatsOf(ctx, person.ID, im.today)
		if err != nil {
			return err
		}
		for _, s := range seats {
			can, err := im.by.Can(ctx, im.tx, SeatIt, s.ForumID)
			if err != nil {
				return err
			}
			may = may && can
		}
	}
	if !may {
		o.remark("members.note.name", "Name", person.Name)
		return nil
	}
	o.Renamed, o.Person.Name = person.Name, m.name
	return nil
}

func sameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// seat holds the seat that a row names against those that are there.
func (im *memberImport) seat(o *MemberOutcome, m *member, from Date) {
	want := Seat{
		ForumID: o.Forum.ID, OrganisationID: o.Organisation.ID, PersonID: o.Person.ID, Capacity: m.capacity, Rank: m.rank,
		Speak: m.speak, Propose: m.propose, From: from, To: m.to, Level: o.Organisation.Level,
	}
	if m.to != "" && m.to < from { // "" for from is today
		o.trouble(ToColumn, "error.members.backwards")
		return
	}
	for i := range im.seats[o.Forum.ID] {
		there := &im.seats[o.Forum.ID][i]
		if !overlap(there.From, there.To, want.From, want.To) {
			continue
		}
		mine := there.address == o.key() || there.address == "" && there.PersonID == o.Person.ID && o.Person.ID != 0
		switch {
		case mine && there.OrganisationID == want.OrganisationID && there.Capacity == want.Capacity && there.line != 0:
			o.trouble("", "error.members.twice", "Line", there.line)
			return
		case mine && there.OrganisationID == want.OrganisationID && there.Capacity == want.Capacity:
			there.line = o.Row.Line
			im.alter(o, m, there.Seat)
			return
		case mine && there.OrganisationID == want.OrganisationID:
			o.remark("members.note.other_seat")
		case !mine && there.Capacity == want.Capacity && (want.Capacity == Chair || want.Capacity == Deputy):
			o.remark("members.note.second", "Name", im.people[there.PersonID].Name)
		}
	}
	o.Seat, o.Change = want, NewSeat
	address := ""
	if o.Person.ID == 0 {
		o.Change, address = NewMember, o.Person.Address
	}
	im.seats[o.Forum.ID] = append(im.seats[o.Forum.ID], plannedSeat{want, o.Row.Line, address})
}

// alter changes a seat that is there to what a row says. What the row leaves
// out stays, and a seat is never ended so.
func (im *memberImport) alter(o *MemberOutcome, m *member, there Seat) {
	o.Seat, o.Change = there, UnchangedSeat
	switch {
	case m.to == "" || m.to == there.To:
	case there.To != "" && m.to > there.To:
		o.Seat.To = m.to
	default:
		o.trouble(ToColumn, "error.members.ending")
		return
	}
	switch {
	case m.from == "" || m.from == there.From:
	case there.From > im.today && m.from > im.today:
		o.Seat.From = m.from
	default:
		o.remark("members.note.from")
	}
	if m.rank != 0 {
		o.Seat.Rank = m.rank
	}
	o.Seat.Speak, o.Seat.Propose = there.Speak || m.speak, there.Propose || m.propose
	if o.Seat != there || o.Renamed != "" {
		o.Change = ChangedSeat
	}
}
