package templates

import (
	"strings"
	"unicode"

	"znkr.io/diff"
)

// ChangeSort is what became of words from one text to another.
type ChangeSort string

// The sorts.
const (
	SameWords ChangeSort = "same"
	GoneWords ChangeSort = "gone"
	NewWords  ChangeSort = "new"
)

// Change is a run of words of two texts that are compared.
type Change struct {
	Sort ChangeSort
	Text string
}

// Changes compares two texts word by word. Words that are replaced together stand
// together: first what went, then what came.
func Changes(before, after string) (changes []Change) {
	edits := diff.Edits(wordsOf(before), wordsOf(after))
	var gone, come strings.Builder
	flush := func() {
		if gone.Len() > 0 {
			changes = append(changes, Change{GoneWords, gone.String()})
		}
		if come.Len() > 0 {
			changes = append(changes, Change{NewWords, come.String()})
		}
		gone.Reset()
		come.Reset()
	}
	for i, edit := range edits {
		switch {
		case edit.Op == diff.Delete:
			gone.WriteString(edit.X)
		case edit.Op == diff.Insert:
			come.WriteString(edit.Y)
		case edit.X == " " && gone.Len() > 0 && come.Len() > 0 && i+1 < len(edits) && edits[i+1].Op != diff.Match:
			gone.WriteString(edit.X) // a blank between words that are both replaced
			come.WriteString(edit.Y)
		default:
			flush()
			changes = append(changes, Change{SameWords, edit.X})
		}
	}
	flush()
	return joinedChanges(changes)
}

// joinedChanges makes one of changes of a sort that follow each other.
func joinedChanges(changes []Change) (joined []Change) {
	for _, c := range changes {
		if last := len(joined) - 1; last >= 0 && joined[last].Sort == c.Sort {
			joined[last].Text += c.Text
			continue
		}
		joined = append(joined, c)
	}
	return joined
}

// wordsOf takes a text apart into words, blanks, line ends and the signs between
// them.
func wordsOf(text string) (words []string) {
	begin, last := 0, signRune
	for at, r := range text {
		now := runeSortOf(r)
		if at > 0 && (now != last || now == signRune) {
			words = append(words, text[begin:at])
			begin = at
		}
		last = now
	}
	if begin < len(text) {
		words = append(words, text[begin:])
	}
	return words
}

// runeSort is what a letter of a text is part of; each sign stands alone.
type runeSort int

const (
	signRune runeSort = iota
	wordRune
	blankRune
	endRune
)

func runeSortOf(r rune) runeSort {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return wordRune
	case r == '\n':
		return endRune
	case unicode.IsSpace(r):
		return blankRune
	}
	return signRune
}
