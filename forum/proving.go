package forum

import (
	"context"
	"time"
)

// Proof is what was found of who an incoming mail is from.
type Proof struct {
	Verdict       string // pass, fail, none, or temporary when it could not be found out; "" when nobody has asked
	VerdictDetail string // for those who look after mail, in the terms of RFC 8601
}

// ProofKeeper keeps mail whose author is still to be proven.
type ProofKeeper interface {
	// Unproven lists mail whose author is to be proven by an instant, the oldest first.
	Unproven(ctx context.Context, by time.Time, most int) ([]Incoming, error)
}

const (
	proofWithin     = 4 * time.Hour // how long a mail waits for what DNS does not tell
	firstProofAgain = time.Minute
	lastProofAgain  = 30 * time.Minute
)

// ProveMail notes what was found of who a mail is from; now it can be understood.
// Conflict when it was noted meanwhile.
func ProveMail(ctx context.Context, tx Tx, id IncomingID, found Proof) error {
	mail, err := tx.Incoming(ctx, id)
	if err != nil {
		return err
	}
	if mail.State != Unproven {
		return Refuse(Conflict, "error.mail.state."+string(mail.State))
	}
	mail.Proof, mail.State, mail.ProofDue = found, Accepted, time.Time{}
	return tx.SaveIncoming(ctx, mail)
}

// AwaitProof lets a mail wait whose author could not be found out, or holds it
// for the secretaries when it has waited for long enough.
func AwaitProof(ctx context.Context, tx Tx, id IncomingID, reading Reading) (IncomingState, error) {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return "", err
	}
	due := mail.proofAgain(tx.Now())
	if due.IsZero() {
		return HeldMail, HoldMail(ctx, tx, id, reading, "held.dns_away", false)
	}
	mail.Reading, mail.State, mail.ProofDue = reading, Unproven, due
	return Unproven, tx.SaveIncoming(ctx, mail)
}

// proofAgain is when it is tried again to find out who wrote a mail, the later
// the longer it has waited; zero when it has waited for long enough.
func (m *Incoming) proofAgain(now time.Time) time.Time {
	waited := now.Sub(m.AcceptedAt)
	if waited >= proofWithin {
		return time.Time{}
	}
	return now.Add(min(max(waited, firstProofAgain), lastProofAgain))
}
