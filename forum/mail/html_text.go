package mail

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText turns a mail's HTML into text for reading. Block quotes become lines with "> ", so that what is history stays known; links keep their target.
func htmlText(markup string) string {
	w := htmlWriter{}
	tokens := html.NewTokenizer(strings.NewReader(markup))
	// A plain text between html tags has no other lines than those of the source.
	w.isPreformatted = !lineMarkup.MatchString(markup)
	// Word, which writes Outlook's mail, makes every line a paragraph without a margin.
	w.isTight = strings.Contains(markup[:min(len(markup), 8<<10)], "schemas-microsoft-com:office") || strings.Contains(markup, "MsoNormal")
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return w.finish()
		case html.TextToken:
			w.text(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttributes := tokens.TagName()
			tag := atom.Lookup(name)
			target := ""
			for hasAttributes && tag == atom.A {
				var key, value []byte
				key, value, hasAttributes = tokens.TagAttr()
				if string(key) == "href" {
					target = string(value)
				}
			}
			w.start(tag, target)
		case html.EndTagToken:
			name, _ := tokens.TagName()
			w.end(atom.Lookup(name))
		}
	}
}

var lineMarkup = regexp.MustCompile(`(?i)<(br|p|div|table|tr|li|pre|blockquote|h[1-6])[\s/>]`)

// htmlWriter is the state of htmlText: finished lines, and the line in the making.
type htmlWriter struct {
	lines          []string
	line           strings.Builder
	quotes         int
	hidden         atom.Atom
	isPreformatted bool
	isTight        bool
	inPre          int
	needsBlank     bool
	link           string
	linkFrom       int
}

func (w *htmlWriter) text(text string) {
	if w.hidden != 0 {
		return
	}
	text = html.UnescapeString(text)
	if w.isPreformatted || w.inPre > 0 {
		for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
			if i > 0 {
				w.breakLine()
			}
			w.write(line)
		}
		return
	}
	words := strings.FieldsFunc(text, isHTMLSpace)
	if len(words) == 0 {
		w.space(text != "")
		return
	}
	w.space(isHTMLSpace(rune(text[0])))
	w.write(strings.Join(words, " "))
	w.space(isHTMLSpace(rune(text[len(text)-1])))
}

func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f'
}

func (w *htmlWriter) write(text string) {
	if w.needsBlank && strings.TrimSpace(text) != "" {
		w.blankLine()
	}
	w.line.WriteString(text)
}

func (w *htmlWriter) space(wanted bool) {
	if wanted && w.line.Len() > 0 && !strings.HasSuffix(w.line.String(), " ") {
		w.line.WriteByte(' ')
	}
}

func (w *htmlWriter) breakLine() {
	line := strings.Trim(w.line.String(), " ")
	if w.isPreformatted || w.inPre > 0 {
		line = strings.TrimRight(w.line.String(), " ")
	}
	w.line.Reset()
	w.linkFrom = 0
	if w.quotes > 0 {
		line = strings.Repeat(">", w.quotes) + " " + line
	}
	w.lines = append(w.lines, strings.TrimRight(line, " \u00a0"))
}

// blankLine puts one empty line of the present depth before what comes.
func (w *htmlWriter) blankLine() {
	w.needsBlank = false
	if len(w.lines) > 0 && strings.Trim(w.lines[len(w.lines)-1], "> ") != "" {
		w.lines = append(w.lines, strings.Repeat(">", w.quotes))
	}
}

func (w *htmlWriter) endLine() {
	if strings.Trim(w.line.String(), " ") != "" && (w.isTight || strings.TrimSpace(w.line.String()) != "") {
		w.breakLine()
	} else {
		w.line.Reset()
	}
}

func (w *htmlWriter) start(tag atom.Atom, target string) {
	if w.hidden != 0 {
		return
	}
	switch tag {
	case atom.Style, atom.Script, atom.Head, atom.Title:
		if tag != atom.Head {
			w.hidden = tag
		}
	case atom.Br:
		if !w.isPreformatted {
			w.needsBlank = false
			w.breakLine()
		}
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol:
		w.endLine()
		w.needsBlank = len(w.lines) > 0 && !(w.isTight && tag == atom.P)
	case atom.Div, atom.Tr, atom.Table, atom.Hr:
		w.endLine()
	case atom.Li:
		w.endLine()
		w.write("* ")
	case atom.Td, atom.Th:
		w.space(true)
	case atom.Pre:
		w.endLine()
		w.inPre++
	case atom.Blockquote:
		w.endLine()
		w.quotes = min(w.quotes+1, 20)
	case atom.A:
		w.link, w.linkFrom = target, w.line.Len()
	}
}

func (w *htmlWriter) end(tag atom.Atom) {
	if w.hidden != 0 {
		if tag == w.hidden {
			w.hidden = 0
		}
		return
	}
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol:
		w.endLine()
		w.needsBlank = !(w.isTight && tag == atom.P)
	case atom.Div, atom.Tr, atom.Table, atom.Li:
		w.endLine()
	case atom.Pre:
		w.endLine()
		w.inPre = max(w.inPre-1, 0)
	case atom.Blockquote:
		w.endLine()
		w.quotes = max(w.quotes-1, 0)
		w.needsBlank = false
	case atom.A:
		w.endLink()
	}
}

// endLink writes a link's target after its words, unless the words are the target.
func (w *htmlWriter) endLink() {
	target := strings.TrimSpace(w.link)
	w.link = ""
	scheme, address, _ := strings.Cut(target, ":")
	if target == "" || strings.HasPrefix(target, "#") || len(target) > 1000 {
		return
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
	default:
		return
	}
	words := strings.TrimSpace(w.line.String()[min(w.linkFrom, w.line.Len()):])
	if words == "" || strings.Contains(strings.ToLower(target), strings.ToLower(strings.TrimSuffix(words, "/"))) && strings.Contains(words, ".") || words == strings.Trim(address, "/") {
		return
	}
	w.write("<" + target + ">")
}

func (w *htmlWriter) finish() string {
	w.endLine()
	return strings.Trim(strings.Join(w.lines, "\n"), "\n")
}
