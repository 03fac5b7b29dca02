package print

import "strings"

// breaks parts a text into lines that fit a width. The space at which a line
// breaks stays at its end, so that what is read from the file has its words
// apart. A word wider than the line is broken where it must be.
func (s *sheet) breaks(text string, f face, size, width float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, s.breakLine(paragraph, f, size, width)...)
	}
	return lines
}

func (s *sheet) breakLine(text string, f face, size, width float64) []string {
	var lines []string
	var line strings.Builder
	used := 0.0
	space := s.width(" ", f, size)
	for rest := text; rest != ""; {
		word, after, found := strings.Cut(rest, " ")
		rest = after
		w := s.width(word, f, size)
		if used > 0 && used+w > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		for w > width {
			fits := s.fitting(word, f, size, width)
			lines = append(lines, word[:fits])
			word = word[fits:]
			w = s.width(word, f, size)
		}
		line.WriteString(word)
		used += w
		if found {
			line.WriteByte(' ')
			used += space
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		lines = append(lines, line.String())
	}
	return lines
}

// fitting is how many bytes of a word fit a width, one character at least.
func (s *sheet) fitting(word string, f face, size, width float64) int {
	used := 0.0
	for i, r := range word {
		used += s.width(string(r), f, size)
		if used > width && i > 0 {
			return i
		}
	}
	return len(word)
}
