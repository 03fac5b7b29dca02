package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Sitting is what tells who counts in a meeting: its seats on the day, its
// mandate, and who was there when.
type Sitting struct {
	Meeting   *forum.Meeting
	Mandate   *forum.Mandate
	Seats     []forum.Seat // of the forum on the day, in the seating order
	Presences []Presence
	Needed    []Needed
	sides     Sides
}

// ReadSitting reads who counts in a meeting, for acts and pages that have asked for their own right.
func ReadSitting(ctx context.Context, tx Tx, m *forum.Meeting) (*Sitting, error) {
	s, err := readBody(ctx, tx, m.ForumID, forum.DateOf(m.Start))
	if err != nil {
		return nil, err
	}
	s.Meeting = m
	s.Presences, err = tx.Presences(ctx, m.ID)
	return s, err
}

// readBody is a forum on a day, nobody being together.
func readBody(ctx context.Context, tx Tx, in forum.ForumID, day forum.Date) (*Sitting, error) {
	mandate, err := forum.MandateOn(ctx, tx, in, day)
	if err != nil {
		return nil, err
	}
	seats, err := forum.SeatsAt(ctx, tx, in, day)
	if err != nil {
		return nil, err
	}
	organisations, err := forum.OrganisationsOn(ctx, tx, day)
	if err != nil {
		return nil, err
	}
	policy, err := tx.Policy(ctx)
	if err != nil {
		return nil, err
	}
	sides := func(s forum.Standing) forum.Level {
		switch o := organisations[s.Organisation]; {
		case !mandate.Permits(policy, s, CastVote):
			return ""
		case s.Level == forum.Advisory && o.Side != "":
			return o.Side
		}
		return s.Level
	}
	return &Sitting{Mandate: mandate, Seats: seats, Needed: NeededOf(seats, mandate.Quorum(), sides), sides: sides}, nil
}

// Voters are who counts for a matter at an instant, questions being those of the matter.
func (s *Sitting) Voters(matter forum.MatterID, questions []Impartiality, instant time.Time) []Elector {
	return VotersAt(s.Presences, matter, WhoAre(questions, Disqualified), instant, s.sides)
}

// Quorum counts who takes part in a matter at an instant against what is needed.
func (s *Sitting) Quorum(matter forum.MatterID, questions []Impartiality, instant time.Time) []LevelPresent {
	return QuorumOf(s.Needed, s.Voters(matter, questions, instant))
}

// Own are the seats that a person fills by coming: each with a vote, otherwise the first.
func (s *Sitting) Own(person forum.PersonID) []forum.Seat {
	var own []forum.Seat
	for _, seat := range s.Seats {
		if seat.PersonID == person {
			own = append(own, seat)
		}
	}
	if voting := votingSeats(own, s.sides); voting != nil {
		return voting
	}
	return own[:min(1, len(own))]
}

// CanFill tells whether a person has a substitute's seat of the same organisation
// as a seat, and so can be seated in it.
func (s *Sitting) CanFill(person forum.PersonID, seat forum.Seat) bool {
	return seat.Capacity.Votes() && slices.ContainsFunc(s.Seats, func(own forum.Seat) bool {
		return own.PersonID == person && own.Capacity == forum.Substitute && own.OrganisationID == seat.OrganisationID
	})
}
