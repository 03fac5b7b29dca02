package print

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/samraad/samraad/forum"
)

// Printer prints packages.
type Printer struct {
	Child     *Child    // where papers are handled; nil is this process itself, for papers that are trusted
	Converter Converter // of Word, Excel and the like; nil for none
}

// layoutVersion counts up when an item printed anew would look different.
const layoutVersion = 1

// Fingerprint is the same for two printings of an item that would say the same:
// it covers all that the item says, the package's language, forum and day,
// whether there is a converter, and the layout.
func (p *Printer) Fingerprint(pkg Package, item Item) string {
	said, err := json.Marshal(struct {
		Layout    int
		Converter bool
		Language  forum.Language
		Forum     string
		Start     time.Time
		Item      Item
	}{layoutVersion, p.Converter != nil, pkg.Language, pkg.Forum, pkg.Start.UTC(), item})
	if err != nil {
		panic(err) // strings, numbers and times alone
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:])
}

// Item prints one item with its papers. Papers that an earlier printing of any
// item has merged are taken from there instead of being read again. The error
// is Unavailable when a paper's bytes cannot be had or printing itself fails;
// a paper that cannot be merged is no error but an Outcome.
func (p *Printer) Item(ctx context.Context, pkg Package, item Item, before ...Part) (Part, error) {
	pkg.Items = []Item{item}
	w := work{Do: printItem, Package: pkg, Outcomes: make([]Outcome, len(item.Papers)), Sources: make([]source, len(item.Papers))}
	for i, paper := range item.Papers {
		if item.heldBack() || paper.Exempt {
			w.Outcomes[i] = Outcome{Fate: HeldBack}
			continue
		}
		if err := p.paper(ctx, &w, i, paper, before); err != nil {
			return Part{}, err
		}
	}
	a, err := p.do(ctx, w)
	return a.Part, err
}

// paper adds a paper to the work: from an earlier printing, bound anew, or as
// one that stands apart.
func (p *Printer) paper(ctx context.Context, w *work, i int, paper Paper, before []Part) error {
	w.Outcomes[i] = Outcome{Digest: paper.Digest}
	outcome := &w.Outcomes[i]
	for _, part := range before {
		for _, known := range part.Papers {
			if known.Fate == Merged && known.Digest == paper.Digest && paper.Digest != "" {
				outcome.Fate, outcome.Pages = Merged, known.Pages
				w.Sources[i] = source{len(w.Bound), known.From, known.Pages}
				w.Bound = append(w.Bound, part.PDF)
				return nil
			}
		}
	}
	bound, err := p.bound(ctx, paper)
	var refusal apart
	switch {
	case errors.As(err, &refusal):
		outcome.Fate, outcome.Reason = Apart, refusal.reason
		return nil
	case err != nil:
		return err
	}
	outcome.Fate, outcome.Pages = Merged, bound.Pages
	w.Sources[i] = source{len(w.Bound), 1, bound.Pages}
	w.Bound = append(w.Bound, bound.PDF)
	return nil
}

// bound reads a paper and makes a file of forms of it; the error is an apart for
// one that cannot be merged.
func (p *Printer) bound(ctx context.Context, paper Paper) (Part, error) {
	content, err := readPaper(paper)
	if err != nil {
		return Part{}, err
	}
	by, found, err := wayOf(paper.Name, content, p.Converter)
	if err != nil {
		return Part{}, err
	}
	if by == byConverter {
		if content, err = p.convert(ctx, found, content); err != nil {
			return Part{}, err
		}
		by = byPDF
	}
	a, err := p.run(ctx, work{Do: bindPaper, By: by, Content: content})
	if err == nil && a.Reason != "" {
		err = apart{a.Reason, errors.New(a.Failed)}
	}
	return a.Part, err
}

func readPaper(paper Paper) ([]byte, error) {
	if paper.Size > MostBytes {
		return nil, apart{TooLarge, nil}
	}
	opened, err := paper.Open()
	if err != nil {
		return nil, unread(err)
	}
	content, err := io.ReadAll(io.LimitReader(opened, MostBytes+1))
	if err = errors.Join(err, opened.Close()); err != nil {
		return nil, unread(err)
	}
	if len(content) > MostBytes {
		return nil, apart{TooLarge, nil}
	}
	return content, nil
}

func unread(err error) error {
	return forum.Refuse(forum.Unavailable, "error.print.paper").Because(err)
}

// convert has the converter make PDF.
func (p *Printer) convert(ctx context.Context, mediaType string, content []byte) ([]byte, error) {
	var made bytes.Buffer
	err := p.Converter.Convert(ctx, mediaType, bytes.NewReader(content), &limited{&made, MostBytes})
	var refusal apart
	switch {
	case ctx.Err() != nil:
		return nil, failed(ctx.Err())
	case errors.As(err, &refusal):
		return nil, refusal
	case err != nil:
		return nil, apart{ConverterFailed, err}
	}
	return made.Bytes(), nil
}

// limited refuses to take more than so many bytes.
type limited struct {
	to   io.Writer
	left int
}

func (l *limited) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		return 0, apart{TooLarge, nil}
	}
	return l.to.Write(b)
}

// Whole joins front page, contents and items into one PDF. parts are those of
// pkg.Items in their order, the zero Part for an item that has no pages.
func (p *Printer) Whole(ctx context.Context, pkg Package, parts []Part) ([]byte, error) {
	return p.join(ctx, work{Do: printWhole, Package: pkg, Parts: parts})
}

// Front prints front page and contents alone, for a package whose items go as
// one file each; files are the names of those, "" for an item that has none.
func (p *Printer) Front(ctx context.Context, pkg Package, parts []Part, files []string) ([]byte, error) {
	light := make([]Part, len(parts))
	for i, part := range parts {
		light[i] = part
		light[i].PDF = nil
	}
	return p.join(ctx, work{Do: printFront, Package: pkg, Parts: light, Files: files})
}

func (p *Printer) join(ctx context.Context, w work) ([]byte, error) {
	if len(w.Parts) != len(w.Package.Items) {
		return nil, fmt.Errorf("%d parts for %d items", len(w.Parts), len(w.Package.Items))
	}
	a, err := p.do(ctx, w)
	return a.Part.PDF, err
}

// do has work done that must not fail.
func (p *Printer) do(ctx context.Context, w work) (answer, error) {
	a, err := p.run(ctx, w)
	if err == nil && a.Failed != "" {
		err = errors.New(a.Failed)
	}
	if err != nil {
		return answer{}, failed(err)
	}
	return a, nil
}

func failed(err error) error {
	return forum.Refuse(forum.Unavailable, "error.print.failed").Because(err)
}

// run has work done in a child, or here.
func (p *Printer) run(ctx context.Context, w work) (answer, error) {
	if p.Child == nil {
		return w.do(), nil
	}
	return p.Child.run(ctx, w)
}
