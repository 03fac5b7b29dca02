package mail

import (
	"strings"

	"github.com/emersion/go-msgauth/dmarc"
	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// aligned tells whether a domain that was found to be genuine vouches for the author's (RFC 7489 section 3.1): strictly the same, else of the same organisation.
func aligned(genuine, author string, mode dmarc.AlignmentMode) bool {
	if genuine == "" || author == "" {
		return false
	}
	if genuine == author {
		return true
	}
	own := organisational(author)
	return mode != dmarc.AlignmentStrict && own != "" && organisational(genuine) == own
}

// organisational is the domain that somebody registered (RFC 7489 section 3.2), by the public suffix list; "" for what nobody can register.
func organisational(domain string) string {
	registered, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil {
		return ""
	}
	return registered
}

// asciiDomain is a domain as DNS has it, in lower case, without a dot at its end; "" for what is none.
func asciiDomain(domain string) string {
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(strings.ToLower(domain), "."))
	if err != nil || len(ascii) > 253 || !strings.Contains(ascii, ".") {
		return ""
	}
	return ascii
}

// envelopeDomain is the domain that SPF is asked about (RFC 7208 section 2.4): of the envelope's sender, of the peer's own name when that is empty.
func envelopeDomain(envelope, helo string) string {
	if envelope == "" {
		return asciiDomain(helo)
	}
	_, domain, _ := cutLast(envelope, "@")
	return asciiDomain(domain)
}

func cutLast(text, sep string) (before, after string, found bool) {
	at := strings.LastIndex(text, sep)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(sep):], true
}

// policyOf reads what TXT records say of DMARC (RFC 7489 section 6.6.3): several are as good as none.
func policyOf(records []string) (policy *dmarc.Record, broken error) {
	found := ""
	for _, text := range records {
		version, _, _ := strings.Cut(text, ";")
		name, value, _ := strings.Cut(version, "=")
		if strings.TrimSpace(name) != "v" || strings.TrimSpace(value) != "DMARC1" {
			continue
		}
		if found != "" {
			return nil, nil
		}
		found = text
	}
	if found == "" {
		return nil, nil
	}
	return dmarc.Parse(found)
}
