package calendar

import (
	"bytes"
	"io"
	"mime/quotedprintable"
	"regexp"
	"strings"

	"github.com/emersion/go-ical"
)

// lineReader unfolds an object into content lines (RFC 5545 § 3.1), whatever ends its lines (CRLF, LF, CR) and wherever it was
// folded.
type lineReader struct {
	rest []byte
	work *effort
}

// next gives the next content line that is not empty. The octets are joined before they are decoded: a fold may divide a
// character.
func (r *lineReader) next() (string, bool) {
	var joined []byte
	for len(joined) == 0 {
		if len(r.rest) == 0 {
			return "", false
		}
		joined = append(joined, r.physical()...)
	}
	for r.folded() {
		joined = append(joined, r.physical()[1:]...)
	}
	if quotedPrintableHead.Match(joined) {
		for bytes.HasSuffix(joined, []byte("=")) && len(r.rest) > 0 {
			joined = append(joined[:len(joined)-1], r.physical()...)
		}
	}
	*r.work += effort(len(joined))
	return repair(joined), true
}

// vCalendar 1.0 breaks long values with an "=" at the end of the line.
var quotedPrintableHead = regexp.MustCompile(`(?i)^[^:]{0,200}[;=]QUOTED-PRINTABLE[;:]`)

// folded says whether the next physical line continues this one. Empty lines between them are a doubled line ending.
func (r *lineReader) folded() bool {
	rest := bytes.TrimLeft(r.rest, "\r\n")
	*r.work += effort(len(r.rest) - len(rest) + 1)
	r.rest = rest
	return len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t')
}

func (r *lineReader) physical() []byte {
	end := bytes.IndexAny(r.rest, "\r\n")
	if end < 0 {
		end = len(r.rest)
	}
	found := r.rest[:end]
	*r.work += effort(end + 1)
	r.rest = r.rest[end:]
	switch {
	case bytes.HasPrefix(r.rest, []byte("\r\n")):
		r.rest = r.rest[2:]
	case len(r.rest) > 0:
		r.rest = r.rest[1:]
	}
	return found
}

// parseLine takes a content line apart; false if it is none. The colon that ends the parameters is searched as the RFC says, then,
// if that finds none, with quotes as ordinary characters; a line without any colon has parameters only.
func parseLine(text string, work *effort) (ical.Prop, bool) {
	at := strings.IndexAny(text, ":;")
	if at < 0 || !propertyName.MatchString(text[:at]) {
		return ical.Prop{}, false
	}
	prop := ical.Prop{Name: strings.ToUpper(strings.TrimSpace(text[:at]))}
	end := at
	if text[at] == ';' {
		*work += effort(len(text))
		end = headEnd(text)
	}
	if end < len(text) {
		prop.Value = text[end+1:]
	}
	if again := misplacedColon(prop, end, text); again > 0 {
		end, prop.Value = again, text[again+1:]
	}
	if end > at {
		prop.Params = parseParams(text[at+1:end], work)
	}
	if hasQuotedPrintable(prop.Params) {
		decoded, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(prop.Value)))
		prop.Value = repair(decoded)
	}
	return prop, true
}

var propertyName = regexp.MustCompile(`^\s*[A-Za-z0-9][A-Za-z0-9._-]{0,99}\s*$`)

// headEnd is where the colon stands that ends the parameters.
func headEnd(text string) int {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ':' && !quoted:
			return i
		}
	}
	if colon := strings.IndexByte(text, ':'); colon >= 0 {
		return colon
	}
	return len(text)
}

// misplacedColon finds the true end of the parameters when one of them holds a bare colon, as in a name or in the display name of
// a Windows zone; 0 if the value looks as it should.
func misplacedColon(prop ical.Prop, end int, text string) int {
	switch prop.Name {
	case ical.PropAttendee, ical.PropOrganizer:
		if found := colonMailto.FindAllStringIndex(prop.Value, -1); found != nil && !hasMailto(prop.Value) {
			return end + 1 + found[len(found)-1][0]
		}
	case ical.PropDateTimeStart, ical.PropDateTimeEnd, ical.PropRecurrenceID:
		at := strings.LastIndexByte(prop.Value, ':')
		if at >= 0 && !startsWithDate.MatchString(prop.Value) && startsWithDate.MatchString(prop.Value[at+1:]) {
			return end + 1 + at
		}
	}
	return 0
}

var colonMailto = regexp.MustCompile(`(?i):mailto:`)

var startsWithDate = regexp.MustCompile(`^\s*\d{4}-?\d{2}-?\d{2}`)

func hasQuotedPrintable(params ical.Params) bool {
	_, bare := params["QUOTED-PRINTABLE"]
	return bare || strings.EqualFold(params.Get("ENCODING"), "QUOTED-PRINTABLE")
}
