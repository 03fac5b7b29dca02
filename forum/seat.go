package forum

import (
	"context"
	"slices"
)

// SeatID identifies a seat.
type SeatID int64

// Capacity is in what role someone sits; policies grant rights to capacities.
type Capacity string

// The capacities. The last three are never a seat's own: an observer's rights
// to speak and to propose are given separately, and a key-holder is whoever the
// mandate names.
const (
	Chair           Capacity = "chair"
	Deputy          Capacity = "deputy"
	Member          Capacity = "member"
	Substitute      Capacity = "substitute"
	Secretary       Capacity = "secretary"
	Observer        Capacity = "observer"
	ObserverSpeak   Capacity = "observer-speak"
	ObserverPropose Capacity = "observer-propose"
	KeyHolder       Capacity = "key-holder"
)

// SeatCapacities lists what a seat can be, in the order of a list of those present.
var SeatCapacities = []Capacity{Chair, Deputy, Member, Substitute, Secretary, Observer}

// Seat is who sits for which organisation in which forum, from–to.
type Seat struct {
	ID             SeatID
	ForumID        ForumID
	OrganisationID OrganisationID
	PersonID       PersonID
	Capacity       Capacity
	Speak          bool // of an observer
	Propose        bool // of an observer
	Rank           int  // of a substitute: first called is 1
	From           Date
	To             Date  // "" while it lasts
	Level          Level // the organisation's, filled when read and never saved
}

// SeatKeeper keeps seats.
type SeatKeeper interface {
	// Seats lists a forum's seats on a date by capacity and rank. A seat of an organisation that was not valid then is none.
	Seats(ctx context.Context, forum ForumID, on Date) ([]Seat, error)
	// SeatsOf lists a person's seats on a date in every forum, as Seats does.
	SeatsOf(ctx context.Context, person PersonID, on Date) ([]Seat, error)
	// WrittenSeats lists every seat of a forum, past and to come, of organisations that are no more too.
	WrittenSeats(ctx context.Context, forum ForumID) ([]Seat, error)
	// SeatsFor lists every seat of an organisation, past and to come.
	SeatsFor(ctx context.Context, organisation OrganisationID) ([]Seat, error)
	// Seat is guarded by HoldSeats: an act holds the forum's seats first, and then reads the one that it changes.
	Seat(ctx context.Context, id SeatID) (*Seat, error)
	SaveSeat(ctx context.Context, seat *Seat) error
}

// capacities are those that the seat brings, its separate rights included.
func (s Seat) capacities() []Capacity {
	caps := []Capacity{s.Capacity}
	if s.Capacity == Observer && s.Speak {
		caps = append(caps, ObserverSpeak)
	}
	if s.Capacity == Observer && s.Propose {
		caps = append(caps, ObserverPropose)
	}
	return caps
}

// sameSeat tells whether two seats are one written twice: one person for one
// organisation in one capacity on a common day.
func sameSeat(a, b Seat) bool {
	return a.ForumID == b.ForumID && a.PersonID == b.PersonID && a.OrganisationID == b.OrganisationID &&
		a.Capacity == b.Capacity && overlap(a.From, a.To, b.From, b.To)
}

// bySeating orders seats as a list of those present is read.
func bySeating(a, b Seat) int {
	if d := slices.Index(SeatCapacities, a.Capacity) - slices.Index(SeatCapacities, b.Capacity); d != 0 {
		return d
	}
	if a.Rank != b.Rank {
		return a.Rank - b.Rank
	}
	return int(a.ID - b.ID)
}

// SeatsAt are a forum's seats on a day as a list of those present is read.
func SeatsAt(ctx context.Context, tx Tx, in ForumID, on Date) ([]Seat, error) {
	seats, err := tx.Seats(ctx, in, on)
	seats = slices.Clone(seats)
	slices.SortFunc(seats, bySeating)
	return seats, err
}
