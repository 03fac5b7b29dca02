package forum

import (
	"context"
	"slices"
)

// SeatChange is what happened to a seat.
type SeatChange string

// The changes of seats that the other level learns of.
const (
	GivenSeat    SeatChange = "given"
	AlteredSeat  SeatChange = "altered"
	EndedSeat    SeatChange = "ended"
	RestoredSeat SeatChange = "restored"
)

// SeatFact is one seat in a mail.
type SeatFact struct {
	Change       SeatChange
	Person       string
	Organisation string
	Level        Level
	Capacity     Capacity
	From, To     Date
}

// SeatsFacts is what secretaries are told of seats that others changed.
type SeatsFacts struct {
	In      ForumID
	Forum   string
	Address string
	By      string // "" for the operator
	Seats   []SeatFact
}

func seatFact(change SeatChange, s Seat, person Person, organisation Organisation) SeatFact {
	return SeatFact{change, person.Name, organisation.Name, organisation.Level, s.Capacity, s.From, s.To}
}

// tellLevels tells the secretaries of the level across the table, in one mail to
// each, which seats changed that are not of the actor's own level. What the
// operator changes, each level is told of its own.
func tellLevels(ctx context.Context, tx Tx, by Actor, as Standing, id ForumID, changes []SeatFact) error {
	in, err := tx.Forum(ctx, id)
	if err != nil {
		return err
	}
	facts := SeatsFacts{In: id, Forum: in.Name, Address: in.Address}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	facts.By = people[by.Person].Name
	for _, level := range []Level{Municipal, Specialist} {
		if level == as.Level {
			continue
		}
		facts.Seats = slices.DeleteFunc(slices.Clone(changes), func(f SeatFact) bool {
			return f.Level == level.Other() || f.Level == as.Level
		})
		if len(facts.Seats) == 0 {
			continue
		}
		told, err := Holders(ctx, tx, id, SeatIt, level)
		if err != nil {
			return err
		}
		for _, person := range told {
			if person == by.Person {
				continue
			}
			to := people[person]
			if err := Send(ctx, tx, in, &to, SeatsMessage, facts); err != nil {
				return err
			}
		}
	}
	return nil
}
