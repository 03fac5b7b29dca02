package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-msgauth/dmarc"
)

// records are TXT records by name; a name that ends in "!" is one that cannot be asked for now.
type records map[string][]string

func (r records) LookupTXT(_ context.Context, name string) ([]string, error) {
	if _, isAway := r[name+"!"]; isAway {
		return nil, &net.DNSError{Err: "server misbehaving", Name: name, IsTemporary: true}
	}
	if found, ok := r[name]; ok {
		return found, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (r records) LookupMX(context.Context, string) ([]*net.MX, error) { return nil, nil }

func (r records) LookupIPAddr(context.Context, string) ([]net.IPAddr, error) { return nil, nil }

func (r records) LookupAddr(context.Context, string) ([]string, error) { return nil, nil }

const (
	sendsFrom = "v=spf1 ip4:192.0.2.7 ip6:2001:db8::7 -all"
	anyPolicy = "v=DMARC1; p=none"
)

func TestProve(t *testing.T) {
	const author = "From: Helsesjef <helsesjef@voss.kommune.no>\r\n"
	peer := netip.MustParseAddr("192.0.2.7")
	own := Origin{Peer: peer, Helo: "mx.voss.kommune.no", Envelope: "helsesjef@voss.kommune.no"}
	published := records{"voss.kommune.no": {sendsFrom}, "_dmarc.voss.kommune.no": {anyPolicy}}
	tests := []struct {
		name, raw string
		from      Origin
		dns       records
		want      Verdict
	}{
		{"genuine", author, own, published, AuthPass},
		{"over IPv6", author, Origin{netip.MustParseAddr("2001:db8::7"), "mx", own.Envelope}, published, AuthPass},
		{"in capitals, with a dot", strings.ToUpper(author), Origin{peer, "mx", "x@VOSS.kommune.no."}, published, AuthPass},
		{"no return path, by the peer's own name", author, Origin{peer, "voss.kommune.no", ""}, published, AuthPass},
		{"no return path, by another's name", author, Origin{peer, "mx.evil.example", ""}, records{"mx.evil.example": {sendsFrom}, "_dmarc.voss.kommune.no": {anyPolicy}}, AuthFail},
		{"the peer is unknown", author, Origin{Envelope: own.Envelope}, published, AuthFail},
		{"another municipality below the same public suffix", author, Origin{peer, "mx", "x@kvam.kommune.no"}, records{"kvam.kommune.no": {sendsFrom}, "_dmarc.voss.kommune.no": {anyPolicy}}, AuthFail},
		{"the policy of the organisation's domain", strings.Replace(author, "@", "@post.", 1), own, published, AuthPass},
		{"the policy of a public suffix is nobody's", author, own, records{"voss.kommune.no": {sendsFrom}, "_dmarc.kommune.no": {anyPolicy}}, AuthNone},
		{"two policies", author, own, records{"voss.kommune.no": {sendsFrom}, "_dmarc.voss.kommune.no": {anyPolicy, anyPolicy}}, AuthNone},
		{"a policy that cannot be read", author, own, records{"voss.kommune.no": {sendsFrom}, "_dmarc.voss.kommune.no": {"v=DMARC1; p=maybe"}}, AuthNone},
		{"a policy of another version", author, own, records{"voss.kommune.no": {sendsFrom}, "_dmarc.voss.kommune.no": {"v=DMARC2; p=none"}}, AuthNone},
		{"the policy is away", author, own, records{"voss.kommune.no": {sendsFrom}, "_dmarc.voss.kommune.no!": nil}, AuthTemporary},
		{"SPF is away", author, own, records{"voss.kommune.no!": nil, "_dmarc.voss.kommune.no": {anyPolicy}}, AuthTemporary},
		{"SPF of a domain that proves nothing is away", author, Origin{peer, "mx", "x@evil.example"}, records{"evil.example!": nil, "_dmarc.voss.kommune.no": {anyPolicy}}, AuthFail},
		{"two From fields", author + author, own, published, AuthFail},
		{"two authors", "From: a@voss.kommune.no, b@voss.kommune.no\r\n", own, published, AuthFail},
		{"no From field", "Subject: x\r\n", own, published, AuthFail},
		{"no domain", "From: helsesjef\r\n", own, published, AuthFail},
		{"a domain of one label", "From: a@no\r\n", own, published, AuthFail},
		{"another From field where signatures look and readers do not", author + "\r\r\n" + author, own, published, AuthFail},
		{"a From field that is folded into another", "Subject: x\r\n " + author, own, published, AuthFail},
		{"a mailbox file", "From x@y Mon Oct 19\r\n" + author, own, published, AuthPass},
		{"blank lines first", "\r\n" + author, own, published, AuthFail},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Prove(t.Context(), test.dns, []byte(test.raw+"\r\nHei.\r\n"), test.from)
			if got.Verdict != test.want || got.Detail == "" {
				t.Errorf("%+v, want %s", got, test.want)
			}
		})
	}
}

func TestAligned(t *testing.T) {
	for _, test := range []struct {
		genuine, author string
		relaxed, strict bool
	}{
		{"kvam.kommune.no", "kvam.kommune.no", true, true},
		{"post.kvam.kommune.no", "kvam.kommune.no", true, false},
		{"kvam.kommune.no", "helse.kvam.kommune.no", true, false},
		{"a.helse-bergen.no", "b.helse-bergen.no", true, false},
		{"voss.kommune.no", "kvam.kommune.no", false, false},
		{"kommune.no", "kvam.kommune.no", false, false},
		{"evil-kvam.kommune.no", "kvam.kommune.no", false, false},
		{"no", "helse-bergen.no", false, false},
		{"", "", false, false},
	} {
		relaxed, strict := aligned(test.genuine, test.author, dmarc.AlignmentRelaxed), aligned(test.genuine, test.author, dmarc.AlignmentStrict)
		if relaxed != test.relaxed || strict != test.strict {
			t.Errorf("%s for %s: relaxed %t, strict %t", test.genuine, test.author, relaxed, strict)
		}
	}
}

// silent is a DNS that never answers.
type silent struct{}

func (silent) LookupTXT(ctx context.Context, _ string) ([]string, error) {
	return unanswered[[]string](ctx)
}

func (silent) LookupMX(ctx context.Context, _ string) ([]*net.MX, error) {
	return unanswered[[]*net.MX](ctx)
}

func (silent) LookupIPAddr(ctx context.Context, _ string) ([]net.IPAddr, error) {
	return unanswered[[]net.IPAddr](ctx)
}

func (silent) LookupAddr(ctx context.Context, _ string) ([]string, error) {
	return unanswered[[]string](ctx)
}

func unanswered[T any](ctx context.Context) (none T, err error) {
	<-ctx.Done()
	return none, &net.DNSError{Err: ctx.Err().Error(), IsTimeout: errors.Is(ctx.Err(), context.DeadlineExceeded), IsTemporary: true}
}

func TestSilentDNSIsTemporaryInTime(t *testing.T) {
	raw := "From: a@kvam.example\r\n" + strings.Repeat("DKIM-Signature: v=1; a=rsa-sha256; d=kvam.example; s=x; h=from; bh=eA==; b=eA==\r\n", 20) + "\r\nHei.\r\n"
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		got := Prove(t.Context(), silent{}, []byte(raw), Origin{netip.MustParseAddr("192.0.2.7"), "mx", "a@kvam.example"})
		if took := time.Since(began); got.Verdict != AuthTemporary || took > proofTakes {
			t.Errorf("%+v after %s", got, took)
		}
	})
}

func TestSignaturesThatTakeLongAreNotChecked(t *testing.T) {
	signature := "DKIM-Signature: v=1; a=rsa-sha256; d=kvam.example; s=x; h=from; bh=eA==; b=eA==\r\n"
	for _, test := range []struct {
		name, raw string
		checked   bool
	}{
		{"one", signature + "\r\n", true},
		{"many", strings.Repeat(signature, 20) + "\r\n", true},
		{"one that lists 100,000 fields", strings.Replace(signature, "h=from", "h="+strings.Repeat("a:\r\n ", 100_000)+"from", 1) + "\r\n", false},
		{"2,000 fields", signature + strings.Repeat("A: b\r\n", 2000) + "\r\n", false},
	} {
		if got := checkDKIM(t.Context(), records{}, []byte(test.raw)); (len(got) > 0) != test.checked || len(got) > mostSignatures {
			t.Errorf("%s: %d checked", test.name, len(got))
		}
	}
}

func FuzzProve(f *testing.F) {
	for _, path := range fixtures(f) {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, sendsFrom, "kvam.example")
	}
	for _, spf := range []string{"v=spf1 include:%{d} a mx ptr -all", "v=spf1 redirect=%{l1r+-}.x exp=y", "v=DMARC1; p=none; adkim=s"} {
		f.Add([]byte("From: a@kvam.example\r\nDKIM-Signature: v=1; a=ed25519-sha256; d=kvam.example; s=x; h=from:b; bh=eA==; b=eA==\r\nDKIM-Signature: v=1\r\nb\r\n\r\n"), spf, "a@kvam.example")
	}
	f.Fuzz(func(t *testing.T, raw []byte, text, envelope string) {
		dns := echo(text)
		got := Prove(t.Context(), dns, raw, Origin{netip.MustParseAddr("192.0.2.7"), envelope, envelope})
		if author, _ := onlyAuthor(raw); got.Verdict == AuthPass && (author == "" || !bytes.Contains(bytes.ToLower(raw), []byte("from"))) {
			t.Errorf("nobody was believed: %+v", got)
		}
		if got.Detail == "" || len(got.Detail) > mostDetailBytes {
			t.Errorf("detail %q", got.Detail)
		}
	})
}

// echo says the same to every question.
type echo string

func (e echo) LookupTXT(_ context.Context, name string) ([]string, error) {
	if strings.HasPrefix(name, policyLabel) {
		return []string{anyPolicy}, nil
	}
	return []string{string(e)}, nil
}

func (e echo) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	return []*net.MX{{Host: fmt.Sprint("mx.", name)}}, nil
}

func (e echo) LookupIPAddr(context.Context, string) ([]net.IPAddr, error) {
	return []net.IPAddr{{IP: net.IPv4(192, 0, 2, 8)}}, nil
}

func (e echo) LookupAddr(context.Context, string) ([]string, error) { return []string{string(e)}, nil }
