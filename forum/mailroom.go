package forum

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// RefusalsEvery is how seldom one sender is told by one forum that mail is
// held, so that a forged sender is not flooded by us.
const RefusalsEvery = time.Hour

// AcceptMail commits a mail to a forum's address; NotFound when no forum has
// it. It belongs before the 250: what it returns nil for is never lost. A mail
// whose author is to be proven is given as Unproven.
func AcceptMail(ctx context.Context, tx Tx, mail Incoming, raw []byte) (fresh bool, err error) {
	forum, _, err := ForumAt(ctx, tx, mail.Recipient)
	if err != nil {
		return false, err
	}
	mail.ForumID, mail.State, mail.AcceptedAt = forum.ID, cmp.Or(mail.State, Accepted), tx.Now()
	return tx.AcceptMail(ctx, &mail, raw)
}

// TakeMailedItem makes a matter of an accepted mail for the member who wrote
// it, and marks the mail understood in the same transaction.
func TakeMailedItem(ctx context.Context, tx Tx, id IncomingID, sender PersonID, reading Reading, p Proposal) (*Matter, error) {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	p.Source, p.MailID = ByMail, id
	matter, err := ProposeMatter(ctx, tx, AsPerson(sender), mail.ForumID, p)
	if err != nil {
		return nil, err
	}
	mail.Reading, mail.State, mail.Reason, mail.MatterID = reading, Understood, "", matter.ID
	return matter, tx.SaveIncoming(ctx, mail)
}

// HoldMail keeps a mail for the secretaries, with the text key of the reason.
// Its writer is told, unless that would answer a machine, or was told within
// the hour.
func HoldMail(ctx context.Context, tx Tx, id IncomingID, reading Reading, reason string, tellWriter bool) error {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason = reading, HeldMail, reason
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	if err := recordMail(ctx, tx, mail, Actor{}, "mail_held"); err != nil {
		return err
	}
	if !tellWriter {
		return nil
	}
	return tellHeld(ctx, tx, mail)
}

// HeldFacts is what the writer of a held mail is told.
type HeldFacts struct {
	Forum   string
	Address string
	Subject string
	Reason  string // text key
}

func tellHeld(ctx context.Context, tx Tx, mail *Incoming) error {
	to, err := CleanAddress(mail.From)
	if err != nil {
		return nil // nobody to tell: the mail is held and visible all the same
	}
	told, err := tx.LastMessage(ctx, mail.ForumID, HeldMessage, to)
	if err != nil || tx.Now().Sub(told) < RefusalsEvery {
		return err
	}
	in, err := tx.Forum(ctx, mail.ForumID)
	if err != nil {
		return err
	}
	message := Message{To: to, Language: in.Language, Kind: HeldMessage, Facts: MarshalFacts(HeldFacts{in.Name, in.Address, mail.Subject, mail.Reason})}
	if writer, err := tx.PersonByAddress(ctx, to); err == nil {
		message.PersonID, message.Language = writer.ID, writer.Language
	} else if !IsKind(err, NotFound) {
		return err
	}
	return dispatch(ctx, tx, in, &message)
}

// NoteMail keeps an automatic mail, which changes nothing and gets no answer.
func NoteMail(ctx context.Context, tx Tx, id IncomingID, reading Reading, reason string) error {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	mail.Reading, mail.State, mail.Reason = reading, Noted, reason
	return tx.SaveIncoming(ctx, mail)
}

// ReleaseHeld is a secretary's word that a held mail is a member's: the
// mailroom reads it again as theirs.
func ReleaseHeld(ctx context.Context, tx Tx, by Actor, id IncomingID, writer PersonID) error {
	return handleHeld(ctx, tx, by, id, "mail_released", func(mail *Incoming) error {
		if !mail.Readable() {
			return Refuse(Invalid, "error.mail.unreadable")
		}
		may, err := AsPerson(writer).Can(ctx, tx, mail.asks(), mail.ForumID)
		if err != nil {
			return err
		}
		if !may {
			return Refuse(Invalid, "error.mail.writer").On("person")
		}
		mail.State, mail.SpeaksFor = Accepted, writer
		return nil
	})
}

// Readable tells whether a held mail could be understood, so that letting it
// through can make something of it.
func (m *Incoming) Readable() bool { return !slices.Contains(unreadable, m.Reason) }

// unreadable are the reasons for which the mailroom holds what it cannot read.
var unreadable = []string{"held.unreadable", "held.too_large", "held.too_deep", "held.too_many_parts"}

// SetMailAside puts a held mail away; it stays in the forum's records.
func SetMailAside(ctx context.Context, tx Tx, by Actor, id IncomingID) error {
	return handleHeld(ctx, tx, by, id, "mail_set_aside", func(mail *Incoming) error {
		mail.State = SetAside
		return nil
	})
}

// HoldAgain undoes a setting aside.
func HoldAgain(ctx context.Context, tx Tx, by Actor, id IncomingID) error {
	return handle(ctx, tx, by, id, SetAside, "mail_held_again", func(mail *Incoming) error {
		mail.State = HeldMail
		return nil
	})
}

func handleHeld(ctx context.Context, tx Tx, by Actor, id IncomingID, deed string, change func(*Incoming) error) error {
	return handle(ctx, tx, by, id, HeldMail, deed, change)
}

// handle changes a mail that is in a state, for someone who may release it.
func handle(ctx context.Context, tx Tx, by Actor, id IncomingID, from IncomingState, deed string, change func(*Incoming) error) error {
	mail, err := tx.Incoming(ctx, id)
	if err != nil {
		return err
	}
	if _, err := by.May(ctx, tx, ReleaseMail, mail.ForumID); err != nil {
		return err
	}
	if mail.State != from {
		return Refuse(Conflict, "error.mail.state."+string(mail.State))
	}
	if err := change(mail); err != nil {
		return err
	}
	mail.HandledBy = by.Person
	if err := tx.SaveIncoming(ctx, mail); err != nil {
		return err
	}
	return recordMail(ctx, tx, mail, by, deed)
}

// AcceptedMail is a mail that still waits to be understood; Conflict when it was
// meanwhile, so that no mail takes effect twice.
func AcceptedMail(ctx context.Context, tx Tx, id IncomingID) (*Incoming, error) {
	mail, err := tx.Incoming(ctx, id)
	if err != nil {
		return nil, err
	}
	if mail.State != Accepted {
		return nil, Refuse(Conflict, "error.mail.state."+string(mail.State))
	}
	return mail, nil
}

func recordMail(ctx context.Context, tx Tx, mail *Incoming, by Actor, deed string) error {
	return tx.Record(ctx, Event{
		ForumID: mail.ForumID, At: tx.Now(), PersonID: by.Person, Deed: deed, Object: MailObject(mail.ID),
		Details: map[string]string{"Reason": mail.Reason},
	})
}
