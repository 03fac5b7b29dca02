package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"blitiri.com.ar/go/spf"
	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-msgauth/dmarc"

	"github.com/samraad/samraad/forum"
)

const (
	proofTakes       = 15 * time.Second // all questions about one mail together
	mostDetailBytes  = 1000
	mostSignatures   = 5
	mostSignedLines  = 1000 // of a header: the check looks for each name that a signature lists in all of them
	longestSignature = 8 << 10
	policyLabel      = "_dmarc" // RFC 7489 section 6.1
)

// Origin is where a mail came from, as the connection told.
type Origin struct {
	Peer     netip.Addr
	Helo     string
	Envelope string // "" for the empty path
}

// Prove finds out by SPF, DKIM and DMARC (RFC 7208, 6376, 7489) whether a mail that came straight from outside is from whom its From field names. Only a policy that the author's domain
// publishes, met by a genuine domain that is aligned with it, is a pass. What DNS could not tell is temporary, and never a pass.
func Prove(ctx context.Context, dns Resolver, raw []byte, from Origin) Auth {
	author, trouble := onlyAuthor(raw)
	if trouble != "" {
		return Auth{AuthFail, trouble}
	}
	ctx, cancel := context.WithTimeout(ctx, proofTakes)
	defer cancel()
	var (
		wait   sync.WaitGroup
		sent   spfFinding
		signed []dkimFinding
		policy policyFinding
	)
	wait.Go(func() { sent = checkSPF(ctx, dns, from) })
	wait.Go(func() { signed = checkDKIM(ctx, dns, raw) })
	wait.Go(func() { policy = checkPolicy(ctx, dns, author) })
	wait.Wait()
	verdict := judge(author, sent, signed, policy)
	words := []string{sent.String()}
	for _, s := range signed {
		words = append(words, s.String())
	}
	if len(signed) == 0 {
		words = append(words, "dkim=none")
	}
	words = append(words, fmt.Sprintf("dmarc=%s header.from=%s", verdictWord(verdict, policy), author))
	return Auth{verdict, cutBytes(strings.Join(words, "; "), mostDetailBytes)}
}

// judge weighs what was found (RFC 7489 section 6.6.2).
func judge(author string, sent spfFinding, signed []dkimFinding, policy policyFinding) Verdict {
	switch {
	case policy.isAway:
		return AuthTemporary
	case policy.record == nil:
		return AuthNone
	}
	isAway := sent.result == spf.TempError && aligned(sent.domain, author, policy.record.SPFAlignment)
	if sent.result == spf.Pass && aligned(sent.domain, author, policy.record.SPFAlignment) {
		return AuthPass
	}
	for _, s := range signed {
		if !aligned(s.domain, author, policy.record.DKIMAlignment) {
			continue
		}
		if s.err == nil {
			return AuthPass
		}
		isAway = isAway || s.isAway()
	}
	if isAway {
		return AuthTemporary
	}
	return AuthFail
}

func verdictWord(verdict Verdict, policy policyFinding) string {
	switch {
	case verdict == AuthTemporary:
		return "temperror"
	case verdict == AuthNone && policy.broken != nil:
		return "permerror"
	}
	return string(verdict)
}

// onlyAuthor is the domain of the one author, or why there is none. What a signature covers is found by the line, so a mail whose header can be read in two ways has no author.
func onlyAuthor(raw []byte) (domain, trouble string) {
	fields, _, _ := readHeader(raw)
	authors, isStrict := fields.addresses("from")
	if len(fields.all("from")) != 1 || len(authors) != 1 || !isStrict || authorLines(raw) != 1 {
		return "", "not exactly one author"
	}
	if len(fields.all("sender")) > 1 {
		return "", "more than one Sender field"
	}
	if domain = asciiDomain(domainOf(authors[0].Address)); domain == "" {
		return "", "the author has no domain"
	}
	return domain, ""
}

// authorLines counts the lines that begin a From field, as a check of signatures sees them.
func authorLines(raw []byte) int {
	count := 0
	for line := range headerLines(raw) {
		name, _, isField := bytes.Cut(line, []byte(":"))
		if isField && line[0] != ' ' && line[0] != '\t' && strings.EqualFold(string(bytes.TrimSpace(name)), "from") {
			count++
		}
	}
	return count
}

// headerLines are the lines before the first that is empty, without their ends.
func headerLines(raw []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(raw) > 0 {
			var line []byte
			line, raw, _ = bytes.Cut(raw, []byte("\n"))
			line = bytes.TrimSuffix(line, []byte("\r"))
			if len(line) == 0 || !yield(line) {
				return
			}
		}
	}
}

// spfFinding is what the peer's address says of the envelope.
type spfFinding struct {
	result spf.Result
	domain string
}

func (f spfFinding) String() string {
	return fmt.Sprintf("spf=%s smtp.mailfrom=%s", f.result, plainWord(f.domain))
}

func checkSPF(ctx context.Context, dns Resolver, from Origin) (found spfFinding) {
	domain := envelopeDomain(from.Envelope, from.Helo)
	defer func() {
		if recover() != nil {
			found = spfFinding{spf.PermError, domain}
		}
	}()
	if !from.Peer.IsValid() || domain == "" {
		return spfFinding{spf.None, domain}
	}
	local, _, isAddress := cutLast(from.Envelope, "@")
	if !isAddress || local == "" {
		local = "postmaster" // RFC 7208 section 4.3
	}
	result, _ := spf.CheckHostWithSender(net.IP(from.Peer.AsSlice()), from.Helo, local+"@"+domain, spf.WithContext(ctx), spf.WithResolver(bounded{dns}))
	return spfFinding{result, domain}
}

// dkimFinding is what became of one signature.
type dkimFinding struct {
	domain string
	err    error // nil for one that is genuine
}

func (f dkimFinding) isAway() bool { return f.err != nil && dkim.IsTempFail(f.err) }

func (f dkimFinding) String() string {
	result := "pass"
	switch {
	case f.isAway():
		result = "temperror"
	case f.err != nil && dkim.IsPermFail(f.err):
		result = "permerror"
	case f.err != nil:
		result = "fail"
	}
	return fmt.Sprintf("dkim=%s header.d=%s", result, plainWord(f.domain))
}

func checkDKIM(ctx context.Context, dns Resolver, raw []byte) (found []dkimFinding) {
	defer func() {
		if recover() != nil {
			found = nil
		}
	}()
	if !isSimpleEnough(raw) {
		return nil
	}
	checks, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{
		LookupTXT:        func(name string) ([]string, error) { return bounded{dns}.LookupTXT(ctx, name) },
		MaxVerifications: mostSignatures,
	})
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return nil
	}
	for _, check := range checks {
		found = append(found, dkimFinding{asciiDomain(check.Domain), check.Err})
	}
	return found
}

// isSimpleEnough tells whether signatures can be checked in little time.
func isSimpleEnough(raw []byte) bool {
	lines, signature := 0, -1
	for line := range headerLines(raw) {
		if lines++; lines > mostSignedLines {
			return false
		}
		switch name, _, _ := bytes.Cut(line, []byte(":")); {
		case line[0] == ' ' || line[0] == '\t':
			if signature >= 0 {
				signature += len(line)
			}
		case strings.EqualFold(string(bytes.TrimSpace(name)), "dkim-signature"):
			signature = len(line)
		default:
			signature = -1
		}
		if signature > longestSignature {
			return false
		}
	}
	return true
}

// policyFinding is what the author's domain, or else that of its organisation, publishes.
type policyFinding struct {
	record *dmarc.Record // nil when there is none
	broken error
	isAway bool
}

func checkPolicy(ctx context.Context, dns Resolver, author string) policyFinding {
	domains := []string{author}
	if own := organisational(author); own != "" && own != author {
		domains = append(domains, own)
	}
	for _, domain := range domains {
		records, err := bounded{dns}.LookupTXT(ctx, policyLabel+"."+domain)
		var failure *net.DNSError
		switch {
		case errors.As(err, &failure) && failure.IsNotFound:
			continue
		case err != nil:
			return policyFinding{isAway: true}
		}
		if record, broken := policyOf(records); record != nil || broken != nil {
			return policyFinding{record: record, broken: broken}
		}
	}
	return policyFinding{}
}

// originOf is where a mail came from, as it was kept.
func originOf(mail *forum.Incoming) Origin {
	from := Origin{Helo: mail.Helo, Envelope: mail.Envelope}
	if at, err := netip.ParseAddrPort(mail.Peer); err == nil {
		from.Peer = at.Addr().Unmap().WithZone("")
	}
	return from
}
