package print

import (
	"fmt"
	"strconv"
)

// The frame around a page of a paper: a head with its stamp, the foot, and
// nothing of ours on the page itself.
const (
	frameTop    = 40.0
	frameBottom = 46.0
	frameSide   = 16.0
	frameRule   = 32.0
	frameMargin = 30.0 // of head and foot

	mostEnlarged = 2 // times, for slides and small sheets
)

// frames draws the pages of a paper, each in a frame on a page of its own.
func (d *drawing) frames(c content, paper, level int) {
	d.tags.open("Sect")
	name := oneLine(c.Papers[paper].Name)
	for i, page := range c.pages[paper] {
		width, height := frameSize(page)
		d.pageOf(width, height)
		d.footSide = frameMargin
		if i == 0 {
			d.tags.marks = append(d.tags.marks, mark{title: d.text.T("print.attachment_named", "Number", paper+1, "Name", name), page: d.number(), y: height, under: true})
		}
		d.stamp(c, name, d.text.T("print.stamp", "Number", paper+1, "Page", i+1, "Last", len(c.pages[paper])), level, i == 0)
		d.leaf("Div", func() { d.raw(placed(page, width, height)) })
		d.inserted[d.number()] = page
	}
	d.tags.close()
}

// frameSize is the paper that a page is printed on: A4, or A3 for one that is
// larger, lying for one that is wider than high.
func frameSize(page paperPage) (width, height float64) {
	width, height = a4Width, a4Height
	if max(page.width, page.height) > 1.1*a4Height || min(page.width, page.height) > 1.1*a4Width {
		width, height = a3Width, a3Height
	}
	if page.width > page.height {
		width, height = height, width
	}
	return width, height
}

// fresh sets what a page may expect to be set (ISO 32000-1 § 8.4.1, § 9.3.1):
// a form begins with the state of who draws it.
const fresh = "0 g 0 G 1 w 0 J 0 j 10 M [] 0 d 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts"

// placed draws a page inside its frame.
func placed(page paperPage, width, height float64) string {
	inWidth, inHeight := width-2*frameSide, height-frameTop-frameBottom
	scale := min(inWidth/page.width, inHeight/page.height, mostEnlarged)
	x := frameSide + (inWidth-scale*page.width)/2
	y := height - frameTop - scale*page.height
	return fmt.Sprintf("q %s %.6f 0 0 %.6f %.3f %.3f cm /%s Do Q", fresh, scale, scale, x, y, paperName)
}

// stamp draws the head of the frame; the first of a paper is its heading.
func (d *drawing) stamp(c content, name, stamp string, level int, first bool) {
	const left, baseline = frameMargin, 24.0
	right := d.size.Wd - left
	width := d.width(stamp, bold, smallSize+0.5)
	of := d.numbered(c.Item)
	if of == "" {
		of = oneLine(c.Title)
	}
	draw := func() {
		d.put(stamp, right-width, baseline, bold, smallSize+0.5, ink)
		d.put(" "+d.shortened(of+" · "+name, regular, smallSize, right-left-width-30), left, baseline, regular, smallSize, quiet)
	}
	if first {
		d.leaf("H"+strconv.Itoa(level), draw)
	} else {
		d.raw(beginPagination)
		draw()
		d.raw(endContent)
	}
	d.rule(left, right, frameRule, 0.5, hairline)
}
