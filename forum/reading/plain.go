package reading

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/samraad/samraad/forum"
)

// readPlain reads text: UTF-16 with a byte order mark, UTF-8, or else
// windows-1252, in which every file can be read.
func (w *words) readPlain(paper []byte) forum.PaperTrouble {
	switch {
	case bytes.HasPrefix(paper, []byte{0xff, 0xfe}), bytes.HasPrefix(paper, []byte{0xfe, 0xff}):
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(paper)
		if err != nil {
			return forum.TroubleBroken
		}
		paper = decoded
	case utf8.Valid(paper):
		paper = bytes.TrimPrefix(paper, []byte("\ufeff"))
	default:
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(paper)
		if err != nil {
			return forum.TroubleBroken
		}
		paper = decoded
	}
	w.add(string(paper))
	return ""
}

// apart are the elements whose text stands on lines of its own.
var apart = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Tr: true, atom.Table: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Title: true, atom.Section: true, atom.Article: true, atom.Blockquote: true, atom.Pre: true,
	atom.Dt: true, atom.Dd: true, atom.Hr: true, atom.Ul: true, atom.Ol: true, atom.Header: true, atom.Footer: true, atom.Caption: true,
}

// readHTML reads what a browser would show, word by word: the tokens are never
// made into a tree, so that depth costs nothing.
func (w *words) readHTML(paper []byte) forum.PaperTrouble {
	decoded, err := charset.NewReader(bytes.NewReader(paper), "text/html")
	if err != nil {
		return forum.TroubleBroken
	}
	tokens, unseen := html.NewTokenizer(decoded), 0
	for !w.late() {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return ""
		}
		token := tokens.Token()
		switch kind {
		case html.TextToken:
			if unseen == 0 {
				w.add(token.Data)
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			if token.DataAtom == atom.Script || token.DataAtom == atom.Style {
				unseen = map[html.TokenType]int{html.StartTagToken: 1}[kind]
			}
			switch {
			case apart[token.DataAtom]:
				w.add("\n")
			case token.DataAtom == atom.Td || token.DataAtom == atom.Th:
				w.add("\t")
			}
		}
	}
	return forum.TroubleCut
}
