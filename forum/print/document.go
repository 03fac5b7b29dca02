package print

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// Document is a text of ours as one PDF: a title over parts, without papers.
type Document struct {
	Package Package // its language, forum, start and made hold; the rest stays empty
	Above   string  // what it is, over the title
	Title   string
	Lead    string // under the title, "" for none
	Facts   []Fact
	Parts   []DocumentPart
}

// Fact is a label and what holds of it; one without a value is left out.
type Fact struct{ Label, Value string }

// DocumentPart is what stands under a heading.
type DocumentPart struct {
	Title  string
	Blocks []Block
}

// Block is one piece of a part: plain text as of Item, a list, or a small heading
// over either.
type Block struct {
	Label string   // "" for none
	Text  string   // plain paragraphs
	List  []string // entries under each other
	Aside bool     // in quiet letters
}

// Document prints a text of ours.
func (p *Printer) Document(ctx context.Context, d Document) ([]byte, error) {
	a, err := p.do(ctx, work{Do: printDocument, Package: d.Package, Document: d})
	return a.Part.PDF, err
}

// document draws and finishes it.
func (w work) document() (Part, error) {
	d := drawn(w.Package, func(d *drawing) { d.document(w.Document) })
	pdf, err := d.finish(d.about(w.Document.Title), nil)
	return Part{PDF: pdf, Pages: d.found.last}, err
}

func (d *drawing) document(doc Document) {
	d.page()
	d.mark(doc.Above, false)
	d.band()
	d.leaf("P", func() { d.flow(oneLine(doc.Above), style{bold, 12.5, linked}) })
	d.y += 3
	d.leaf("H1", func() { d.flow(oneLine(doc.Title), titling) })
	d.y += 12
	facts := make([]fact, len(doc.Facts))
	for i, f := range doc.Facts {
		facts[i] = fact{label: f.Label, value: f.Value}
	}
	d.facts(facts)
	if doc.Lead != "" {
		d.paragraph(doc.Lead, strong)
	}
	for _, part := range doc.Parts {
		d.heading(2, oneLine(part.Title))
		d.mark(oneLine(part.Title), true)
		for _, b := range part.Blocks {
			d.block(b)
		}
	}
}

func (d *drawing) block(b Block) {
	if b.Label != "" {
		d.room(3 * body.height())
		d.leaf("H3", func() { d.flow(oneLine(b.Label), strong) })
		d.y += 2
	}
	if b.Aside {
		d.paragraph(b.Text, aside)
	} else {
		d.prose(b.Text)
	}
	if len(b.List) > 0 {
		labels := make([]string, len(b.List))
		for i := range labels {
			labels[i] = "•"
		}
		d.list(labels, b.List)
	}
}

// PackageOf is what a document needs of a package: whose it is, and of when.
func PackageOf(in *forum.Forum, m *forum.Meeting) Package {
	return Package{Language: in.Language, Forum: in.Name, Start: m.Start, End: m.End}
}
