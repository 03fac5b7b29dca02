package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) Motion(ctx context.Context, id governance.MotionID) (*governance.Motion, error) {
	return store.Where[governance.Motion](ctx, t.rows, "motion", store.Guarded, "id = ?", id)
}

func (t *tx) Motions(ctx context.Context, matter forum.MatterID) ([]governance.Motion, error) {
	return store.List[governance.Motion](ctx, t.rows, "motion", "position, id", "matter_id = ?", matter)
}

func (t *tx) SaveMotion(ctx context.Context, motion *governance.Motion) error {
	return store.Save(ctx, t.rows, "motion", motion)
}

func (t *tx) Ballot(ctx context.Context, id governance.BallotID) (*governance.Ballot, error) {
	return store.Where[governance.Ballot](ctx, t.rows, "ballot", store.ToChange, "id = ?", id)
}

func (t *tx) Ballots(ctx context.Context, motion governance.MotionID) ([]governance.Ballot, error) {
	return store.List[governance.Ballot](ctx, t.rows, "ballot", "id", "motion_id = ?", motion)
}

func (t *tx) BallotsOn(ctx context.Context, matter forum.MatterID) ([]governance.Ballot, error) {
	return store.List[governance.Ballot](ctx, t.rows, "ballot", "id", "matter_id = ?", matter)
}

func (t *tx) OpenBallots(ctx context.Context) ([]governance.Ballot, error) {
	return store.List[governance.Ballot](ctx, t.rows, "ballot", "id", "closed_at IS NULL")
}

func (t *tx) WrittenBetween(ctx context.Context, in forum.ForumID, from, until time.Time) ([]governance.Ballot, error) {
	return store.List[governance.Ballot](ctx, t.rows, "ballot", "closed_at, id",
		"forum_id = ? AND way = ? AND closed_at >= ? AND closed_at < ?", in, governance.InWriting, store.Instant(from), store.Instant(until))
}

func (t *tx) SaveBallot(ctx context.Context, ballot *governance.Ballot) error {
	return store.Save(ctx, t.rows, "ballot", ballot)
}

func (t *tx) Casts(ctx context.Context, ballot governance.BallotID) ([]governance.Cast, error) {
	return store.List[governance.Cast](ctx, t.rows, "cast", "seat_id", "ballot_id = ?", ballot)
}

func (t *tx) Cast(ctx context.Context, ballot governance.BallotID, seat forum.SeatID) (*governance.Cast, error) {
	return store.Where[governance.Cast](ctx, t.rows, "cast", store.Guarded, "ballot_id = ? AND seat_id = ?", ballot, seat)
}

func (t *tx) SaveCast(ctx context.Context, cast *governance.Cast) error {
	return store.Save(ctx, t.rows, "cast", cast)
}

// slip is one vote in a box. Its key says nothing: it is random, and new whenever
// the box is written.
type slip struct {
	Key       int64 `bun:",pk"`
	BallotID  governance.BallotID
	Candidate governance.CandidateID
}

func (t *tx) Turnouts(ctx context.Context, ballot governance.BallotID) ([]governance.Turnout, error) {
	return store.List[governance.Turnout](ctx, t.rows, "turnout", "seat_id", "ballot_id = ?", ballot)
}

// DropIn writes the box anew, because rows keep the id of the transaction that
// wrote them and lie in the order in which they came: a vote that was added to
// the others could be joined to the voter whose line the same transaction wrote.
func (t *tx) DropIn(ctx context.Context, ballot governance.BallotID, seat forum.SeatID, vote governance.CandidateID) error {
	if err := store.Save(ctx, t.rows, "turnout", &governance.Turnout{BallotID: ballot, SeatID: seat}); err != nil {
		return err
	}
	votes, err := t.Box(ctx, ballot)
	if err != nil {
		return err
	}
	if err := store.Drop[slip](ctx, t.rows, "slip", "ballot_id = ?", ballot); err != nil {
		return err
	}
	slips := shuffled(ballot, append(votes, vote))
	_, err = t.rows.DB().NewInsert().Model(&slips).Exec(ctx)
	return t.rows.Fail("slip", err)
}

// shuffled are slips in the order of keys that are random, which is a random order.
func shuffled(ballot governance.BallotID, votes []governance.CandidateID) []slip {
	random := make([]byte, 8*len(votes))
	_, _ = rand.Read(random) // never fails (crypto/rand)
	slips := make([]slip, len(votes))
	for i, vote := range votes {
		slips[i] = slip{int64(binary.BigEndian.Uint64(random[8*i:]) >> 1), ballot, vote}
	}
	slices.SortFunc(slips, func(a, b slip) int { return cmp.Compare(a.Key, b.Key) })
	return slips
}

func (t *tx) Box(ctx context.Context, ballot governance.BallotID) ([]governance.CandidateID, error) {
	slips, err := store.List[slip](ctx, t.rows, "slip", "key", "ballot_id = ?", ballot)
	votes := make([]governance.CandidateID, len(slips))
	for i, s := range slips {
		votes[i] = s.Candidate
	}
	return votes, err
}

func (t *tx) VotingLink(ctx context.Context, link forum.Digest) (*governance.VotingLink, error) {
	return store.Where[governance.VotingLink](ctx, t.rows, "voting_link", store.ToChange, "link = ?", link)
}

func (t *tx) SaveVotingLink(ctx context.Context, link *governance.VotingLink) error {
	return store.Save(ctx, t.rows, "voting_link", link)
}
