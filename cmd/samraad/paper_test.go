package main_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/samraad/samraad/templates"
)

// TestPapersThatCannotBeRead brings papers that were made to do harm, or name somebody by identity number, to a server
// that goes on serving: its secretaries see what became of each, and a member gets none that is held.
func TestPapersThatCannotBeRead(t *testing.T) {
	d, say := serveDemo(t), templates.In("nn")
	keeper := d.stepIn(t, "Sekretær for kommunane, Voss herad")
	const matter = "/matters/1"
	for name, paper := range map[string]string{
		"program.pdf":  "MZ\x90\x00\x03\x00\x00\x00" + strings.Repeat("\x00", 600),
		"avkorta.pdf":  "%PDF-1.4\n1 0 obj\n<< /Type /Cat",
		"passord.docx": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Join(strings.Split("EncryptedPackage", ""), "\x00") + strings.Repeat("\x00", 600),
		"bombe.docx":   swelling(t),
		"pasient.txt":  "Pasienten 018190 10001 er utskriven.",
	} {
		keeper.upload(matter+"/papers", name, paper, "access", "internal")
	}
	for _, want := range []string{"paper_trouble.unsupported", "paper_trouble.broken", "paper_trouble.encrypted", "paper_trouble.too_large", "page.paper.held"} {
		eventually(t, "the page says "+want, func() bool { return strings.Contains(keeper.get(matter), say.T(want)) })
	}
	page := d.stepIn(t, "Helse- og omsorgssjef, Kvam herad").get(matter)
	if strings.Contains(page, "pasient.txt") || !strings.Contains(page, say.T("paper.held")) {
		t.Error("a member reads the name of a paper that is held")
	}
	if status, _ := keeper.send(http.MethodGet, "/readyz", "", nil); status != http.StatusOK {
		t.Errorf("the server answers %d", status)
	}
}

// swelling is a small Word file whose text is of 200 MB.
func swelling(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if _, err := part.Write(bytes.Repeat([]byte("a"), 1_000_000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
