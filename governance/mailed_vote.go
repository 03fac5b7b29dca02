package governance

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
)

// RefuseMailedVote answers somebody who answered a mail about a ballot: a mail is
// no vote, since what it says can be anybody's words. The answer says how to vote,
// or why nobody can any more.
func RefuseMailedVote(ctx context.Context, tx Tx, id BallotID, person forum.PersonID) error {
	b, err := HoldBallot(ctx, tx, id)
	if err != nil {
		return err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return err
	}
	facts, in, err := ballotFacts(ctx, tx, b, m)
	if err != nil {
		return err
	}
	why, err := b.whyNot(ctx, tx, person)
	if err != nil {
		return err
	}
	facts.Trouble = "error.ballot.by_mail"
	if why != nil {
		facts.Trouble = why.Key
	} else if facts.Link, err = newVotingLink(ctx, tx, id, person); err != nil {
		return err
	}
	return sendBallot(ctx, tx, in, person, BallotRefusedMessage, facts)
}

// whyNot is why a person cannot vote, nil for who can.
func (b *Ballot) whyNot(ctx context.Context, tx Tx, person forum.PersonID) (*forum.Error, error) {
	if why := troubleOf(b.taking(tx.Now())); why != nil {
		return why, nil
	}
	own := b.seatsOf(person)
	if len(own) == 0 {
		_, err := b.own(person, 0)
		return troubleOf(err), nil
	}
	err := stillSits(ctx, tx, b, own[0])
	if why := troubleOf(err); why != nil || err != nil {
		return why, nil
	}
	if !b.Secret {
		return nil, nil
	}
	answered, err := answeredBy(ctx, tx, b)
	for _, seat := range answered {
		if e, known := b.elector(seat); known && e.Person == person {
			return forum.Refuse(forum.Conflict, "error.ballot.voted"), err
		}
	}
	return nil, err
}

// troubleOf is the refusal in an error, nil for none.
func troubleOf(err error) *forum.Error {
	var refusal *forum.Error
	errors.As(err, &refusal)
	return refusal
}
