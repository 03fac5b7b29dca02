package forum

import (
	"context"
	"time"
)

// MailboxID identifies a mailbox that is read elsewhere.
type MailboxID int64

// Mailbox is how far one folder of a mailbox at a provider was read. Its mail is taken in the order of its numbers there.
type Mailbox struct {
	ID        MailboxID
	Name      string    // USER@HOST/FOLDER
	Validity  int64     // of the numbers (UIDVALIDITY, RFC 9051 § 2.3.1.1)
	Number    int64     // of the last mail that was taken (UID)
	Since     time.Time // when it was first read
	Holder    string    // the process that reads it, "" for none
	HeldUntil time.Time // unless the process says otherwise
}

// MailboxKeeper keeps how far mailboxes were read.
type MailboxKeeper interface {
	MailboxByName(ctx context.Context, name string) (*Mailbox, error)
	SaveMailbox(ctx context.Context, mailbox *Mailbox) error
}

// HoldMailbox makes a process the only one that reads a mailbox, for some time. It answers how far that was read, and whether
// the process has it: another may.
func HoldMailbox(ctx context.Context, tx Tx, name, holder string, hold time.Duration) (m *Mailbox, held bool, err error) {
	m, err = tx.MailboxByName(ctx, name)
	switch {
	case IsKind(err, NotFound):
		m = &Mailbox{Name: name, Since: tx.Now()}
	case err != nil:
		return nil, false, err
	case m.Holder != holder && m.HeldUntil.After(tx.Now()):
		return m, false, nil
	}
	m.Holder, m.HeldUntil = holder, tx.Now().Add(hold)
	return m, true, tx.SaveMailbox(ctx, m)
}

// LeaveMailbox lets another process read a mailbox at once.
func LeaveMailbox(ctx context.Context, tx Tx, name, holder string) error {
	m, err := tx.MailboxByName(ctx, name)
	if err != nil || m.Holder != holder {
		return err
	}
	m.Holder, m.HeldUntil = "", time.Time{}
	return tx.SaveMailbox(ctx, m)
}

// PassInMailbox notes that a mail of a mailbox is being taken, in the transaction that takes it; false when it was already.
// Conflict tells that another process has the mailbox now. Other numbers than before begin anew.
func PassInMailbox(ctx context.Context, tx Tx, name, holder string, validity, number int64) (fresh bool, err error) {
	m, err := tx.MailboxByName(ctx, name)
	if err != nil {
		return false, err
	}
	if m.Holder != holder {
		return false, Refuse(Conflict, "error.mailbox.held", "Given", name)
	}
	if m.Validity == validity && number <= m.Number {
		return false, nil
	}
	m.Validity, m.Number = validity, number
	return true, tx.SaveMailbox(ctx, m)
}
