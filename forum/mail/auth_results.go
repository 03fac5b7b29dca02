package mail

import (
	"slices"
	"strings"

	"github.com/emersion/go-msgauth/authres"
)

// Relays names the mail relays whose Authentication-Results are believed: their authserv-ids in lower case. A relay that is named must remove such fields of its own name from mail that it
// takes in (RFC 8601 section 5), and must be the only way in.
type Relays []string

// Verdict is what a trusted relay says, or what we found, of the author's domain.
type Verdict string

// The verdicts: DMARC passed for the author's domain, it did not, nobody trusted says anything or the domain publishes nothing, DNS was away.
const (
	AuthPass      Verdict = "pass"
	AuthFail      Verdict = "fail"
	AuthNone      Verdict = "none"
	AuthTemporary Verdict = "temporary"
)

// Auth is whether the author of a mail is who the From field says, and why.
type Auth struct {
	Verdict Verdict
	// Detail is for those who look after mail, in the terms of RFC 8601, not for members.
	Detail string
}

// authenticate judges a mail by the topmost Authentication-Results field of a relay that is named (RFC 8601). It takes dmarc=pass for the domain of the only author.
func authenticate(h header, relays Relays) Auth {
	results, relay, found := trustedResults(h, relays)
	if !found {
		return Auth{AuthNone, "no results of a named relay"}
	}
	authors, isStrict := h.addresses("from")
	if len(h.all("from")) != 1 || len(authors) != 1 || !isStrict {
		return Auth{AuthFail, relay + ": not exactly one author"}
	}
	if h.has("sender") && len(h.all("sender")) > 1 {
		return Auth{AuthFail, relay + ": more than one Sender field"}
	}
	domain := domainOf(authors[0].Address)
	passed := false
	for _, result := range results {
		dmarc, ok := result.(*authres.DMARCResult)
		if !ok {
			continue
		}
		from := strings.ToLower(strings.TrimSuffix(domainOf(dmarc.From), "."))
		if dmarc.Value != authres.ResultPass || from != domain || domain == "" {
			return Auth{AuthFail, relay + ": dmarc=" + plainWord(string(dmarc.Value)) + " header.from=" + plainWord(from)}
		}
		passed = true
	}
	if !passed {
		return Auth{AuthNone, relay + ": no dmarc result"}
	}
	return Auth{AuthPass, relay + ": dmarc=pass header.from=" + plainWord(domain)}
}

func trustedResults(h header, relays Relays) (results []authres.Result, relay string, found bool) {
	for _, body := range h.all("authentication-results") {
		name, results, ok := parseResults(body)
		if ok && slices.Contains(relays, strings.ToLower(name)) {
			return results, strings.ToLower(name), true
		}
	}
	return nil, "", false
}

// parseResults reads one field. The parser knows neither comments nor quoted strings, in which a sender can place words of their own: they are taken out first.
func parseResults(body string) (name string, results []authres.Result, ok bool) {
	defer func() {
		if recover() != nil {
			name, results, ok = "", nil, false
		}
	}()
	plain, isWhole := withoutCommentsAndQuotes(body)
	if !isWhole {
		return "", nil, false
	}
	name, results, err := authres.Parse(plain)
	return name, results, err == nil && name != ""
}

// withoutCommentsAndQuotes drops comments (RFC 5322 section 3.2.2) and replaces every quoted string by its letters, digits and the signs of a domain. isWhole is false if one of them is not closed.
func withoutCommentsAndQuotes(body string) (plain string, isWhole bool) {
	var b strings.Builder
	depth, isQuoted := 0, false
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case c == '\\' && (depth > 0 || isQuoted):
			i++
		case isQuoted && c == '"':
			isQuoted = false
		case isQuoted:
			if strings.IndexByte("@.-_", c) >= 0 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
				b.WriteByte(c)
			}
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
			b.WriteByte(' ')
		case depth > 0:
		case c == '"':
			isQuoted = true
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), depth == 0 && !isQuoted
}

// domainOf returns the domain of an address, or the value itself if it is a bare domain, in lower case.
func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

func plainWord(word string) string {
	return cutBytes(oneLine(repair(word)), 253)
}
