package mail

import (
	"context"
	"regexp"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

// ratificationAnswers read the listed words of parties.
var ratificationAnswers = mail.Handler{
	Take: func(ctx context.Context, tx forum.Tx, given mail.Given) (forum.IncomingState, error) {
		about := governance.RatificationID(given.Token.Subject)
		answer, understood := RatificationWords(given.Message.Text)
		if !understood {
			return forum.HeldMail, governance.HoldMailedRatification(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, about, nil)
		}
		return forum.Understood, governance.TakeMailedRatification(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, about, answer)
	},
	Refused: func(ctx context.Context, tx forum.Tx, given mail.Given, why *forum.Error) (forum.IncomingState, error) {
		return forum.HeldMail, governance.HoldMailedRatification(ctx, governance.In(tx), given.ID, given.Token.PersonID, given.Reading, governance.RatificationID(given.Token.Subject), why)
	},
}

// The words that a party's mail is made of. Words of all languages are taken.
//
//	ratified                     with nothing more
//	ratified with remarks: …     the remarks can go on below
//	rejected: …                  the reason can go on below
//	reference: 2026/123          in the party's own case system, on a line of its own
var (
	ratifiedWord  = regexp.MustCompile(`(?i)^(?:slutta oss til|slutt(?:ar|er) oss til|tilslutta|tilsluttet|ratified)\s*[.!]*$`)
	remarksWord   = regexp.MustCompile(`(?i)^(?:slutt(?:ar|er) oss til med merknad(?:ar|er)?|tilslutta med merknad(?:ar)?|tilsluttet med merknad(?:er)?|ratified with remarks?)\s*:\s*(.*)$`)
	rejectedWord  = regexp.MustCompile(`(?i)^(?:avvist|avvis(?:er)?|slutt(?:ar|er) oss ikkje til|slutter oss ikke til|rejected)\s*:\s*(.*)$`)
	referenceWord = regexp.MustCompile(`(?i)^(?:referanse|saksnummer hos oss|reference)\s*:\s*(\S.*)$`)
)

// RatificationWords reads what somebody wrote for a party. understood is false
// for anything that is more or less than the listed words: "ratified, but …"
// changes nothing.
func RatificationWords(text string) (answer governance.RatificationAnswer, understood bool) {
	lines, sure := mail.AuthorLines(text)
	if !sure {
		return answer, false
	}
	open := false // remarks go on
	for _, line := range lines {
		state, remarks := governance.RatificationState(""), ""
		switch reference := referenceWord.FindStringSubmatch(line); {
		case reference != nil && answer.Reference == "":
			answer.Reference, open = strings.TrimSpace(reference[1]), false
			continue
		case reference != nil:
			return answer, false
		case ratifiedWord.MatchString(line):
			state = governance.Ratified
		default:
			if found := remarksWord.FindStringSubmatch(line); found != nil {
				state, remarks = governance.WithRemarks, found[1]
			} else if found := rejectedWord.FindStringSubmatch(line); found != nil {
				state, remarks = governance.Rejected, found[1]
			}
		}
		switch {
		case state != "" && answer.State != "":
			return answer, false
		case state != "":
			answer.State, answer.Remarks, open = state, remarks, state != governance.Ratified
		case open:
			answer.Remarks = strings.TrimSpace(answer.Remarks + "\n" + line)
		default:
			return answer, false
		}
	}
	return answer, answer.State != "" && (answer.State == governance.Ratified || answer.Remarks != "")
}
