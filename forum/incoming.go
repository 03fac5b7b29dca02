package forum

import (
	"context"
	"time"
)

// IncomingID identifies an incoming mail.
type IncomingID int64

// IncomingState is what became of an incoming mail.
type IncomingState string

// The states of an incoming mail.
const (
	Unproven   IncomingState = "unproven"   // committed, its author is to be proven before it is understood
	Accepted   IncomingState = "accepted"   // committed, not yet understood
	Understood IncomingState = "understood" // it did what it asked
	HeldMail   IncomingState = "held"       // waits for a secretary
	Noted      IncomingState = "noted"      // automatic: kept, changes nothing
	SetAside   IncomingState = "set-aside"  // by a secretary
)

// Incoming is one mail to one recipient. Its raw bytes were committed before
// it was answered with 250; nothing that came is ever dropped.
type Incoming struct {
	ID         IncomingID
	ForumID    ForumID
	Recipient  string // lower case
	Envelope   string // MAIL FROM, "" for the empty path
	Peer       string // network address, or "pipe"
	Helo       string // how the peer named itself, "" when it did not
	Trusted    bool   // the peer may speak for its sender, see the mailroom's relays
	Digest     Digest
	Size       int64
	AcceptedAt time.Time
	State      IncomingState
	Reason     string // text key of why it is held or noted
	Reading
	Proof
	ProofDue  time.Time // when its author is to be proven, zero for at once
	SpeaksFor PersonID  // whose a secretary said it is, 0 for not said
	MatterID  MatterID  // what it became
	HandledBy PersonID  // of a release or a setting aside
}

// Reading is how the mailroom understood a mail, kept so that a secretary sees
// it without opening the raw bytes.
type Reading struct {
	MailKind string // item, reply, rsvp …
	From     string // bare address, lower case
	Subject  string
	Text     string
	Papers   []string // names of its attachments
	MIMEID   string   // Message-ID without brackets, "" for none
}

// RepeatFinder knows a mail that comes again.
type RepeatFinder interface {
	// WasTaken tells whether a forum made something of an earlier mail with the same Message-ID from the same author:
	// a relay that tries again adds a Received field, so the bytes differ.
	WasTaken(ctx context.Context, forum ForumID, from, mimeID string) (bool, error)
}

// IsAnswer tells whether a calendar answers an invitation.
func (r Reading) IsAnswer() bool { return r.MailKind == "rsvp" || r.MailKind == "counter" }

// asks is the right that whoever a held mail is from must have: an answer to an
// invitation is anyone's who has a seat, called up or not, all else is an item.
func (r Reading) asks() Right {
	if r.IsAnswer() {
		return ReadMeeting
	}
	return ProposeIt
}

// IncomingKeeper keeps incoming mail.
type IncomingKeeper interface {
	Incoming(ctx context.Context, id IncomingID) (*Incoming, error)
	// Raw gives the bytes as they came.
	Raw(ctx context.Context, digest Digest) ([]byte, error)
	// AcceptMail commits the raw bytes; the same bytes to the same recipient are one mail, and then fresh is false.
	AcceptMail(ctx context.Context, mail *Incoming, raw []byte) (fresh bool, err error)
	// NotUnderstood lists mail that waits to be understood, the oldest first.
	NotUnderstood(ctx context.Context, most int) ([]Incoming, error)
	// IncomingIn lists a forum's mail in a state, the newest first.
	IncomingIn(ctx context.Context, forum ForumID, state IncomingState, most int) ([]Incoming, error)
	// CountIncoming counts a forum's mail in a state (0: that of every forum).
	CountIncoming(ctx context.Context, forum ForumID, state IncomingState) (int, error)
	SaveIncoming(ctx context.Context, mail *Incoming) error
}
