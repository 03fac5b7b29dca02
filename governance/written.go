package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// The mails of votes.
const (
	BallotMessage         forum.MessageKind = "ballot"          // a written procedure begins
	BallotReminderMessage forum.MessageKind = "ballot-reminder" // it is soon over
	BallotResultMessage   forum.MessageKind = "ballot-result"
	BallotCodeMessage     forum.MessageKind = "ballot-code"    // that makes a link one's own
	BallotRefusedMessage  forum.MessageKind = "ballot-refused" // an answer by mail is no vote
)

// BallotPurpose is of addresses to which mails about a ballot are answered; Subject is a ballot.
const BallotPurpose forum.Purpose = "ballot"

// BallotFacts is what a mail about a ballot says.
type BallotFacts struct {
	Forum    string
	Address  string // of the forum
	Token    string // in the address that answers come back to
	Person   string
	Ballot   BallotID
	Matter   forum.MatterID
	Number   string
	Title    string // the public one
	Text     string // of the motion, "" of an exempt matter
	Basis    string // of the exemption
	Election bool
	Deadline time.Time
	Link     string // its secret, "" for who has no vote
	Ended    string // how it ended, as of Ballot.Ended
	Why      Reason
	Where    forum.Level
	Stopped  Stop
	Elected  string // who was elected
	Trouble  string // text key: why an answer by mail is no vote
}

// ballotFacts is what all mails about a ballot say.
func ballotFacts(ctx context.Context, tx Tx, b *Ballot, m *Motion) (BallotFacts, *forum.Forum, error) {
	in, err := tx.Forum(ctx, b.ForumID)
	if err != nil {
		return BallotFacts{}, nil, err
	}
	matter, err := tx.Peek().Matter(ctx, b.MatterID)
	if err != nil {
		return BallotFacts{}, nil, err
	}
	f := BallotFacts{
		Forum: in.Name, Address: in.Address, Ballot: b.ID, Matter: matter.ID, Number: matter.Number, Title: matter.Title,
		Election: m.Sort == Vacancy, Deadline: b.Deadline, Stopped: b.Stopped, Why: b.Result.Reason, Where: b.Result.Where,
	}
	if matter.Access == forum.Exempt {
		f.Basis = matter.Basis
	} else {
		f.Text = m.Text
		f.Elected = m.name(b.Election.Elected)
	}
	if !b.ClosedAt.IsZero() {
		f.Ended = b.Ended()
	}
	return f, in, nil
}

func (m *Motion) name(id CandidateID) string {
	at := slices.IndexFunc(m.Candidates, func(c Candidate) bool { return c.ID == id })
	if at < 0 {
		return ""
	}
	return m.Candidates[at].Name
}

// tellElectors mails everyone who may answer a written procedure, with a link of their own.
func tellElectors(ctx context.Context, tx Tx, b *Ballot, m *Motion) error {
	return eachElector(ctx, tx, b, m, BallotMessage, nil)
}

// eachElector mails those who may vote, but some, each once and with a new link.
func eachElector(ctx context.Context, tx Tx, b *Ballot, m *Motion, kind forum.MessageKind, but []forum.PersonID) error {
	facts, in, err := ballotFacts(ctx, tx, b, m)
	if err != nil {
		return err
	}
	told := slices.Clone(but)
	for _, e := range b.Ground.Electors {
		if slices.Contains(told, e.Person) {
			continue
		}
		told = append(told, e.Person)
		if facts.Link, err = newVotingLink(ctx, tx, b.ID, e.Person); err != nil {
			return err
		}
		if err := sendBallot(ctx, tx, in, e.Person, kind, facts); err != nil {
			return err
		}
	}
	return nil
}

// sendBallot mails one person, with an address of their own to answer to.
func sendBallot(ctx context.Context, tx Tx, in *forum.Forum, to forum.PersonID, kind forum.MessageKind, facts BallotFacts) error {
	person, err := tx.Person(ctx, to)
	if err != nil {
		return err
	}
	token := forum.AddressToken{Token: forum.NewSecret(), Purpose: BallotPurpose, Subject: int64(facts.Ballot), PersonID: to, ForumID: in.ID}
	if err := tx.SaveAddressToken(ctx, &token); err != nil {
		return err
	}
	facts.Person, facts.Token = person.Name, token.Token
	return forum.Send(ctx, tx, in, person, kind, facts)
}

// tellResult mails what became of a written procedure: to those who may vote, and
// to the secretaries.
func tellResult(ctx context.Context, tx Tx, b *Ballot, m *Motion) error {
	facts, in, err := ballotFacts(ctx, tx, b, m)
	if err != nil {
		return err
	}
	people, err := forum.Holders(ctx, tx, b.ForumID, OpenBallots, "")
	if err != nil {
		return err
	}
	for _, e := range b.Ground.Electors {
		people = append(people, e.Person)
	}
	slices.Sort(people)
	for _, person := range slices.Compact(people) {
		if err := sendBallot(ctx, tx, in, person, BallotResultMessage, facts); err != nil {
			return err
		}
	}
	return nil
}

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

// PostponeMatter takes a matter that lacks a quorum to the next meeting, nil when
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
	if quorate {
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
