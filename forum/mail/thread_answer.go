package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// threadAnswers puts answers to mail about a thread of comments into the thread: the author's own words, without the mail
// that they answer.
var threadAnswers = Handler{
	Take: func(ctx context.Context, tx forum.Tx, mail Given) (forum.IncomingState, error) {
		return forum.Understood, forum.TakeMailedComment(ctx, tx, mail.ID, mail.Token.PersonID, mail.Reading, forum.ThreadID(mail.Token.Subject))
	},
	Refused: func(ctx context.Context, tx forum.Tx, mail Given, why *forum.Error) (forum.IncomingState, error) {
		return forum.HeldMail, forum.HoldMailedComment(ctx, tx, mail.ID, mail.Token.PersonID, mail.Reading, forum.ThreadID(mail.Token.Subject), why)
	},
}
