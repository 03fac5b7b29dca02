package mail_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"

	"github.com/samraad/samraad/forum/mail"
)

const (
	mailboxUser   = "samraad@kommune.example"
	mailboxSecret = "hemmeleg"
)

// provider is a mail provider with one user, whom people and our program reach by IMAP.
type provider struct {
	*house
	user    *imapmemserver.User
	address string
	tokens  []string // that are taken, in place of the password
	news    chan struct{}

	mu      sync.Mutex
	fetched []string // mails whose bodies were asked for, by their numbers
	refuses bool     // what would clear mail away
}

// newProvider serves with these abilities; under TLS if there is a configuration for that, from the first byte or later.
func newProvider(h *house, secured *tls.Config, late bool, abilities ...imap.Cap) *provider {
	h.Helper()
	p := &provider{house: h, user: imapmemserver.NewUser(mailboxUser, mailboxSecret), news: make(chan struct{}, 99)}
	for _, folder := range []string{"INBOX", "Samraad", "Teke imot"} {
		h.must(p.user.Create(folder, nil))
	}
	caps := imap.CapSet{imap.CapIMAP4rev1: {}}
	for _, ability := range abilities {
		caps[ability] = struct{}{}
	}
	options := &imapserver.Options{NewSession: p.session, Caps: caps, InsecureAuth: true}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	p.address = listener.Addr().String()
	switch {
	case late:
		options.TLSConfig, options.InsecureAuth = secured, false
	case secured != nil:
		listener = tls.NewListener(listener, secured)
	}
	server, ended := imapserver.New(options), make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	h.Cleanup(func() {
		h.must(server.Close())
		<-ended
	})
	return p
}

func (p *provider) session(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
	return &providerSession{UserSession: imapmemserver.NewUserSession(p.user), provider: p}, nil, nil
}

// providerSession notes what is fetched, and knows XOAUTH2.
type providerSession struct {
	*imapmemserver.UserSession
	provider *provider
}

func (s *providerSession) Login(name, password string) error {
	if len(s.provider.tokens) > 0 {
		return imapserver.ErrAuthFailed
	}
	return s.provider.user.Login(name, password)
}

func (s *providerSession) AuthenticateMechanisms() []string { return []string{"PLAIN", "XOAUTH2"} }

func (s *providerSession) Authenticate(mechanism string) (sasl.Server, error) {
	if mechanism == "XOAUTH2" {
		return &bearer{provider: s.provider}, nil
	}
	return sasl.NewPlainServer(func(_, name, password string) error { return s.Login(name, password) }), nil
}

// bearer takes a token; what is wrong with another it says before it says no.
type bearer struct {
	*provider
	saidWhy bool
}

func (b *bearer) Next(said []byte) (challenge []byte, done bool, err error) {
	switch {
	case b.saidWhy:
		return nil, false, imapserver.ErrAuthFailed
	case slices.ContainsFunc(b.tokens, func(token string) bool {
		return string(said) == "user="+mailboxUser+"\x01auth=Bearer "+token+"\x01\x01"
	}):
		return nil, true, nil
	}
	b.saidWhy = true
	return []byte(`{"status":"401"}`), false, nil
}

func (s *providerSession) Fetch(w *imapserver.FetchWriter, of imap.NumSet, options *imap.FetchOptions) error {
	if len(options.BodySection) > 0 {
		s.provider.mu.Lock()
		s.provider.fetched = append(s.provider.fetched, of.String())
		s.provider.mu.Unlock()
	}
	return s.UserSession.Fetch(w, of, options)
}

func (s *providerSession) Store(w *imapserver.FetchWriter, of imap.NumSet, flags *imap.StoreFlags, options *imap.StoreOptions) error {
	s.provider.mu.Lock()
	defer s.provider.mu.Unlock()
	if s.provider.refuses {
		return &imap.Error{Type: imap.StatusResponseTypeNo, Text: "the disk is full"}
	}
	return s.UserSession.Store(w, of, flags, options)
}

// Idle tells of what came since the last time, also before it began.
func (s *providerSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	for {
		select {
		case <-s.provider.news:
			if err := s.Poll(w, true); err != nil {
				return err
			}
		case <-stop:
			return nil
		}
	}
}

func (p *provider) wasFetched() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.fetched)
}

func (p *provider) refuse(refuses bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses = refuses
}

// arrives puts a mail into a folder.
func (p *provider) arrives(folder, raw string, flags ...imap.Flag) {
	p.Helper()
	_, err := p.user.Append(folder, literal{strings.NewReader(raw)}, &imap.AppendOptions{Flags: flags})
	p.must(err)
	p.news <- struct{}{}
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// counts tells how many mails a folder has, how many are unread and how many are flagged.
func (p *provider) counts(folder string) string {
	p.Helper()
	session := imapmemserver.NewUserSession(p.user)
	opened, err := session.Select(folder, &imap.SelectOptions{})
	p.must(err)
	count := func(criteria imap.SearchCriteria) int {
		found, err := session.Search(imapserver.NumKindUID, &criteria, &imap.SearchOptions{})
		p.must(err)
		return len(found.AllUIDs())
	}
	counts := fmt.Sprint(opened.NumMessages, count(imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}), count(imap.SearchCriteria{Flag: []imap.Flag{imap.FlagFlagged}}))
	p.must(errors.Join(session.Unselect(), session.Close()))
	return counts
}

// mailbox is our side of it.
func (p *provider) mailbox(folder string) *mail.Mailbox {
	p.Helper()
	at, err := mail.ReadMailboxAddress("imap://samraad%40kommune.example@" + p.address + "/" + folder)
	p.must(err)
	return &mail.Mailbox{Keeper: p.keeper, At: at, Secret: func() (string, error) { return mailboxSecret, nil }, Holder: "a", Log: p.log()}
}

func (p *provider) look(b *mail.Mailbox) {
	p.Helper()
	p.must(b.Look(context.Background()))
}

// poolOf believes one certificate.
func poolOf(t *testing.T, pair tls.Certificate) *x509.CertPool {
	t.Helper()
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return pool
}
