package reading_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/reading"
)

func western(t *testing.T, text string) string {
	t.Helper()
	encoded, err := charmap.Windows1252.NewEncoder().String(text)
	check(t, err)
	return encoded
}

// TestFormats reads the same sentence out of every format.
func TestFormats(t *testing.T) {
	const sheet = `<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>42</v></c><c t="s"><v>7</v></c></row><row><c t="inlineStr"><is><t>` + sentence + `</t></is></c></row></sheetData></worksheet>`
	tests := map[string]struct {
		paper []byte
		want  forum.PaperContent
	}{
		"text in UTF-8":           {[]byte("\ufeff" + sentence + "\r\nto\n"), forum.PaperContent{Text: sentence + "\nto\n"}},
		"text in windows-1252":    {[]byte(western(t, sentence)), forum.PaperContent{Text: sentence}},
		"text in UTF-16":          {[]byte("\xff\xfe\xc6\x00r\x00"), forum.PaperContent{Text: "Ær"}},
		"text with control marks": {[]byte("ein\x7f to\ttre"), forum.PaperContent{Text: "ein to\ttre"}},
		"a page of the web": {
			[]byte("<!DOCTYPE html><html><head><meta charset=windows-1252><title>T</title><style>p{}</style></head><body><p>" + western(t, sentence) + "<script>var p = 1</script><p>to&nbsp;&aring;r</html>"),
			forum.PaperContent{Text: "\nT\n" + sentence + "\nto\u00a0år"},
		},
		"Word": {
			archived(t, "word/document.xml", `<w:document xmlns:w="w"><w:body>`+paragraph("Ærlege øye</w:t></w:r><w:r><w:t>buarar")+`<w:p><w:r><w:delText>stroke</w:delText><w:tab/><w:t>igjen</w:t></w:r></w:p></w:body></w:document>`,
				"word/footer1.xml", "<w:ftr>"+paragraph("Botn")+"</w:ftr>", "word/theme/theme1.xml", "<t>tema</t>"),
			forum.PaperContent{Text: "Ærlege øyebuarar\nstroke\tigjen\nBotn\n"},
		},
		"Excel": {
			archived(t, "xl/workbook.xml", "<workbook/>", "xl/sharedStrings.xml", "<sst><si><r><t>Ås</t></r><r><t> og Ørsta</t></r></si></sst>", "xl/worksheets/sheet1.xml", sheet),
			forum.PaperContent{Text: "\nÅs og Ørsta\t42\t\t\n" + sentence + "\t\n"},
		},
		"PowerPoint": {
			archived(t, "ppt/presentation.xml", "<p/>", "ppt/slides/slide10.xml", "<s><a:p><a:t>sist</a:t></a:p></s>", "ppt/slides/slide2.xml", "<s><a:p><a:t>"+sentence+"</a:t></a:p></s>"),
			forum.PaperContent{Text: sentence + "\nsist\n", Pages: 2},
		},
		"OpenDocument": {
			archived(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
				`<office:document-content><office:scripts>nei</office:scripts><text:h>Ei sak</text:h><text:p>`+sentence+`<text:tab/>to<text:s/><text:span>tre</text:span></text:p></office:document-content>`),
			forum.PaperContent{Text: "Ei sak\n" + sentence + "\tto tre\n"},
		},
		"PDF with a Western font":    {pagesOf(1, shown(t, sentence, "ny line")), forum.PaperContent{Text: sentence + "\nny line\n", Pages: 1}},
		"PDF with a font of its own": {mapped(sentence), forum.PaperContent{Text: sentence + "\n", Pages: 1}},
		"PDF that places its words": {
			pagesOf(1, stream("", "BT /F1 10 Tf 50 700 Td (Ein) Tj 30 0 Td (to) Tj 10 0 Td (tal) Tj [(0101)3(90 )-20(123)5(45)-400(slutt)] TJ 0 -12 Td (ny line) Tj ET")),
			forum.PaperContent{Text: "Ein total010190 12345 slutt\nny line\n", Pages: 1},
		},
		"PDF with a form": {
			pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
				"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> >>",
				stream("", "/X1 Do"), plainFont, stream("/Subtype /Form", "BT /F1 12 Tf 9 9 Td (i skjema) Tj ET")),
			forum.PaperContent{Text: "i skjema\n", Pages: 1},
		},
		"PDF with a form of itself": {
			pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
				"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X1 4 0 R >> >> >>",
				stream("/Subtype /Form", strings.Repeat("/X1 Do ", 100))),
			forum.PaperContent{Text: "\n", Pages: 1, Reason: forum.TroubleNoText},
		},
		"PDF of version 2 with a tail": {
			append([]byte(strings.Replace(string(pagesOf(1, shown(t, sentence))), "%PDF-1.4", "%PDF-2.0", 1)), strings.Repeat("\x00", 200)...),
			forum.PaperContent{Text: sentence + "\n", Pages: 1},
		},
		"a picture":             {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), forum.PaperContent{Reason: forum.TroubleUnsupported}},
		"a program":             {append([]byte("MZ\x90\x00\x03\x00\x00\x00"), make([]byte, 600)...), forum.PaperContent{Reason: forum.TroubleUnsupported}},
		"an archive of files":   {archived(t, "a.txt", "a"), forum.PaperContent{Reason: forum.TroubleUnsupported}},
		"a PDF without text":    {pagesOf(1, stream("", "0 0 m 9 9 l S")), forum.PaperContent{Text: "\n", Pages: 1, Reason: forum.TroubleNoText}},
		"a Word without text":   {word(t, ""), forum.PaperContent{Text: "\n", Reason: forum.TroubleNoText}},
		"nothing":               {nil, forum.PaperContent{Reason: forum.TroubleNoText}},
		"an old Word":           {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 1000)...), forum.PaperContent{Reason: forum.TroubleUnsupported}},
		"a Word with password":  {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), strings.Join(strings.Split("EncryptedPackage", ""), "\x00")+"\x00"...), forum.PaperContent{Reason: forum.TroubleEncrypted}},
		"an ODT with password":  {archived(t, "content.xml", "\x93\x01", "META-INF/manifest.xml", "<manifest:encryption-data/>"), forum.PaperContent{Reason: forum.TroubleEncrypted}},
		"a PDF with password":   {encrypted(), forum.PaperContent{Reason: forum.TroubleEncrypted}},
		"a header and no PDF":   {[]byte("%PDF-1.4\nhei %%EOF"), forum.PaperContent{Reason: forum.TroubleBroken}},
		"text that goes on":     {[]byte(strings.Repeat("abcdefg ", 1<<19)), forum.PaperContent{Text: strings.Repeat("abcdefg ", 1<<18), Reason: forum.TroubleCut}},
		"Word that is cut off":  {word(t, paragraph(sentence))[:180], forum.PaperContent{Reason: forum.TroubleBroken}},
		"Word of broken XML":    {word(t, "<w:p><w:t"), forum.PaperContent{Reason: forum.TroubleBroken}},
		"Word that nests":       {word(t, strings.Repeat("<w:p>", 100_000)), forum.PaperContent{Reason: forum.TroubleBroken}},
		"entities of entities":  {laughs(t), forum.PaperContent{Reason: forum.TroubleBroken}},
		"an archive in archive": {archived(t, "a.zip", string(bomb(t, "a", "", strings.Repeat("a", 1<<20), 100, 100<<20))), forum.PaperContent{Reason: forum.TroubleUnsupported}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := reading.Extract(test.paper, time.Now().Add(time.Minute))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func encrypted() []byte {
	return pdfOf("/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"+strings.Repeat("4a", 32)+"> /U <"+strings.Repeat("b1", 32)+"> >>",
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>")
}

// laughs is a Word paper whose entities unfold to a billion laughs.
func laughs(t testing.TB) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">`)
	for i := range "123456789" {
		b.WriteString(`<!ENTITY l` + string(rune('1'+i)) + ` "` + strings.Repeat("&l"+string(rune('0'+i))+";", 10) + `">`)
	}
	b.WriteString("]><w:document>" + paragraph("&l9;") + "</w:document>")
	return archived(t, "word/document.xml", b.String())
}

// TestDeadline keeps what was read when the time is over.
func TestDeadline(t *testing.T) {
	got := reading.Extract(pagesOf(3, shown(t, sentence)), time.Now().Add(-time.Second))
	if diff := cmp.Diff(forum.PaperContent{Pages: 3, Reason: forum.TroubleCut}, got); diff != "" {
		t.Error(diff)
	}
}

// TestTruncated cuts papers off anywhere: every piece has an outcome.
func TestTruncated(t *testing.T) {
	for name, paper := range map[string][]byte{"PDF": pagesOf(2, shown(t, sentence)), "Word": word(t, paragraph(sentence)), "mapped": mapped(sentence)} {
		t.Run(name, func(t *testing.T) {
			for end := 0; end < len(paper)-8; end += 7 {
				got := reading.Extract(paper[:end], time.Now().Add(time.Minute))
				if got.Reason == "" && got.Text == "" {
					t.Fatalf("%d bytes gave neither text nor a reason", end)
				}
			}
		})
	}
}
