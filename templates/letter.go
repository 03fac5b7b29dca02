package templates

import (
	"strings"
	"unicode/utf8"
)

// letterWidth is the longest line of a plain letter, in characters (RFC 5322 2.1.1 recommends at most 78).
const letterWidth = 78

// Letter is a mail, written once and rendered as plain text and as HTML.
type Letter struct {
	Text       Text
	Subject    string
	Preheader  string // what a mailbox shows beside the subject; only in the HTML
	Greeting   string
	Paragraphs []string
	Facts      []Fact
	Listed     Listed
	Actions    []Link
	Quote      string // words of somebody else, set apart
	Closing    string // may have several lines
	Footer     string // who sees a reply, and why the letter came
}

// Fact is a label and its value.
type Fact struct {
	Label, Value string
}

// Listed is a list with a heading, such as an agenda: the label of each line is
// when it begins.
type Listed struct {
	Heading string
	Lines   []Fact
}

// Link is a named address.
type Link struct {
	Label, URL string
}

// Plain is the letter as plain text, wrapped at 78 characters, with LF line ends. Addresses are never broken.
func (l Letter) Plain() string {
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	add(wrap(l.Greeting, "", ""))
	for _, paragraph := range l.Paragraphs {
		add(wrap(paragraph, "", ""))
	}
	add(plainFacts(l.Facts))
	if len(l.Listed.Lines) > 0 {
		add(wrap(l.Listed.Heading, "", ""))
		for _, line := range l.Listed.Lines {
			add(wrap(line.Value, line.Label+"  ", strings.Repeat(" ", utf8.RuneCountInString(line.Label)+2)))
		}
	}
	if l.Quote != "" {
		add(wrap(l.Quote, "> ", "> "))
	}
	for _, action := range l.Actions {
		add(wrap(action.Label+":", "", "") + "\n" + action.URL)
	}
	add(wrap(l.Closing, "", ""))
	if l.Footer != "" {
		add("-- \n" + wrap(l.Footer, "", ""))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func plainFacts(facts []Fact) string {
	widest := 0
	for _, fact := range facts {
		widest = max(widest, utf8.RuneCountInString(fact.Label))
	}
	indent := strings.Repeat(" ", min(widest, letterWidth/3)+2)
	var lines []string
	for _, fact := range facts {
		label := fact.Label + ":"
		pad := max(1, len(indent)-utf8.RuneCountInString(label))
		lines = append(lines, wrap(fact.Value, label+strings.Repeat(" ", pad), indent))
	}
	return strings.Join(lines, "\n")
}

// wrap breaks each line of s between words; the first line begins with first, the others with rest.
func wrap(s, first, rest string) string {
	if strings.TrimSpace(s) == "" {
		return strings.TrimRight(first, " ")
	}
	var lines []string
	prefix := first
	for paragraph := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		line := prefix
		empty := true
		for word := range strings.FieldsSeq(paragraph) {
			if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > letterWidth {
				lines = append(lines, line)
				line, empty = rest, true
			}
			if !empty {
				line += " "
			}
			line += word
			empty = false
		}
		lines = append(lines, strings.TrimRight(line, " "))
		prefix = rest
	}
	return strings.Join(lines, "\n")
}

func letterLinesOf(text string) []string {
	return strings.Split(strings.TrimSpace(text), "\n")
}
