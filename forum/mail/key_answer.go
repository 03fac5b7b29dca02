package mail

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
)

// domainRefusal is what an act refused, nil for no error and for what may pass by itself.
func domainRefusal(err error) *forum.Error {
	var refusal *forum.Error
	if !errors.As(err, &refusal) || refusal.Kind == forum.Unavailable {
		return nil
	}
	return refusal
}

// keyAnswers reads the listed words of key-holders.
var keyAnswers = Handler{
	Take: func(ctx context.Context, tx forum.Tx, mail Given) (forum.IncomingState, error) {
		about := forum.EditionID(mail.Token.Subject)
		words, understood := keyWords(mail.Message.Text)
		if !understood {
			return forum.HeldMail, forum.HoldMailedWords(ctx, tx, mail.ID, mail.Token.PersonID, mail.Reading, about, nil)
		}
		return forum.Understood, forum.TakeMailedWords(ctx, tx, mail.ID, mail.Token.PersonID, mail.Reading, about, words)
	},
	Refused: func(ctx context.Context, tx forum.Tx, mail Given, why *forum.Error) (forum.IncomingState, error) {
		return forum.HeldMail, forum.HoldMailedWords(ctx, tx, mail.ID, mail.Token.PersonID, mail.Reading, forum.EditionID(mail.Token.Subject), why)
	},
}
