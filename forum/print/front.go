package print

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// front draws the first page: what this is, of which meeting, and its agenda.
func (d *drawing) front() {
	d.page()
	d.mark(d.sort(), false)
	d.band()
	d.leaf("P", func() { d.flow(d.sort(), style{bold, 12.5, linked}) })
	d.y += 3
	d.leaf("H1", func() { d.flow(oneLine(d.pkg.Forum), titling) })
	if d.pkg.Meeting != "" {
		d.y += 2
		d.leaf("P", func() { d.flow(oneLine(d.pkg.Meeting), style{regular, 14, quiet}) })
	}
	d.y += 12
	d.facts([]fact{
		{d.text.T("print.when"), d.text.Between(d.pkg.Start, d.pkg.End), ""},
		{d.text.T("print.where"), oneLine(d.pkg.Place), ""},
		{d.text.T("print.online"), oneLine(d.pkg.Link), d.pkg.Link},
		{d.text.T("print.page"), oneLine(d.pkg.Page), d.pkg.Page},
		{d.text.T("print.edition"), d.text.T("print.edition_of", "Number", d.pkg.Edition, "Made", d.pkg.Made), ""},
	})
	switch d.pkg.Sort {
	case Supplement:
		d.paragraph(d.text.T("print.supplement_lead"), strong)
	case Correction:
		d.paragraph(d.text.T("print.correction_lead"), strong)
	}
	d.prose(d.pkg.Text)
	d.agenda()
	d.reports()
	d.called()
}

// band is the two levels, equally long, at the top of what we print.
func (d *drawing) band() {
	middle := (d.left + d.right) / 2
	d.raw(beginArtifact)
	d.fill(d.left, d.y, middle-d.left, 5, municipal)
	d.fill(middle, d.y, d.right-middle, 5, specialist)
	d.raw(endContent)
	d.y += 26
}

// fact is a line of what holds for the meeting or an item; address is where the
// value leads, "" for nowhere.
type fact struct{ label, value, address string }

// facts sets labels and values beside each other; those without a value are left out.
func (d *drawing) facts(facts []fact) {
	const column = 92
	facts = slices.DeleteFunc(facts, func(f fact) bool { return f.value == "" })
	if len(facts) == 0 {
		return
	}
	d.tags.open("L")
	for _, f := range facts {
		d.room(body.height())
		d.tags.open("LI")
		d.leaf("Lbl", func() { d.put(f.label, d.left, d.y+body.baseline(), regular, textSize, quiet) })
		d.left += column
		if !reachable(f.address) {
			d.leaf("LBody", func() { d.flow(f.value, body) })
		} else {
			d.tags.open("LBody")
			d.linkLines(f.value, f.address)
			d.tags.close()
		}
		d.left -= column
		d.tags.close()
		d.y += 2
	}
	d.tags.close()
	d.y += 10
}

// reachable tells whether an address is one that a reader may be led to.
func reachable(address string) bool {
	return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
}

// linkLines sets the text of a link.
func (d *drawing) linkLines(text, address string) {
	e := d.tags.open("Link")
	from, page := d.y, d.number()
	d.content(e, func() { d.flow(text, asLink) })
	if d.number() == page {
		e.kids = append(e.kids, d.anchor(d.left, from, d.right, d.y, 0, address, text))
	}
	d.tags.close()
}

// agenda is the running order with its clock times and pages.
func (d *drawing) agenda() {
	d.heading(2, d.text.T("print.agenda"))
	columns := []column{{d.text.T("print.clock"), 74, false}, {d.text.T("print.number"), 54, false}, {d.text.T("print.item"), 0, false}, {d.text.T("print.page_number"), 40, true}}
	if d.separate {
		columns = columns[:3]
	}
	t := d.table(columns)
	for i, item := range d.pkg.Items {
		first := d.plan.item(i).first
		page := ""
		if first > 0 {
			page = strconv.Itoa(first)
		}
		title := cell{text: oneLine(item.Title), style: strong, flag: d.changed(item), below: d.detail(item), to: first}
		if item.Pause {
			title.style = style{regular, textSize, quiet}
			if title.text == "" {
				title.text = d.text.T("print.pause")
			}
		}
		cells := []cell{{text: d.clock(item), style: body}, {text: item.Number, style: body}, title, {text: page, style: body, to: first}}
		t.row(cells[:len(columns)]...)
	}
	t.end()
}

// detail is what stands in small letters under an item's title.
func (d *drawing) detail(item Item) string {
	var parts []string
	if kind := d.kind(item.Kind); kind != "" && !item.Pause {
		parts = append(parts, kind)
	}
	if item.heldBack() {
		parts = append(parts, d.exempt(item.HeldBack))
	} else if item.Presenter != "" {
		parts = append(parts, d.text.T("print.presented_by", "Name", oneLine(item.Presenter)))
	}
	return joined(parts...)
}

// changed marks an item that is new or changed since the edition before.
func (d *drawing) changed(item Item) string {
	if item.Changed {
		return d.text.T("print.changed")
	}
	return ""
}

// joined are those parts of a line that say something.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// reports lists what was settled in writing since the last meeting.
func (d *drawing) reports() {
	if len(d.pkg.Reports) == 0 {
		return
	}
	d.heading(2, d.text.T("print.reported"))
	t := d.table([]column{{d.text.T("print.number"), 54, false}, {d.text.T("print.item"), 0, false}, {d.text.T("print.outcome"), 150, false}})
	for _, r := range d.pkg.Reports {
		t.row(cell{text: oneLine(r.Number), style: body}, cell{text: oneLine(r.Title), style: strong}, cell{text: oneLine(r.Outcome), style: body})
	}
	t.end()
}

// called lists those who are called.
func (d *drawing) called() {
	if len(d.pkg.Called) == 0 {
		return
	}
	d.heading(2, d.text.T("print.called"))
	third := (d.right - d.left) / 3
	t := d.table([]column{{d.text.T("print.name"), third, false}, {d.text.T("print.role"), third, false}, {d.text.T("print.organisation"), 0, false}})
	for _, p := range d.pkg.Called {
		t.row(cell{text: oneLine(p.Name), style: body}, cell{text: oneLine(p.Role), style: body}, cell{text: oneLine(p.Organisation), style: body})
	}
	t.end()
}

// columnScope says that a heading holds for its column (ISO 32000-1 § 14.8.5.7).
var columnScope = types.Dict{"O": types.Name("Table"), "Scope": types.Name("Column")}
