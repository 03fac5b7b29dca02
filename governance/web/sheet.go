package web

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/samraad/samraad/forum"
)

// sheet is a table to be saved and worked with elsewhere.
type sheet struct {
	Name string
	Head []string
	Rows [][]cell
}

// cell holds a text, or a day.
type cell struct {
	Text string
	Day  forum.Date
}

func (c cell) String() string { return c.Text + string(c.Day) }

// csv is the sheet as comma-separated values (RFC 4180) in UTF-8 with a byte order mark,
// without which spreadsheets read it in an old encoding. A cell that a spreadsheet would
// take for a formula is set apart by an apostrophe.
func (s sheet) csv() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(s.Head); err != nil {
		return nil, err
	}
	for _, row := range s.Rows {
		line := make([]string, len(row))
		for i, c := range row {
			line[i] = c.String()
			if strings.ContainsAny(line[i][:min(1, len(line[i]))], "=+-@\t\r") {
				line[i] = "'" + line[i]
			}
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// odsType is the media type of an OpenDocument spreadsheet (ISO/IEC 26300-1).
const odsType = "application/vnd.oasis.opendocument.spreadsheet"

const odsManifest = xml.Header + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
	`<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="` + odsType + `"/>` +
	`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`

const odsBegin = xml.Header + `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"` +
	` xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
	` xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"` +
	` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>` +
	`<number:date-style style:name="day"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>` +
	`<number:text>-</number:text><number:day number:style="long"/></number:date-style>` +
	`<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>` +
	`<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>` +
	`</office:automatic-styles><office:body><office:spreadsheet>`

const odsEnd = `</office:spreadsheet></office:body></office:document-content>`

// ods is the sheet as an OpenDocument spreadsheet: days are days there, and all else is
// text, so that nothing is taken for a formula.
func (s sheet) ods() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	// The type comes first and as it is, so that programs know the file by its first bytes (ISO/IEC 26300-2 § 3.3).
	kind, err := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(kind, odsType); err != nil {
		return nil, err
	}
	for _, part := range []struct{ name, content string }{{"content.xml", odsBegin + s.table() + odsEnd}, {"META-INF/manifest.xml", odsManifest}} {
		w, err := z.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, part.content); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (s sheet) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<table:table table:name="%s"><table:table-header-rows><table:table-row>`, escaped(s.Name))
	for _, name := range s.Head {
		b.WriteString(`<table:table-cell table:style-name="head" office:value-type="string">` + paragraphs(name) + `</table:table-cell>`)
	}
	b.WriteString(`</table:table-row></table:table-header-rows>`)
	for _, row := range s.Rows {
		b.WriteString(`<table:table-row>`)
		for _, c := range row {
			switch {
			case c.Day != "":
				fmt.Fprintf(&b, `<table:table-cell table:style-name="date" office:value-type="date" office:date-value="%s">%s</table:table-cell>`, escaped(string(c.Day)), paragraphs(string(c.Day)))
			case c.Text == "":
				b.WriteString(`<table:table-cell/>`)
			default:
				b.WriteString(`<table:table-cell office:value-type="string">` + paragraphs(c.Text) + `</table:table-cell>`)
			}
		}
		b.WriteString(`</table:table-row>`)
	}
	b.WriteString(`</table:table>`)
	return b.String()
}

// paragraphs is text of several lines, each a paragraph of its cell.
func paragraphs(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("<text:p>" + escaped(line) + "</text:p>")
	}
	return b.String()
}

// escaped is text within XML; what XML cannot hold becomes U+FFFD.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}
