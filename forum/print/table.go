package print

// column is one of a table's; the one whose width is 0 takes what is left.
type column struct {
	name  string
	width float64
	right bool // set to the right
}

// cell is what stands in a row of a column.
type cell struct {
	text  string
	style style
	flag  string // in small letters under it, set off
	below string // in small letters under that
	to    int    // the page that it leads to, 0 for none
}

// table is a table that is being set, row by row; its head comes again on every page.
type table struct {
	*sheet
	columns []column
}

const cellPadding = 5

func (s *sheet) table(columns []column) *table {
	left := s.right - s.left
	for _, c := range columns {
		left -= c.width
	}
	for i := range columns {
		if columns[i].width == 0 {
			columns[i].width = left
		}
	}
	t := &table{s, columns}
	s.tags.open("Table")
	s.tags.open("TR")
	t.head("TH")
	s.tags.close()
	return t
}

// head draws the names of the columns: as content of a role, or for "" as an
// artifact that says them again.
func (t *table) head(role string) {
	st := style{bold, smallSize, quiet}
	x := t.left
	for _, c := range t.columns {
		draw := func() { t.put(c.name, t.at(c, x, c.name, st), t.y+st.baseline(), st.face, st.size, st.colour) }
		if role == "" {
			t.raw(beginArtifact)
			draw()
			t.raw(endContent)
		} else {
			t.leaf(role, draw).attrs = columnScope
		}
		x += c.width
	}
	t.y += st.height() + 2
	t.rule(t.left, t.right, t.y, 0.8, quiet)
}

// at is where a text begins in its column.
func (t *table) at(c column, x float64, text string, st style) float64 {
	if c.right {
		return x + c.width - t.width(text, st.face, st.size)
	}
	return x
}

// row sets one row, whole on one page where a page can hold it.
func (t *table) row(cells ...cell) {
	lines, below := make([][]string, len(cells)), make([][]string, len(cells))
	height := 0.0
	for i, c := range cells {
		width := t.columns[i].width
		if !t.columns[i].right {
			width -= 10
		}
		lines[i] = t.breaks(clean(c.text), c.style.face, c.style.size, width)
		if c.below != "" {
			below[i] = t.breaks(clean(c.below), aside.face, aside.size, width)
		}
		high := float64(len(lines[i]))*c.style.height() + float64(len(below[i]))*aside.height()
		if c.flag != "" {
			high += flagged.height()
		}
		height = max(height, high)
	}
	if t.y+height+2*cellPadding > t.size.Ht-bottom {
		t.page()
		t.head("")
	}
	t.tags.open("TR")
	x, y := t.left, t.y+cellPadding
	for i, c := range cells {
		t.tags.open("TD")
		t.y = y
		t.cell(c, t.columns[i], x, lines[i], below[i])
		t.tags.close()
		x += t.columns[i].width
	}
	t.tags.close()
	t.y = y + height + cellPadding
	t.rule(t.left, t.right, t.y, 0.4, hairline)
}

func (t *table) cell(c cell, in column, x float64, lines, below []string) {
	role, st := "P", c.style
	if c.to > 0 {
		role = "Link"
	}
	from := t.y
	e := t.leaf(role, func() {
		for _, line := range lines {
			t.put(line, t.at(in, x, line, st), t.y+st.baseline(), st.face, st.size, st.colour)
			t.y += st.height()
		}
	})
	if c.to > 0 {
		e.kids = append(e.kids, t.anchor(x, from, x+in.width, t.y, c.to, "", c.text))
	}
	if c.flag != "" {
		t.leaf("P", func() { t.put(c.flag, x, t.y+flagged.baseline(), flagged.face, flagged.size, flagged.colour) })
		t.y += flagged.height()
	}
	if len(below) > 0 {
		t.leaf("P", func() {
			for _, line := range below {
				t.put(line, x, t.y+aside.baseline(), aside.face, aside.size, aside.colour)
				t.y += aside.height()
			}
		})
	}
}

func (t *table) end() {
	t.tags.close()
	t.y += 10
}
