package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Presence is one stretch of time in which somebody is in a meeting and fills a
// seat: the own one, or that of a member in whose place a substitute is seated.
// Who goes out and comes back has two.
type Presence struct {
	ID             PresenceID
	MeetingID      forum.MeetingID
	MatterID       forum.MatterID // that a substitute is seated for alone, 0 for the whole meeting
	SeatID         forum.SeatID   // that is filled
	PersonID       forum.PersonID // who fills it
	StandsFor      forum.PersonID // whose seat it is, when a substitute fills it; 0 otherwise
	OrganisationID forum.OrganisationID
	Level          forum.Level    // of the organisation
	Capacity       forum.Capacity // of the seat
	CameAt         time.Time      // UTC
	LeftAt         time.Time      // UTC, zero while there
}

// PresenceKeeper keeps who was in a meeting. The meeting guards its presences.
type PresenceKeeper interface {
	Presence(ctx context.Context, id PresenceID) (*Presence, error)
	// Presences lists a meeting's by when they came.
	Presences(ctx context.Context, meeting forum.MeetingID) ([]Presence, error)
	SavePresence(ctx context.Context, presence *Presence) error
	DropPresence(ctx context.Context, id PresenceID) error
}

// At tells whether somebody was there at an instant: from when they came, and no
// longer when they left.
func (p Presence) At(instant time.Time) bool {
	return !instant.Before(p.CameAt) && (p.LeftAt.IsZero() || instant.Before(p.LeftAt))
}

// meets tells whether two stretches share an instant.
func (p Presence) meets(other Presence) bool {
	return (p.LeftAt.IsZero() || other.CameAt.Before(p.LeftAt)) && (other.LeftAt.IsZero() || p.CameAt.Before(other.LeftAt))
}

// PresentAt are those of a list who were there at an instant.
func PresentAt(list []Presence, instant time.Time) []Presence {
	return slices.DeleteFunc(slices.Clone(list), func(p Presence) bool { return !p.At(instant) })
}

// standing is in what a presence stands for policies and mandates.
func (p Presence) standing() forum.Standing {
	return forum.Standing{Capacity: p.Capacity, Organisation: p.OrganisationID, Level: p.Level}
}

// Elector is a seat that takes part in a question, and who fills it.
type Elector struct {
	Seat         forum.SeatID
	Person       forum.PersonID
	StandsFor    forum.PersonID // when a substitute fills it
	Organisation forum.OrganisationID
	Side         forum.Level // that the vote counts on, as of Voter
	Leads        bool        // the meeting
}

// Sides tells on which level the vote of a standing counts, "" for one without a vote.
type Sides func(forum.Standing) forum.Level

// VotersAt tells who counts for a matter at an instant: the seats with a vote
// that somebody there fills, but for those who are disqualified. A substitute
// counts only while seated, for one matter alone when seated for that.
func VotersAt(list []Presence, matter forum.MatterID, disqualified []forum.PersonID, instant time.Time, sides Sides) []Elector {
	var electors []Elector
	filled := map[forum.SeatID]int{}
	for _, p := range PresentAt(list, instant) {
		side := sides(p.standing())
		if side == "" || !p.Capacity.Votes() || slices.Contains(disqualified, p.PersonID) || p.MatterID != 0 && p.MatterID != matter {
			continue
		}
		e := Elector{Seat: p.SeatID, Person: p.PersonID, StandsFor: p.StandsFor, Organisation: p.OrganisationID, Side: side}
		if at, twice := filled[p.SeatID]; twice {
			if p.MatterID == 0 {
				continue
			}
			electors[at] = e
			continue
		}
		filled[p.SeatID] = len(electors)
		electors = append(electors, e)
	}
	lead(electors, list)
	return electors
}

// lead marks who leads: the chair, and in the chair's absence the deputy. Who
// stands in for either leads nothing.
func lead(electors []Elector, list []Presence) {
	for _, capacity := range []forum.Capacity{forum.Chair, forum.Deputy} {
		for i, e := range electors {
			if e.StandsFor == 0 && slices.ContainsFunc(list, func(p Presence) bool { return p.SeatID == e.Seat && p.Capacity == capacity }) {
				electors[i].Leads = true
				return
			}
		}
	}
}

// votingSeats are those of a forum's seats that have a vote, one for each person
// and organisation: who is both chair and member for one has one.
func votingSeats(seats []forum.Seat, sides Sides) []forum.Seat {
	var voting []forum.Seat
	for _, s := range seats {
		twice := slices.ContainsFunc(voting, func(v forum.Seat) bool { return v.PersonID == s.PersonID && v.OrganisationID == s.OrganisationID })
		if s.Capacity.Votes() && !twice && sides(standingOf(s)) != "" {
			voting = append(voting, s)
		}
	}
	return voting
}

func standingOf(s forum.Seat) forum.Standing {
	return forum.Standing{Capacity: s.Capacity, Organisation: s.OrganisationID, Level: s.Level}
}

// NeededOf is what each of the equal levels that has seats needs of them, percent
// being of all its seats, filled or not.
func NeededOf(seats []forum.Seat, percent int, sides Sides) []Needed {
	var needed []Needed
	for _, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		n := Needed{Level: level}
		for _, s := range votingSeats(seats, sides) {
			if sides(standingOf(s)) == level {
				n.Seats++
			}
		}
		if n.Seats > 0 {
			n.Least = (n.Seats*percent + 99) / 100
			needed = append(needed, n)
		}
	}
	return needed
}

// LevelPresent is how one level takes part in a question, in seats.
type LevelPresent struct {
	Needed
	Present int
}

// Quorate tells whether enough of the level take part.
func (l LevelPresent) Quorate() bool { return l.Present >= l.Least }

// QuorumOf counts who takes part against what is needed.
func QuorumOf(needed []Needed, electors []Elector) []LevelPresent {
	levels := make([]LevelPresent, len(needed))
	for i, n := range needed {
		levels[i].Needed = n
		for _, e := range electors {
			if e.Side == n.Level {
				levels[i].Present++
			}
		}
	}
	return levels
}

// Quorate tells whether every level is; where no level has a seat nobody decides.
func Quorate(levels []LevelPresent) bool {
	return len(levels) > 0 && !slices.ContainsFunc(levels, func(l LevelPresent) bool { return !l.Quorate() })
}
