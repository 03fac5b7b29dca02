package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// Given is a mail from a person to an address that only that person was given.
type Given struct {
	ID      forum.IncomingID
	Token   forum.AddressToken
	Reading forum.Reading
	Message *Message
}

// Handler does what a given mail asks, in a transaction of its own, and marks it in there: understood, noted or held. What
// it refuses (NotFound, Forbidden, Invalid, Conflict) changes nothing; Refused then decides what becomes of the mail.
type Handler struct {
	Take    func(ctx context.Context, tx forum.Tx, mail Given) (forum.IncomingState, error)
	Refused func(ctx context.Context, tx forum.Tx, mail Given, why *forum.Error) (forum.IncomingState, error)
}

// On hands mail to addresses of a purpose to a handler. It belongs before the first reading.
func (r *Reader) On(purpose forum.Purpose, handler Handler) {
	r.start()
	r.handlers[purpose] = handler
}

// takeGiven lets the handler of a mail's purpose have it.
func (r *Reader) takeGiven(ctx context.Context, mail Given) (state forum.IncomingState, err error) {
	handler := r.handlers[mail.Token.Purpose]
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		state, err = handler.Take(ctx, tx, mail)
		return err
	})
	why := domainRefusal(err)
	if why == nil {
		return state, err
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		state, err = handler.Refused(ctx, tx, mail, why)
		return err
	})
	return state, err
}
