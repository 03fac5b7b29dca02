package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

// reports has the mail to the addresses of follow-ups: a listed word does something,
// all else is a note.
var reports = mail.Handler{
	Take: func(ctx context.Context, tx forum.Tx, given mail.Given) (forum.IncomingState, error) {
		about := governance.FollowUpID(given.Token.Subject)
		return forum.Understood, governance.TakeMailedReport(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, about, reportWord(given.Message.Text))
	},
	Refused: func(ctx context.Context, tx forum.Tx, given mail.Given, why *forum.Error) (forum.IncomingState, error) {
		about := governance.FollowUpID(given.Token.Subject)
		return forum.HeldMail, governance.HoldMailedReport(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, about, why)
	},
}
