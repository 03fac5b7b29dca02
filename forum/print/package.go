// Package print makes the agenda package of a meeting as tagged PDF: front page,
// contents and every item with its papers merged. What comes in papers is
// handled in a process of its own, under limits.
package print

import (
	"io"
	"time"

	"github.com/samraad/samraad/forum"
)

// Sort is what a package is to those who got one before.
type Sort string

// The sorts of package.
const (
	Whole      Sort = "whole"
	Supplement Sort = "supplement" // marks what changed
	Correction Sort = "correction" // replaces one that was wrong
)

// Package is what one PDF says of a meeting, in one language. Times are UTC and
// shown in Europe/Oslo.
type Package struct {
	Language   forum.Language
	Forum      string
	Meeting    string // its title, "" for one that has none
	Start, End time.Time
	Place      string
	Link       string // of the meeting's online room, "" for none
	Page       string // address of the meeting's page, "" for none
	Sort       Sort
	Edition    int       // counts from 1
	Made       time.Time // the date in the file; the same package gives the same bytes
	Text       string    // what the secretary writes to those called, plain
	Called     []Person
	Reports    []Report // of what was settled between meetings
	Items      []Item
}

// Person is one of those called.
type Person struct {
	Name         string
	Role         string // in words: leader, member, substitute for …
	Organisation string
}

// Report is what came of a matter that was dealt with in writing since the last meeting.
type Report struct {
	Number  string // of the matter
	Title   string // the public one
	Outcome string // in words
}

// Item is one line of the agenda as the public may know it.
type Item struct {
	Key        string // names the item in every edition
	Number     string // of the matter, "" for standing items and pauses
	Title      string // the public one
	Kind       forum.ItemKind
	Pause      bool
	Start, End time.Time
	Presenter  string
	Origin     string // who proposed it, of which level
	Text       string // of the matter: plain paragraphs, and lines that begin with "-", "•" or "1."
	Sections   []Section
	Without    string // that the matter does without the contribution of a level, in words; "" for none
	Changed    bool   // since the edition before: marked in agenda and contents
	Exempt     bool   // the matter is: nothing but title, kind, times and basis is printed
	HeldBack   string // legal basis on which it is; one that is stated makes the matter exempt
	Papers     []Paper
}

// Section is a part of what a matter says, under a heading of its own.
type Section struct {
	Title string
	Text  string // as of Item
}

// HasPages tells whether the item has pages of its own; a pause or a standing
// item without text and papers stands on the agenda only.
func (i Item) HasPages() bool {
	return !i.Pause && (i.Number != "" || i.Text != "" || i.heldBack() || len(i.Papers) > 0)
}

func (i Item) heldBack() bool { return i.Exempt || i.HeldBack != "" }

// Paper is an attachment of an item.
type Paper struct {
	Name   string
	Type   string // media type
	Size   int64  // bytes
	Digest forum.Digest
	Exempt bool                          // neither name nor content is printed
	Basis  string                        // legal basis of an exempt paper, "" when none is stated
	Open   func() (io.ReadCloser, error) `json:"-"`
}
