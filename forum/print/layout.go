package print

import (
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// layout is on which pages things stand; it is known after a first drawing and
// said in the second.
type layout struct {
	last  int        // page
	items []itemSpan // in the package's order
}

// itemSpan is where an item stands; 0 is nowhere.
type itemSpan struct {
	first  int
	papers []int // first page of each
}

func (l layout) equal(other layout) bool {
	return l.last == other.last && slices.EqualFunc(l.items, other.items, func(a, b itemSpan) bool {
		return a.first == b.first && slices.Equal(a.papers, b.papers)
	})
}

// item is where the i-th item stands, as far as that is known.
func (l layout) item(i int) itemSpan {
	if i < len(l.items) {
		return l.items[i]
	}
	return itemSpan{}
}

func (s itemSpan) paper(i int) int {
	if i < len(s.papers) {
		return s.papers[i]
	}
	return 0
}

// content is an item with what became of its papers.
type content struct {
	Item
	number   int // of the item in the package, from 0
	printed  int // pages of its own file
	outcomes []Outcome
	pages    [][]paperPage // of each paper that is merged
}

// drawing draws a package, or a part of it, by a layout, and finds out the
// layout that it has.
type drawing struct {
	*sheet
	pkg      Package
	plan     layout
	found    layout
	inserted map[int]paperPage
	separate bool // items are files of their own, so nothing has a page here
}

// drawn draws until the layout that is said is the one that is there; that is
// so the second time, unless numbers of pages made a line longer.
func drawn(pkg Package, draw func(*drawing)) *drawing {
	var plan layout
	for try := 0; ; try++ {
		d := &drawing{sheet: newSheet(textOf(pkg), pkg.Made), pkg: pkg, plan: plan, inserted: map[int]paperPage{}}
		d.found.items = make([]itemSpan, len(pkg.Items))
		d.foot = d.footOf
		draw(d)
		d.found.last = d.number()
		if d.found.equal(plan) || try == 3 {
			return d
		}
		plan = d.found
	}
}

func textOf(pkg Package) templates.Text {
	return templates.In(templates.Language(pkg.Language))
}

// footOf is what stands at the foot of every page.
func (d *drawing) footOf(page int) (left, right string) {
	return d.pkg.Forum + " · " + d.text.DateLong(d.pkg.Start), d.text.T("print.foot", "Page", page, "Last", max(d.plan.last, page))
}

// kind is what an item asks of the meeting, in words.
func (d *drawing) kind(kind forum.ItemKind) string {
	if kind == "" {
		return ""
	}
	return d.text.T("item_kind." + string(kind))
}

// clock is from when to when an item lasts, "10.00–10.20".
func (d *drawing) clock(i Item) string {
	switch {
	case i.Start.IsZero():
		return ""
	case !i.End.After(i.Start):
		return d.text.TimeOfDay(i.Start)
	}
	return d.text.TimeOfDay(i.Start) + "–" + d.text.TimeOfDay(i.End)
}

// exempt says that something is not shown, and by which law.
func (d *drawing) exempt(basis string) string {
	if basis = strings.TrimSpace(basis); basis != "" {
		return d.text.T("print.exempt_by", "Basis", basis)
	}
	return d.text.T("print.exempt")
}

// title is the title of the whole file.
func (d *drawing) title() string {
	return d.text.T("print.title", "Sort", d.sort(), "Forum", d.pkg.Forum, "Day", d.text.DateLong(d.pkg.Start))
}

func (d *drawing) sort() string {
	sort := d.pkg.Sort
	if sort == "" {
		sort = Whole
	}
	return d.text.T("print.sort." + string(sort))
}

func (d *drawing) about(title string) about {
	language := map[templates.Language]string{templates.Nynorsk: "nn-NO", templates.Bokmal: "nb-NO", templates.English: "en-GB"}
	return about{title: oneLine(title), author: oneLine(d.pkg.Forum), language: language[d.text.Language()], made: d.pkg.Made}
}

// oneLine is a text fit for a title.
func oneLine(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }
