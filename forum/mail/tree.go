package mail

import (
	"bytes"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

// readTree takes a mail apart; nil if the parser cannot. Only what prescan has passed may come here.
func readTree(raw []byte) (root *enmime.Part) {
	defer func() {
		if recover() != nil {
			root = nil
		}
	}()
	parser := enmime.NewParser(
		enmime.SkipMalformedParts(true),
		enmime.MultipartWOBoundaryAsSinglePart(true),
		enmime.MaxStoredPartErrors(1),
		enmime.DisableCharacterDetection(true),
		enmime.SetCustomParseMediaType(withoutCharset),
		// What can be decoded of a damaged part is kept.
		enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }),
	)
	root, err := parser.ReadParts(bytes.NewReader(raw))
	if err != nil {
		return nil
	}
	unpackTNEF(root)
	return root
}

// withoutCharset reads a media type for the parser, which shall leave the bytes of Western text as they are (fromWestern reads them) and not guess where no charset is named.
func withoutCharset(value string) (mediaType string, parameters map[string]string, invalid []string, err error) {
	mediaType, parameters, invalid, err = mediatype.Parse(value)
	if strings.HasPrefix(mediaType, "text/") && (parameters["charset"] == "" || isWestern(parameters["charset"])) {
		parameters["charset"] = "utf-8"
	}
	return mediaType, parameters, invalid, err
}

// leaves returns the parts that hold content, in their order.
func leaves(root *enmime.Part) []*enmime.Part {
	var list []*enmime.Part
	stack := []*enmime.Part{root}
	for len(stack) > 0 {
		part := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if part.NextSibling != nil {
			stack = append(stack, part.NextSibling)
		}
		if part.FirstChild != nil {
			stack = append(stack, part.FirstChild)
		} else if !strings.HasPrefix(part.ContentType, "multipart/") || part.Parent == nil {
			list = append(list, part)
		}
	}
	return list
}

// body is what a mail says: text for reading, and the HTML from which a reader's program would show it, if there is any.
type body struct {
	text string
	html string
}

// readBody puts together what a part and the parts inside it say (RFC 2046 section 5.1): of alternatives the plain one, of related parts the root, of a report the explanation, of a
// mixture everything.
func readBody(part *enmime.Part) body {
	if part.FirstChild == nil {
		return leafBody(part)
	}
	switch part.ContentType {
	case "multipart/alternative":
		return alternativeBody(part)
	case "multipart/related", "multipart/report", "multipart/signed":
		return readBody(part.FirstChild)
	}
	var whole body
	for child := part.FirstChild; child != nil; child = child.NextSibling {
		b := readBody(child)
		whole.text = joinBlocks(whole.text, b.text)
		whole.html = joinBlocks(whole.html, b.html)
	}
	return whole
}

func alternativeBody(part *enmime.Part) body {
	var plain, html body
	for child := part.FirstChild; child != nil; child = child.NextSibling {
		b := readBody(child)
		if b.html != "" && html.html == "" {
			html = b
		}
		if b.html == "" && strings.TrimSpace(b.text) != "" && plain.text == "" {
			plain = b
		}
	}
	if plain.text == "" {
		return html
	}
	return body{text: plain.text, html: html.html}
}

func leafBody(part *enmime.Part) body {
	if isPaper(part) {
		return body{}
	}
	text := repair(string(part.Content))
	if charset := parameter(part, "charset"); charset == "" || isWestern(charset) {
		text = fromWestern(part.Content)
	}
	if part.ContentType == "text/html" {
		return body{text: htmlText(text), html: text}
	}
	if strings.EqualFold(parameter(part, "format"), "flowed") {
		text = unflow(text, strings.EqualFold(parameter(part, "delsp"), "yes"))
	}
	return body{text: text}
}

// isPaper tells whether a leaf is a thing sent along, not part of what the mail says.
func isPaper(part *enmime.Part) bool {
	if part.Disposition == "attachment" {
		return true
	}
	if part.FileName == "" && (len(part.Content) == 0 || strings.HasPrefix(part.ContentType, "multipart/")) {
		return false
	}
	switch part.ContentType {
	case "text/plain", "text/html", "":
		return part.FileName != "" && part.Parent != nil
	}
	return true
}

func parameter(part *enmime.Part, name string) string {
	_, parameters := mediaType(part.Header.Get("Content-Type"))
	return parameters[name]
}

func joinBlocks(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	if strings.TrimSpace(b) == "" {
		return a
	}
	return strings.TrimRight(a, "\r\n") + "\n\n" + b
}

// unflow joins the flowed lines of format=flowed (RFC 3676): a line that ends in a space goes on in the next of the same quote depth. "-- " ends a signature and never flows.
func unflow(text string, deleteSpace bool) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var out []string
	isFlowing, depth := false, 0
	for _, line := range lines {
		content := strings.TrimLeft(line, ">")
		quotes := len(line) - len(content)
		content = strings.TrimPrefix(content, " ")
		flows := strings.HasSuffix(content, " ") && content != "-- "
		if flows && deleteSpace {
			content = content[:len(content)-1]
		}
		switch {
		case isFlowing && quotes == depth && content != "-- ":
			out[len(out)-1] += content
		case quotes > 0:
			out = append(out, strings.Repeat(">", quotes)+" "+content)
		default:
			out = append(out, content)
		}
		isFlowing, depth = flows, quotes
	}
	return strings.Join(out, "\n")
}
