package web

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func exampleSheet() sheet {
	return sheet{
		Name: "Leiarsida «1» & 'to'", Head: []string{"Vedtak", "Kva", "Frist"},
		Rows: [][]cell{
			{{Text: "7/26"}, {Text: "Ta \"rutinen\" i bruk; no,\nog sidan <alltid>"}, {Day: "2026-06-01"}},
			{{Text: "8/26"}, {Text: "=1+1"}, {}},
			{{Text: "9/26"}, {Text: "-2\x00\x0b"}, {Day: "2026-12-31"}},
		},
	}
}

func TestCSV(t *testing.T) {
	content, err := exampleSheet().csv()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Vedtak", "Kva", "Frist"}, {"7/26", "Ta \"rutinen\" i bruk; no,\nog sidan <alltid>", "2026-06-01"}, {"8/26", "'=1+1", ""}, {"9/26", "'-2\x00\x0b", "2026-12-31"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// TestODS lets LibreOffice read the spreadsheet: its days are days, and nothing became a
// formula.
func TestODS(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("LibreOffice is missing: apt-get install -y libreoffice-calc-nogui")
	}
	content, err := exampleSheet().ods()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(content[30:]), "mimetype"+odsType) {
		t.Errorf("the file begins with %q", content[30:100])
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "samraad.ods")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	convert := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, file)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	converted, err := os.ReadFile(filepath.Join(folder, "samraad.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(converted))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Vedtak", "Kva", "Frist"}, {"7/26", "Ta \"rutinen\" i bruk; no,\nog sidan <alltid>", "2026-06-01"}, {"8/26", "=1+1", ""}, {"9/26", "-2\uFFFD\uFFFD", "2026-12-31"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
