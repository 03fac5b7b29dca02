package forum

import "slices"

// SeatReply is one seat that counts for quorum and whether it will be filled, by
// its member or by who stands in.
type SeatReply struct {
	Level Level
	Reply Reply
}

// LevelQuorum is how one level of a meeting will be manned, in seats.
type LevelQuorum struct {
	Level  Level
	Seats  int
	Needed int
	Coming int
	Open   int // may still come: unsure, or not answered
}

// Outlook is whether a level will be quorate.
type Outlook string

// The outlooks.
const (
	Quorate    Outlook = "quorate"
	MayQuorate Outlook = "open"  // as those who have not said no may come
	NotQuorate Outlook = "short" // whoever else comes
)

// Outlook tells whether the level will be quorate.
func (q LevelQuorum) Outlook() Outlook {
	switch {
	case q.Coming >= q.Needed:
		return Quorate
	case q.Coming+q.Open >= q.Needed:
		return MayQuorate
	}
	return NotQuorate
}

// Quorum counts for each of the two equal levels that has seats whether enough
// of them will be filled, percent being of the level's own seats. Advisory seats
// belong to neither level.
func Quorum(seats []SeatReply, percent int) []LevelQuorum {
	var levels []LevelQuorum
	for _, level := range []Level{Municipal, Specialist} {
		q := LevelQuorum{Level: level}
		for _, s := range seats {
			if s.Level != level {
				continue
			}
			q.Seats++
			switch s.Reply {
			case Coming:
				q.Coming++
			case Unsure, Waited, Overdue:
				q.Open++
			}
		}
		q.Needed = (q.Seats*percent + 99) / 100
		if q.Seats > 0 {
			levels = append(levels, q)
		}
	}
	return levels
}

// seatReply is the best that is known of those who may fill one seat.
func seatReply(of ...Reply) Reply {
	for _, best := range []Reply{Coming, Unsure, Waited, Overdue} {
		if slices.Contains(of, best) {
			return best
		}
	}
	return NotComing
}
