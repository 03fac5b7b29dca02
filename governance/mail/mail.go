// Package mail writes the mails of what is governed, and has the mails that answer them.
package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

// Letters write the messages, by their kind.
var Letters = map[forum.MessageKind]mail.Letter{
	governance.FollowUpMessage:        mail.Of(followUp),
	governance.FollowUpReceiptMessage: mail.Of(reportReceipt),
	governance.LeaderMinutesMessage:   mail.Of(leaderMinutes),
	governance.LeaderQuarterMessage:   mail.Of(leaderQuarter),
}

// On has the mail to addresses, by their purpose.
var On = map[forum.Purpose]mail.Handler{
	governance.FollowUpPurpose: reports,
}
