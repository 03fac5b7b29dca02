package forum

import (
	"context"
	"time"
)

// PrintID identifies a print.
type PrintID int64

// Print is an edition as a PDF, in the language of its forum. It is made once.
// A print without a Digest tells that no PDF could be made: the edition then
// went out with its contents and papers alone.
type Print struct {
	ID        PrintID
	EditionID EditionID
	Name      string // of the file
	Digest    Digest
	Size      int64 // bytes
	Items     []PrintedItem
	MadeAt    time.Time
}

// PrintedItem is one line of an edition as a PDF of its own.
type PrintedItem struct {
	Line   string // its key
	Name   string // of the file
	Digest Digest // "" for a line that has no pages
	Size   int64
	Pages  int
	Papers []PrintedPaper
}

// PrintedPaper is what became of one paper in print.
type PrintedPaper struct {
	Document DocumentID
	Digest   Digest
	Fate     string // merged, apart or held-back
	Reason   string // why it is apart; its text key is "print.apart." + reason
	From     int    // its first page within the item's PDF, from 1; 0 unless merged
	Pages    int
}

// ItemPrintID identifies the print of an item.
type ItemPrintID int64

// ItemPrint is the PDF of an item as it was printed once: an item that says the
// same, which its fingerprint tells, is not printed again.
type ItemPrint struct {
	ID          ItemPrintID
	Fingerprint string
	Digest      Digest
	Size        int64
	Own         int // pages of the item itself, which come first
	Pages       int
	Papers      []PrintedPaper
	MadeAt      time.Time
}

// PrintKeeper keeps what is known of prints; their bytes are in Files.
type PrintKeeper interface {
	// PrintOf is the print of an edition; NotFound before it is made.
	PrintOf(ctx context.Context, edition EditionID) (*Print, error)
	// SavePrint adds a print; Conflict when the edition has one.
	SavePrint(ctx context.Context, print *Print) error
	// ItemPrint finds an item's print by what it says; NotFound when it was never printed.
	ItemPrint(ctx context.Context, fingerprint string) (*ItemPrint, error)
	// SaveItemPrint keeps a print; another of the same fingerprint stays.
	SaveItemPrint(ctx context.Context, print *ItemPrint) error
}

// apart is what became of a paper that is a file of its own.
const apart = "apart"

// Apart gives the papers of the edition that are not in its PDF, with the reason
// of each.
func (p *Print) Apart() map[DocumentID]string {
	reasons := map[DocumentID]string{}
	for _, item := range p.Items {
		for _, paper := range item.Papers {
			if paper.Fate == apart {
				reasons[paper.Document] = paper.Reason
			}
		}
	}
	return reasons
}
