package print

import "github.com/samraad/samraad/forum"

// Part is one item printed: a PDF that stands alone and is kept, so that an
// unchanged item need not be printed again.
type Part struct {
	PDF    []byte
	Own    int       // pages of the item itself, which come first
	Pages  int       // all pages
	Papers []Outcome // one for each of the item's papers, in their order
}

// of tells whether the part has the item's papers as they are now: the same
// bytes, and nothing that is held back.
func (p Part) of(item Item) bool {
	if len(p.Papers) != len(item.Papers) {
		return false
	}
	for i, outcome := range p.Papers {
		hidden := item.heldBack() || item.Papers[i].Exempt
		if hidden != (outcome.Fate == HeldBack) || !hidden && outcome.Digest != item.Papers[i].Digest {
			return false
		}
	}
	return true
}

// Outcome is what became of a paper.
type Outcome struct {
	Fate   Fate
	Reason Reason       // why it is apart, "" otherwise
	Digest forum.Digest // of the paper, "" for one that is held back
	From   int          // first page in the Part, from 1; 0 unless merged
	Pages  int          // 0 unless merged
}

// Fate is where a paper went.
type Fate string

// The fates of papers.
const (
	Merged   Fate = "merged"    // into the PDF, page by page
	Apart    Fate = "apart"     // to be read as a file of its own
	HeldBack Fate = "held-back" // exempt: neither name nor content is printed
)

// Reason is why a paper stands apart; its text key is "print.apart." + reason.
type Reason string

// The reasons.
const (
	Encrypted       Reason = "encrypted"        // cannot be opened without a password
	NoConverter     Reason = "no_converter"     // nothing is configured that makes PDF of its type
	NotPrintable    Reason = "not_printable"    // sound, film, archives
	TooManyPages    Reason = "too_many_pages"   // more than MostPages
	TooLarge        Reason = "too_large"        // more bytes, pixels or memory than a paper may take
	Broken          Reason = "broken"           // cannot be read
	Empty           Reason = "empty"            // no bytes
	Mislabelled     Reason = "mislabelled"      // not what its name or type says
	ConverterFailed Reason = "converter_failed" // the converter gave up
	TimedOut        Reason = "timed_out"        // took longer than a paper may take
)

// Limits of one paper; what goes beyond stands apart.
const (
	MostPages      = 1000
	MostBytes      = 100_000_000
	MostPixels     = 100_000_000
	MostImageBytes = 60_000_000
	mostLines      = 50_000
)
