package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// OwnVote is what a reader said in a ballot.
type OwnVote struct {
	Ballot BallotID
	Seats  []OwnSeat // that the reader votes for
	Taking bool      // votes are taken now
}

// OwnSeat is a seat that a reader votes for.
type OwnSeat struct {
	Seat  forum.SeatID
	Voted bool
	Vote  Vote // Silent where nothing was said, and of a secret ballot
}

// ReadOwnVote tells who may read the matter of a ballot what they said in it. It
// reads no more than that, since all ask for it at once who vote at once.
func ReadOwnVote(ctx context.Context, tx Tx, by forum.Actor, id BallotID) (*OwnVote, error) {
	b, err := tx.Ballot(ctx, id)
	if err != nil {
		return nil, err
	}
	matter, err := tx.Matter(ctx, b.MatterID)
	if err != nil {
		return nil, err
	}
	if err := forum.MayReadMatter(ctx, tx, by, matter); err != nil {
		return nil, err
	}
	own := &OwnVote{Ballot: id, Taking: b.Open(tx.Now())}
	for _, e := range b.voters() {
		if e.Person != by.Person {
			continue
		}
		seat, err := b.saidFor(ctx, tx, e.Seat)
		if err != nil {
			return nil, err
		}
		own.Seats = append(own.Seats, seat)
	}
	return own, nil
}

// saidFor is what was said for a seat.
func (b *Ballot) saidFor(ctx context.Context, tx Tx, seat forum.SeatID) (OwnSeat, error) {
	if b.Secret {
		answered, err := answeredBy(ctx, tx, b)
		return OwnSeat{Seat: seat, Voted: slices.Contains(answered, seat)}, err
	}
	c, err := tx.Cast(ctx, b.ID, seat)
	if forum.IsKind(err, forum.NotFound) {
		return OwnSeat{Seat: seat}, nil
	}
	if err != nil {
		return OwnSeat{}, err
	}
	return OwnSeat{Seat: seat, Voted: true, Vote: c.Vote}, nil
}
