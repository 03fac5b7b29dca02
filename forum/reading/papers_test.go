package reading_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// sentence has the letters that go wrong when an encoding does.
const sentence = "Ærlege øyebuarar på Ås får § 13 «sitat» – i går"

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// archived is an archive of parts; names and contents alternate.
func archived(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		check(t, err)
		_, err = part.Write([]byte(parts[i+1]))
		check(t, err)
	}
	check(t, w.Close())
	return b.Bytes()
}

func word(t testing.TB, body string) []byte {
	t.Helper()
	return archived(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`)
}

func paragraph(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

// pdfOf builds a PDF of objects numbered from 1, the first of which is its
// catalogue; more goes into its trailer.
func pdfOf(more string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, more, table)
	return b.Bytes()
}

func stream(dictionary, content string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(content), dictionary, content)
}

const plainFont = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"

// pagesOf is a PDF with as many pages of the same content.
func pagesOf(count int, content string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", plainFont, content}
	var kids strings.Builder
	for i := range count {
		fmt.Fprintf(&kids, "%d 0 R ", i+5)
		objects = append(objects, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>")
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", count, kids.String())
	return pdfOf("", objects...)
}

// shown is a content stream of lines in WinAnsi.
func shown(t testing.TB, lines ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("BT /F1 12 Tf 14 TL 50 700 Td\n")
	for _, line := range lines {
		western, err := charmap.Windows1252.NewEncoder().String(line)
		check(t, err)
		fmt.Fprintf(&b, "(%s) Tj T*\n", western)
	}
	return stream("", b.String()+"ET")
}

// mapped is a PDF whose font has codes of its own and a table of what they say
// (ISO 32000-1, 9.10.3), as word processors write them.
func mapped(text string) []byte {
	var codes, table strings.Builder
	letters := []rune(text)
	for i, r := range letters {
		fmt.Fprintf(&codes, "%04x", i+1)
		fmt.Fprintf(&table, "<%04x> <%04x>\n", i+1, utf16.Encode([]rune{r})[0])
	}
	cmap := fmt.Sprintf("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end", len(letters), table.String())
	return pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		stream("", "BT /F1 12 Tf 50 700 Td <"+codes.String()+"> Tj ET"),
		"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /DW 500 >>] >>",
		stream("", cmap))
}

// deflated repeats a piece until it has been said so many times, without
// compressing it more than twice: what is alike compresses alike.
func deflated(t testing.TB, first, piece string, times int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	check(t, err)
	say := func(text string) []byte {
		from := b.Len()
		_, err := w.Write([]byte(text))
		check(t, err)
		check(t, w.Flush())
		return bytes.Clone(b.Bytes()[from:])
	}
	say(first + piece)
	again := say(piece)
	b.Write(bytes.Repeat(again, times))
	b.Write([]byte{3, 0}) // the last block, empty
	return b.Bytes()
}

// bomb is an archive with one part that unpacks to times pieces; claimed is the
// size that it tells.
func bomb(t testing.TB, name, first, piece string, times int, claimed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	content := deflated(t, first, piece, times)
	part, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(content)), UncompressedSize64: claimed})
	check(t, err)
	_, err = part.Write(content)
	check(t, err)
	check(t, w.Close())
	return b.Bytes()
}
