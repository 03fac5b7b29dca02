package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/templates/docx"
)

var sample = docx.Document{
	Language: "nn-NO", Title: "Utskriving i helgane", Author: "Samarbeidsrådet", Created: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
	Blocks: []docx.Block{
		{Style: docx.Title, Text: "Utskriving <i> helgane & høgtidene"},
		{Style: docx.Paragraph, Label: "Saksnummer", Text: "4/26"},
		{Style: docx.Heading, Text: "Tilråding"},
		{Style: docx.Paragraph, Text: "Fyrste avsnittet,\npå to linjer.\n\nAndre avsnittet."},
	},
}

// TestAnotherProgramReadsIt lets a word processor that is not ours open the document.
func TestAnotherProgramReadsIt(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("apt-get install -y libreoffice-writer-nogui")
	}
	folder := t.TempDir()
	content, err := docx.Write(sample)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "sak.docx")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	read, err := os.ReadFile(filepath.Join(folder, "sak.txt"))
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := "Utskriving <i> helgane & høgtidene\nSaksnummer: 4/26\nTilråding\nFyrste avsnittet,\npå to linjer.\nAndre avsnittet.\n"
	if got := strings.TrimPrefix(string(read), "\ufeff"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	first, err := docx.Write(sample)
	if err != nil {
		t.Fatal(err)
	}
	second, err := docx.Write(sample)
	if err != nil || !bytes.Equal(first, second) {
		t.Error("two writings differ", err)
	}
}

// FuzzEveryTextGivesWellFormedParts puts any text everywhere.
func FuzzEveryTextGivesWellFormedParts(f *testing.F) {
	f.Add("]]>&<\x00\ufffe", "nn-NO")
	f.Add("linje\n\n\tny", `"><w:p/>`)
	f.Fuzz(func(t *testing.T, text, language string) {
		content, err := docx.Write(docx.Document{Language: language, Title: text, Author: text, Blocks: []docx.Block{{Style: docx.Paragraph, Label: text, Text: text}}})
		if err != nil {
			t.Fatal(err)
		}
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.File {
			open, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			decoder := xml.NewDecoder(open)
			for {
				_, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", part.Name, err)
				}
			}
		}
	})
}
