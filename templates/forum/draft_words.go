package forum

import (
	"strings"
	"unicode"

	"znkr.io/diff"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// Change is a run of words of two texts that are compared.
type Change struct {
	Op   diff.Op
	Text string
}

// Changes compares two texts word by word. Words that are replaced together stand
// together: first what went, then what came.
func Changes(before, after string) (changes []Change) {
	edits := diff.Edits(wordsOf(before), wordsOf(after))
	var gone, come strings.Builder
	flush := func() {
		if gone.Len() > 0 {
			changes = append(changes, Change{diff.Delete, gone.String()})
		}
		if come.Len() > 0 {
			changes = append(changes, Change{diff.Insert, come.String()})
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
			changes = append(changes, Change{diff.Match, edit.X})
		}
	}
	flush()
	return joinedChanges(changes)
}

// joinedChanges makes one of changes of a sort that follow each other.
func joinedChanges(changes []Change) (joined []Change) {
	for _, c := range changes {
		if last := len(joined) - 1; last >= 0 && joined[last].Op == c.Op {
			joined[last].Text += c.Text
			continue
		}
		joined = append(joined, c)
	}
	return joined
}

// wordsOf takes a text apart into words, blanks and the signs between them.
func wordsOf(text string) (words []string) {
	begin, sort := 0, 0
	for at, r := range text {
		now := sortOf(r)
		if at > 0 && (now != sort || now == 0) {
			words = append(words, text[begin:at])
			begin = at
		}
		sort = now
	}
	if begin < len(text) {
		words = append(words, text[begin:])
	}
	return words
}

// sortOf tells letters and digits (1), blanks (2) and line ends (3) from the signs
// (0) that each stand alone.
func sortOf(r rune) int {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return 1
	case r == '\n':
		return 3
	case unicode.IsSpace(r):
		return 2
	}
	return 0
}

// sectionName is what a section is called.
func sectionName(t templates.Text, s forum.DraftSection) string {
	if s.Part == forum.OwnPart {
		return s.Title
	}
	return t.T("draft_part." + string(s.Part))
}

// SectionTitle names a section by its part and own title.
func SectionTitle(t templates.Text, part forum.DraftPart, title string) string {
	return sectionName(t, forum.DraftSection{Part: part, Title: title})
}

// levelNames are levels in words.
func levelNames(t templates.Text, levels []forum.Level) string {
	names := make([]string, len(levels))
	for i, l := range levels {
		names[i] = t.T("level." + string(l))
	}
	return strings.Join(names, ", ")
}

// Without says that a matter does without the contribution of levels.
func Without(t templates.Text, levels []forum.Level) string {
	return t.T("draft.without", "Levels", levelNames(t, levels))
}
