package reading

import (
	"encoding/json"
	"io"
	"runtime/debug"
	"strings"
	"time"
	"unicode"

	"github.com/gabriel-vasile/mimetype"

	"github.com/samraad/samraad/forum"
)

const (
	largestPaper = 64 << 20 // bytes
	longestText  = 2 << 20  // bytes
	mostPages    = 2000
	// readWithin is when a paper of many pages is cut, well before the process is ended.
	readWithin = 8 * time.Second
	// deepestStack keeps nested nonsense from taking the memory before it is found out, in bytes.
	deepestStack = 64 << 20
)

// Child is what runs in the confined process: it reads one paper from in and
// writes a PaperContent as JSON.
func Child(in io.Reader, out io.Writer) error {
	debug.SetMaxStack(deepestStack)
	paper, err := io.ReadAll(io.LimitReader(in, largestPaper+1))
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(Extract(paper, time.Now().Add(readWithin)))
}

// Extract takes the text out of a paper, after what its bytes are and not what
// its name says. What is read when the deadline comes is kept as the beginning.
func Extract(paper []byte, deadline time.Time) (content forum.PaperContent) {
	defer func() {
		if recover() != nil { // the readers of PDF panic on what they cannot follow
			content = forum.PaperContent{Reason: forum.TroubleBroken}
		}
	}()
	if len(paper) > largestPaper {
		return forum.PaperContent{Reason: forum.TroubleTooLarge}
	}
	text := &words{deadline: deadline}
	pages, trouble := text.read(paper)
	switch {
	case trouble != "" && trouble != forum.TroubleCut:
		return forum.PaperContent{Pages: pages, Reason: trouble}
	case text.full:
		trouble = forum.TroubleCut
	}
	content = forum.PaperContent{Text: text.String(), Pages: pages, Reason: trouble}
	if strings.TrimSpace(content.Text) == "" && content.Reason == "" {
		content.Reason = forum.TroubleNoText
	}
	return content
}

// read finds the reader for what a paper is; it gives the number of pages, 0
// for what has none.
func (w *words) read(paper []byte) (pages int, trouble forum.PaperTrouble) {
	kind := mimetype.Detect(paper)
	switch {
	case kind.Is("application/pdf"):
		return w.readPDF(paper)
	case kind.Is("application/x-ole-storage") || has(kind, "application/x-ole-storage"):
		return 0, sealed(paper)
	case has(kind, "application/zip"):
		return w.readArchive(paper)
	case kind.Is("text/rtf"):
		return 0, forum.TroubleUnsupported
	case has(kind, "text/html"):
		return 0, w.readHTML(paper)
	case has(kind, "text/plain"):
		return 0, w.readPlain(paper)
	}
	return 0, forum.TroubleUnsupported
}

// has tells whether a type is another or one of its kinds.
func has(kind *mimetype.MIME, of string) bool {
	for ; kind != nil; kind = kind.Parent() {
		if kind.Is(of) {
			return true
		}
	}
	return false
}

// words gathers text that every database can hold, up to a limit.
type words struct {
	strings.Builder
	deadline time.Time
	full     bool
	end      rune // the last character
	forms    int  // of a PDF that were met
}

// add appends text: valid UTF-8, without control characters other than line
// breaks and tabs, and without long runs of empty lines.
func (w *words) add(text string) {
	for _, r := range text {
		switch {
		case r == '\r' || r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029':
			r = '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			continue
		}
		if unicode.IsSpace(r) && w.end == '\n' && r != '\t' {
			continue
		}
		if w.Len() >= longestText {
			w.full = true
			return
		}
		w.end = r
		w.WriteRune(r)
	}
}

// late tells whether there is no room or time for more.
func (w *words) late() bool { return w.full || time.Now().After(w.deadline) }
