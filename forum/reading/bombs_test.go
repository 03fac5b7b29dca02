package reading_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/reading"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
)

// TestBombs has papers that were made to do harm read as they are in use, in a
// process under limits: each has a clear outcome, and none takes long.
func TestBombs(t *testing.T) {
	const gigabytes = 4 << 10 // of pieces of a megabyte
	start, piece := "<w:document>"+"<w:p><w:t>", strings.Repeat("a", 1<<20)
	spaces := strings.Repeat(" ", 1<<20)
	lines := strings.Repeat("BT /F1 12 Tf ("+strings.Repeat("a", 480)+") Tj ET\n", 2000)
	compressed := func(first, piece string) string {
		return stream("/Filter /FlateDecode", zlibbed(deflated(t, first, piece, gigabytes)))
	}
	tests := map[string]struct {
		paper []byte
		want  []forum.PaperTrouble // any of them
	}{
		"a Word of gigabytes":                     {bomb(t, "word/document.xml", start, piece, gigabytes, 4<<30), []forum.PaperTrouble{forum.TroubleTooLarge}},
		"a Word of gigabytes that says kilobytes": {bomb(t, "word/document.xml", start, piece, gigabytes, 2000), []forum.PaperTrouble{forum.TroubleTooLarge, forum.TroubleBroken}},
		"a spreadsheet of gigabytes":              {sheetBomb(t), []forum.PaperTrouble{forum.TroubleCut, forum.TroubleTooLarge}},
		"an archive of too many files":            {crowded(t), []forum.PaperTrouble{forum.TroubleTooLarge}},
		"a Word that holds an archive of gigabytes": {
			archived(t, "word/document.xml", "<w:document>"+paragraph(sentence)+"</w:document>", "word/embeddings/a.zip", string(bomb(t, "a", "", piece, gigabytes, 4<<30))),
			[]forum.PaperTrouble{""},
		},
		"a PDF of gigabytes of space":     {pagesOf(1, compressed("", spaces)), []forum.PaperTrouble{forum.TroubleTimedOut}},
		"a PDF of gigabytes of text":      {pagesOf(1, compressed("", lines)), []forum.PaperTrouble{forum.TroubleCut}},
		"a PDF of a string of gigabytes":  {pagesOf(1, compressed("BT (", piece)), []forum.PaperTrouble{forum.TroubleMemory, forum.TroubleTimedOut}},
		"a PDF that nests":                {pagesOf(1, compressed("", strings.Repeat("[", 1<<20))), []forum.PaperTrouble{forum.TroubleBroken, forum.TroubleMemory, forum.TroubleTimedOut}},
		"a PDF that says a billion pages": {pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1000000000 /Kids [2 0 R] >>"), []forum.PaperTrouble{forum.TroubleCut, forum.TroubleBroken, forum.TroubleNoText, forum.TroubleTimedOut}},
		"a PDF of a billion objects":      {vast(), []forum.PaperTrouble{forum.TroubleMemory, forum.TroubleBroken}},
		"a PDF of 10,000 pages":           {pagesOf(10_000, shown(t, sentence)), []forum.PaperTrouble{forum.TroubleCut}},
		"entities of entities":            {laughs(t), []forum.PaperTrouble{forum.TroubleBroken}},
		"more than is read at all":        {bytes.Repeat([]byte("a b "), 17<<20), []forum.PaperTrouble{forum.TroubleTooLarge}},
	}
	h := newHouse(t, storetest.SQLite(t))
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			text := h.read(t, test.paper)
			t.Logf("%d bytes: %s, %q after %s", len(test.paper), text.State, text.Reason, time.Since(began).Round(time.Millisecond))
			for _, want := range test.want {
				if text.Reason == want && text.State != forum.PaperWaits {
					return
				}
			}
			t.Errorf("outcome %s, %q, want one of %q", text.State, text.Reason, test.want)
		})
	}
}

// zlibbed is a deflated stream as FlateDecode reads it (RFC 1950), without its
// checksum.
func zlibbed(content []byte) string { return "\x78\xda" + string(content) }

func sheetBomb(t *testing.T) []byte {
	t.Helper()
	row := strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 30_000)
	return archived(t, "xl/workbook.xml", "<w/>", "xl/sharedStrings.xml", "<sst><si><t>"+strings.Repeat("abcd ", 100_000)+"</t></si></sst>",
		"xl/worksheets/sheet1.xml", "<worksheet>"+row+"</worksheet>")
}

func crowded(t *testing.T) []byte {
	t.Helper()
	parts := []string{"word/document.xml", "<w/>"}
	for i := range 10_000 {
		parts = append(parts, fmt.Sprintf("word/%d.xml", i), "")
	}
	return archived(t, parts...)
}

// vast is a PDF whose table of objects claims more than there is memory for.
func vast() []byte {
	paper := string(pdfOf("", "<< /Type /Catalog >>"))
	return []byte(strings.Replace(paper, "xref\n0 2", "xref\n0 9999999999", 1))
}

// house is a store and a reader whose child is this test binary.
type house struct {
	db     *store.DB
	files  *files.Folder
	reader *reading.Reader
}

func newHouse(t *testing.T, address string) *house {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	folder, err := files.Open(t.TempDir())
	check(t, err)
	t.Cleanup(func() { check(t, folder.Close()) })
	child := confined("child")
	child.Output = reading.Usual().Output
	return &house{db, folder, &reading.Reader{Keeper: db, Files: folder, Child: child, Log: slog.New(slog.DiscardHandler)}}
}

// put has a paper wait to be read.
func (h *house) put(t *testing.T, paper []byte) forum.Digest {
	t.Helper()
	digest, _, err := h.files.Put(t.Context(), bytes.NewReader(paper))
	check(t, err)
	check(t, h.db.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
		_, err := tx.AwaitPaperText(ctx, &forum.PaperText{Digest: digest, State: forum.PaperWaits, At: tx.Now()})
		return err
	}))
	return digest
}

func (h *house) text(t *testing.T, digest forum.Digest) (text *forum.PaperText) {
	t.Helper()
	check(t, h.db.Read(t.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		text, err = tx.PaperText(ctx, digest)
		return err
	}))
	return text
}

func (h *house) read(t *testing.T, paper []byte) *forum.PaperText {
	t.Helper()
	digest := h.put(t, paper)
	check(t, h.reader.Read(t.Context(), digest))
	return h.text(t, digest)
}

func TestReader(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		h := newHouse(t, address)
		text := h.read(t, mapped(sentence))
		if text.State != forum.PaperRead || text.Text != sentence+"\n" || text.Pages != 1 || text.Identifies {
			t.Errorf("read as %+v", text)
		}

		h.reader.Child.Command = []string{"/nowhere"}
		check(t, h.reader.Read(t.Context(), text.Digest)) // was read before, so nothing starts

		other := h.put(t, []byte("anna"))
		if err := h.reader.Read(t.Context(), other); err == nil || h.text(t, other).State != forum.PaperWaits {
			t.Errorf("trouble of this side was not told: %v", err)
		}
		check(t, h.reader.GiveUp(t.Context(), other))
		if text := h.text(t, other); text.State != forum.PaperUnread || text.Reason != forum.TroubleStopped {
			t.Errorf("given up as %+v", text)
		}
		if err := h.reader.Read(t.Context(), "aa"); !forum.IsKind(err, forum.NotFound) {
			t.Errorf("what waits nowhere was read: %v", err)
		}
	})
}
