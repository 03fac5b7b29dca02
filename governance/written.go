package governance

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// remindBefore is how long before its deadline those are reminded who owe a
// written procedure an answer.
const remindBefore = 48 * time.Hour

// scanBallots reminds of written procedures and ends those whose deadline is over.
func scanBallots(ctx context.Context, keeper forum.Keeper, _ forum.Almanac) error {
	var open []Ballot
	err := keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		open, err = In(tx).OpenBallots(ctx)
		return err
	})
	if err != nil {
		return err
	}
	for _, b := range open {
		if !b.Written() {
			continue
		}
		err := keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return attend(ctx, In(tx), b.ID) })
		if err != nil {
			return err
		}
	}
	return nil
}

// attend does what is due of a written procedure. Doing it again changes nothing.
func attend(ctx context.Context, tx Tx, id BallotID) error {
	b, err := HoldBallot(ctx, tx, id)
	if err != nil || !b.ClosedAt.IsZero() {
		return err
	}
	if !b.Open(tx.Now()) {
		return closeBallot(ctx, tx, forum.Actor{}, forum.Standing{}, b)
	}
	if b.Reminded || tx.Now().Before(b.Deadline.Add(-remindBefore)) || b.Deadline.Sub(b.OpenedAt) <= remindBefore {
		return nil
	}
	b.Reminded = true
	if err := tx.SaveBallot(ctx, b); err != nil {
		return err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return err
	}
	answered, err := answeredBy(ctx, tx, b)
	if err != nil {
		return err
	}
	var done []forum.PersonID
	for _, seat := range answered {
		if e, known := b.elector(seat); known {
			done = append(done, e.Person)
		}
	}
	return eachElector(ctx, tx, b, m, BallotReminderMessage, done)
}

// DemandMeeting turns a written procedure into a matter for a meeting: any member
// who may vote can, and it ends without a result.
func DemandMeeting(ctx context.Context, tx Tx, by forum.Actor, id BallotID) (*Ballot, error) {
	before, err := peekBallot(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	e, err := before.demander(by.Person)
	if err != nil {
		return nil, err
	}
	as := forum.Standing{Organisation: e.Organisation, Level: e.Side}
	if err := before.taking(tx.Now()); err != nil {
		return nil, err
	}
	if _, err := forum.BringForward(ctx, tx, by, as, before.MatterID); err != nil {
		return nil, err
	}
	b, err := HoldBallot(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if err := b.taking(tx.Now()); err != nil {
		return nil, err
	}
	if err := stillSits(ctx, tx, b, e); err != nil {
		return nil, err
	}
	if err := recordBallot(ctx, tx, by, as, b, "meeting_demanded", nil); err != nil {
		return nil, err
	}
	return b, stop(ctx, tx, b, StoppedDemanded)
}

// demander is the seat by which somebody demands a meeting.
func (b *Ballot) demander(person forum.PersonID) (Elector, error) {
	own := b.seatsOf(person)
	if !b.Written() {
		return Elector{}, forum.Refuse(forum.Conflict, "error.ballot.not_written")
	}
	if len(own) == 0 {
		return Elector{}, forum.Refuse(forum.Forbidden, "error.ballot.no_vote")
	}
	return own[0], nil
}

// PostponeMatter takes a matter that lacks a quorum, or that another forum has to
// answer first, to the next meeting, nil when
// none is ahead and it waits in the inbox.
func PostponeMatter(ctx context.Context, tx Tx, by forum.Actor, id forum.MatterID) (*forum.Meeting, error) {
	matter, err := tx.Peek().Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	as, err := by.May(ctx, tx, OpenBallots, matter.ForumID)
	if err != nil {
		return nil, err
	}
	quorate, err := isQuorate(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	waits, err := awaitsOther(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if quorate && !waits {
		return nil, forum.Refuse(forum.Conflict, "error.ballot.quorate")
	}
	next, err := forum.BringForward(ctx, tx, by, as, id)
	if err != nil {
		return nil, err
	}
	return next, tx.Record(ctx, forum.Event{ForumID: matter.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: "matter_postponed", Object: forum.MatterObject(id)})
}

// isQuorate tells whether each level is quorate in a matter now, in the meeting on
// whose agenda it stands.
func isQuorate(ctx context.Context, tx Tx, id forum.MatterID) (bool, error) {
	questions, err := tx.Impartialities(ctx, id)
	if err != nil {
		return false, err
	}
	b := Ballot{MatterID: id}
	s, err := b.body(ctx, tx)
	if err != nil {
		return false, err
	}
	return Quorate(s.Quorum(id, questions, tx.Now())), nil
}

// peekBallot is a ballot that is looked at only.
func peekBallot(ctx context.Context, tx Tx, id BallotID) (*Ballot, error) {
	return In(tx.Peek()).Ballot(ctx, id)
}

// HoldBallot locks a ballot, and before it the matter that guards its motion.
func HoldBallot(ctx context.Context, tx Tx, id BallotID) (*Ballot, error) {
	before, err := peekBallot(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Matter(ctx, before.MatterID); err != nil {
		return nil, err
	}
	return tx.Ballot(ctx, id)
}
