package reading

import (
	"bytes"
	"errors"
	"strings"

	"github.com/ledongthuc/pdf"

	"github.com/samraad/samraad/forum"
)

// readPDF reads the text of a PDF's pages.
func (w *words) readPDF(paper []byte) (pages int, trouble forum.PaperTrouble) {
	paper = regular(paper)
	document, err := pdf.NewReader(bytes.NewReader(paper), int64(len(paper)))
	if err != nil {
		if errors.Is(err, pdf.ErrInvalidPassword) || strings.Contains(err.Error(), "encrypt") {
			return 0, forum.TroubleEncrypted
		}
		return 0, forum.TroubleBroken
	}
	pages = min(document.NumPage(), mostCounted)
	if pages < 1 {
		return 0, forum.TroubleBroken
	}
	defer func() {
		switch stop := recover(); stop {
		case nil:
		case errCut:
			trouble = forum.TroubleCut
		default:
			panic(stop)
		}
	}()
	for i, page := range pagesUnder(document.Trailer().Key("Root").Key("Pages")) {
		if i >= mostPages || w.late() {
			return pages, forum.TroubleCut
		}
		(&pen{words: w}).draw(page.V.Key("Contents"), page.Resources(), 0)
		w.add("\n")
	}
	return pages, ""
}

const (
	mostCounted  = 1_000_000
	deepestTree  = 50
	mostBranches = 20_000 // of the tree of pages, its pages included
)

// pagesUnder lists the pages below a node in one walk; a tree that bites its own
// tail ends somewhere.
func pagesUnder(root pdf.Value) (pages []pdf.Page) {
	met := 0
	var follow func(node pdf.Value, depth int)
	follow = func(node pdf.Value, depth int) {
		kids := node.Key("Kids")
		if kids.Kind() != pdf.Array {
			pages = append(pages, pdf.Page{V: node})
			return
		}
		for i := range kids.Len() {
			if met++; met > mostBranches || depth > deepestTree || len(pages) > mostPages {
				return
			}
			follow(kids.Index(i), depth+1)
		}
	}
	follow(root, 0)
	return pages
}

// header is how every PDF begins, within the first kilobyte (ISO 32000-1,
// implementation note 13).
const header = "%PDF-"

// regular brings a PDF into the outer form that its reader insists on: it
// begins with a version of 1, and nothing follows its end.
func regular(paper []byte) []byte {
	if at := bytes.Index(paper[:min(len(paper), 1024)], []byte(header)); at > 0 {
		paper = paper[at:]
	}
	if at := bytes.LastIndex(paper, []byte("%%EOF")); at >= 0 {
		paper = paper[:at+len("%%EOF")]
	}
	if len(paper) < len(header)+4 {
		return paper
	}
	paper = bytes.Clone(paper)
	if version := paper[len(header) : len(header)+3]; version[0] == '2' {
		copy(version, "1.7")
	}
	if after := &paper[len(header)+3]; *after != '\r' && *after != '\n' {
		*after = '\n'
	}
	return paper
}
