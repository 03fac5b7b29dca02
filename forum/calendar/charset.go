package calendar

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// plainBytes takes a byte order mark away and turns UTF-16 into UTF-8.
func plainBytes(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return fromUTF16(data[2:], binary.BigEndian)
	}
	return bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(string(utf16.Decode(units)))
}

// repair gives valid UTF-8 without control characters (a NUL breaks a database): an octet that is not part of a UTF-8 character
// is one of windows-1252.
func repair(data []byte) string {
	if utf8.Valid(data) && bytes.IndexFunc(data, unwanted) < 0 {
		return string(data)
	}
	var text strings.Builder
	for len(data) > 0 {
		char, size := utf8.DecodeRune(data)
		if char == utf8.RuneError && size == 1 {
			char = charmap.Windows1252.DecodeByte(data[0])
		}
		if !unwanted(char) {
			text.WriteRune(char)
		}
		data = data[size:]
	}
	return text.String()
}

func unwanted(char rune) bool {
	return unicode.IsControl(char) && char != '\t' && char != '\n'
}
