package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// Given is a mail to an address that only one person or guest was given, from them.
type Given struct {
	ID      forum.IncomingID
	Token   forum.AddressToken
	Reading forum.Reading
	Message *Message
}

// Handler does what a given mail asks.
type Handler struct {
	// Admit says why a mail to such an address waits for a secretary, "" when it need not; nil where the address is a person's,
	// whose mail is told by who writes it.
	Admit func(ctx context.Context, tx forum.Tx, token forum.AddressToken, m *Message) (hold string, err error)
	// Take does it, in a transaction of its own, and marks the mail in there: understood, noted or held.
	Take func(ctx context.Context, tx forum.Tx, mail Given) (forum.IncomingState, error)
	// Refused decides what becomes of a mail when Take refused it (NotFound, Forbidden, Invalid, Conflict), which changed
	// nothing; nil where that is trouble.
	Refused func(ctx context.Context, tx forum.Tx, mail Given, why *forum.Error) (forum.IncomingState, error)
}

// handlers have the mail to the forum's own addresses of their purpose.
var handlers = map[forum.Purpose]Handler{forum.KeysPurpose: keyAnswers, forum.GuestPurpose: guestAnswers, forum.ThreadPurpose: threadAnswers}

// handler is who has the mail to addresses of a purpose, if anyone.
func (r *Reader) handler(of forum.Purpose) (Handler, bool) {
	if by, ours := r.On[of]; ours {
		return by, true
	}
	by, known := handlers[of]
	return by, known
}

// takeGiven lets the handler of a mail's purpose have it.
func (r *Reader) takeGiven(ctx context.Context, mail Given) (state forum.IncomingState, err error) {
	by, _ := r.handler(mail.Token.Purpose)
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		state, err = by.Take(ctx, tx, mail)
		return err
	})
	why := domainRefusal(err)
	if why == nil || by.Refused == nil {
		return state, err
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		state, err = by.Refused(ctx, tx, mail, why)
		return err
	})
	return state, err
}
