// Package docx writes text documents that word processors and case systems open
// (Office Open XML, ECMA-376 part 1, WordprocessingML). The same document always
// gives the same bytes.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"strings"
	"time"
)

// MediaType is what such a file is, as mail and HTTP name it.
const MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Document is what is written.
type Document struct {
	Language string // of its text, as nn-NO (BCP 47), for spelling and screen readers
	Title    string
	Author   string
	Created  time.Time
	Blocks   []Block
}

// Style is what a block is.
type Style string

// The styles; headings make the outline that screen readers go by.
const (
	Title     Style = "Title"
	Heading   Style = "Heading1"
	Paragraph Style = "Normal"
)

// Block is text of one style. A blank line begins a new paragraph, and a label
// stands in bold before it.
type Block struct {
	Style Style
	Label string
	Text  string
}

// Write gives the bytes of the document.
func Write(d Document) ([]byte, error) {
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relations},
		{"docProps/core.xml", d.properties()},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/styles.xml", strings.ReplaceAll(styles, "{language}", escaped(d.Language))},
		{"word/document.xml", d.body()},
	} {
		into, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate}) // without a time, so that it is the same again
		if err != nil {
			return nil, err
		}
		if _, err := into.Write([]byte(xml.Header + part.content)); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

func (d Document) properties() string {
	created := d.Created.UTC().Format(time.RFC3339)
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.Title) + `</dc:title><dc:creator>` + escaped(d.Author) + `</dc:creator><dc:language>` + escaped(d.Language) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + created + `</dcterms:created></cp:coreProperties>`
}

func (d Document) body() string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, block := range d.Blocks {
		block.write(&b)
	}
	// A4, with margins of 25 mm, in twentieths of a point.
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

func (block Block) write(b *strings.Builder) {
	text := strings.ReplaceAll(block.Text, "\r\n", "\n")
	for i, paragraph := range strings.Split(text, "\n\n") {
		paragraph = strings.Trim(paragraph, "\n")
		if paragraph == "" && (i > 0 || block.Label == "") {
			continue
		}
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + string(block.Style) + `"/></w:pPr>`)
		if i == 0 && block.Label != "" {
			b.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + escaped(block.Label) + `: </w:t></w:r>`)
		}
		b.WriteString(`<w:r>`)
		for j, line := range strings.Split(paragraph, "\n") {
			if j > 0 {
				b.WriteString(`<w:br/>`)
			}
			for k, piece := range strings.Split(line, "\t") {
				if k > 0 {
					b.WriteString(`<w:tab/>`)
				}
				b.WriteString(`<w:t xml:space="preserve">` + escaped(piece) + `</w:t>`)
			}
		}
		b.WriteString(`</w:r></w:p>`)
	}
}

// escaped is text as XML holds it; what XML cannot hold becomes U+FFFD.
func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes all
	return b.String()
}
