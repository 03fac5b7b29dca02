package governance

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/samraad/samraad/forum"
)

// VotingLinkID identifies a link to vote by.
type VotingLinkID int64

// VotingLink is the link that a mail about a ballot has. It opens the page of the
// ballot, and votes only with a code that is sent to the address of the person
// who was written to: a link that was sent on votes nothing. Of both secrets the
// digests alone are kept.
type VotingLink struct {
	ID        VotingLinkID
	BallotID  BallotID
	PersonID  forum.PersonID
	Link      forum.Digest
	Code      forum.Digest // "" before one is asked for
	ExpiresAt time.Time    // of the code
	Tries     int          // of the code
	Asked     int          // codes that were sent
}

// VotingLinkKeeper keeps links to vote by.
type VotingLinkKeeper interface {
	VotingLink(ctx context.Context, link forum.Digest) (*VotingLink, error)
	SaveVotingLink(ctx context.Context, link *VotingLink) error
}

const (
	votingCodeLasts = 30 * time.Minute
	mostVotingCodes = 5 // that are sent for one link
)

func newVotingLink(ctx context.Context, tx Tx, b BallotID, person forum.PersonID) (string, error) {
	secret := forum.NewSecret()
	return secret, tx.SaveVotingLink(ctx, &VotingLink{BallotID: b, PersonID: person, Link: forum.DigestOf(secret)})
}

var errLinkOver = forum.Refuse(forum.NotFound, "error.ballot.link")

// openLink is the link of a secret and its ballot.
func openLink(ctx context.Context, tx Tx, secret string) (*VotingLink, error) {
	link, err := tx.VotingLink(ctx, forum.DigestOf(secret))
	if forum.IsKind(err, forum.NotFound) {
		return nil, errLinkOver
	}
	return link, err
}

// VotingPage is what a link shows to whoever has it: what the mail said already.
type VotingPage struct {
	BallotFacts
	Candidates []Nominee
	Abstain    bool         // members may abstain
	Reasoned   bool         // a no has to have a reason
	CodeUntil  time.Time    // zero before a code is asked for, or when it is over
	Trouble    *forum.Error // why no vote is taken any more
	Voted      bool
}

// ReadVotingLink opens the page of a link.
func ReadVotingLink(ctx context.Context, tx Tx, secret string) (*VotingPage, error) {
	link, err := openLink(ctx, tx, secret)
	if err != nil {
		return nil, err
	}
	b, err := tx.Ballot(ctx, link.BallotID)
	if err != nil {
		return nil, err
	}
	m, err := tx.Motion(ctx, b.MotionID)
	if err != nil {
		return nil, err
	}
	p := &VotingPage{Abstain: FrameOf(b.Ground.Profile).Abstain, Reasoned: b.Ground.Rule == forum.Consensus}
	if p.BallotFacts, _, err = ballotFacts(ctx, tx, b, m); err != nil {
		return nil, err
	}
	if p.Basis == "" {
		p.Candidates = m.Candidates
	}
	if link.live(tx.Now()) {
		p.CodeUntil = link.ExpiresAt
	}
	p.Trouble = troubleOf(b.taking(tx.Now()))
	answered, err := answeredBy(ctx, tx, b)
	for _, seat := range answered {
		if e, known := b.elector(seat); known && e.Person == link.PersonID {
			p.Voted = true
		}
	}
	return p, err
}

func (l *VotingLink) live(now time.Time) bool {
	return l.Code != "" && now.Before(l.ExpiresAt) && l.Tries < forum.MostTries
}

// AskVotingCode sends a code to the address of whom the link was written to.
func AskVotingCode(ctx context.Context, tx Tx, secret string) error {
	link, err := openLink(ctx, tx, secret)
	if err != nil {
		return err
	}
	b, err := peekBallot(ctx, tx, link.BallotID)
	if err != nil {
		return err
	}
	if err := b.taking(tx.Now()); err != nil {
		return err
	}
	if link.Asked >= mostVotingCodes {
		return forum.Refuse(forum.TooMany, "error.ballot.codes")
	}
	code, digest := forum.NewCode()
	link.Code, link.ExpiresAt, link.Tries, link.Asked = digest, tx.Now().Add(votingCodeLasts), 0, link.Asked+1
	if err := tx.SaveVotingLink(ctx, link); err != nil {
		return err
	}
	in, err := tx.Forum(ctx, b.ForumID)
	if err != nil {
		return err
	}
	person, err := tx.Person(ctx, link.PersonID)
	if err != nil {
		return err
	}
	facts := VotingCodeFacts{Forum: in.Name, Address: in.Address, Person: person.Name, Code: code, Until: link.ExpiresAt}
	// It belongs to no forum, whose secretaries would read the code.
	return forum.Send(ctx, tx, &forum.Forum{Address: in.Address}, person, BallotCodeMessage, facts)
}

// VotingCodeFacts is what the mail with a code says.
type VotingCodeFacts struct {
	Forum   string
	Address string
	Person  string
	Code    string
	Until   time.Time
}

// VoteByLink votes as the person whom the link was written to, who has shown by
// the code to read that person's mail. A refused code is no error of the
// transaction, which is to be kept: the try counts.
func VoteByLink(ctx context.Context, tx Tx, secret, code string, said Said) (*forum.Error, error) {
	link, err := openLink(ctx, tx, secret)
	if err != nil {
		return nil, err
	}
	if link.Code == "" || !tx.Now().Before(link.ExpiresAt) || link.Tries >= forum.MostTries {
		return forum.Refuse(forum.Invalid, "error.ballot.code_over").On("code"), nil
	}
	given := forum.DigestOfCode(code)
	if subtle.ConstantTimeCompare([]byte(given), []byte(link.Code)) != 1 {
		link.Tries++
		return forum.Refuse(forum.Invalid, "error.ballot.code").On("code"), tx.SaveVotingLink(ctx, link)
	}
	_, err = CastBallot(ctx, tx, forum.AsPerson(link.PersonID), link.BallotID, said)
	return nil, err
}
