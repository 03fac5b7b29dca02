package forum

import (
	"context"
	"slices"
	"strings"
	"time"
)

// AddressTroubleID identifies what is known of an address that mail did not reach.
type AddressTroubleID int64

// AddressTrouble is what is known of an address that mail came back from.
type AddressTrouble struct {
	ID        AddressTroubleID
	Address   string    // lower case
	Times     int       // failures that may pass, in a row
	At        time.Time // of the last failure that counts
	Status    string    // of it (RFC 3463), "" when none was told
	Said      string    // by the refusing system
	MessageID MessageID // that came back
	StoppedAt time.Time // since when the address gets no mail, zero while it does
}

// Failure is word that a message did not reach its address.
type Failure struct {
	Status string // enhanced status code (RFC 3463), "" when none is told
	Said   string // by the refusing system
	Final  bool   // it was given up; else it is still tried
}

// goneStatus are the codes by which an address is no more, whatever the mail says: no such mailbox or domain, one that takes
// no mail or is shut (RFC 3463 § 3.2 and 3.3, RFC 7505 § 4.2).
var goneStatus = []string{"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}

// IsHard tells whether a failure says that the address is no more. All others may pass: a full mailbox, a mail that is
// too large or taken for junk, a refusal that gives no reason.
func (f Failure) IsHard() bool { return f.Final && slices.Contains(goneStatus, f.Status) }

const (
	// mostSoft is after how many failures that may pass an address gets no more mail.
	mostSoft = 3
	// softEvery is how far apart they have to be to count: the mails of one day meet the same full mailbox.
	softEvery = 20 * time.Hour
	// softWithin is after how long without one they begin to count anew.
	softWithin = 30 * 24 * time.Hour
)

// add counts a final failure.
func (t *AddressTrouble) add(now time.Time, message MessageID, f Failure) {
	if !t.StoppedAt.IsZero() {
		return
	}
	since := now.Sub(t.At)
	switch {
	case f.IsHard():
		t.StoppedAt = now
	case t.Times > 0 && since < softEvery:
		return
	case since > softWithin:
		t.Times = 1
	default:
		t.Times++
	}
	t.At, t.Status, t.Said, t.MessageID = now, f.Status, f.Said, message
	if t.Times >= mostSoft {
		t.StoppedAt = now
	}
}

// AddressTroubleKeeper keeps what is known of addresses that mail did not reach.
type AddressTroubleKeeper interface {
	AddressTrouble(ctx context.Context, address string) (*AddressTrouble, error)
	// StoppedAddresses lists those that get no mail, in the order of the addresses.
	StoppedAddresses(ctx context.Context) ([]AddressTrouble, error)
	SaveAddressTrouble(ctx context.Context, trouble *AddressTrouble) error
}

// troubleOf is what is known of an address, nothing as well.
func troubleOf(ctx context.Context, tx Tx, address string) (*AddressTrouble, error) {
	address = strings.ToLower(address)
	known, err := tx.AddressTrouble(ctx, address)
	if IsKind(err, NotFound) {
		return &AddressTrouble{Address: address}, nil
	}
	return known, err
}

// askedFor are the messages that go to a stopped address as well, and at any hour: whoever asks for them shows that the
// address is read.
var askedFor = []MessageKind{SignInMessage, ClaimMessage}

// isStopped tells whether a message may not go because mail to its address comes back.
func isStopped(ctx context.Context, tx Tx, m *Message) (bool, error) {
	if slices.Contains(askedFor, m.Kind) {
		return false, nil
	}
	trouble, err := troubleOf(ctx, tx.Peek(), m.To)
	return err == nil && !trouble.StoppedAt.IsZero(), err
}
