package forum

import (
	"slices"
	"strings"
)

// Paragraphs splits a text at its blank lines, as people see paragraphs. Line
// ends are made equal, and blanks at the end of lines go.
func Paragraphs(text string) []string {
	var paragraphs, lines []string
	end := func() {
		if len(lines) > 0 {
			paragraphs, lines = append(paragraphs, strings.Join(lines, "\n")), nil
		}
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if line = strings.TrimRight(line, " \t\r"); line == "" {
			end()
			continue
		}
		lines = append(lines, line)
	}
	end()
	return paragraphs
}

// Woven is a run of paragraphs of a text that two people changed at once: either
// Text, which holds for both, or a clash that somebody has to settle.
type Woven struct {
	Text               []string
	Base, Mine, Theirs []string // of a clash; an empty side took the paragraphs out
	Clash              bool
}

func (w Woven) clashes() bool { return w.Clash }

// Weave merges what two people made of the same paragraphs. What only one
// changed, or both in the same way, holds; new paragraphs of both at one place are
// kept both, theirs first; where both changed the same ones, both are given back.
// No paragraph that anybody wrote is lost.
func Weave(base, mine, theirs []string) []Woven {
	var woven []Woven
	inMine, inTheirs := places(base, mine), places(base, theirs)
	b, m, t := 0, 0, 0
	for i := 0; i <= len(base); i++ {
		if i < len(base) && (inMine[i] < 0 || inTheirs[i] < 0) {
			continue
		}
		toMine, toTheirs := len(mine), len(theirs)
		if i < len(base) {
			toMine, toTheirs = inMine[i], inTheirs[i]
		}
		for _, w := range whatHolds(base[b:i], mine[m:toMine], theirs[t:toTheirs]) {
			woven = joined(woven, w)
		}
		if i < len(base) {
			woven = joined(woven, Woven{Text: base[i : i+1]})
		}
		b, m, t = i+1, toMine+1, toTheirs+1
	}
	return woven
}

// whatHolds is what holds of a run between paragraphs that both left alone. Where
// all have as many paragraphs, each is taken for what became of the one before.
func whatHolds(base, mine, theirs []string) []Woven {
	switch {
	case slices.Equal(mine, theirs), slices.Equal(base, theirs):
		return []Woven{{Text: mine}}
	case slices.Equal(base, mine):
		return []Woven{{Text: theirs}}
	case len(base) == 0:
		return []Woven{{Text: slices.Concat(theirs, mine)}}
	}
	if text, fits := amid(base, theirs, mine); fits {
		return []Woven{{Text: text}}
	}
	if text, fits := amid(base, mine, theirs); fits {
		return []Woven{{Text: text}}
	}
	if len(base) == 1 || len(base) != len(mine) || len(base) != len(theirs) {
		return []Woven{{Base: base, Mine: mine, Theirs: theirs, Clash: true}}
	}
	var each []Woven
	for i := range base {
		each = append(each, whatHolds(base[i:i+1], mine[i:i+1], theirs[i:i+1])...)
	}
	return each
}

// amid places what one made of the paragraphs of a run among those that the other
// added to it. It fits when the other changed none of the run's own, and it is
// plain between which of the changed ones the added ones belong.
func amid(base, added, changed []string) (text []string, fits bool) {
	at := places(base, added)
	if slices.Contains(at, -1) {
		return nil, false
	}
	first, last := at[0], at[len(at)-1]
	if len(changed) != len(base) {
		isTogether := last-first+1 == len(base)
		return slices.Concat(added[:first], changed, added[last+1:]), isTogether
	}
	text = slices.Clone(added)
	for i, place := range at {
		text[place] = changed[i]
	}
	return text, true
}

// joined adds a run to those before it, and makes one of two that hold.
func joined(woven []Woven, next Woven) []Woven {
	if !next.Clash && len(next.Text) == 0 {
		return woven
	}
	if last := len(woven) - 1; last >= 0 && !next.Clash && !woven[last].Clash {
		woven[last].Text = slices.Concat(woven[last].Text, next.Text)
		return woven
	}
	return append(woven, next)
}

// places is where each paragraph of one text stands in another, -1 for nowhere,
// by their longest common subsequence. What both begin and end with is left out of
// the search, whose cost is the product of the lengths.
func places(from, to []string) []int {
	found := make([]int, len(from))
	for i := range found {
		found[i] = -1
	}
	head := 0
	for head < min(len(from), len(to)) && from[head] == to[head] {
		found[head] = head
		head++
	}
	tail := 0
	for tail < min(len(from), len(to))-head && from[len(from)-1-tail] == to[len(to)-1-tail] {
		tail++
		found[len(from)-tail] = len(to) - tail
	}
	for i, at := range between(from[head:len(from)-tail], to[head:len(to)-tail]) {
		if at >= 0 {
			found[head+i] = head + at
		}
	}
	return found
}

// mostCompared bounds the product of the lengths of two texts that are searched:
// of larger ones nothing in between is taken for the same.
const mostCompared = 4_000_000

// between is places of texts with neither beginning nor end in common.
func between(from, to []string) []int {
	found := make([]int, len(from))
	for i := range found {
		found[i] = -1
	}
	if len(from)*len(to) > mostCompared {
		return found
	}
	longest := make([][]int, len(from)+1)
	for i := range longest {
		longest[i] = make([]int, len(to)+1)
	}
	for i := len(from) - 1; i >= 0; i-- {
		for j := len(to) - 1; j >= 0; j-- {
			if from[i] == to[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(from) && j < len(to); {
		switch {
		case from[i] == to[j]:
			found[i] = j
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return found
}
