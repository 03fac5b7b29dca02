package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func paperVersions(w *world) {
	digest, other := forum.Digest("v"+w.tag), forum.Digest("w"+w.tag)
	document := forum.Document{Position: 1, Name: "b.pdf", Digest: other, Access: forum.Internal, Version: 2, AddedAt: noon}
	var first, second forum.DocumentVersion
	w.write(func(tx forum.Tx) {
		document.MatterID = w.matter(tx, "1").ID
		w.must(tx.SaveDocument(w.ctx, &document))
		second = forum.DocumentVersion{DocumentID: document.ID, Number: 2, Name: "b.pdf", Digest: other, AddedBy: w.person.ID, AddedAt: noon}
		first = forum.DocumentVersion{DocumentID: document.ID, Number: 1, Name: "a.pdf", Type: "application/pdf", Size: 1 << 33, Digest: digest, AddedAt: noon}
		w.must(tx.SaveDocumentVersion(w.ctx, &second))
		w.must(tx.SaveDocumentVersion(w.ctx, &first))
		first.Held = true
		w.must(tx.SaveDocumentVersion(w.ctx, &first))
	})
	w.read(func(tx forum.Tx) {
		w.equal("versions", ok(tx.DocumentVersions(w.ctx, document.ID)), []forum.DocumentVersion{first, second})
		w.equal("versions of some bytes", ok(tx.VersionsOf(w.ctx, digest)), []forum.DocumentVersion{first})
		w.equal("papers of those bytes", ok(tx.DocumentsOf(w.ctx, digest)), []forum.Document(nil))
		w.equal("papers of the newest", ok(tx.DocumentsOf(w.ctx, other)), []forum.Document{document})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveDocumentVersion(w.ctx, &forum.DocumentVersion{DocumentID: document.ID, Number: 2, AddedAt: noon})
	}), forum.Conflict, "error.conflict.document")
}

func paperTexts(w *world) {
	digest, other := forum.Digest("x"+w.tag), forum.Digest("y"+w.tag)
	text := forum.PaperText{Digest: digest, State: forum.PaperWaits, At: noon.Add(-time.Hour)}
	w.write(func(tx forum.Tx) {
		w.equal("the first time", ok(tx.AwaitPaperText(w.ctx, &text)), true)
		again := text
		again.At = noon
		w.equal("the second time", ok(tx.AwaitPaperText(w.ctx, &again)), false)
		w.equal("another", ok(tx.AwaitPaperText(w.ctx, &forum.PaperText{Digest: other, State: forum.PaperWaits, At: noon})), true)
	})
	waiting := func(before time.Time, most int) (found []forum.Digest) {
		w.read(func(tx forum.Tx) {
			for _, d := range ok(tx.PapersWaiting(w.ctx, before, most)) {
				if d == digest || d == other {
					found = append(found, d)
				}
			}
		})
		return found
	}
	w.equal("waiting", waiting(noon.Add(time.Hour), 1000), []forum.Digest{digest, other})
	w.equal("waiting for long", waiting(noon, 1000), []forum.Digest{digest})
	w.equal("the longest", len(waiting(noon.Add(time.Hour), 1)) <= 1, true)
	w.write(func(tx forum.Tx) {
		text.State, text.Text, text.Pages, text.Reason, text.Identifies, text.At = forum.PaperRead, "Ærleg\x00 tekst\xff", 7, forum.TroubleCut, true, noon
		w.must(tx.SavePaperText(w.ctx, &text))
	})
	w.read(func(tx forum.Tx) {
		text.Text = "Ærleg tekst\uFFFD"
		w.equal("text", ok(tx.PaperText(w.ctx, digest)), &text)
		short := text
		short.Text = ""
		w.equal("states", ok(tx.PaperStates(w.ctx, []forum.Digest{digest, "none"})), map[forum.Digest]forum.PaperText{digest: short})
		w.equal("no states", ok(tx.PaperStates(w.ctx, nil)), map[forum.Digest]forum.PaperText{})
	})
	w.equal("waiting still", waiting(noon.Add(time.Hour), 1000), []forum.Digest{other})
}
