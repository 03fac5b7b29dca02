package mail_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// gate is a server that peers of every address can come to.
type gate struct {
	*house
	listener *pipes
	now      time.Time
	mu       sync.Mutex
}

// openGate serves with options; loopback is not trusted, 10.0.0.0/8 is.
func openGate(h *house, options mail.ServerOptions) *gate {
	g := &gate{house: h, listener: &pipes{from: "192.0.2.1:1", conns: make(chan net.Conn)}, now: made}
	options.Keeper, options.Domain, options.Log, options.Trusted = h.keeper, "voss.example", h.log(), []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	options.Now = func() time.Time {
		g.mu.Lock()
		defer g.mu.Unlock()
		return g.now
	}
	server, ended := mail.NewServer(options), make(chan error, 1)
	go func() { ended <- server.Serve(g.listener) }()
	h.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := errors.Join(server.Shutdown(ctx), <-ended); err != nil {
			h.Error(err)
		}
	})
	return g
}

// later lets time pass.
func (g *gate) later(by time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now = g.now.Add(by)
}

// come is a peer at the gate, greeted as is wanted.
func (g *gate) come(from, greeting string) *peer {
	g.Helper()
	ours, theirs := net.Pipe()
	g.Cleanup(func() { ours.Close() })
	g.listener.conns <- fromAddress{theirs, from}
	p := &peer{g.T, ours, bufio.NewReader(ours)}
	p.expect("", greeting)
	if greeting == "220" {
		p.expect("EHLO x.example", "250")
	}
	return p
}

// TestLimits answers each limit with the code that says whether to come again, and why (RFC 5321 § 4.2, RFC 3463 § 3).
func TestLimits(t *testing.T) {
	const first, second, relay, here = "192.0.2.7:1", "198.51.100.7:1", "10.1.2.3:1", "127.0.0.1:1"
	for _, test := range []struct {
		name    string
		options mail.ServerOptions
		try     func(g *gate)
	}{
		{"connections of one network", mail.ServerOptions{MostFromOne: 1}, func(g *gate) {
			g.come(first, "220")
			g.come(first, "421 4.7.0")
			g.come(second, "220")
		}},
		{"connections of all strangers", mail.ServerOptions{MostPeers: 2}, func(g *gate) {
			g.come(first, "220")
			g.come(second, "220")
			g.come("203.0.113.7:1", "421 4.3.2")
			g.come(relay, "220")
			g.come(here, "220")
			g.come(relay, "421 4.3.2")
		}},
		{"mails of one network", mail.ServerOptions{Rate: 2}, func(g *gate) {
			p := g.come(first, "220")
			for range 2 {
				p.expect("MAIL FROM:<"+member+">", "250")
				p.expect("RSET", "250")
			}
			p.expect("MAIL FROM:<"+member+">", "450 4.7.1")
			g.come(first, "220").expect("MAIL FROM:<"+member+">", "450 4.7.1")
			g.come(second, "220").expect("MAIL FROM:<"+member+">", "250")
			g.later(30 * time.Second)
			p.expect("MAIL FROM:<"+member+">", "250")
			p.expect("RSET", "250")
			p.expect("MAIL FROM:<"+member+">", "450 4.7.1")
		}},
		{"mails of one IPv6 network", mail.ServerOptions{Rate: 1}, func(g *gate) {
			g.come("[2001:db8::7]:1", "220").expect("MAIL FROM:<"+member+">", "250")
			g.come("[2001:db8::8]:1", "220").expect("MAIL FROM:<"+member+">", "450 4.7.1")
			g.come("[2001:db8:1::8]:1", "220").expect("MAIL FROM:<"+member+">", "250")
		}},
		{"mails of all strangers", mail.ServerOptions{RateAll: 1}, func(g *gate) {
			g.come(first, "220").expect("MAIL FROM:<"+member+">", "250")
			p := g.come(second, "220")
			p.expect("MAIL FROM:<"+member+">", "451 4.3.2")
			g.later(time.Minute)
			p.expect("MAIL FROM:<"+member+">", "250")
		}},
		{"relays and this machine are not counted", mail.ServerOptions{Rate: 1, RateAll: 1}, func(g *gate) {
			for _, from := range []string{relay, here} {
				p := g.come(from, "220")
				for range 3 {
					p.expect("MAIL FROM:<"+member+">", "250")
					p.expect("RSET", "250")
				}
			}
		}},
		{"who guesses addresses", mail.ServerOptions{Rate: 3}, func(g *gate) {
			p := g.come(first, "220")
			p.expect("MAIL FROM:<"+member+">", "250")
			p.expect("RCPT TO:<a@voss.example>", "550 5.1.1")
			p.expect("RCPT TO:<b@voss.example>", "550 5.1.1")
			p.expect("RCPT TO:<c@voss.example>", "450 4.7.1")
			p.expect("RCPT TO:<"+council+">", "250")
		}},
		{"size", mail.ServerOptions{MaxBytes: 1000}, func(g *gate) {
			p := g.come(first, "220")
			p.expect("MAIL FROM:<"+member+"> SIZE=1001", "552 5.3.4")
			p.expect("MAIL FROM:<"+member+"> SIZE=1000", "250")
		}},
		{"recipients", mail.ServerOptions{}, func(g *gate) {
			p := g.come(relay, "220")
			p.expect("MAIL FROM:<"+member+">", "250")
			for i := range 100 {
				p.expect(fmt.Sprintf("RCPT TO:<%s>", forum.TokenAddress(council, fmt.Sprint("t", i))), "250")
			}
			p.expect("RCPT TO:<"+council+">", "452 4.5.3")
		}},
	} {
		t.Run(test.name, func(t *testing.T) { test.try(openGate(onSQLite(t), test.options)) })
	}
}

// TestLMTP answers for each recipient by itself, over a socket of this machine too.
func TestLMTP(t *testing.T) {
	onBoth(t, func(h *house) {
		codes := make(chan int, 9)
		server := mail.NewServer(mail.ServerOptions{Keeper: h.keeper, Domain: "voss.example", Log: h.log(), Answered: func(code, _ int) { codes <- code }})
		listener, err := net.Listen("unix", filepath.Join(h.TempDir(), "lmtp"))
		h.must(err)
		ended := make(chan error, 1)
		go func() { ended <- server.ServeLMTP(listener) }()
		conn, err := net.Dial("unix", listener.Addr().String())
		h.must(err)
		p := &peer{h.T, conn, bufio.NewReader(conn)}
		p.expect("", "220 voss.example LMTP")
		p.expect("EHLO x.example", "500")
		p.expect("LHLO x.example", "250")
		p.expect("MAIL FROM:<"+member+">", "250")
		p.expect("RCPT TO:<"+council+">", "250")
		p.expect("RCPT TO:<"+group+">", "250")
		p.expect("RCPT TO:<"+strings.ToUpper(council)+">", "250")
		p.expect("RCPT TO:<nobody@voss.example>", "550 5.1.1")
		moved := h.forum(group)
		moved.Address = "moved@voss.example"
		h.write(func(ctx context.Context, tx forum.Tx) error { return tx.SaveForum(ctx, moved) })
		p.expect("DATA", "354")
		p.expect(item(member, "Sak", "Ei sak.")+".", "250 2.0.0 <"+council)
		p.expect("", "550 5.1.1 <"+group)
		p.expect("", "250 2.0.0 <"+strings.ToUpper(council))
		p.expect("MAIL FROM:<"+member+">", "250")
		p.expect("RCPT TO:<"+council+">", "250")
		p.expect("DATA", "354")
		p.expect(item(member, "Sak", "Ei sak.")+".", "250")
		if got := h.only(council); !got.Trusted || got.Envelope != member {
			h.Errorf("accepted: %+v", got)
		}
		h.must(conn.Close())
		h.must(errors.Join(server.Shutdown(h.Context()), <-ended))
		if len(codes) != 4 {
			h.Errorf("%d answers were counted", len(codes))
		}
	})
}

// TestStartTLS begins TLS with the certificate that is in the files then, goes on with the old one while they are broken, and
// takes nothing that was said in the clear.
func TestStartTLS(t *testing.T) {
	h := onSQLite(t)
	file, key := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	if _, err := mail.LoadCertificate(file, key, h.log()); !forum.IsKind(err, forum.Invalid) {
		t.Fatalf("a certificate that is not there: %v", err)
	}
	writePair(t, file, key, 1)
	certificate, err := mail.LoadCertificate(file, key, h.log())
	h.must(err)
	_, address := h.serve(func(o *mail.ServerOptions) { o.Certificate = certificate })
	upgrade := func() (*peer, int64) {
		p := connect(t, address)
		if caps := p.expect("EHLO x.example", "250"); !strings.Contains(caps, "STARTTLS") {
			t.Fatalf("no STARTTLS: %s", caps)
		}
		p.expect("MAIL FROM:<"+stranger+">", "250")
		p.expect("STARTTLS\r\nNOOP", "220")
		secret := tls.Client(p.conn, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12})
		p = &peer{t, secret, bufio.NewReader(secret)}
		if caps := p.expect("EHLO x.example", "250"); strings.Contains(caps, "STARTTLS") {
			t.Errorf("STARTTLS once more: %s", caps)
		}
		return p, secret.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	p, serial := upgrade()
	if serial != 1 {
		t.Errorf("certificate %d", serial)
	}
	p.expect("RCPT TO:<"+council+">", "502")
	p.begin(member, council)
	p.expect(item(member, "Sak", "Ei sak.")+".", "250")
	writePair(t, file, key, 2)
	if _, serial := upgrade(); serial != 2 {
		t.Errorf("after it was renewed, certificate %d", serial)
	}
	h.must(os.WriteFile(file, []byte("half"), 0o600))
	if _, serial := upgrade(); serial != 2 {
		t.Errorf("while the files are broken, certificate %d", serial)
	}
	h.only(council)
}

// writePair writes a certificate with a serial number, and its key.
func writePair(t *testing.T, file, key string, serial int64) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"voss.example"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	public, err := x509.CreateCertificate(rand.Reader, form, form, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{file: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
