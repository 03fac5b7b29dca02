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
	Stopped  StopReason
	Elected  string // who was elected
	Trouble  string // text key: why an answer by mail is no vote
	Meeting  bool   // it was taken in a meeting
	Motion   MotionID
	Ladder   bool // the receiver can open a ladder of the motion, which failed
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
		Election: m.Sort == Vacancy, Meeting: b.MeetingID != 0, Motion: m.ID, Deadline: b.Deadline, Stopped: b.Stopped, Why: b.Result.Reason, Where: b.Result.Where,
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
	at := slices.IndexFunc(m.Candidates, func(c Nominee) bool { return c.ID == id })
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
		if err := sendResult(ctx, tx, in, person, facts); err != nil {
			return err
		}
	}
	return nil
}
