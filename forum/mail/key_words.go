package mail

import (
	"regexp"
	"strings"

	"github.com/samraad/samraad/forum"
)

// The words that a key-holder's mail is made of, one line each. Words of all languages are taken, since a council writes
// more than one.
//
//	approved                      all that is asked
//	approved 14/26, 15/26         these items
//	objection 14/26: the reason   this item, with a reason that can go on below
//	rest approved                 all that the other lines do not name
const (
	approvedPattern = `(?:godkjend|godkjent|approved)`
	objectedPattern = `(?:innvending|objection)`
	restPattern     = `(?:resten|rest|the rest)`
	itemPattern     = `(?:(?:sak|saka|punkt|item) )?(\d{1,4}(?:/\d{2})?)`
)

var (
	approvedAll   = regexp.MustCompile(`(?i)^` + approvedPattern + `\s*[.!]*$`)
	approvedRest  = regexp.MustCompile(`(?i)^(?:` + restPattern + ` ` + approvedPattern + `|` + approvedPattern + ` ` + restPattern + `)\s*[.!]*$`)
	approvedItems = regexp.MustCompile(`(?i)^` + approvedPattern + `:? +(` + itemPattern + `(?:(?: *,| +og| +and) +` + itemPattern + `)*)\s*[.!]*$`)
	objectedItem  = regexp.MustCompile(`(?i)^` + objectedPattern + ` +` + itemPattern + `\s*(?::|–|-)?(?:\s+(.*))?$`)
	oneItem       = regexp.MustCompile(`\d{1,4}(?:/\d{2})?`)

	opensMail  = regexp.MustCompile(`(?i)^(hei|heisann|hallo|god ?dag|god morgon|god morgen|hi|hello|dear)\b[^.:;?]{0,60}$`)
	closesMail = regexp.MustCompile(`(?i)^((med )?(vennleg|venleg|vennlig|venlig|beste?|god|mange?) hels(ing|ingar|en)|(med )?hilsen|(med )?helsing|mvh|m\.v\.h|vh|vennlig hilsen|med vennlig hilsen|(kind |best |warm )?regards|best wishes|sincerely)\b[^:;?]{0,80}$|^(tusen |mange )?(takk|thanks|thank you)[.!]*$`)
)

// longestClosing is how many lines may stand under the words that close a mail.
const longestClosing = 15

// keyWords reads what a key-holder wrote. understood is false for anything that is more or less than the listed words, a
// greeting and a closing: nothing is guessed.
func keyWords(text string) (words []forum.MailedWord, understood bool) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = keyLine(line)
		switch more, is := keyCommand(line); {
		case is:
			words = append(words, more...)
		case isQuoted(line):
			return nil, false
		case line == "" || len(words) == 0 && opensMail.MatchString(line):
		case len(words) > 0 && closesMail.MatchString(line):
			return words, consistent(words) && onlyCloses(lines[i+1:])
		case len(words) > 0 && words[len(words)-1].Answer == forum.Objects:
			last := &words[len(words)-1]
			last.Reason = strings.TrimSpace(last.Reason + "\n" + line)
		default:
			return nil, false
		}
	}
	return words, consistent(words)
}

// keyCommand reads one line that is a listed word.
func keyCommand(line string) (words []forum.MailedWord, is bool) {
	if approvedAll.MatchString(line) {
		return []forum.MailedWord{{Answer: forum.Approve}}, true
	}
	if approvedRest.MatchString(line) {
		return []forum.MailedWord{{Answer: forum.Approve, Rest: true}}, true
	}
	if found := approvedItems.FindStringSubmatch(line); found != nil {
		for _, item := range oneItem.FindAllString(found[1], -1) {
			words = append(words, forum.MailedWord{Handle: item, Answer: forum.Approve})
		}
		return words, true
	}
	if found := objectedItem.FindStringSubmatch(line); found != nil {
		return []forum.MailedWord{{Handle: found[1], Answer: forum.Objects, Reason: strings.TrimSpace(found[2])}}, true
	}
	return nil, false
}

// keyLine is a line as its author meant it, without what programs put around it.
func keyLine(line string) string {
	return strings.Join(strings.Fields(strings.Trim(plainLine(line), "«»\"'“” ")), " ")
}

// consistent tells whether words say one thing of each item, with a reason for each objection.
func consistent(words []forum.MailedWord) bool {
	of := map[string]bool{}
	all, rest := 0, 0
	for _, w := range words {
		switch {
		case w.Answer == forum.Objects && w.Reason == "", w.Handle != "" && of[w.Handle]:
			return false
		case w.Handle != "":
			of[w.Handle] = true
		case w.Rest:
			rest++
		default:
			all++
		}
	}
	switch {
	case all > 0:
		return all == 1 && len(words) == 1
	case rest > 0:
		return rest == 1 && len(of) > 0
	}
	return len(of) > 0
}

// onlyCloses tells whether what stands under a closing is a name and an address, and no more words.
func onlyCloses(lines []string) bool {
	if len(trimBlank(lines)) > longestClosing {
		return false
	}
	for _, line := range lines {
		if _, is := keyCommand(keyLine(line)); is || isQuoted(line) {
			return false
		}
	}
	return true
}
