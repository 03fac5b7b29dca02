package governance

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
)

// Said is what somebody who may vote says in a ballot.
type Said struct {
	Seat      forum.SeatID // for which, 0 for the only one
	Vote      Vote
	Reason    string      // of an objection
	Candidate CandidateID // in an election, 0 for a blank vote
}

const longestObjection = 2000 // letters

// CastBallot is a person's vote. It can be changed until the ballot closes, each
// change an event; a secret one cannot, because nobody knows which it was.
func CastBallot(ctx context.Context, tx Tx, by forum.Actor, id BallotID, said Said) (*Ballot, error) {
	b, err := tx.Ballot(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := b.taking(tx.Now()); err != nil {
		return nil, err
	}
	e, err := b.own(by.Person, said.Seat)
	if err != nil {
		return nil, err
	}
	if err := stillSits(ctx, tx, b, e); err != nil {
		return nil, err
	}
	if b.Way == ByHands {
		return nil, forum.Refuse(forum.Conflict, "error.ballot.by_hands")
	}
	if b.Secret {
		return b, dropIn(ctx, tx, by, b, e, said.Candidate)
	}
	return b, say(ctx, tx, by, b, e, said)
}

// own is the seat that a person votes for.
func (b *Ballot) own(person forum.PersonID, seat forum.SeatID) (Elector, error) {
	if slices.Contains(b.Ground.Out, person) {
		return Elector{}, forum.Refuse(forum.Forbidden, "error.ballot.disqualified")
	}
	own := b.seatsOf(person)
	if seat != 0 {
		own = slices.DeleteFunc(own, func(e Elector) bool { return e.Seat != seat })
	}
	switch len(own) {
	case 0:
		return Elector{}, forum.Refuse(forum.Forbidden, "error.ballot.no_vote")
	case 1:
		return own[0], nil
	}
	return Elector{}, forum.Refuse(forum.Invalid, "error.ballot.which_seat").On("seat")
}

// stillSits refuses a vote for a seat that has ended or changed hands since the
// ballot was opened, and one to which the policy or the mandate gives none now.
func stillSits(ctx context.Context, tx Tx, b *Ballot, e Elector) error {
	day := forum.DateOf(tx.Now())
	seat, err := tx.Seat(ctx, e.Seat)
	if err != nil {
		return err
	}
	mandate, err := forum.MandateOn(ctx, tx, b.ForumID, day)
	if err != nil {
		return err
	}
	policy, err := tx.Policy(ctx)
	if err != nil {
		return err
	}
	holder := e.Person
	if e.StandsFor != 0 {
		holder = e.StandsFor
	}
	if seat.PersonID != holder || !day.Within(seat.From, seat.To) || !mandate.Permits(policy, standingOf(*seat), CastVote) {
		return forum.Refuse(forum.Forbidden, "error.ballot.seat_over")
	}
	return nil
}

// checked is what was said as it is kept.
func (b *Ballot) checked(said Said) (Said, error) {
	said.Reason = strings.TrimSpace(said.Reason)
	switch {
	case !slices.Contains(Votes, said.Vote):
		return said, forum.Refuse(forum.Invalid, "error.ballot.vote").On("vote")
	case said.Vote == Abstained && !FrameOf(b.Ground.Profile).Abstain:
		return said, forum.Refuse(forum.Invalid, "error.ballot.no_abstaining").On("vote")
	case utf8.RuneCountInString(said.Reason) > longestObjection:
		return said, forum.Refuse(forum.Invalid, "error.too_long", "Most", longestObjection).On("reason")
	case forum.HasIdentityNumber(said.Reason):
		return said, forum.Refuse(forum.Invalid, "error.identity_number").On("reason")
	case said.Vote == No && b.Ground.Rule == forum.Consensus && said.Reason == "":
		// In consensus one no is enough, so it is recorded with its reason.
		return said, forum.Refuse(forum.Invalid, "error.ballot.no_reason").On("reason")
	}
	return said, nil
}

// say keeps what was said for a seat, over what was said before.
func say(ctx context.Context, tx Tx, by forum.Actor, b *Ballot, e Elector, said Said) error {
	said, err := b.checked(said)
	if err != nil {
		return err
	}
	c, err := tx.Cast(ctx, b.ID, e.Seat)
	deed := "vote_changed"
	switch {
	case forum.IsKind(err, forum.NotFound):
		c, deed = &Cast{BallotID: b.ID, SeatID: e.Seat}, "vote_cast"
	case err != nil:
		return err
	case c.Vote == said.Vote && c.Reason == said.Reason:
		return nil
	}
	c.PersonID, c.Vote, c.Reason, c.CastAt, c.CastBy = e.Person, said.Vote, said.Reason, tx.Now(), by.Person
	if err := tx.SaveCast(ctx, c); err != nil {
		return err
	}
	as := forum.Standing{Organisation: e.Organisation, Level: e.Side}
	if by.Person == e.Person {
		return recordBallot(ctx, tx, by, as, b, deed+"_"+string(said.Vote), nil)
	}
	person, err := tx.Person(ctx, e.Person)
	if err != nil {
		return err
	}
	return recordBallot(ctx, tx, by, as, b, "vote_noted_"+string(said.Vote), map[string]string{"Person": person.Name})
}

// dropIn puts a vote into the box of a secret ballot. The event says no more than
// that the person has voted.
func dropIn(ctx context.Context, tx Tx, by forum.Actor, b *Ballot, e Elector, vote CandidateID) error {
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return err
	}
	if vote != 0 && !slices.ContainsFunc(m.Candidates, func(c Nominee) bool { return c.ID == vote }) {
		return forum.Refuse(forum.Invalid, "error.ballot.candidate").On("candidate")
	}
	err = tx.DropIn(ctx, b.ID, e.Seat, vote)
	if forum.IsKind(err, forum.Conflict) {
		return forum.Refuse(forum.Conflict, "error.ballot.voted")
	}
	if err != nil {
		return err
	}
	return recordBallot(ctx, tx, by, forum.Standing{Organisation: e.Organisation, Level: e.Side}, b, "has_voted", nil)
}

// NoteVotes notes what was said by hands, for one seat or all at once.
func NoteVotes(ctx context.Context, tx Tx, by forum.Actor, id BallotID, said ...Said) (*Ballot, error) {
	b, _, err := mayTake(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if err := b.taking(tx.Now()); err != nil {
		return nil, err
	}
	if b.Way != ByHands {
		return nil, forum.Refuse(forum.Conflict, "error.ballot.each_votes")
	}
	for _, one := range said {
		e, known := b.elector(one.Seat)
		if !known {
			return nil, forum.Refuse(forum.Invalid, "error.ballot.no_elector").On("seat")
		}
		if err := say(ctx, tx, by, b, e, one); err != nil {
			return nil, atSeat(err, one.Seat)
		}
	}
	return b, nil
}

// mayTake is a ballot that the actor may take, locked.
func mayTake(ctx context.Context, tx Tx, by forum.Actor, id BallotID) (*Ballot, forum.Standing, error) {
	b, err := HoldBallot(ctx, tx, id)
	if err != nil {
		return nil, forum.Standing{}, err
	}
	standingAs, err := by.May(ctx, tx, OpenBallots, b.ForumID)
	return b, standingAs, err
}
