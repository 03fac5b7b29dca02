package print

import (
	"bytes"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/samraad/samraad/templates"
)

// Lengths in points; A4 and A3 upright.
const (
	a4Width, a4Height = 595.28, 841.89
	a3Width, a3Height = 841.89, 1190.55

	side       = 56.0 // margins
	top        = 62.0
	bottom     = 62.0
	footing    = 30.0 // baseline of the foot from the lower edge
	textSize   = 11.0
	smallSize  = 9.0
	lineFactor = 1.42
)

// colour is red, green and blue.
type colour [3]int

// The site's colours: text, what is quiet, lines, links, and the two levels,
// which are equally light and equally strong.
var (
	ink        = colour{0x29, 0x2c, 0x30}
	quiet      = colour{0x5b, 0x5d, 0x60}
	hairline   = colour{0xbb, 0xbc, 0xbd}
	linked     = colour{0x00, 0x5d, 0xb1}
	municipal  = colour{6, 114, 110}
	specialist = colour{117, 84, 133}
)

// sheet sets text on pages from the top down and keeps what it says in tags.
type sheet struct {
	pdf   *fpdf.Fpdf
	fonts [3]bool // faces that are in the file
	tags  *tags
	text  templates.Text
	y     float64 // upper edge of the next line, from the top
	left  float64
	right float64
	foot  func(page int) (left, right string)
	// footSide is how far the foot stands from both sides.
	footSide float64
	size     fpdf.SizeType // of the page being drawn
	clean    bool          // the page has no foot yet
}

func newSheet(text templates.Text, made time.Time) *sheet {
	pdf := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: a4Width, Ht: a4Height}})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCompression(false) // the finished file does that
	return &sheet{pdf: pdf, tags: newTags(), text: text, left: side, right: a4Width - side}
}

// page begins a new page of A4.
func (s *sheet) page() { s.pageOf(a4Width, a4Height) }

// pageOf begins a new page of a size. Content that is open goes on there.
func (s *sheet) pageOf(width, height float64) {
	if s.tags.content != nil {
		s.raw(endContent)
	}
	s.endPage()
	s.size = fpdf.SizeType{Wd: width, Ht: height}
	s.pdf.AddPageFormat("P", s.size)
	s.y, s.clean, s.footSide = top, true, side
	if s.tags.content != nil {
		s.raw(s.tags.begin(s.tags.content, s.number()))
	}
}

// endPage writes the foot of the page being drawn.
func (s *sheet) endPage() {
	if !s.clean || s.foot == nil {
		return
	}
	s.clean = false
	left, right := s.foot(s.number())
	s.raw(beginPagination)
	baseline := s.size.Ht - footing
	width := s.width(right, regular, smallSize)
	s.put(s.shortened(left, regular, smallSize, s.size.Wd-2*s.footSide-width-20), s.footSide, baseline, regular, smallSize, quiet)
	s.put(right, s.size.Wd-s.footSide-width, baseline, regular, smallSize, quiet)
	s.raw(endContent)
}

// number is that of the page being drawn, from 1.
func (s *sheet) number() int { return s.pdf.PageNo() }

func (s *sheet) raw(operator string) { s.pdf.RawWriteStr(operator) }

// room makes sure of so much height, on a new page if need be.
func (s *sheet) room(height float64) {
	if s.y+height > s.size.Ht-bottom {
		s.page()
	}
}

// space leaves so much height free, but none at the top of a page.
func (s *sheet) space(height float64) {
	if s.y > top {
		s.y += height
	}
}

// width is that of a text in one line.
func (s *sheet) width(text string, f face, size float64) float64 {
	total := 0.0
	for _, r := range runsOf(text, f) {
		total += r.width(size)
	}
	return total
}

// put draws a text at a baseline, from the top.
func (s *sheet) put(text string, x, baseline float64, f face, size float64, c colour) {
	s.pdf.SetTextColor(c[0], c[1], c[2])
	for _, r := range runsOf(text, f) {
		s.setFont(r.face, size)
		s.pdf.Text(x, baseline, r.text)
		x += r.width(size)
	}
}

// shortened is a text that fits a width, with an ellipsis where it was cut.
func (s *sheet) shortened(text string, f face, size, width float64) string {
	if s.width(text, f, size) <= width {
		return text
	}
	letters := []rune(text)
	low, high := 0, len(letters)
	for low < high {
		middle := (low + high + 1) / 2
		if s.width(string(letters[:middle])+"…", f, size) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(letters[:low]) + "…"
}

// rule draws a line across, as an artifact.
func (s *sheet) rule(x1, x2, y, thick float64, c colour) {
	s.raw(beginArtifact)
	s.fill(x1, y-thick/2, x2-x1, thick, c)
	s.raw(endContent)
}

func (s *sheet) fill(x, y, width, height float64, c colour) {
	s.pdf.SetFillColor(c[0], c[1], c[2])
	s.pdf.Rect(x, y, width, height, "F")
}

// output ends the last page and gives the file without tags.
func (s *sheet) output() ([]byte, error) {
	s.endPage()
	var out bytes.Buffer
	err := s.pdf.Output(&out)
	return out.Bytes(), err
}
