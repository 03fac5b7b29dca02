package forum

import (
	"context"
	"slices"
)

// Place is a forum as one reader meets it in a list.
type Place struct {
	Forum
	Depth     int // in the tree, 0 at the top
	Standings []Standing
	MayRead   bool
	Next      *Meeting // the next one called or planned, nil for none
	Waiting   int      // matters in the inbox, for who may read it
	Held      int      // held mails, for who may read them
}

// ReadPlaces lists the forums of every area in which the reader has a seat, as
// a tree from the top down.
func ReadPlaces(ctx context.Context, tx Tx, by Actor) ([]Place, error) {
	if err := by.lookAround(ctx, tx); err != nil {
		return nil, err
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	seats, err := tx.SeatsOf(ctx, by.Person, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	areas, depth := map[AreaID]bool{}, map[ForumID]int{}
	for _, f := range forums {
		if f.Parent != 0 {
			depth[f.ID] = depth[f.Parent] + 1
		}
		if slices.ContainsFunc(seats, func(s Seat) bool { return s.ForumID == f.ID }) {
			areas[f.AreaID] = true
		}
	}
	var places []Place
	for _, f := range forums {
		if !areas[f.AreaID] {
			continue
		}
		place, err := readPlace(ctx, tx, by, f, depth[f.ID])
		if err != nil {
			return nil, err
		}
		places = append(places, place)
	}
	return places, nil
}

func readPlace(ctx context.Context, tx Tx, by Actor, f Forum, depth int) (Place, error) {
	place := Place{Forum: f, Depth: depth}
	r, err := by.ownRoster(ctx, tx, f.ID)
	if err != nil {
		return place, err
	}
	place.Standings = slices.Clone(r.standings[by.Person])
	if place.MayRead, err = by.Can(ctx, tx, ReadForum, f.ID); err != nil || !place.MayRead {
		return place, err
	}
	meetings, err := tx.Meetings(ctx, f.ID)
	if err != nil {
		return place, err
	}
	for _, m := range meetings {
		if m.Movable() && m.End.After(tx.Now()) {
			place.Next = &m
			break
		}
	}
	if inbox, err := by.Can(ctx, tx, ReadInbox, f.ID); err != nil || !inbox {
		return place, err
	}
	if place.Waiting, err = tx.CountMatters(ctx, f.ID, Proposed); err != nil {
		return place, err
	}
	place.Held, err = tx.CountIncoming(ctx, f.ID, HeldMail)
	return place, err
}

// Seated is a seat with who sits on it and for whom.
type Seated struct {
	Seat
	Person       Person
	Organisation Organisation
}

// ForumPage is a forum as one reader may see it.
type ForumPage struct {
	Forum
	Area       Area
	Mandate    *Mandate // nil when none is in force
	Parties    []Organisation
	Seats      []Seated
	Away       map[PersonID][]Absence // from today on, for who plans meetings
	Meetings   []Meeting
	Series     []Series
	MayPlan    bool
	MayPropose bool
	MayTriage  bool
	MayMail    bool
}

// ReadForumPage opens a forum.
func ReadForumPage(ctx context.Context, tx Tx, by Actor, id ForumID) (*ForumPage, error) {
	f, err := tx.Forum(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, ReadForum, id); err != nil {
		return nil, err
	}
	page := &ForumPage{Forum: *f}
	area, err := tx.Area(ctx, f.AreaID)
	if err != nil {
		return nil, err
	}
	page.Area = *area
	if page.Mandate, err = tx.Mandate(ctx, id, DateOf(tx.Now())); err != nil && !IsKind(err, NotFound) {
		return nil, err
	}
	if page.Seats, err = seatedIn(ctx, tx, id); err != nil {
		return nil, err
	}
	if page.Away, err = readAway(ctx, tx, by, PlanIt, id, peopleOf(page.Seats), DateOf(tx.Now()), ""); err != nil {
		return nil, err
	}
	if page.Meetings, err = tx.Meetings(ctx, id); err != nil {
		return nil, err
	}
	if page.Series, err = tx.SeriesIn(ctx, id); err != nil {
		return nil, err
	}
	organisations, err := OrganisationsOn(ctx, tx, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	if page.Mandate != nil {
		for _, party := range page.Mandate.Parties {
			page.Parties = append(page.Parties, organisations[party])
		}
	}
	return page, by.fill(ctx, tx, id, map[Right]*bool{
		PlanIt: &page.MayPlan, ProposeIt: &page.MayPropose, ReadInbox: &page.MayTriage, ReadMail: &page.MayMail,
	})
}

// seatedIn lists today's seats of a forum in the seating order.
func seatedIn(ctx context.Context, tx Tx, id ForumID) ([]Seated, error) {
	return seatedOn(ctx, tx, id, DateOf(tx.Now()))
}

// seatedKey is what the seats of a forum on a date are remembered by.
type seatedKey struct {
	in ForumID
	on Date
}

// seatedOn lists a forum's seats on a date in the seating order, with the names
// that organisations had then, for reading: nobody changes the list.
func seatedOn(ctx context.Context, tx Tx, id ForumID, day Date) ([]Seated, error) {
	return recalled(tx, seatedKey{id, day}, func() ([]Seated, error) {
		seats, err := tx.Seats(ctx, id, day)
		if err != nil {
			return nil, err
		}
		people, err := Everyone(ctx, tx)
		if err != nil {
			return nil, err
		}
		organisations, err := OrganisationsOn(ctx, tx, day)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(seats, bySeating)
		list := make([]Seated, len(seats))
		for i, s := range seats {
			list[i] = Seated{s, people[s.PersonID], organisations[s.OrganisationID]}
		}
		return list, nil
	})
}

func peopleOf(seats []Seated) []PersonID {
	people := make([]PersonID, len(seats))
	for i, s := range seats {
		people[i] = s.PersonID
	}
	return people
}

// fill answers several rights at once, for showing what a reader may do.
func (by Actor) fill(ctx context.Context, tx Tx, in ForumID, rights map[Right]*bool) error {
	for right, answer := range rights {
		can, err := by.Can(ctx, tx, right, in)
		if err != nil {
			return err
		}
		*answer = can
	}
	return nil
}

// Role is a person whom the demonstration can step into, with where they sit.
type Role struct {
	Person
	Seats []RoleSeat
}

// RoleSeat is one of a role's seats in words.
type RoleSeat struct {
	Forum        string
	Organisation string
	Level        Level
	Capacity     Capacity
}

// ReadRoles lists whom a demonstration can step into; Forbidden elsewhere.
func ReadRoles(ctx context.Context, tx Tx) ([]Role, error) {
	if demo, err := tx.IsDemo(ctx); err != nil || !demo {
		return nil, errOr(err, Refuse(Forbidden, "error.demo_only"))
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	roles := map[PersonID]*Role{}
	var order []PersonID
	for _, f := range forums {
		seats, err := seatedIn(ctx, tx, f.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range seats {
			if roles[s.PersonID] == nil {
				roles[s.PersonID] = &Role{Person: s.Person}
				order = append(order, s.PersonID)
			}
			role := roles[s.PersonID]
			role.Seats = append(role.Seats, RoleSeat{f.Name, s.Organisation.Name, s.Organisation.Level, s.Capacity})
		}
	}
	list := make([]Role, len(order))
	for i, id := range order {
		list[i] = *roles[id]
	}
	return list, nil
}

func errOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
