// Package members reads lists of members as people keep them in spreadsheets:
// saved in whatever encoding and with whatever separator, with titles above the
// header and notes below the last row. What the rows mean is the forum's to say.
package members

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/samraad/samraad/forum"
)

// What a list may be: bytes, rows, and characters of one cell.
const (
	Largest     = 4 << 20
	mostRows    = 2000
	longestCell = 2000
	deepest     = 40 // lines above the header
)

// List is a list of members that was read.
type List struct {
	Rows    []forum.MemberRow
	Ignored []string // headers of columns that are not used
	Notes   []Note   // lines that are no rows
}

// Note is a line below the header that names nobody: a total, a remark.
type Note struct {
	Line int
	Text string
}

// Read finds the header and the rows in the bytes of a file, or in what was
// pasted from a spreadsheet. Invalid when there is no header in it, or when a
// quotation mark swallows the rest.
func Read(content []byte) (*List, error) {
	if len(content) > Largest {
		return nil, forum.Refuse(forum.Invalid, "error.members.too_large", "Most", Largest>>20)
	}
	text, err := decode(content)
	if err != nil {
		return nil, err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	separators, offset := []rune{';', ',', '\t'}, 0
	if first, rest, found := strings.Cut(text, "\n"); found && strings.HasPrefix(strings.ToLower(strings.Trim(first, `" `)), "sep=") {
		if named := []rune(strings.Trim(first, `" `)[len("sep="):]); len(named) == 1 && slices.Contains(separators, named[0]) {
			separators = named
		}
		text, offset = rest, 1
	}
	var best table
	var refusal error
	for _, separator := range separators {
		t, err := split(text, separator, offset)
		if err != nil {
			refusal = err
			continue
		}
		if t.score > best.score {
			best = t
		}
	}
	switch {
	case best.score >= leastHeader:
		return best.list()
	case refusal != nil:
		return nil, refusal
	case strings.TrimSpace(text) == "":
		return nil, forum.Refuse(forum.Invalid, "error.members.empty")
	}
	return nil, forum.Refuse(forum.Invalid, "error.members.no_header")
}

// record is one line of a table, which may have gone over several in the file.
type record struct {
	line  int
	cells []string
}

// table is a text split by one separator.
type table struct {
	records []record
	header  int // among records
	columns []forum.MemberColumn
	score   int // how many columns the header names
}

// split reads a text as one separator has it. Quotation marks that stand
// loosely in a cell belong to it.
func split(text string, separator rune, offset int) (table, error) {
	t, err := records(text, separator, offset, false)
	var loose *csv.ParseError
	if errors.As(err, &loose) && errors.Is(loose.Err, csv.ErrBareQuote) {
		t, err = records(text, separator, offset, true)
	}
	if errors.As(err, &loose) {
		return t, forum.Refuse(forum.Invalid, "error.members.quote", "Line", loose.StartLine+offset).Because(err)
	}
	if err != nil {
		return t, err
	}
	for i, r := range t.records[:min(len(t.records), deepest)] {
		if columns, score := headerOf(r.cells); score > t.score {
			t.header, t.columns, t.score = i, columns, score
		}
	}
	return t, nil
}

func records(text string, separator rune, offset int, lazy bool) (t table, err error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes = separator, -1, lazy
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return t, err
		}
		line, _ := reader.FieldPos(0)
		for i, cell := range cells {
			if cells[i] = tidy(cell); len(cells[i]) > longestCell {
				return t, forum.Refuse(forum.Invalid, "error.members.quote", "Line", line+offset)
			}
		}
		t.records = append(t.records, record{line + offset, cells})
	}
}

// tidy takes out of a cell what nobody sees, and the space around it.
func tidy(cell string) string {
	cell = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, cell)
	return strings.TrimSpace(cell)
}

// list are the rows below the header.
func (t table) list() (*List, error) {
	found := &List{}
	for i, cell := range t.records[t.header].cells {
		if t.columns[i] == "" && cell != "" {
			found.Ignored = append(found.Ignored, cell)
		}
	}
	for _, r := range t.records[t.header+1:] {
		filled := slices.DeleteFunc(slices.Clone(r.cells), func(cell string) bool { return cell == "" })
		if len(filled) == 0 {
			continue
		}
		if _, score := headerOf(r.cells); score == t.score {
			continue // the header once more, as on every page of a print
		}
		row := t.row(r)
		if isNote(row, filled) {
			found.Notes = append(found.Notes, Note{r.line, strings.Join(filled, " ")})
			continue
		}
		if found.Rows = append(found.Rows, row); len(found.Rows) > mostRows {
			return nil, forum.Refuse(forum.Invalid, "error.members.too_many", "Most", mostRows)
		}
	}
	if len(found.Rows) == 0 {
		return nil, forum.Refuse(forum.Invalid, "error.members.no_rows")
	}
	return found, nil
}

// row puts a record's cells under the columns. Of several columns of addresses
// all count, of first and last names both, and of an organisation its number;
// of other columns the first one.
func (t table) row(r record) forum.MemberRow {
	row := forum.MemberRow{Line: r.line, Cells: map[forum.MemberColumn]string{}}
	parts := map[forum.MemberColumn]string{}
	for i, cell := range r.cells {
		if i >= len(t.columns) || t.columns[i] == "" || cell == "" {
			continue
		}
		column := t.columns[i]
		switch before := row.Cells[column]; {
		case column == firstName || column == lastName || column == number:
			parts[column] = cell
		case before == "":
			row.Cells[column] = cell
		case column == forum.AddressColumn:
			row.Cells[column] = before + "; " + cell
		}
	}
	if name := strings.TrimSpace(parts[firstName] + " " + parts[lastName]); name != "" && row.Cells[forum.NameColumn] == "" {
		row.Cells[forum.NameColumn] = name
	}
	if parts[number] != "" {
		row.Cells[forum.OrganisationColumn] = parts[number]
	}
	return row
}

// isNote tells whether a record says something of the list and names nobody.
func isNote(row forum.MemberRow, filled []string) bool {
	if strings.Contains(strings.Join(filled, " "), "@") {
		return false
	}
	if len(filled) == 1 {
		return true
	}
	first := strings.ToLower(strings.TrimRight(strings.Fields(filled[0] + " .")[0], ":."))
	return slices.Contains([]string{"sum", "total", "totalt", "tal", "antall", "antal", "merk", "merknad", "note", "kjelde", "kilde", "source", "oppdatert", "updated"}, first)
}
