package forum

import (
	"context"
	"slices"
)

// KeyHolding is one key-holder of a forum with whoever stands in.
type KeyHolding struct {
	Holder  PersonID
	Level   Level
	StandIn PersonID // 0 for nobody who could
	Away    bool     // the holder, today
}

// Turner is who the key is with today: the stand-in while the holder is away,
// if there is one.
func (h KeyHolding) Turner() PersonID {
	if h.Away && h.StandIn != 0 {
		return h.StandIn
	}
	return h.Holder
}

// KeyHoldings are the key-holders of a forum by level, in the order of their
// seats. Who sits for both levels holds the key of the first only: two keys are
// never in one hand.
func KeyHoldings(ctx context.Context, tx Tx, in ForumID) ([]KeyHolding, error) {
	policy, err := tx.Policy(ctx)
	if err != nil {
		return nil, err
	}
	r, err := rosterIn(ctx, tx, in)
	if err != nil {
		return nil, err
	}
	named, err := tx.StandIns(ctx, in)
	if err != nil {
		return nil, err
	}
	today := DateOf(tx.Now())
	absences, err := tx.Absences(ctx, today, today)
	if err != nil {
		return nil, err
	}
	seats, err := tx.Seats(ctx, in, today)
	if err != nil {
		return nil, err
	}
	var found []KeyHolding
	for _, person := range r.people {
		own := ownKeyAmong(r.entitled(policy, person, TurnKey))
		if own.Level == "" {
			continue
		}
		h := KeyHolding{Holder: person, Level: own.Level}
		h.Away = slices.ContainsFunc(absences, func(a Absence) bool { return a.PersonID == person })
		at := slices.IndexFunc(named, func(s StandIn) bool { return s.HolderID == person })
		if at >= 0 && slices.ContainsFunc(seats, func(s Seat) bool { return s.PersonID == named[at].PersonID && s.standsInFor(h.Level) }) {
			h.StandIn = named[at].PersonID
		}
		found = append(found, h)
	}
	slices.SortStableFunc(found, func(a, b KeyHolding) int { return slices.Index(Levels, a.Level) - slices.Index(Levels, b.Level) })
	return found, nil
}

// standsInFor tells whether whoever has the seat can turn the key of a level for
// a holder: as one of its members or substitutes, not as who asks for the key.
func (s Seat) standsInFor(level Level) bool {
	return s.Level == level && (s.Capacity.Votes() || s.Capacity == Substitute)
}

// ownKey is the standing in which someone holds a key, of no level for nobody
// who does.
func ownKey(ctx context.Context, tx Tx, by Actor, in ForumID) (Standing, error) {
	standings, err := by.StandingsOf(ctx, tx, TurnKey, in)
	if err != nil {
		return Standing{}, err
	}
	return ownKeyAmong(standings), nil
}

func ownKeyAmong(standings []Standing) Standing {
	at := slices.IndexFunc(standings, func(s Standing) bool { return s.Level.Other() != "" })
	if at < 0 {
		return Standing{}
	}
	return standings[at]
}

// KeyOf is the standing in which the actor may turn a key today, as its holder
// or for one who is away; Forbidden otherwise.
func KeyOf(ctx context.Context, tx Tx, by Actor, in ForumID) (as Standing, standIn bool, err error) {
	own, err := ownKey(ctx, tx, by, in)
	if err != nil || own.Level != "" {
		return own, false, err
	}
	refusal := Refuse(Forbidden, "error.forbidden.turn_keys")
	if by.Person == 0 {
		return Standing{}, false, refusal
	}
	holdings, err := KeyHoldings(ctx, tx, in)
	if err != nil {
		return Standing{}, false, err
	}
	for _, h := range holdings {
		switch {
		case h.StandIn != by.Person:
		case h.Away:
			return Standing{Capacity: KeyHolder, Level: h.Level}, true, nil
		default:
			refusal = Refuse(Forbidden, "error.keys.holder_here")
		}
	}
	return Standing{}, false, refusal
}
