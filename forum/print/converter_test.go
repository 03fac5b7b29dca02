package print_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samraad/samraad/forum/print"
)

// tool is the path of a program that the tests need.
func tool(t testing.TB, name, from string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is missing: apt-get install -y --no-install-recommends %s", name, from)
	}
	return path
}

func office(t testing.TB) print.LibreOffice {
	t.Helper()
	return print.LibreOffice{Path: tool(t, "soffice", "libreoffice-writer-nogui libreoffice-calc-nogui")}
}

// zipped is an archive of files, in this order: names and contents in turn.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := archive.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	typesOf   = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>%s</Types>`
	relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`
	relation  = `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
)

// docx is a text document with a picture that is linked from elsewhere, "" for none.
func docx(t *testing.T, text, linked string) []byte {
	t.Helper()
	picture, link := "", ""
	if linked != "" {
		link = strings.Replace(fmt.Sprintf(relation, "rId9", "image", linked), "/>", ` TargetMode="External"/>`, 1)
		picture = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/>` +
			`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">` +
			`<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill>` +
			`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
	}
	return zipped(t,
		"[Content_Types].xml", fmt.Sprintf(typesOf, `<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`),
		"_rels/.rels", fmt.Sprintf(relations, fmt.Sprintf(relation, "rId1", "officeDocument", "word/document.xml")),
		"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`+text+`</w:t></w:r></w:p>`+picture+`</w:body></w:document>`,
		"word/_rels/document.xml.rels", fmt.Sprintf(relations, link))
}

// xlsx is a spreadsheet of one cell.
func xlsx(t *testing.T, text string) []byte {
	t.Helper()
	return zipped(t,
		"[Content_Types].xml", fmt.Sprintf(typesOf, `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`),
		"_rels/.rels", fmt.Sprintf(relations, fmt.Sprintf(relation, "rId1", "officeDocument", "xl/workbook.xml")),
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ark" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", fmt.Sprintf(relations, fmt.Sprintf(relation, "rId1", "worksheet", "worksheets/sheet1.xml")),
		"xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`+text+`</t></is></c></row></sheetData></worksheet>`)
}

func TestOfficePapersAreConverted(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	printer := inChild(t)
	printer.Converter = office(t)
	for name, content := range map[string][]byte{
		"Framlegg.docx":   docx(t, "Økonomi og drift", ""),
		"Med lenkje.DOCX": docx(t, "Økonomi og drift", server.URL+"/picture.png"),
		"Rekneskap.xlsx":  xlsx(t, "Økonomi og drift"),
		"Rik tekst.rtf":   []byte(`{\rtf1\ansi\ansicpg1252 \'d8konomi og drift}`),
	} {
		t.Run(name, func(t *testing.T) {
			part := printed(t, printer, paperOf(name, content))
			if got := part.Papers[0]; got.Fate != print.Merged || got.Pages != 1 {
				t.Fatalf("got %+v", got)
			}
			if text := pdfText(t, part.PDF); !strings.Contains(text, "Økonomi og drift") {
				t.Errorf("it says %q", text)
			}
		})
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("what documents link to was asked for %d times", n)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "samraad-convert-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// asks is a converter that does as it is told.
type asks struct {
	say func(ctx context.Context, to io.Writer) error
}

func (asks) Takes(string) bool { return true }
func (a asks) Convert(ctx context.Context, _ string, _ io.Reader, to io.Writer) error {
	return a.say(ctx, to)
}

func TestConvertersThatFail(t *testing.T) {
	program := func(lines string) print.LibreOffice {
		path := filepath.Join(t.TempDir(), "soffice")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+lines), 0o700); err != nil {
			t.Fatal(err)
		}
		return print.LibreOffice{Path: path, Time: 2 * time.Second}
	}
	rtf := paperOf("a.rtf", []byte(`{\rtf1 Hei}`))
	for name, c := range map[string]struct {
		converter print.Converter
		want      print.Reason
	}{
		"none":                          {nil, print.NoConverter},
		"one that is not there":         {print.LibreOffice{Path: "/nowhere/soffice"}, print.ConverterFailed},
		"one that gives up":             {program("exit 3"), print.ConverterFailed},
		"one that makes nothing":        {program("exit 0"), print.ConverterFailed},
		"one that never ends":           {program("sleep 600"), print.TimedOut},
		"one that counts for ever":      {program("while :; do :; done"), print.TimedOut},
		"one that writes for ever":      {program("mkdir out; exec cat /dev/zero > out/paper.pdf"), print.ConverterFailed},
		"one that makes something else": {asks{func(_ context.Context, to io.Writer) error { _, err := io.WriteString(to, "Hei"); return err }}, print.Broken},
		"one that makes too much": {asks{func(_ context.Context, to io.Writer) error {
			_, err := io.CopyN(to, nothing{}, print.MostBytes+1)
			return err
		}}, print.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			printer := inChild(t)
			printer.Converter = c.converter
			if got := printed(t, printer, rtf).Papers[0]; got.Reason != c.want || got.Fate != print.Apart {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
}
