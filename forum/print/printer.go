package print

import (
	"context"
	"errors"
)

// Printer prints packages.
type Printer struct {
	Child     *Child    // where papers are handled; nil is this process itself, for papers that are trusted
	Converter Converter // of Word, Excel and the like; nil for none
}

// Fingerprint is the same for two printings of an item that would give the same
// Part: it covers all that the item says, the package's language, forum and
// meeting time, whether there is a converter, and the layout.
func (p *Printer) Fingerprint(pkg Package, item Item) string { return "" }

// Item prints one item with its papers. Papers that an earlier printing of any
// item has merged are taken from there instead of being read again. The error
// is Unavailable when a paper's bytes cannot be had or printing itself fails;
// a paper that cannot be merged is no error but an Outcome.
func (p *Printer) Item(ctx context.Context, pkg Package, item Item, before ...Part) (Part, error) {
	return Part{}, errors.ErrUnsupported
}

// Whole joins front page, contents and items into one PDF. parts are those of
// pkg.Items in their order, the zero Part for an item that has no pages.
func (p *Printer) Whole(ctx context.Context, pkg Package, parts []Part) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

// Front prints front page and contents alone, for a package whose items go as
// one file each; files are the names of those, "" for an item that has none.
func (p *Printer) Front(ctx context.Context, pkg Package, parts []Part, files []string) ([]byte, error) {
	return nil, errors.ErrUnsupported
}
