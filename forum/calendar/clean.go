package calendar

import (
	"strings"
	"unicode"
)

// cleanLines prepares a text for a calendar: valid UTF-8, lines ended by LF, no other control characters, and none of the marks
// that turn the direction of writing, which can make a name look like another.
func cleanLines(text string) string {
	if isClean(text) {
		return text
	}
	return cleaned(text)
}

func cleaned(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Map(func(char rune) rune {
		switch {
		case char == '\n' || char == '\u2028' || char == '\u2029':
			return '\n'
		case unicode.IsControl(char) || unicode.Is(unicode.Bidi_Control, char) || char == '\uFEFF':
			return -1
		}
		return char
	}, lineEnds.Replace(text))
}

// isClean tells whether a text stays as it is, which most do: letters of Latin alphabets, and lines that end in LF.
func isClean(text string) bool {
	for _, char := range text {
		if char != '\n' && char < ' ' || char >= '\u007f' && char < '\u00a0' || char >= '\u0250' {
			return false // or not known to stay
		}
	}
	return true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ")

// cleanLine is cleanLines for a text of one line.
func cleanLine(text string) string {
	return strings.Join(strings.Fields(cleanLines(text)), " ")
}
