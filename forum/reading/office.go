package reading

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// deepest is how many elements of a paper may stand within each other.
const deepest = 500

var (
	errCut  = errors.New("no room or time for more")
	errDeep = errors.New("nested too deep")
)

// readEach reads the parts of an archive that names match, one after another.
func (w *words) readEach(a *archive, names *regexp.Regexp, read func(*xml.Decoder) error) error {
	for _, part := range a.matching(names) {
		content, err := a.open(part)
		if err != nil {
			return err
		}
		err = read(decoder(content))
		if err = errors.Join(err, content.Close()); err != nil {
			return err
		}
		w.add("\n")
	}
	return nil
}

// decoder reads XML in which no entity stands for anything but a character: those
// that a paper declares itself are unknown and end the reading.
func decoder(content io.Reader) *xml.Decoder {
	d := xml.NewDecoder(content)
	d.Entity = nil
	return d
}

// walk calls see for each token, until the end, the limit or the deadline.
func (w *words) walk(d *xml.Decoder, see func(xml.Token) error) error {
	depth := 0
	for {
		if w.late() {
			return errCut
		}
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > deepest {
			return errDeep
		}
		if err := see(token); err != nil {
			return err
		}
	}
}

// readWord reads a part of Word or PowerPoint: runs of text (t), also those
// struck out (delText), within paragraphs.
func (w *words) readWord(d *xml.Decoder) error {
	within := ""
	return w.walk(d, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			switch within = token.Name.Local; within {
			case "tab":
				w.add("\t")
			case "br", "cr":
				w.add("\n")
			}
		case xml.EndElement:
			switch within = ""; token.Name.Local {
			case "p":
				w.add("\n")
			case "tc":
				w.add("\t")
			}
		case xml.CharData:
			if within == "t" || within == "delText" {
				w.add(string(token))
			}
		}
		return nil
	})
}

// readOpen reads OpenDocument: what stands within paragraphs and headings.
func (w *words) readOpen(d *xml.Decoder) error {
	paragraphs := 0
	return w.walk(d, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "p", "h":
				paragraphs++
			case "tab":
				w.add("\t")
			case "line-break":
				w.add("\n")
			case "s":
				w.add(" ")
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "p", "h":
				paragraphs--
				w.add("\n")
			case "table-cell":
				w.add("\t")
			}
		case xml.CharData:
			if paragraphs > 0 {
				w.add(string(token))
			}
		}
		return nil
	})
}

var (
	sharedPart   = regexp.MustCompile(`^xl/sharedStrings\.xml$`)
	sheetParts   = regexp.MustCompile(`^xl/worksheets/sheet\d+\.xml$`)
	commentParts = regexp.MustCompile(`^xl/(comments|threadedComments/threadedComment)\d*\.xml$`)
)

// readSheets reads a workbook row by row. Cells name the strings that they share
// by number.
func (w *words) readSheets(a *archive) error {
	var shared []string
	err := w.readEach(a, sharedPart, func(d *xml.Decoder) (err error) {
		shared, err = w.sharedStrings(d)
		return err
	})
	if err != nil {
		return err
	}
	err = w.readEach(a, sheetParts, func(d *xml.Decoder) error { return w.readSheet(d, shared) })
	if err != nil {
		return err
	}
	return w.readEach(a, commentParts, w.readWord)
}

func (w *words) sharedStrings(d *xml.Decoder) (shared []string, err error) {
	var text strings.Builder
	within := ""
	err = w.walk(d, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			within = token.Name.Local
		case xml.EndElement:
			if within = ""; token.Name.Local == "si" {
				shared = append(shared, text.String())
				text.Reset()
			}
		case xml.CharData:
			if within == "t" {
				text.Write(token)
			}
		}
		return nil
	})
	return shared, err
}

func (w *words) readSheet(d *xml.Decoder, shared []string) error {
	within, sharing := "", false
	var value strings.Builder
	return w.walk(d, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			if within = token.Name.Local; within == "c" {
				sharing = attribute(token, "t") == "s"
				value.Reset()
			}
		case xml.EndElement:
			switch within = ""; token.Name.Local {
			case "c":
				w.add(cell(value.String(), sharing, shared) + "\t")
			case "row":
				w.add("\n")
			}
		case xml.CharData:
			if within == "v" || within == "t" {
				value.Write(token)
			}
		}
		return nil
	})
}

func cell(value string, sharing bool, shared []string) string {
	if !sharing {
		return value
	}
	number, err := strconv.Atoi(value)
	if err != nil || number < 0 || number >= len(shared) {
		return ""
	}
	return shared[number]
}

func attribute(of xml.StartElement, name string) string {
	for _, a := range of.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
