package governance

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/samraad/samraad/forum"
)

// CloseBallot ends the taking of votes and keeps the result. A written procedure
// lasts until its deadline, unless everyone has answered.
func CloseBallot(ctx context.Context, tx Tx, by forum.Actor, id BallotID) (*Ballot, error) {
	b, standingAs, err := mayTake(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if b.Stopped != "" {
		return nil, b.taking(tx.Now())
	}
	if !b.ClosedAt.IsZero() {
		return b, nil
	}
	if b.Written() && b.Open(tx.Now()) {
		answered, err := answeredBy(ctx, tx, b)
		if err != nil {
			return nil, err
		}
		if len(answered) < len(b.Ground.Electors) {
			return nil, forum.Refuse(forum.Conflict, "error.ballot.deadline_ahead")
		}
	}
	return b, closeBallot(ctx, tx, by, standingAs, b)
}

// answeredBy are the seats that have voted, in a secret ballot too.
func answeredBy(ctx context.Context, tx Tx, b *Ballot) ([]forum.SeatID, error) {
	var seats []forum.SeatID
	if b.Secret {
		turnouts, err := tx.Turnouts(ctx, b.ID)
		for _, t := range turnouts {
			seats = append(seats, t.SeatID)
		}
		return seats, err
	}
	casts, err := tx.Casts(ctx, b.ID)
	for _, c := range casts {
		seats = append(seats, c.SeatID)
	}
	return seats, err
}

// closeBallot counts, keeps the result and what became of the motion, and tells
// those who answered in writing; of a disagreement in a meeting the secretaries.
func closeBallot(ctx context.Context, tx Tx, by forum.Actor, as forum.Standing, b *Ballot) error {
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return err
	}
	b.ClosedAt, b.ClosedBy = tx.Now(), by.Person
	if err := b.leave(ctx, tx); err != nil {
		return err
	}
	if b.Secret {
		err = b.elect(ctx, tx, m)
	} else {
		err = b.count(ctx, tx, m)
	}
	if err != nil {
		return err
	}
	if err := tx.SaveBallot(ctx, b); err != nil {
		return err
	}
	if err := tx.SaveMotion(ctx, m); err != nil {
		return err
	}
	if err := recordBallot(ctx, tx, by, as, b, "ballot_closed_"+string(b.Ended()), nil); err != nil {
		return err
	}
	switch {
	case b.Written():
		return tellResult(ctx, tx, b, m)
	case b.Result.Outcome == Disagreement:
		return tellDisagreement(ctx, tx, by, b, m)
	}
	return nil
}

// leave notes who left the meeting before the ballot closed and had not voted.
func (b *Ballot) leave(ctx context.Context, tx Tx) error {
	if b.MeetingID == 0 {
		return nil
	}
	presences, err := tx.Presences(ctx, b.MeetingID)
	if err != nil {
		return err
	}
	voted, err := answeredBy(ctx, tx, b)
	if err != nil {
		return err
	}
	present := PresentAt(presences, b.ClosedAt)
	for _, e := range b.Ground.Electors {
		stays := slices.ContainsFunc(present, func(p Presence) bool { return p.SeatID == e.Seat && p.PersonID == e.Person })
		if !stays && !slices.Contains(voted, e.Seat) {
			b.Gone = append(b.Gone, e.Seat)
		}
	}
	return nil
}

func (b *Ballot) count(ctx context.Context, tx Tx, m *Motion) error {
	casts, err := tx.Casts(ctx, b.ID)
	if err != nil {
		return err
	}
	b.Result = Tally(b.Question(casts))
	m.Outcome = b.Result.Outcome
	return nil
}

func (b *Ballot) elect(ctx context.Context, tx Tx, m *Motion) error {
	votes, err := tx.Box(ctx, b.ID)
	if err != nil {
		return err
	}
	if b.Written() && !b.answeredQuorate(len(votes)) {
		m.Outcome, b.Result.Outcome, b.Result.Reason = NotQuorate, NotQuorate, Short
		return nil
	}
	b.Election = Elect(m.candidates(), votes, b.Round)
	if b.Election.Elected != 0 {
		m.Outcome = Adopted
	}
	return nil
}

// answeredQuorate tells whether as many answered an election in writing as all
// levels need together: which of them did is not told apart from the votes.
func (b *Ballot) answeredQuorate(votes int) bool {
	least := 0
	for _, n := range b.Ground.Needed {
		least += n.Least
	}
	return votes >= least
}

func (m *Motion) candidates() []CandidateID {
	ids := make([]CandidateID, len(m.Candidates))
	for i, c := range m.Candidates {
		ids[i] = c.ID
	}
	return ids
}

// Ended is how a closed ballot ended, as a word.
func (b *Ballot) Ended() string {
	switch {
	case b.Stopped != "":
		return "stopped"
	case b.Result.Outcome != "":
		return string(b.Result.Outcome)
	case b.Election.Elected != 0:
		return "elected"
	case b.Election.Again:
		return "again"
	case b.Election.Lot != nil:
		return "lot"
	}
	return "nobody"
}

// EndedKey is the text key of how a closed ballot ended.
func (b *Ballot) EndedKey() string {
	if b.Stopped != "" {
		return "explain.stopped." + string(b.Stopped)
	}
	return "ended." + b.Ended()
}

// DrawLot decides by lot between those who share the most votes of a second round (koml. § 7-8).
func DrawLot(ctx context.Context, tx Tx, by forum.Actor, id BallotID) (*Ballot, error) {
	b, standingAs, err := mayTake(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if b.Election.Elected != 0 || len(b.Election.Lot) == 0 {
		return nil, forum.Refuse(forum.Conflict, "error.ballot.no_lot")
	}
	drawn, err := rand.Int(rand.Reader, big.NewInt(int64(len(b.Election.Lot))))
	if err != nil {
		return nil, fmt.Errorf("draw a lot: %w", err)
	}
	b.Election.Elected, b.Lot = b.Election.Lot[drawn.Int64()], true
	if err := tx.SaveBallot(ctx, b); err != nil {
		return nil, err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return nil, err
	}
	m.Outcome = Adopted
	if err := tx.SaveMotion(ctx, m); err != nil {
		return nil, err
	}
	return b, recordBallot(ctx, tx, by, standingAs, b, "ballot_lot_drawn", nil)
}

// stopBallots ends the open ballots on a motion without a result.
func stopBallots(ctx context.Context, tx Tx, id MotionID, why StopReason) error {
	ballots, err := tx.Ballots(ctx, id)
	if err != nil {
		return err
	}
	for _, listed := range ballots {
		b, err := tx.Ballot(ctx, listed.ID) // as it is once it is locked
		if err != nil {
			return err
		}
		if !b.ClosedAt.IsZero() {
			continue
		}
		if err := stop(ctx, tx, b, why); err != nil {
			return err
		}
	}
	return nil
}

func stop(ctx context.Context, tx Tx, b *Ballot, why StopReason) error {
	b.ClosedAt, b.Stopped = tx.Now(), why
	if err := tx.SaveBallot(ctx, b); err != nil || !b.Written() {
		return err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return err
	}
	return tellResult(ctx, tx, b, m)
}

// atSeat points a refusal at the field of a seat in a form that has one for each.
func atSeat(err error, seat forum.SeatID) error {
	var refusal *forum.Error
	if !errors.As(err, &refusal) || refusal.Field == "" {
		return err
	}
	return refusal.On(fmt.Sprintf("%s-%d", refusal.Field, seat))
}
