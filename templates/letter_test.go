package templates_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/templates"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), -update writes it anew:\n%s", path, diff)
	}
}

func TestLetter(t *testing.T) {
	for _, language := range templates.Languages() {
		golden(t, "letter."+string(language)+".txt", invitation(language).Plain())
		golden(t, "letter."+string(language)+".html", render(t, templates.LetterHTML(invitation(language))))
	}
}

func TestLetterLoadsNothing(t *testing.T) {
	for _, node := range elements(t, render(t, templates.LetterHTML(invitation(templates.Nynorsk)))) {
		if attribute(node, "src") != "" || node.Data == "script" || node.Data == "link" {
			t.Errorf("<%s> loads something", node.Data)
		}
		if node.Data == "html" && attribute(node, "lang") != "nn" {
			t.Errorf("the language is %q", attribute(node, "lang"))
		}
	}
}

func TestLetterEscapes(t *testing.T) {
	letter := templates.Letter{Paragraphs: []string{"<script>"}, Actions: []templates.Link{{Label: "x", URL: "javascript:x"}}}
	got := render(t, templates.LetterHTML(letter))
	if strings.Contains(got, "<script>") || strings.Contains(got, "javascript:") {
		t.Error(got)
	}
}

func TestEmptyLetterIsEmpty(t *testing.T) {
	if got := (templates.Letter{}).Plain(); got != "" {
		t.Errorf("got %q", got)
	}
}

// TestPlainKeepsEveryWord: whatever is written, no line is longer than 78 characters unless one word is, and no word is lost or moved.
func TestPlainKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zæøå.:/0-9]{1,30}`), 1, 60).Draw(t, "words")
		letter := templates.Letter{
			Paragraphs: []string{strings.Join(words, " ")},
			Facts:      []templates.Fact{{Label: rapid.StringMatching(`[a-zæøå]{1,20}`).Draw(t, "label"), Value: strings.Join(words, " ")}},
			Quote:      strings.Join(words, "\n"),
		}
		plain := letter.Plain()
		for line := range strings.Lines(plain) {
			if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > 78 {
				t.Errorf("too long: %q", line)
			}
		}
		parts := strings.SplitN(plain, "\n\n", 3)
		if diff := cmp.Diff(words, strings.Fields(parts[0])); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(words, strings.Fields(parts[1])[1:]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(words, strings.Fields(strings.ReplaceAll(parts[2], "> ", ""))); diff != "" {
			t.Error(diff)
		}
	})
}
