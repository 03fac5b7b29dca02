package print

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// element is a node of the structure tree (ISO 32000-1 § 14.7): what a reader
// of the screen hears, in its order.
type element struct {
	role  string // H1, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Link, Sect, Div …
	alt   string
	attrs types.Dict
	kids  []any // *element, piece or *anchor
}

// piece is marked content on a page, by the page (from 1) and its number there.
type piece struct{ page, id int }

// anchor is a link's place on a page and where it leads: to a page of the file
// or to an address.
type anchor struct {
	page           int
	x1, y1, x2, y2 float64 // points from the lower left corner
	to             int     // page, 0 for an address
	address        string
	says           string
}

// mark is an entry of the outline that a reader opens beside the pages.
type mark struct {
	title string
	page  int
	y     float64 // points from the lower edge
	under bool    // below the entry of the first level before it
}

// tags builds the structure while pages are drawn.
type tags struct {
	root    *element
	at      []*element // open elements, the innermost last
	content *element   // whose marked content is being drawn, nil for none
	ids     map[int]int
	marks   []mark
}

func newTags() *tags {
	root := &element{role: "Document"}
	return &tags{root: root, at: []*element{root}, ids: map[int]int{}}
}

// open begins an element inside the innermost one.
func (t *tags) open(role string) *element {
	e := &element{role: role}
	t.inner().kids = append(t.inner().kids, e)
	t.at = append(t.at, e)
	return e
}

func (t *tags) close() { t.at = t.at[:len(t.at)-1] }

func (t *tags) inner() *element { return t.at[len(t.at)-1] }

// begin is the operator that begins an element's content on a page.
func (t *tags) begin(e *element, page int) string {
	id := t.ids[page]
	t.ids[page]++
	e.kids = append(e.kids, piece{page, id})
	return fmt.Sprintf("/%s <</MCID %d>> BDC", e.role, id)
}

// The operators around what is no content (ISO 32000-1 § 14.8.2.2).
const (
	beginArtifact   = "/Artifact BMC"
	beginPagination = "/Artifact <</Type /Pagination>> BDC"
	endContent      = "EMC"
)
