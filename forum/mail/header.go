package mail

import (
	"bytes"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"
)

// field is one header field: its name in lower case, its unfolded body with encoded words as they stand.
type field struct {
	name string
	body string
}

// header holds the fields of a mail in their order, first things on top.
type header []field

// readHeader reads the fields of raw leniently and returns what follows the blank line after them. Lines without a colon continue the field before them; a line that is no field where the
// first one should stand, such as the "From " of a mailbox file, is passed over. ok is false when there is no field at all.
func readHeader(raw []byte) (fields header, body []byte, ok bool) {
	rest := raw
	var value []byte
	end := func() {
		if len(fields) > 0 {
			fields[len(fields)-1].body = string(bytes.TrimSpace(value))
		}
	}
	defer end()
	for taken := 0; len(rest) > 0 && taken < maxHeader; {
		var line []byte
		line, rest = cutLine(rest)
		taken += len(line)
		text := bytes.TrimRight(line, "\r\n")
		if len(text) == 0 {
			if len(fields) > 0 {
				break
			}
			continue
		}
		name, after, found := bytes.Cut(text, []byte(":"))
		isFolded := text[0] == ' ' || text[0] == '\t'
		switch {
		case !isFolded && found && isFieldName(bytes.TrimRight(name, " \t")):
			end()
			fields = append(fields, field{name: strings.ToLower(string(bytes.TrimSpace(name)))})
			value = append(value[:0], after[:min(len(after), maxPartHeader)]...)
		case len(fields) > 0 && len(value)+len(text) < maxPartHeader:
			value = append(append(value, ' '), bytes.TrimSpace(text)...)
		}
	}
	return fields, rest, len(fields) > 0
}

// isFieldName tells whether name may name a field (RFC 5322 section 2.2: printable ASCII).
func isFieldName(name []byte) bool {
	if len(name) == 0 || len(name) > 120 {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// all returns the bodies of every field of the name, topmost first.
func (h header) all(name string) []string {
	var bodies []string
	for _, f := range h {
		if f.name == name {
			bodies = append(bodies, f.body)
		}
	}
	return bodies
}

func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.body
		}
	}
	return ""
}

func (h header) has(name string) bool {
	for _, f := range h {
		if f.name == name {
			return true
		}
	}
	return false
}

// isMail tells whether at least one field is among those that mail has. Anything with a colon looks like a field.
func (h header) isMail() bool {
	for _, f := range h {
		switch f.name {
		case "from", "to", "subject", "date", "message-id", "received", "return-path", "delivered-to", "sender", "reply-to", "mime-version", "content-type":
			return true
		}
	}
	return false
}

// text returns a field's body for people: encoded words decoded, on one line.
func (h header) text(name string) string {
	return strings.Join(strings.Fields(decodeWords(h.get(name))), " ")
}

var (
	messageID   = regexp.MustCompile(`<[^<>\s]{1,990}>`)
	bareAddress = regexp.MustCompile(`[^\s<>()\[\],;:"']+@[\pL\pN._-]+`)
)

// ids returns the message identifiers that all fields of the name hold, at most 100 of them.
func (h header) ids(name string) []string {
	var ids []string
	for _, body := range h.all(name) {
		ids = append(ids, messageID.FindAllString(repair(body), 100)...)
	}
	return ids[:min(len(ids), 100)]
}

// addresses returns the mailboxes of all fields of the name. strict is false when a field had to be read leniently, that is, when other programs may read it in another way.
func (h header) addresses(name string) (list []Address, strict bool) {
	strict = true
	for _, body := range h.all(name) {
		body = repair(body)
		parser := netmail.AddressParser{WordDecoder: wordDecoder()}
		if parsed, err := parser.ParseList(body); err == nil {
			for _, a := range parsed {
				list = append(list, Address{Name: oneLine(decodeWords(a.Name)), Address: strings.ToLower(oneLine(a.Address))})
			}
			continue
		}
		strict = false
		for _, found := range bareAddress.FindAllStringIndex(body, 1000) {
			name := oneLine(decodeWords(strings.Trim(body[:found[0]], ` "<,;`)))
			if strings.ContainsAny(name, "<>@,;") {
				name = ""
			}
			list = append(list, Address{Name: name, Address: strings.ToLower(body[found[0]:found[1]])})
		}
	}
	return list, strict
}

// date reads the Date field; zero if there is none that can be read.
func (h header) date() time.Time {
	at, err := netmail.ParseDate(h.get("date"))
	if err != nil {
		return time.Time{}
	}
	return at
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
