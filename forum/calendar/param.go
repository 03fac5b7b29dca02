package calendar

import (
	"strings"

	"github.com/emersion/go-ical"
)

// parseParams reads what stands between a property's name and its colon. Of a repeated parameter the first counts.
func parseParams(text string, work *effort) ical.Params {
	*work += effort(len(text))
	params := ical.Params{}
	scan := paramScanner{text: text, lastQuote: strings.LastIndexByte(text, '"')}
	for scan.at < len(text) {
		name := strings.ToUpper(strings.TrimSpace(scan.until("=;")))
		var values []string
		if scan.skip('=') {
			values = scan.values()
		}
		scan.skip(';')
		if _, known := params[name]; !known && name != "" {
			params[name] = values
		}
	}
	return params
}

type paramScanner struct {
	text string
	at   int
	// lastQuote is where the last quote stands: one that opens there is never closed and means nothing.
	lastQuote int
}

func (s *paramScanner) until(stops string) string {
	end := strings.IndexAny(s.text[s.at:], stops)
	if end < 0 {
		end = len(s.text) - s.at
	}
	found := s.text[s.at : s.at+end]
	s.at += end
	return found
}

func (s *paramScanner) skip(char byte) bool {
	if s.at < len(s.text) && s.text[s.at] == char {
		s.at++
		return true
	}
	return false
}

// values reads a comma-separated list of bare and quoted values, up to the semicolon that ends it.
func (s *paramScanner) values() []string {
	var all []string
	for {
		all = append(all, uncaret.Replace(s.value()))
		if !s.skip(',') {
			return all
		}
	}
}

// value reads one value. What follows a closing quote without a separator belongs to it: "a"b is ab.
func (s *paramScanner) value() string {
	var value strings.Builder
	if s.skip('"') && s.at <= s.lastQuote {
		value.WriteString(s.until(`"`))
		s.skip('"')
	}
	value.WriteString(s.until(",;"))
	return value.String()
}

// uncaret undoes the escapes of RFC 6868.
var uncaret = strings.NewReplacer("^n", "\n", "^^", "^", "^'", `"`)
