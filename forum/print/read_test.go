package print_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// poppler runs one of its programs on a PDF and gives what it says.
func poppler(t testing.TB, name string, pdf []byte, before []string, after ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(tool(t, name, "poppler-utils"), append(append(before, path), after...)...)
	command.Env = append(os.Environ(), "TZ=UTC")
	said, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return string(said)
}

// pdfText is the text of all pages.
func pdfText(t testing.TB, pdf []byte) string {
	t.Helper()
	return poppler(t, "pdftotext", pdf, []string{"-enc", "UTF-8"}, "-")
}
