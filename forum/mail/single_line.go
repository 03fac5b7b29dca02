package mail

import "strings"

// SingleLine is what an author says in one line, without a greeting before it and a
// closing with a signature below; "" for a text that says more, quotes, or says
// nothing. Marks that programs put around words are left out.
func SingleLine(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	said := ""
	for i, line := range lines {
		line = keyLine(line)
		switch {
		case line == "" || said == "" && opensMail.MatchString(line):
		case said != "" && closesMail.MatchString(line) && onlyCloses(lines[i+1:]):
			return said
		case said != "" || isQuoted(line) || closesMail.MatchString(line):
			return ""
		default:
			said = line
		}
	}
	return said
}
