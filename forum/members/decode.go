package members

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/samraad/samraad/forum"
)

// foreign are the first bytes of what is no text, though people take it for a list.
var foreign = [][]byte{
	[]byte("PK\x03\x04"),          // a workbook of Excel or LibreOffice (ZIP)
	[]byte("\xd0\xcf\x11\xe0"),    // an old workbook (OLE)
	[]byte("%PDF"),                //
	[]byte("{\\rtf"), []byte("<"), // Word, and pages of the web
}

// decode is the text of bytes in UTF-8 or UTF-16 with or without a mark of their
// order, or else in windows-1252, in which every text of Norwegian spreadsheets is that is neither.
func decode(content []byte) (string, error) {
	for _, mark := range foreign {
		if bytes.HasPrefix(content, mark) {
			return "", forum.Refuse(forum.Invalid, "error.members.not_text")
		}
	}
	var from encoding.Encoding = unicode.UTF8BOM
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case zeros(content, 1):
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros(content, 0):
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !utf8.Valid(content):
		from = charmap.Windows1252
	}
	text, err := from.NewDecoder().Bytes(content)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return "", forum.Refuse(forum.Invalid, "error.members.not_text").Because(err)
	}
	return string(text), nil
}

// zeros tells whether most bytes at even (0) or odd (1) places are zero, as in
// UTF-16 of our letters.
func zeros(content []byte, at int) bool {
	found, pairs := 0, min(len(content), 1000)/2
	for i := at; i < 2*pairs; i += 2 {
		if content[i] == 0 {
			found++
		}
	}
	return pairs > 0 && found > pairs/2
}
