// Package mail writes the mails of what is governed, and has the mails that answer them.
package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

// Letters write the messages, by their kind.
var Letters = map[forum.MessageKind]mail.Letter{
	governance.EscalatedMessage:           mail.Of(escalated),
	governance.EscalationClosedMessage:    mail.Of(escalationClosed),
	governance.EscalationDueMessage:       mail.Of(escalationDue),
	governance.LadderOpenedMessage:        mail.Of(ladderLetter("ladder_opened")),
	governance.PositionSubmittedMessage:   mail.Of(ladderLetter("position_submitted")),
	governance.LadderAnsweredMessage:      mail.Of(ladderLetter("ladder_answered")),
	governance.LadderDueMessage:           mail.Of(ladderLetter("ladder_due")),
	governance.MinutesAskedMessage:        mail.Of(minutesAsked),
	governance.MinutesKeysMessage:         mail.Of(minutesKeys),
	governance.MinutesReceiptMessage:      mail.Of(minutesReceipt),
	governance.MinutesObjectedMessage:     mail.Of(minutesObjected),
	governance.MinutesApprovedMessage:     mail.Of(minutesApproved),
	governance.MinutesOwedMessage:         mail.Of(minutesOwed),
	governance.RatificationAskedMessage:   mail.Of(ratificationAsked),
	governance.RatificationCopyMessage:    mail.Of(ratificationCopy),
	governance.RatificationDueMessage:     mail.Of(ratificationDue),
	governance.RatificationReceiptMessage: mail.Of(ratificationReceipt),
	governance.RatificationsDoneMessage:   mail.Of(ratificationsDone),
	governance.BallotMessage:              mail.Of(ballotOpened),
	governance.BallotReminderMessage:      mail.Of(ballotReminder),
	governance.BallotResultMessage:        mail.Of(ballotResult),
	governance.BallotCodeMessage:          mail.Of(ballotCode),
	governance.BallotRefusedMessage:       mail.Of(ballotRefused),
	governance.FollowUpMessage:            mail.Of(followUp),
	governance.FollowUpReceiptMessage:     mail.Of(reportReceipt),
	governance.LeaderMinutesMessage:       mail.Of(leaderMinutes),
	governance.LeaderQuarterMessage:       mail.Of(leaderQuarter),
}

// On has the mail to addresses, by their purpose.
var On = map[forum.Purpose]mail.Handler{
	governance.MinutesPurpose:      minutesAnswers,
	governance.MinutesKeyPurpose:   minutesKeyAnswers,
	governance.RatificationPurpose: ratificationAnswers,
	governance.BallotPurpose:       ballotAnswers,
	governance.FollowUpPurpose:     reports,
}
