package forum

import (
	"context"
	"fmt"
	"slices"
)

// PreviewMembers tells what a list of members means to a forum, and to those
// that its rows name (in 0: to those alone).
func PreviewMembers(ctx context.Context, tx Tx, by Actor, in ForumID, rows []MemberRow) (*MemberPlan, error) {
	im, err := readMembers(ctx, tx, by, in, rows)
	if err != nil {
		return nil, err
	}
	return &im.plan, nil
}

// ImportMembers seats those whom a list of members names, creates who is not
// known, and invites them to the meetings ahead. Seats that it does not name
// stay as they are. With trouble in any row nothing is done: the plan tells
// which, beside the refusal. The same list again changes nothing.
func ImportMembers(ctx context.Context, tx Tx, by Actor, in ForumID, rows []MemberRow) (*MemberPlan, error) {
	im, err := readMembers(ctx, tx, by, in, rows)
	if err != nil {
		return nil, err
	}
	if troubled := im.plan.Count(TroubledRow); troubled > 0 {
		return &im.plan, Refuse(Invalid, "error.members.trouble", "Count", troubled)
	}
	saved := map[string]PersonID{}
	for i := range im.plan.Outcomes {
		if err := im.save(ctx, &im.plan.Outcomes[i], saved); err != nil {
			return nil, err
		}
	}
	for _, id := range im.plan.forums() {
		if err := im.settleForum(ctx, id); err != nil {
			return nil, err
		}
	}
	return &im.plan, nil
}

// memberImport is what the rows of a list are held against.
type memberImport struct {
	tx            Tx
	by            Actor
	in            ForumID
	today         Date
	standing      Standing // of the actor in the forum; zero for the operator
	forums        []Forum
	organisations map[OrganisationID]Organisation
	parties       []Organisation // all of them, by id
	people        map[PersonID]Person
	may           map[ForumID]bool // seat people there
	seats         map[ForumID][]plannedSeat
	fresh         map[string]*freshPerson // by address
	named         map[PersonID]string     // names that the list gives to who is known
	plan          MemberPlan
}

// freshPerson is someone whom the list itself makes known.
type freshPerson struct {
	person Person
}

// plannedSeat is a seat that is there, or that an earlier row gives.
type plannedSeat struct {
	Seat
	line    int    // of the row, 0 for one that is there
	address string // of who is fresh
}

// readMembers makes the plan.
func readMembers(ctx context.Context, tx Tx, by Actor, in ForumID, rows []MemberRow) (*memberImport, error) {
	im := &memberImport{
		tx: tx, by: by, in: in, today: DateOf(tx.Now()), may: map[ForumID]bool{},
		seats: map[ForumID][]plannedSeat{}, fresh: map[string]*freshPerson{}, named: map[PersonID]string{},
	}
	var err error
	if !by.Operator {
		if im.standing, err = by.May(ctx, tx, SeatIt, in); err != nil {
			return nil, err
		}
	}
	if im.forums, err = tx.Forums(ctx); err != nil {
		return nil, err
	}
	if im.organisations, err = tx.Organisations(ctx); err != nil {
		return nil, err
	}
	for _, o := range im.organisations {
		im.parties = append(im.parties, o)
	}
	slices.SortFunc(im.parties, func(a, b Organisation) int { return int(a.ID - b.ID) })
	if im.people, err = tx.People(ctx); err != nil {
		return nil, err
	}
	if err := im.openForums(ctx, rows); err != nil {
		return nil, err
	}
	for _, row := range rows {
		for _, one := range row.spread() {
			outcome, err := im.outcome(ctx, one.understand())
			if err != nil {
				return nil, err
			}
			im.plan.Outcomes = append(im.plan.Outcomes, *outcome)
		}
	}
	return im, nil
}

// openForums reads the seats of every forum that the rows name, held in the
// order of their ids.
func (im *memberImport) openForums(ctx context.Context, rows []MemberRow) error {
	named := []ForumID{}
	if im.in != 0 {
		named = append(named, im.in)
	}
	for _, row := range rows {
		for _, f := range findForums(im.forums, row.Cells[ForumColumn]) {
			named = append(named, f.ID)
		}
	}
	for _, id := range onceEach(named) {
		may, err := im.by.Operator, error(nil)
		if !may {
			if may, err = im.by.Can(ctx, im.tx, SeatIt, id); err != nil {
				return err
			}
		}
		if im.may[id] = may; !may {
			continue
		}
		if err := im.tx.HoldSeats(ctx, id); err != nil {
			return err
		}
		seats, err := im.tx.WrittenSeats(ctx, id)
		if err != nil {
			return err
		}
		for _, s := range seats {
			im.seats[id] = append(im.seats[id], plannedSeat{Seat: s})
		}
	}
	return nil
}

// save does what one row says.
func (im *memberImport) save(ctx context.Context, o *MemberOutcome, saved map[string]PersonID) error {
	if o.Change == UnchangedSeat {
		return nil
	}
	if o.Person.ID == 0 {
		o.Person.ID = saved[o.Person.Address]
	}
	if o.Person.ID == 0 || o.Renamed != "" {
		if err := im.tx.SavePerson(ctx, &o.Person); err != nil {
			return err
		}
		saved[o.Person.Address] = o.Person.ID
	}
	for _, address := range o.addresses {
		if err := im.tx.LearnAddress(ctx, o.Person.ID, address); err != nil {
			return err
		}
	}
	o.Seat.PersonID = o.Person.ID
	if err := im.tx.SaveSeat(ctx, &o.Seat); err != nil {
		return err
	}
	deed := "seat_given"
	if o.Change == ChangedSeat {
		deed = "seat_changed"
	}
	return recordSeat(ctx, im.tx, im.by, im.standing, o.Forum.ID, deed, o.Person.Name, o.Organisation.Name)
}

// recordSeat records what was done to someone's seat in a forum.
func recordSeat(ctx context.Context, tx Tx, by Actor, as Standing, in ForumID, deed, person, organisation string) error {
	return tx.Record(ctx, Event{
		ForumID: in, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: ForumObject(in),
		Details: map[string]string{"Person": person, "Organisation": organisation},
	})
}

// settleForum lets invitations follow a forum's new seats, and tells the
// secretaries of the other level whom it got.
func (im *memberImport) settleForum(ctx context.Context, id ForumID) error {
	if err := followSeats(ctx, im.tx, id); err != nil {
		return err
	}
	var changes []SeatFact
	for _, o := range im.plan.Outcomes {
		if o.Forum.ID == id && o.Change != UnchangedSeat {
			change := GivenSeat
			if o.Change == ChangedSeat {
				change = AlteredSeat
			}
			changes = append(changes, seatFact(change, o.Seat, o.Person, o.Organisation))
		}
	}
	return tellLevels(ctx, im.tx, im.by, im.standing, id, changes)
}

// key names a person, known or not, among the seats of a plan.
func (o *MemberOutcome) key() string {
	if o.Person.ID != 0 {
		return fmt.Sprint(o.Person.ID)
	}
	return o.Person.Address
}
