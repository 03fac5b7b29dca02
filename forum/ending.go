package forum

import (
	"context"
	"time"
)

// EndingID identifies an ending.
type EndingID int64

// SeatEnding is that a seat was ended, by whom, and what it moved, so that it can
// be taken back until the seat's last day is over.
type SeatEnding struct {
	ID       EndingID
	SeatID   SeatID
	Last     Date         // the seat's last day
	Before   Date         // when it would have ended otherwise, "" for never
	Heir     PersonID     // who took over, 0 for the organisation
	HeirSeat SeatID       // that the successor got, 0 for none
	Matters  []MatterID   // that somebody else follows now
	Lines    []MovedLines // that somebody else presents now
	EndedBy  PersonID
	EndedAt  time.Time
	Undone   bool
}

// MovedLines are the lines of a meeting's agenda that changed hands.
type MovedLines struct {
	Meeting MeetingID
	Keys    []string
}

// SeatingKeeper keeps what changes seats. Endings are guarded by HoldSeats, as seats are.
type SeatingKeeper interface {
	// HoldSeats lets nobody else hold a forum's seats until the transaction ends; who changes several does so first.
	HoldSeats(ctx context.Context, forum ForumID) error
	// DropSeat takes a seat away that never began.
	DropSeat(ctx context.Context, seat *Seat) error
	Ending(ctx context.Context, id EndingID) (*SeatEnding, error)
	// EndingOf is the newest of a seat that was not taken back; NotFound when there is none.
	EndingOf(ctx context.Context, seat SeatID) (*SeatEnding, error)
	// Endings are those of a forum's seats that were not taken back, the newest of each seat.
	Endings(ctx context.Context, forum ForumID) (map[SeatID]SeatEnding, error)
	SaveEnding(ctx context.Context, ending *SeatEnding) error
}
