package reading_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/samraad/samraad/forum/reading"
)

// FuzzExtract reads anything but PDF, whose reader runs in a process of its own
// because it may not end: what comes out is text that every database holds.
func FuzzExtract(f *testing.F) {
	f.Add([]byte(sentence))
	f.Add([]byte("<html><p>" + sentence))
	f.Add(word(f, paragraph(sentence)))
	f.Add(archived(f, "xl/workbook.xml", "", "xl/sharedStrings.xml", "<si><t>a</t></si>", "xl/worksheets/sheet1.xml", `<c t="s"><v>0</v></c>`))
	f.Add(archived(f, "content.xml", "<p>"+sentence+"</p>"))
	f.Add(laughs(f))
	f.Fuzz(func(t *testing.T, paper []byte) {
		if strings.Contains(string(paper), "%PDF-") {
			return
		}
		got := reading.Extract(paper, time.Now().Add(time.Second))
		if !utf8.ValidString(got.Text) || strings.ContainsRune(got.Text, 0) {
			t.Errorf("text that no database holds: %q", got.Text)
		}
		if got.Text == "" && got.Reason == "" {
			t.Error("neither text nor a reason")
		}
	})
}

// FuzzParts reads the XML of office papers.
func FuzzParts(f *testing.F) {
	f.Add(`<w:p><w:t>a</w:t><w:tab/></w:p>`, byte(0))
	f.Add(`<row><c t="s"><v>0</v></c></row>`, byte(1))
	f.Add(`<text:p>a<text:s/></text:p>`, byte(2))
	f.Fuzz(func(t *testing.T, xml string, kind byte) {
		parts := [][]string{{"word/document.xml", xml}, {"xl/workbook.xml", "", "xl/sharedStrings.xml", xml, "xl/worksheets/sheet1.xml", xml}, {"content.xml", xml}}
		got := reading.Extract(archived(t, parts[int(kind)%len(parts)]...), time.Now().Add(time.Second))
		if !utf8.ValidString(got.Text) || strings.ContainsRune(got.Text, 0) {
			t.Errorf("text that no database holds: %q", got.Text)
		}
	})
}
