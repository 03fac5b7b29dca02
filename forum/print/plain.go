package print

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/samraad/samraad/templates"
)

// fromText prints plain text: UTF-8, UTF-16 with its mark, or else windows-1252.
func fromText(content []byte) ([]byte, error) {
	text := readText(content)
	if strings.Count(text, "\n") > mostLines || len(text) > 100*mostLines {
		return nil, apart{TooManyPages, nil}
	}
	s := newSheet(templates.Text{}, time.Unix(0, 0))
	s.page()
	for line := range strings.SplitSeq(clean(text), "\n") {
		s.flow(line, style{regular, 10.5, ink})
	}
	if s.number() > MostPages {
		return nil, apart{TooManyPages, nil}
	}
	printed, err := s.finish(about{made: time.Unix(0, 0)}, nil)
	if err != nil {
		return nil, err
	}
	return fromPDF(printed)
}

func readText(content []byte) string {
	if len(content) >= 2 && (content[0] == 0xff && content[1] == 0xfe || content[0] == 0xfe && content[1] == 0xff) {
		if text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(content); err == nil {
			return string(text)
		}
	}
	if utf8.Valid(content) {
		return string(content)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(content)
	if err != nil {
		return strings.ToValidUTF8(string(content), string(unprintable))
	}
	return string(text)
}
