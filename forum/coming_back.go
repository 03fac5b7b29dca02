package forum

import (
	"context"
	"strings"
	"time"
)

// returnMark tells the address that bounces come to from those that answers come to: no secret begins like this.
const returnMark = "b-"

// ReturnAddress is the envelope sender of a message (VERP): its own, so that what comes back to it tells which message did not
// reach whom. A message without an id of ours has none, and then the forum's address stands in.
func (m *Message) ReturnAddress(forum string) string {
	secret, _, found := strings.Cut(m.MIMEID, "@")
	if !found {
		return forum
	}
	return TokenAddress(forum, returnMark+secret)
}

// ReturnFinder knows what came back, and what was answered.
type ReturnFinder interface {
	// MessageByMIMEID finds an outgoing message by its Message-ID without brackets.
	MessageByMIMEID(ctx context.Context, mimeID string) (*Message, error)
	// IncomingTo lists the mail that came to a forum for one address, the oldest first.
	IncomingTo(ctx context.Context, forum ForumID, recipient string, most int) ([]Incoming, error)
	// WasWritten tells whether a forum has made a message to an address.
	WasWritten(ctx context.Context, forum ForumID, to string) (bool, error)
}

// ReturnedTo is the message of whose bounces a recipient address is; NotFound for any other address.
func ReturnedTo(ctx context.Context, tx Tx, recipient string) (*Message, error) {
	base, token := SplitTokenAddress(recipient)
	secret, is := strings.CutPrefix(token, returnMark)
	if !is {
		return nil, Refuse(NotFound, "error.not_found.message")
	}
	return tx.MessageByMIMEID(ctx, secret+"@"+domainOf(base))
}

// TakeReturn takes in a report on a message: that it came back, which marks the message and may stop mail to its address, or
// that it is still tried, which changes neither.
func TakeReturn(ctx context.Context, tx Tx, id IncomingID, reading Reading, message MessageID, f Failure) error {
	mail, err := AcceptedMail(ctx, tx, id)
	if err != nil {
		return err
	}
	m, err := tx.Message(ctx, message)
	if err != nil {
		return err
	}
	if m.ForumID != 0 && m.ForumID != mail.ForumID {
		return Refuse(NotFound, "error.not_found.message")
	}
	mail.Reading, mail.State, mail.Reason = reading, Noted, "noted.bounce"
	if !f.Final {
		mail.Reason = "noted.delay"
		if err := tx.SaveMessageStep(ctx, &MessageStep{MessageID: m.ID, At: tx.Now(), Kind: DelayedStep, Said: f.said()}); err != nil {
			return err
		}
		return tx.SaveIncoming(ctx, mail)
	}
	m.State, m.Trouble, m.DoneAt = CameBack, f.said(), tx.Now()
	if err := tx.SaveMessage(ctx, m); err != nil {
		return err
	}
	if err := tx.SaveMessageStep(ctx, &MessageStep{MessageID: m.ID, At: tx.Now(), Kind: ReturnedStep, Said: f.said()}); err != nil {
		return err
	}
	if err := countFailure(ctx, tx, m, f); err != nil {
		return err
	}
	if err := recordMail(ctx, tx, mail, Actor{}, "mail_came_back"); err != nil {
		return err
	}
	return tx.SaveIncoming(ctx, mail)
}

// said is what a failure tells, in a line.
func (f Failure) said() string { return strings.TrimSpace(f.Status + " " + f.Said) }

// RefuseAddress takes in that a relay would not take a message because its address is no more.
func RefuseAddress(ctx context.Context, tx Tx, message MessageID, f Failure) error {
	if !f.IsHard() {
		return nil // it says nothing of the address
	}
	m, err := tx.Message(ctx, message)
	if err != nil {
		return err
	}
	return countFailure(ctx, tx, m, f)
}

func countFailure(ctx context.Context, tx Tx, m *Message, f Failure) error {
	trouble, err := troubleOf(ctx, tx, m.To)
	if err != nil {
		return err
	}
	trouble.add(tx.Now(), m.ID, f)
	return tx.SaveAddressTrouble(ctx, trouble)
}

// ResumeMail lets mail go to an address again, on the word of somebody who handles the mail of a forum that writes to it.
// What was not sent meanwhile stays so, and can be sent again one by one: much of it is over.
func ResumeMail(ctx context.Context, tx Tx, by Actor, in ForumID, address string) error {
	if _, err := by.May(ctx, tx, ReleaseMail, in); err != nil {
		return err
	}
	trouble, err := tx.AddressTrouble(ctx, strings.ToLower(strings.TrimSpace(address)))
	if err != nil {
		return err
	}
	concerned, err := concerns(ctx, tx, in, trouble.Address)
	if err != nil {
		return err
	}
	if !concerned {
		return Refuse(NotFound, "error.not_found.address_trouble")
	}
	if err := trouble.lift(ctx, tx); err != nil {
		return err
	}
	return tx.Record(ctx, Event{ForumID: in, At: tx.Now(), PersonID: by.Person, Deed: "mail_resumed", Object: ForumObject(in)})
}

// ResumeOwnMail lets mail go again to the address where the actor's own mail goes, on the actor's word.
func ResumeOwnMail(ctx context.Context, tx Tx, by Actor) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	person, err := tx.Person(ctx, by.Person)
	if err != nil {
		return err
	}
	trouble, err := tx.AddressTrouble(ctx, person.Address)
	if err != nil {
		return err
	}
	if err := trouble.lift(ctx, tx); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "own_mail_resumed")
}

// lift lets mail go to the address again; Conflict when it does.
func (t *AddressTrouble) lift(ctx context.Context, tx Tx) error {
	if t.StoppedAt.IsZero() {
		return Refuse(Conflict, "error.address_reached")
	}
	t.Times, t.StoppedAt = 0, time.Time{}
	return tx.SaveAddressTrouble(ctx, t)
}

// concerns tells whether a forum has to do with an address: somebody who sits there gets mail at it, or it was written to.
func concerns(ctx context.Context, tx Tx, in ForumID, address string) (bool, error) {
	roster, err := rosterIn(ctx, tx, in)
	if err != nil {
		return false, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return false, err
	}
	for _, id := range roster.people {
		if strings.EqualFold(people[id].Address, address) {
			return true, nil
		}
	}
	return tx.WasWritten(ctx, in, address)
}

// StoppedAddress is an address that gets no mail, and a forum that it matters to.
type StoppedAddress struct {
	AddressTrouble
	Name  string // of the person whose it is, "" for someone unknown
	Forum Forum
}

// stoppedFor lists the addresses that get no mail and matter to forums whose mail the reader may see, each once.
func stoppedFor(ctx context.Context, tx Tx, by Actor) ([]StoppedAddress, error) {
	all, err := tx.StoppedAddresses(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, p := range people {
		names[p.Address] = p.Name
	}
	found := map[string]bool{}
	var stopped []StoppedAddress
	for _, f := range forums {
		may, err := by.Can(ctx, tx, ReadMail, f.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range all {
			if !may || found[t.Address] {
				continue
			}
			if found[t.Address], err = concerns(ctx, tx, f.ID, t.Address); err != nil {
				return nil, err
			}
			if found[t.Address] {
				stopped = append(stopped, StoppedAddress{t, names[t.Address], f})
			}
		}
	}
	return stopped, nil
}
