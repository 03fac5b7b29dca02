package print

import (
	"strconv"
	"strings"
)

// style is how a block of text is set.
type style struct {
	face   face
	size   float64
	colour colour
}

var (
	body    = style{regular, textSize, ink}
	strong  = style{bold, textSize, ink}
	aside   = style{regular, smallSize + 0.5, quiet}
	flagged = style{bold, smallSize + 0.5, linked}
	asLink  = style{regular, textSize, linked}
	titling = style{bold, 24, ink}
	// subheading is for what a page is divided into.
	subheading = style{bold, 15, ink}
)

// height is that of one line.
func (st style) height() float64 {
	if st.size > 14 {
		return st.size * 1.22
	}
	return st.size * lineFactor
}

// baseline is where the letters of a line stand, below its upper edge.
func (st style) baseline() float64 { return (st.height()-st.size)/2 + st.size*0.82 }

// leaf draws the content of a new element with nothing but text in it.
func (s *sheet) leaf(role string, draw func()) *element {
	e := s.tags.open(role)
	s.content(e, draw)
	s.tags.close()
	return e
}

// content draws what belongs to an element; pages may end inside.
func (s *sheet) content(e *element, draw func()) {
	outer := s.tags.content
	if outer != nil {
		s.raw(endContent)
	}
	s.tags.content = e
	s.raw(s.tags.begin(e, s.number()))
	draw()
	s.raw(endContent)
	s.tags.content = outer
	if outer != nil {
		s.raw(s.tags.begin(outer, s.number()))
	}
}

// flow sets a text between the margins, line by line.
func (s *sheet) flow(text string, st style) {
	for _, line := range s.breaks(clean(text), st.face, st.size, s.right-s.left) {
		s.room(st.height())
		s.put(line, s.left, s.y+st.baseline(), st.face, st.size, st.colour)
		s.y += st.height()
	}
}

// heading sets a heading inside a page, of a level from 1, kept together with
// what follows.
func (s *sheet) heading(level int, text string) {
	st := subheading
	s.space(st.size * 0.9)
	s.room(st.height()*float64(len(s.breaks(clean(text), st.face, st.size, s.right-s.left))) + 2.5*body.height())
	s.leaf("H"+strconv.Itoa(level), func() { s.flow(text, st) })
	s.y += st.size * 0.35
}

// mark enters the place where the next line will stand into the outline.
func (s *sheet) mark(title string, under bool) {
	s.tags.marks = append(s.tags.marks, mark{title: clean(title), page: s.number(), y: s.size.Ht - s.y + 8, under: under})
}

// paragraph sets a paragraph.
func (s *sheet) paragraph(text string, st style) {
	s.leaf("P", func() { s.flow(text, st) })
	s.y += st.size * 0.55
}

// anchor is a place on the page, measured from the top, that leads somewhere.
func (s *sheet) anchor(x1, y1, x2, y2 float64, to int, address, says string) *anchor {
	return &anchor{page: s.number(), x1: x1, y1: s.size.Ht - y2, x2: x2, y2: s.size.Ht - y1, to: to, address: address, says: clean(says)}
}

// list sets entries under each other, each after its label.
func (s *sheet) list(labels, entries []string) {
	const indent = 20
	s.tags.open("L")
	for i, entry := range entries {
		s.room(body.height())
		s.tags.open("LI")
		s.leaf("Lbl", func() {
			s.put(labels[i], s.left, s.y+body.baseline(), body.face, body.size, quiet)
		})
		s.left += indent
		s.leaf("LBody", func() { s.flow(entry, body) })
		s.left -= indent
		s.tags.close()
		s.y += 2
	}
	s.tags.close()
	s.y += textSize * 0.55
}

// prose sets plain text as people write it: paragraphs with empty lines between
// them, and lists of lines that begin with "-", "•", "*" or "1.".
func (s *sheet) prose(text string) {
	var labels, entries []string
	end := func() {
		if len(entries) > 0 {
			s.list(labels, entries)
			labels, entries = nil, nil
		}
	}
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			s.paragraph(strings.Join(paragraph, "\n"), body)
			paragraph = nil
		}
	}
	for line := range strings.SplitSeq(clean(text), "\n") {
		line = strings.TrimSpace(line)
		label, entry := listed(line)
		switch {
		case line == "":
			flush()
			end()
		case label != "":
			flush()
			labels, entries = append(labels, label), append(entries, entry)
		case len(entries) > 0:
			entries[len(entries)-1] += " " + line
		default:
			paragraph = append(paragraph, line)
		}
	}
	flush()
	end()
}

// listed parts a line that is an entry of a list from its label; "" for one
// that is none.
func listed(line string) (label, entry string) {
	first, rest, found := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if !found || rest == "" {
		return "", ""
	}
	switch first {
	case "-", "•", "*", "–":
		return "•", rest
	}
	number := strings.TrimRight(first, ".)")
	if _, err := strconv.ParseUint(number, 10, 8); err == nil && len(first) == len(number)+1 {
		return first, rest
	}
	return "", ""
}
