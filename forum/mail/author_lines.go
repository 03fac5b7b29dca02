package mail

import "strings"

// AuthorLines are the lines of a mail between a greeting and a closing, each as
// its author meant it. sure is false where a line is quoted, or more follows the
// closing than a name and an address: nothing is guessed then.
func AuthorLines(text string) (lines []string, sure bool) {
	all := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range all {
		line = keyLine(line)
		switch {
		case isQuoted(line):
			return nil, false
		case line == "" || len(lines) == 0 && opensMail.MatchString(line):
		case len(lines) > 0 && closesMail.MatchString(line):
			return lines, len(trimBlank(all[i+1:])) <= longestClosing
		default:
			lines = append(lines, line)
		}
	}
	return lines, true
}
