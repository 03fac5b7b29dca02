package mail_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// sink is a relay that notes what it is given and answers as the test says.
type sink struct {
	address string
	secured string // under TLS from the first byte, if the server has a certificate

	mu          sync.Mutex
	answers     []error // to the mails to come, in turn; a nil is a 250, and so is the end of the list
	drops       int     // mails after whose last byte the connection breaks, without an answer
	taken       []taken // with every mail that came whole, whatever the answer
	connections int
	last        *smtp.Conn
	logins      []string
	takes       string // the token that it takes
}

type taken struct {
	from, to string
	raw      []byte
	tls      bool
}

func newSink(t *testing.T, change func(*smtp.Server)) *sink {
	t.Helper()
	s := &sink{}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.connections++
		s.last = c
		return &sinkSession{sink: s, conn: c}, nil
	}))
	server.Domain, server.EnableSMTPUTF8 = "sink.example", true
	if change != nil {
		change(server)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	listeners := []net.Listener{listener}
	if server.TLSConfig != nil {
		secured, err := tls.Listen("tcp", "127.0.0.1:0", server.TLSConfig)
		if err != nil {
			t.Fatal(err)
		}
		s.secured, listeners = secured.Addr().String(), append(listeners, secured)
	}
	ended := make(chan error, len(listeners))
	for _, listener := range listeners {
		go func() { ended <- server.Serve(listener) }()
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		for range listeners {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
	return s
}

func (s *sink) addressFor(scheme string) string {
	if scheme == "smtps" {
		return s.secured
	}
	return s.address
}

// said are the names and passwords that peers have signed in with.
func (s *sink) said() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.logins...)
}

// closeLast breaks the newest connection and tells how many there were.
func (s *sink) closeLast() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.last.Conn().Close() // the peer may have closed it already
	return s.connections
}

// then sets the answers to the mails to come.
func (s *sink) then(answers ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers = answers
}

func (s *sink) all() []taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]taken(nil), s.taken...)
}

type sinkSession struct {
	sink     *sink
	conn     *smtp.Conn
	from, to string
}

func (s *sinkSession) AuthMechanisms() []string { return []string{sasl.Plain, "XOAUTH2"} }

func (s *sinkSession) Auth(mechanism string) (sasl.Server, error) {
	if mechanism == "XOAUTH2" {
		return &bearing{sink: s.sink}, nil
	}
	return sasl.NewPlainServer(func(_, name, password string) error {
		s.sink.mu.Lock()
		defer s.sink.mu.Unlock()
		s.sink.logins = append(s.sink.logins, name+":"+password)
		if password != "rett" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

// bearing is the server's side of XOAUTH2: a token that it does not take is answered with a challenge, and then refused.
type bearing struct {
	sink    *sink
	refused bool
}

func (b *bearing) Next(response []byte) (challenge []byte, done bool, err error) {
	if b.refused {
		return nil, false, smtp.ErrAuthFailed
	}
	user, rest, _ := strings.Cut(strings.TrimPrefix(string(response), "user="), "\x01")
	token := strings.TrimSuffix(strings.TrimPrefix(rest, "auth=Bearer "), "\x01\x01")
	b.sink.mu.Lock()
	defer b.sink.mu.Unlock()
	b.sink.logins = append(b.sink.logins, user+":"+token)
	if b.refused = token != b.sink.takes; b.refused {
		return []byte(`{"status":"401"}`), false, nil
	}
	return nil, true, nil
}

func (s *sinkSession) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }

func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if to == "gone@kvam.example" {
		return refusal(550, "no such user")
	}
	return nil
}

func (s *sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	_, isTLS := s.conn.TLSConnectionState()
	s.sink.taken = append(s.sink.taken, taken{s.from, s.to, bytes.Clone(raw), isTLS})
	if s.sink.drops > 0 {
		s.sink.drops--
		return s.conn.Conn().Close()
	}
	if len(s.sink.answers) == 0 {
		return nil
	}
	answer := s.sink.answers[0]
	s.sink.answers = s.sink.answers[1:]
	return answer
}

func (s *sinkSession) Reset()        {}
func (s *sinkSession) Logout() error { return nil }

func refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: text}
}

// selfSigned is a certificate that nobody vouches for.
func selfSigned(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"sink.example"}}
	certificate, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}}}
}
