package web

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
)

// FuzzSheet writes whatever somebody wrote: each row stays one row of as many
// cells, none is taken for a formula, and the spreadsheet is well-formed.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{"=1+1", "-2\x00\x0b", "\t@SUM(A1)", "\"; DROP", "ein\r\nto\rtre", "]]></text:p>&", "\ufffe\xff", "", "+47 55 55 55 55"} {
		f.Add(seed, "2026-06-01")
	}
	f.Add("", `2026"><x`)
	f.Fuzz(func(t *testing.T, text, day string) {
		s := sheet{Name: text, Head: []string{"a", "b", "c"}, Rows: [][]cell{{{Text: text}, {Text: "x"}, {Day: forum.Date(day)}}}}
		content, err := s.csv()
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 3 {
			t.Fatalf("%q became %q, %v", text, content, err)
		}
		for _, row := range rows {
			for _, value := range row {
				if value != "" && strings.ContainsAny(value[:1], "=+-@\t\r") {
					t.Errorf("a program takes %q for a formula", value)
				}
			}
		}
		wellFormed(t, s)
	})
}

// wellFormed reads the spreadsheet's content as XML.
func wellFormed(t *testing.T, s sheet) {
	t.Helper()
	content, err := s.ods()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	decoder, rows := xml.NewDecoder(part), 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if begun, is := token.(xml.StartElement); is && begun.Name.Local == "table-row" {
			rows++
		}
	}
	if rows != 2 {
		t.Errorf("%d rows", rows)
	}
}
