package templates

import (
	"time"

	"github.com/a-h/templ"
)

// Hidden is a value that a form sends along unseen.
type Hidden struct {
	Name, Value string
}

// Heading is the top of a page.
type Heading struct {
	Above string // what kind of thing this is, or its number
	Title string
	Lead  string // one or two sentences
}

// Column is the head of a table's column.
type Column struct {
	Label   string
	Numeric bool // to the right
	Unseen  bool // said to screen readers only
}

// Item is one row of a List.
type Item struct {
	Mark   string // short and in front: a case number, a time
	Title  string
	URL    string // "" for no page of its own
	Detail string
}

// Moment is one entry of a Timeline.
type Moment struct {
	At     time.Time
	What   string
	Who    string
	Level  Level           // "" shows no mark
	Detail templ.Component // nil for nothing more
}

// Page is a place in a long list.
type Page struct {
	Number int // from 1
	Last   int
	URL    func(number int) string
}

// Paper is a file that may be opened.
type Paper struct {
	Name  string
	URL   string // "" for one that this reader may not open
	Type  string // for people: "PDF"
	Bytes int64
	Tags  []PaperTag
	Notes []string // what else is to be known of it
	More  Link     // to its own page; zero for none
}

// PaperTag is a word about a paper.
type PaperTag struct {
	Label string
	Tone  Tone
}
