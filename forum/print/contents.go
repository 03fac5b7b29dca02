package print

import "strconv"

// contents lists the items with their papers and on which pages they are, or,
// where the items go as files, in which ones.
func (d *drawing) contents(items []content, files []string) {
	if len(items) == 0 {
		return
	}
	d.room(12 * body.height())
	d.space(14)
	d.mark(d.text.T("print.contents"), false)
	d.heading(2, d.text.T("print.contents"))
	d.tags.open("TOC")
	for _, item := range items {
		span := d.plan.item(item.number)
		title := oneLine(item.Title)
		if item.Number != "" {
			title = item.Number + "  " + title
		}
		d.y += 5
		d.entry(title, strong, 0, span.first, joined(d.changed(item.Item), itemFile(d, item, files)))
		if len(item.outcomes) == 0 {
			continue
		}
		d.tags.open("TOC")
		for i, outcome := range item.outcomes {
			name, note := d.paperLine(item, i)
			if outcome.Fate == Merged {
				note = ""
			}
			d.entry(name, body, 18, span.paper(i), note)
		}
		d.tags.close()
	}
	d.tags.close()
}

// itemFile names the file that holds an item, "" when none does.
func itemFile(d *drawing, item content, files []string) string {
	if item.number >= len(files) || files[item.number] == "" {
		return ""
	}
	return d.text.N("print.in_file", item.printed, "Name", files[item.number])
}

// entry is a line of the contents with its page at the right, and what is to be
// noted of it under it.
func (d *drawing) entry(text string, st style, indent float64, page int, note string) {
	const numbers = 40
	lines := d.breaks(clean(text), st.face, st.size, d.right-d.left-indent-numbers)
	d.room(float64(len(lines))*st.height() + 2)
	d.tags.open("TOCI")
	role := "P"
	if page > 0 {
		role = "Link"
	}
	from := d.y
	e := d.tags.open(role)
	d.content(e, func() {
		for _, line := range lines {
			d.put(line, d.left+indent, d.y+st.baseline(), st.face, st.size, st.colour)
			d.y += st.height()
		}
		if page > 0 {
			number := strconv.Itoa(page)
			d.put(" "+number, d.right-d.width(" "+number, regular, st.size), d.y-st.height()+st.baseline(), regular, st.size, st.colour)
		}
	})
	if page > 0 {
		end := d.left + indent + d.width(lines[len(lines)-1], st.face, st.size)
		d.leader(end+6, d.right-d.width(" "+strconv.Itoa(page), regular, st.size)-4, d.y-st.height()+st.baseline())
		e.kids = append(e.kids, d.anchor(d.left+indent, from, d.right, d.y, page, "", text))
	}
	d.tags.close()
	if note != "" {
		d.left += indent
		d.leaf("P", func() { d.flow(note, aside) })
		d.left -= indent
	}
	d.tags.close()
	d.y += 2
}

// leader is a row of dots that leads the eye to a number.
func (d *drawing) leader(x1, x2, baseline float64) {
	const step = 5
	d.raw(beginArtifact)
	for x := x2 - step; x > x1; x -= step {
		d.fill(x, baseline-0.9, 0.9, 0.9, hairline)
	}
	d.raw(endContent)
}
