package mail

import (
	"context"
	"regexp"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

// The words that are taken for more than a remark: a mail that says one of them,
// a greeting and a closing, and nothing else. Words of all languages are taken,
// since a council writes more than one.
var (
	approvesMinutes = regexp.MustCompile(`(?i)^(?:møteboka |møteboken |the minutes )?(?:er |are |is )?(?:godkjend|godkjent|approved)\s*[.!]*$`)
	takesBack       = regexp.MustCompile(`(?i)^(?:trekk|trekk tilbake|trekk svaret|take back|withdraw)\s*[.!]*$`)
	objectsTo       = regexp.MustCompile(`(?is)^(?:innvending|objection)\s*(?::|–|-)\s*(.+)$`)
)

// minutesSaying reads what somebody who was there wrote: an approval or a taking
// back where the whole text is a listed word, a remark where it is anything else.
func minutesSaying(text string) governance.MinutesSaying {
	said := mail.SingleLine(text)
	switch {
	case approvesMinutes.MatchString(said):
		return governance.MinutesSaying{Reply: governance.ApproveMinutesReply}
	case takesBack.MatchString(said):
		return governance.MinutesSaying{Reply: governance.TakeBackReply}
	}
	return governance.MinutesSaying{Reply: governance.RemarkReply, Text: text}
}

// minutesWord reads what a key-holder wrote; nothing is guessed.
func minutesWord(text string) (governance.MinutesKeySaying, bool) {
	said := mail.SingleLine(text)
	switch found := objectsTo.FindStringSubmatch(strings.TrimSpace(text)); {
	case approvesMinutes.MatchString(said):
		return governance.MinutesKeySaying{Answer: forum.Approve}, true
	case takesBack.MatchString(said):
		return governance.MinutesKeySaying{Answer: forum.TakeBack}, true
	case found != nil:
		return governance.MinutesKeySaying{Answer: forum.Objects, Reason: strings.TrimSpace(found[1])}, true
	}
	return governance.MinutesKeySaying{}, false
}

var minutesAnswers = mail.Handler{
	Take: func(ctx context.Context, tx forum.Tx, given mail.Given) (forum.IncomingState, error) {
		round := governance.MinutesRoundID(given.Token.Subject)
		return forum.Understood, governance.TakeMailedMinutesAnswer(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, round, minutesSaying(given.Message.Text))
	},
	Refused: refusedMinutes,
}

var minutesKeyAnswers = mail.Handler{
	Take: func(ctx context.Context, tx forum.Tx, given mail.Given) (forum.IncomingState, error) {
		saying, understood := minutesWord(given.Message.Text)
		if !understood {
			return refusedMinutes(ctx, tx, given, forum.Refuse(forum.Invalid, "error.minutes.unclear"))
		}
		round := governance.MinutesRoundID(given.Token.Subject)
		return forum.Understood, governance.TakeMailedMinutesWord(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, round, saying)
	},
	Refused: refusedMinutes,
}

func refusedMinutes(ctx context.Context, tx forum.Tx, given mail.Given, why *forum.Error) (forum.IncomingState, error) {
	return forum.HeldMail, governance.HoldMailedMinutes(ctx, governance.In(tx), given.ID, given.Token, given.Reading, why)
}
