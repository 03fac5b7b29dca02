package print

import (
	"fmt"
	"runtime/debug"
)

// work is one thing that a child is asked to do.
type work struct {
	Do       task
	By       way    // of a paper to be bound
	Content  []byte // of that paper
	Package  Package
	Parts    []Part    // of a whole, in the order of its items
	Outcomes []Outcome // of an item's papers
	Bound    [][]byte  // files in which the pages of papers stand
	Sources  []source  // of each of an item's papers
	Files    []string  // of the items, for a front
	Document Document
}

// source is where the pages of a paper stand.
type source struct{ File, From, Pages int }

// task is what can be asked.
type task string

const (
	bindPaper  task = "bind"
	printItem  task = "item"
	printWhole task = "whole"
	printFront task = "front"
	// printDocument prints a text of ours.
	printDocument task = "document"
)

// answer is what comes back.
type answer struct {
	Part   Part   // its PDF alone unless an item was printed
	Reason Reason // why a paper is apart, "" when it was bound
	Failed string // for the log, "" when all went well
}

// do does it. What panics on a paper is broken.
func (w work) do() (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{Reason: Broken, Failed: fmt.Sprintf("panic: %v\n%s", r, debug.Stack())}
		}
	}()
	var err error
	switch w.Do {
	case bindPaper:
		return w.bind()
	case printItem:
		a.Part, err = w.item()
	case printWhole:
		a.Part, err = w.whole()
	case printFront:
		a.Part, err = w.front()
	case printDocument:
		a.Part, err = w.document()
	default:
		err = fmt.Errorf("asked to do %q", w.Do)
	}
	if err != nil {
		return answer{Failed: err.Error()}
	}
	return a
}

// bind makes a file of forms and opens it again, so that what cannot be put
// into an item is found out here.
func (w work) bind() answer {
	made, err := bind(w.By, w.Content)
	if err == nil {
		var opened *boundFile
		if opened, err = openBound(made); err == nil {
			_, err = opened.papers(1, len(opened.pages))
		}
		if err == nil {
			return answer{Part: Part{PDF: made, Pages: len(opened.pages)}}
		}
	}
	refusal := apartOf(err)
	return answer{Reason: refusal.reason, Failed: refusal.Error()}
}

// item prints one item.
func (w work) item() (Part, error) {
	c := content{Item: w.Package.Items[0], outcomes: w.Outcomes, pages: make([][]paperPage, len(w.Outcomes))}
	files := make([]*boundFile, len(w.Bound))
	for i, bound := range w.Bound {
		var err error
		if files[i], err = openBound(bound); err != nil {
			return Part{}, err
		}
	}
	for i, outcome := range w.Outcomes {
		if outcome.Fate != Merged {
			continue
		}
		var err error
		from := w.Sources[i]
		if c.pages[i], err = files[from.File].papers(from.From, from.Pages); err != nil {
			return Part{}, err
		}
	}
	d := drawn(w.Package, func(d *drawing) { d.item(c, 1) })
	pdf, err := d.finish(d.about(c.Number+" "+c.Title), d.inserted)
	part := Part{PDF: pdf, Own: d.found.last - len(d.inserted), Pages: d.found.last, Papers: w.Outcomes}
	for i := range part.Papers {
		part.Papers[i].From = d.found.items[0].paper(i)
	}
	return part, err
}

// whole joins front, contents and items.
func (w work) whole() (Part, error) {
	items, err := w.contents(true)
	if err != nil {
		return Part{}, err
	}
	d := drawn(w.Package, func(d *drawing) {
		d.front()
		d.contents(items, nil)
		for _, c := range items {
			d.item(c, 2)
		}
	})
	pdf, err := d.finish(d.about(d.title()), d.inserted)
	return Part{PDF: pdf, Pages: d.found.last}, err
}

// front prints front and contents alone.
func (w work) front() (Part, error) {
	items, err := w.contents(false)
	if err != nil {
		return Part{}, err
	}
	d := drawn(w.Package, func(d *drawing) {
		d.separate = true
		d.front()
		d.contents(items, w.Files)
	})
	pdf, err := d.finish(d.about(d.title()), d.inserted)
	return Part{PDF: pdf, Pages: d.found.last}, err
}

// contents are the items that have pages, with those of their papers when they are asked for.
func (w work) contents(withPages bool) ([]content, error) {
	var items []content
	for i, item := range w.Package.Items {
		if !item.HasPages() {
			continue
		}
		part := w.Parts[i]
		if !part.of(item) {
			return nil, fmt.Errorf("the part of item %q is another's, or of another edition", item.Key)
		}
		c := content{Item: item, number: i, printed: part.Pages, outcomes: part.Papers, pages: make([][]paperPage, len(part.Papers))}
		items = append(items, c)
		if !withPages || part.Pages == part.Own {
			continue
		}
		opened, err := openBound(part.PDF)
		if err != nil {
			return nil, err
		}
		for j, outcome := range part.Papers {
			if outcome.Fate != Merged {
				continue
			}
			if c.pages[j], err = opened.papers(outcome.From, outcome.Pages); err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}
