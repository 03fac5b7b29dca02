package print

import "strconv"

// item draws an item's own pages: title, facts, text, list of papers; then the
// pages of its papers. level is that of its heading.
func (d *drawing) item(c content, level int) {
	d.page()
	first := d.number()
	span := &d.found.items[c.number]
	span.first, span.papers = first, make([]int, len(c.outcomes))
	title := oneLine(c.Title)
	d.tags.open("Sect")
	if c.Number != "" {
		d.mark(c.Number+" "+title, false)
	} else {
		d.mark(title, false)
	}
	if over := joined(d.numbered(c.Item), d.changed(c.Item)); over != "" {
		d.leaf("P", func() { d.flow(over, style{bold, 12.5, linked}) })
		d.y += 2
	}
	d.leaf("H"+strconv.Itoa(level), func() { d.flow(title, titling) })
	d.y += 10
	d.facts(d.itemFacts(c.Item))
	if c.heldBack() {
		d.paragraph(d.exempt(c.HeldBack), strong)
	} else {
		if c.Without != "" {
			d.paragraph(oneLine(c.Without), flagged)
		}
		d.prose(c.Text)
		for _, section := range c.Sections {
			d.heading(level+1, oneLine(section.Title))
			d.prose(section.Text)
		}
	}
	d.papers(c, level+1)
	d.tags.close()
	for i := range c.outcomes {
		if c.outcomes[i].Fate == Merged {
			span.papers[i] = d.number() + 1
			d.frames(c, i, level+1)
		}
	}
}

func (d *drawing) itemFacts(item Item) []fact {
	facts := []fact{{d.text.T("print.kind"), d.kind(item.Kind), ""}, {d.text.T("print.when"), d.clock(item), ""}}
	if item.heldBack() {
		return facts
	}
	return append(facts, fact{d.text.T("print.presenter"), oneLine(item.Presenter), ""}, fact{d.text.T("print.origin"), oneLine(item.Origin), ""})
}

// numbered is what an item is called by its number, "" for one that has none.
func (d *drawing) numbered(item Item) string {
	if item.Number == "" {
		return ""
	}
	return d.text.T("print.numbered", "Number", item.Number)
}

// papers lists an item's papers: where each stands, or why it does not.
func (d *drawing) papers(c content, level int) {
	if len(c.outcomes) == 0 {
		return
	}
	d.heading(level, d.text.T("print.attachments"))
	d.tags.open("TOC")
	for i := range c.outcomes {
		name, note := d.paperLine(c, i)
		d.entry(name, body, 0, d.plan.item(c.number).paper(i), note)
	}
	d.tags.close()
}

// paperLine is how a paper is listed, and what is to be said of it.
func (d *drawing) paperLine(c content, i int) (name, note string) {
	outcome, number := c.outcomes[i], i+1
	if outcome.Fate == HeldBack {
		basis := c.HeldBack
		if own := c.Papers[i].Basis; own != "" {
			basis = own
		}
		return d.text.T("print.attachment", "Number", number), d.exempt(basis)
	}
	name = d.text.T("print.attachment_named", "Number", number, "Name", oneLine(c.Papers[i].Name))
	if outcome.Fate == Merged {
		return name, d.text.N("print.merged", outcome.Pages, "From", d.plan.item(c.number).paper(i))
	}
	return name, d.text.T("print.separate", "Reason", d.text.T("print.apart."+string(outcome.Reason)))
}
