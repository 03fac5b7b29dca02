package forum

import "cmp"

// PackageFacts is what a mail says that brings an edition: what goes out, the
// papers that go along, and the receiver's own calendar update.
type PackageFacts struct {
	InvitationFacts
	Sort    EditionSort
	Number  int    // of the edition
	Text    string // what the secretary wrote along with it
	Lines   []PackageLine
	Changed bool    // some lines are marked as changed
	Files   []Paper // in the mail: the PDF first
	Apart   []Paper // not in the PDF and too large for the mail
	Larger  bool    // the PDF is too large for the mail
	Copy    string  // Link of the receiver's delivery
	Reply   Reply   // that the receiver has given, "" for none
	// Replaces is the subject of the mail that a correction replaces.
	Replaces string
}

// PackageLine is one line of an edition as mail may tell of it.
type PackageLine struct {
	Number string
	Title  string // the public one, or a line's own
	What   LineSort
	Level  Level
	Span
	Changed bool
	Exempt  bool     // the full title stays behind
	Basis   string   // on which legal basis
	Papers  []string // names
	Behind  []string // legal basis of each paper that stays behind
}

// linesOf are an edition's lines as they may travel: exempt papers are told of
// by their legal basis alone.
func linesOf(e *Edition) (lines []PackageLine, changed bool) {
	for _, item := range e.Outgoing() {
		line := PackageLine{Number: item.Number, Title: cmp.Or(item.Title, item.Line.Title), What: item.Line.What, Level: item.Line.Level, Span: Span{item.Start, item.End}, Changed: item.Changed, Exempt: item.Exempt, Basis: item.Basis}
		for _, p := range item.Papers {
			if p.Access == Exempt {
				line.Behind = append(line.Behind, p.Basis)
			} else {
				line.Papers = append(line.Papers, p.Name)
			}
		}
		lines, changed = append(lines, line), changed || item.Changed
	}
	return lines, changed
}

// loaded sorts what a mail carries: the PDF, and the papers that are not in it,
// as long as all of them stay within mostAttached.
func loaded(e *Edition, print *Print) (files, left []Paper, larger bool) {
	var loose []Paper
	apart := print.Apart()
	for _, item := range e.Outgoing() {
		for _, p := range item.Papers {
			if _, is := apart[p.DocumentID]; (is || print.Digest == "") && p.Access != Exempt {
				loose = append(loose, Paper{Name: p.Name, Type: p.Type, Size: p.Size, Digest: p.Digest})
			}
		}
	}
	room := int64(mostAttached)
	if print.Digest != "" {
		if larger = print.Size > room; larger {
			return nil, loose, true
		}
		room -= print.Size
		files = append(files, Paper{Name: print.Name, Type: "application/pdf", Size: print.Size, Digest: print.Digest})
	}
	for _, p := range loose {
		if p.Size > room {
			left = append(left, p)
			continue
		}
		room -= p.Size
		files = append(files, p)
	}
	return files, left, false
}
