package forum

import (
	"context"
	"slices"
)

// NameStandIn lets a key-holder name who turns the own key in a forum while the
// holder is away: someone of the same level with a seat of a member or substitute
// there. 0 names nobody any more.
func NameStandIn(ctx context.Context, tx Tx, by Actor, in ForumID, person PersonID) error {
	own, err := ownKey(ctx, tx, by, in)
	if err != nil {
		return err
	}
	if own.Level == "" {
		return Refuse(Forbidden, "error.forbidden.turn_keys")
	}
	candidates, err := standInCandidates(ctx, tx, in, own.Level, by.Person)
	if err != nil {
		return err
	}
	if person != 0 && !slices.Contains(candidates, person) {
		return Refuse(Invalid, "error.keys.stand_in").On("stand-in")
	}
	named, err := tx.StandIns(ctx, in)
	if err != nil {
		return err
	}
	s := StandIn{ForumID: in, HolderID: by.Person}
	if at := slices.IndexFunc(named, func(s StandIn) bool { return s.HolderID == by.Person }); at >= 0 {
		s = named[at]
	}
	switch {
	case s.PersonID == person:
		return nil
	case person == 0:
		err = tx.DropStandIn(ctx, s.ID)
	default:
		s.PersonID = person
		err = tx.SaveStandIn(ctx, &s)
	}
	if err != nil {
		return err
	}
	if err := recordStandIn(ctx, tx, by, own, in, person); err != nil {
		return err
	}
	return tellAllStandIns(ctx, tx, in)
}

func recordStandIn(ctx context.Context, tx Tx, by Actor, as Standing, in ForumID, person PersonID) error {
	e := Event{ForumID: in, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: "stand_in_dropped", Object: ForumObject(in)}
	if person != 0 {
		named, err := tx.Person(ctx, person)
		if err != nil {
			return err
		}
		e.Deed, e.Details = "stand_in_named", map[string]string{"Person": named.Name}
	}
	return tx.Record(ctx, e)
}

// standInCandidates are those who can stand in for a key-holder of a level, each
// once, in the order of their seats.
func standInCandidates(ctx context.Context, tx Tx, in ForumID, level Level, holder PersonID) (people []PersonID, err error) {
	seats, err := tx.Seats(ctx, in, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(seats, bySeating)
	for _, s := range seats {
		if s.standsInFor(level) && s.PersonID != holder && !slices.Contains(people, s.PersonID) {
			people = append(people, s.PersonID)
		}
	}
	return people, nil
}
