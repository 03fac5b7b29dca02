package mail

import (
	"slices"
	"strings"
	"unicode"

	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
)

// The words that report on a follow-up, as the whole of what a mail says. Words of all
// languages are taken, since a council writes more than one.
var (
	doneWords = []string{
		"ferdig", "fullført", "utført", "gjennomført", "gjort", "godkjend", "godkjent", "avslutta", "avsluttet", // nn, nb
		"done", "completed", "finished", "approved", // en
		"dette er ferdig", "det er ferdig", "saka er ferdig", "saken er ferdig", "er ferdig", "this is done", "it is done",
	}
	undoWords = []string{"angre", "angra", "gjenopne", "gjenåpne", "undo", "reopen"}
)

// reportWord reads what somebody wrote of a follow-up: a listed word only where it is
// all that the author says. "Ferdig til jul" and "ikkje ferdig" are none.
func reportWord(text string) governance.ReportWord {
	said := folded(mail.SingleLine(text))
	switch {
	case slices.Contains(doneWords, said):
		return governance.DoneWord
	case slices.Contains(undoWords, said):
		return governance.UndoWord
	}
	return governance.NoWord
}

// folded is a line in lower case, without the full stops, commas and exclamation marks
// around it: a question mark is none of them, since it asks.
func folded(line string) string {
	line = strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,!", r) })
	return strings.ToLower(line)
}
