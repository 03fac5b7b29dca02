package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// given is a mail to an address that only one person or guest was given, from them.
type given struct {
	ID      forum.IncomingID
	Token   forum.AddressToken
	Reading forum.Reading
	Message *Message
}

// handler does what a given mail asks.
type handler struct {
	// admit says why a mail to such an address waits for a secretary, "" when it need not; nil where the address is a person's,
	// whose mail is told by who writes it.
	admit func(ctx context.Context, tx forum.Tx, token forum.AddressToken, m *Message) (hold string, err error)
	// take does it, in a transaction of its own, and marks the mail in there: understood, noted or held.
	take func(ctx context.Context, tx forum.Tx, mail given) (forum.IncomingState, error)
	// refused decides what becomes of a mail when take refused it (NotFound, Forbidden, Invalid, Conflict), which changed
	// nothing; nil where that is trouble.
	refused func(ctx context.Context, tx forum.Tx, mail given, why *forum.Error) (forum.IncomingState, error)
}

// handlers have the mail to addresses of their purpose.
var handlers = map[forum.Purpose]handler{forum.KeysPurpose: keyAnswers, forum.GuestPurpose: guestAnswers, forum.ThreadPurpose: threadAnswers}

// takeGiven lets the handler of a mail's purpose have it.
func (r *Reader) takeGiven(ctx context.Context, mail given) (state forum.IncomingState, err error) {
	by := handlers[mail.Token.Purpose]
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		state, err = by.take(ctx, tx, mail)
		return err
	})
	why := domainRefusal(err)
	if why == nil || by.refused == nil {
		return state, err
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		state, err = by.refused(ctx, tx, mail, why)
		return err
	})
	return state, err
}
