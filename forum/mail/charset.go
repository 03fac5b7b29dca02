package mail

import (
	"encoding/base64"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// repair makes text fit for a database: what is not UTF-8 is read byte by byte as windows-1252, NUL is dropped.
func repair(text string) string {
	if utf8.ValidString(text) {
		return strings.ReplaceAll(text, "\x00", "")
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(text[0])
		}
		if r != 0 {
			b.WriteRune(r)
		}
		text = text[size:]
	}
	return b.String()
}

// fromWestern reads what is declared as US-ASCII or a Western charset. Many clients write UTF-8 in it; all else is windows-1252, as on the web.
func fromWestern(written []byte) string {
	text := string(written)
	if !utf8.ValidString(text) {
		text, _ = charmap.Windows1252.NewDecoder().String(text) // the decoder of a table has no errors
	}
	return repair(text)
}

func isWestern(charset string) bool {
	switch strings.ToLower(charset) {
	case "us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "windows-1252", "cp1252", "x-cp1252":
		return true
	}
	return false
}

func wordDecoder() *mime.WordDecoder {
	return &mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
		word, err := io.ReadAll(input)
		return strings.NewReader(toUTF8(word, strings.ToLower(charset))), err
	}}
}

var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([BbQq])\?([^?]*)\?=`)

// decodeWords decodes the encoded words of RFC 2047 in a header field's body. Neighbours of one charset are joined before they are read, since many clients cut inside a character;
// a word that cannot be decoded stays as it is.
func decodeWords(body string) string {
	body = repair(body)
	if !strings.Contains(body, "=?") {
		return body
	}
	var out strings.Builder
	var pending []byte
	charset := ""
	flush := func() {
		out.WriteString(toUTF8(pending, charset))
		pending, charset = nil, ""
	}
	last := 0
	for _, at := range encodedWord.FindAllStringSubmatchIndex(body, -1) {
		between := body[last:at[0]]
		name := strings.ToLower(body[at[2]:at[3]])
		bytes, ok := decodeWord(body[at[4]:at[5]], body[at[6]:at[7]])
		isNeighbour := charset != "" && strings.TrimSpace(between) == ""
		if !ok || !isNeighbour || name != charset {
			flush()
		}
		if !isNeighbour {
			out.WriteString(between)
		}
		last = at[1]
		if !ok {
			out.WriteString(body[at[0]:at[1]])
			continue
		}
		charset = name
		pending = append(pending, bytes...)
	}
	flush()
	out.WriteString(body[last:])
	return out.String()
}

func decodeWord(method, text string) ([]byte, bool) {
	if strings.EqualFold(method, "B") {
		decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "= "))
		return decoded, err == nil
	}
	var decoded []byte
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '_':
			decoded = append(decoded, ' ')
		case text[i] == '=' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			decoded = append(decoded, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
		default:
			decoded = append(decoded, text[i])
		}
	}
	return decoded, true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

func toUTF8(text []byte, charset string) string {
	charset, _, _ = strings.Cut(charset, "*") // RFC 2231 section 5 lets a language follow
	if isWestern(charset) {
		return fromWestern(text)
	}
	enc, err := htmlindex.Get(charset)
	if err != nil || enc == unicode.UTF8 {
		return repair(string(text))
	}
	decoded, err := enc.NewDecoder().Bytes(text)
	if err != nil {
		return repair(string(text))
	}
	return repair(string(decoded))
}
