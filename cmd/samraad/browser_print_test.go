package main_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestPrint prints the pages that people take along on paper: what they say is
// there, and what only a screen can do is not.
func TestPrint(t *testing.T) {
	b := newTab(t, serveDemo(t).url)
	b.stepInto(secretary)
	for _, sheet := range []struct {
		path string
		says []string
		most int // pages of A4
	}{
		{"/meetings/1", []string{council, "Felles rutine for utskrivingsklare pasientar i helgane", b.say.T("page.attendance.title")}, 4},
		{"/forums/2/handover", []string{council, "Ambulant team for unge med samansette vanskar", deputy}, 4},
		{"/areas/1/calendar", []string{"Januar", "Langfredag", council}, 3},
		{"/matters/1", []string{"Felles rutine for utskrivingsklare pasientar i helgane"}, 2},
	} {
		text := b.printed(sheet.path)
		words := strings.Join(strings.Fields(text), " ")
		for _, said := range sheet.says {
			if !strings.Contains(words, said) {
				t.Errorf("%s on paper does not say %q:\n%s", sheet.path, said, text)
			}
		}
		for _, screen := range []string{b.say.T("layout.skip"), b.say.T("layout.demo_step"), b.say.T("language.en")} {
			if strings.Contains(text, screen) {
				t.Errorf("%s on paper says %q:\n%s", sheet.path, screen, text)
			}
		}
		if pages := strings.Count(text, "\f"); pages > sheet.most {
			t.Errorf("%s takes %d pages of paper, want at most %d", sheet.path, pages, sheet.most)
		}
	}
}

// printed is the text of a page as it comes out of a printer; the sheets are kept
// in the folder SAMRAAD_SHOTS, if there is one.
func (b *tab) printed(path string) string {
	b.Helper()
	b.open(path)
	ctx, cancel := b.within()
	defer cancel()
	printed, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
	if err != nil {
		b.Fatal(err)
	}
	folder := cmp.Or(os.Getenv("SAMRAAD_SHOTS"), b.TempDir())
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(folder, strings.ReplaceAll(strings.Trim(path, "/"), "/", "-")+".pdf")
	if err := os.WriteFile(file, printed.Data, 0o600); err != nil {
		b.Fatal(err)
	}
	text, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		b.Fatalf("pdftotext: %v (apt-get install -y poppler-utils)", err)
	}
	return string(text)
}
