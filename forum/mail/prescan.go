package mail

import "bytes"

// The bounds within which a mail is taken apart. Beyond them the parser's time grows faster than the mail: exponentially with open multiparts, quadratically with parts and parameters.
const (
	maxSize       = 25 << 20
	maxHeader     = 512 << 10
	maxPartHeader = 64 << 10
	maxMediaType  = 8 << 10
	maxBoundary   = 200 // RFC 2046 section 5.1.1 allows 70
	maxDepth      = 10
	maxParts      = 500
	maxWork       = 100 << 20 // bytes times the multiparts that are open around them: the parser reads every byte once in each
	maxForeign    = 100_000   // bytes in base64 that are none of it: the parser notes each
	maxText       = 1 << 20   // of what a mail says
)

// prescan walks once over the lines of a mail and tells, as a text key, which bound the mail exceeds, or "". It counts parts and open multiparts as the parser behind it would at most:
// a line that merely contains a delimiter counts, and a closing delimiter closes only its own multipart and those inside it.
func prescan(raw []byte) string {
	if len(raw) > maxSize {
		return HeldTooLarge
	}
	scan := scanner{limit: maxHeader, inHeader: true}
	for len(raw) > 0 {
		var line []byte
		line, raw = cutLine(raw)
		if held := scan.line(line); held != "" {
			return held
		}
	}
	return scan.endHeader()
}

// scanner is the state of prescan between two lines.
type scanner struct {
	inHeader bool
	read     int // bytes of the present header
	limit    int // what the present header may have
	// value is the field about the content that is being read; name is "" while there is none.
	name  string
	value []byte
	open  [][]byte // the delimiters ("--" and boundary) of the multiparts that are open
	parts int
	work  int

	isBase64 bool // the present part says so
	foreign  int
}

func (s *scanner) line(line []byte) string {
	if s.work += len(line) * len(s.open); s.work > maxWork {
		return HeldTooDeep
	}
	if held, isDelimiter := s.delimiter(line); isDelimiter {
		return held
	}
	if !s.inHeader {
		return s.content(line)
	}
	s.read += len(line)
	if s.read > s.limit {
		return HeldTooLarge
	}
	text := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	if len(text) == 0 {
		return s.endHeader()
	}
	name, value, isField := bytes.Cut(text, []byte(":"))
	switch {
	case bytes.IndexByte([]byte(" \t\r"), text[0]) >= 0 || !isField:
		if s.name != "" {
			s.value = append(append(s.value, ' '), bytes.TrimSpace(text)...)
		}
	case isFieldName(bytes.ReplaceAll(name, []byte(" "), nil)):
		held := s.endField()
		switch name := string(bytes.ToLower(bytes.TrimSpace(name))); name {
		case "content-type", "content-disposition", "content-transfer-encoding":
			s.name, s.value = name, append(s.value[:0], value...)
		}
		return held
	}
	// A line that names no field at all is passed over: the parser goes on with the field before it.
	return ""
}

// content counts what does not belong in a part that is said to be base64.
func (s *scanner) content(line []byte) string {
	if !s.isBase64 {
		return ""
	}
	for _, c := range line {
		isBase64 := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' || bytes.IndexByte([]byte(" \t\r\n"), c) >= 0
		if !isBase64 {
			s.foreign++
		}
	}
	if s.foreign > maxForeign {
		return HeldUnreadable
	}
	return ""
}

// delimiter notes a line that begins a new part or closes a multipart.
func (s *scanner) delimiter(line []byte) (held string, is bool) {
	if !bytes.Contains(line, []byte("--")) {
		return "", false
	}
	for level := len(s.open) - 1; level >= 0; level-- {
		at := bytes.Index(line, s.open[level])
		if at < 0 {
			continue
		}
		after := line[at+len(s.open[level]):]
		if at == 0 && bytes.HasPrefix(after, []byte("--")) {
			held = s.endHeader()
			s.open = s.open[:level]
			return held, true
		}
		if len(after) > 0 && after[0] > ' ' {
			continue
		}
		held = s.endHeader()
		s.open = s.open[:min(level+1, len(s.open))]
		s.parts++
		s.inHeader, s.read, s.limit, s.isBase64 = true, 0, maxPartHeader, false
		if s.parts > maxParts {
			held = HeldTooManyParts
		}
		return held, true
	}
	return "", false
}

func (s *scanner) endHeader() string {
	s.inHeader = false
	return s.endField()
}

// endField ends the field that is being read, and opens the multipart that a Content-Type announces.
func (s *scanner) endField() string {
	name := s.name
	s.name = ""
	if name != "" && len(s.value) > maxMediaType {
		return HeldTooLarge
	}
	if name == "content-transfer-encoding" {
		s.isBase64 = s.isBase64 || bytes.EqualFold(bytes.TrimSpace(s.value), []byte("base64"))
	}
	if name != "content-type" {
		return ""
	}
	_, parameters := mediaType(string(bytes.TrimSpace(s.value)))
	boundary := parameters["boundary"]
	if boundary == "" {
		return ""
	}
	if len(boundary) > maxBoundary {
		return HeldTooLarge
	}
	s.open = append(s.open, []byte("--"+boundary))
	if len(s.open) > maxDepth {
		return HeldTooDeep
	}
	return ""
}

// cutLine takes the first line, with its end, off text.
func cutLine(text []byte) (line, rest []byte) {
	end := bytes.IndexByte(text, '\n')
	if end < 0 {
		return text, nil
	}
	return text[:end+1], text[end+1:]
}
