package mail_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

const raw = "From: <raad@voss.example>\r\nSubject: x\r\n\r\n.prikk\r\n..to\r\nslutt\r\n"

func relayTo(t *testing.T, address string) mail.Relay {
	t.Helper()
	relay, err := mail.NewRelay(address, mail.RelayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return relay
}

func TestRelayAddresses(t *testing.T) {
	for _, test := range []struct {
		address string
		allowed bool
	}{
		{"smtp://relay.example", true}, {"smtp://relay.example:25", true}, {"smtps://relay.example", true}, {"smtp://relay.example?tls=none", true},
		{"smtp://user:secret@relay.example:587", true}, {"smtps://user:p%40ss@[::1]:465", true}, {"smtp://localhost:2525", true},
		{"", false}, {"relay.example", false}, {"relay.example:25", false}, {"http://relay.example", false}, {"smtp://", false}, {"smtp://:25", false},
		{"smtp://relay.example/path", false}, {"smtp://relay.example?tls=maybe", false}, {"smtp://relay.example?tls=required", true}, {"smtp://relay.example?tls=opportunistic", true}, {"smtps://relay.example?tls=required", false}, {"smtp://relay.example?starttls=1", false}, {"smtps://relay.example?tls=none", false},
		{"smtp://user@relay.example", false}, {"smtp://user:secret@relay.example?tls=none", false}, {"smtp://relay.example:port", false}, {"smtp://user:secret@rel ay", false},
	} {
		_, err := mail.NewRelay(test.address, mail.RelayOptions{})
		if (err == nil) != test.allowed {
			t.Errorf("%q: %v", test.address, err)
		}
		if err == nil {
			continue
		}
		var refusal *forum.Error
		if !errors.As(err, &refusal) || refusal.Key != "mail.relay.url" || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", test.address, err)
		}
	}
}

func TestRelayHandsOver(t *testing.T) {
	s := newSink(t, nil)
	relay := relayTo(t, "smtp://"+s.address)
	for range 3 {
		if err := relay.Send(t.Context(), council, member, []byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	want := taken{from: council, to: member, raw: []byte(raw)}
	got := s.all()
	if diff := cmp.Diff([]taken{want, want, want}, got, cmp.AllowUnexported(taken{})); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	if n := s.closeLast(); n != 1 {
		t.Errorf("%d connections for three mails", n)
	}
}

func TestRelayTrouble(t *testing.T) {
	s := newSink(t, nil)
	relay := relayTo(t, "smtp://"+s.address)
	for _, test := range []struct {
		name  string
		to    string
		code  int // 0: no refusal of the mail
		final bool
		set   func()
	}{
		{"refused after the mail", member, 554, true, func() { s.then(refusal(554, "spam")) }},
		{"put off", member, 451, false, func() { s.then(refusal(451, "greylisted")) }},
		{"refused recipient", "gone@kvam.example", 550, true, func() {}},
		{"going away", member, 0, false, func() { s.then(refusal(421, "closing")) }},
		{"told to sign in", member, 0, false, func() { s.then(refusal(530, "authenticate first")) }},
		{"broken off", member, 0, false, func() { s.mu.Lock(); s.drops = 1; s.mu.Unlock() }},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.set()
			err := relay.Send(t.Context(), council, test.to, []byte(raw))
			var refused *mail.RelayError
			isRefused := errors.As(err, &refused)
			if err == nil || isRefused != (test.code != 0) {
				t.Fatalf("got %v", err)
			}
			if isRefused && (refused.Code != test.code || refused.Final() != test.final) {
				t.Errorf("got %v, final: %t", refused, refused.Final())
			}
			if err := relay.Send(t.Context(), council, member, []byte(raw)); err != nil {
				t.Errorf("the next mail: %v", err)
			}
		})
	}
}

// TestRelayThatClosesIdle has a connection that the relay closes between two mails.
func TestRelayThatClosesIdle(t *testing.T) {
	s := newSink(t, nil)
	relay := relayTo(t, "smtp://"+s.address)
	for want := range 3 {
		if err := relay.Send(t.Context(), council, member, []byte(raw)); err != nil {
			t.Fatal(err)
		}
		if got := s.closeLast(); got != want+1 {
			t.Errorf("%d connections after mail %d", got, want+1)
		}
	}
	if got := s.all(); len(got) != 3 {
		t.Errorf("%d mails were taken", len(got))
	}
}

func TestRelayUnderTLS(t *testing.T) {
	secured := func(server *smtp.Server) { server.TLSConfig = selfSigned(t) }
	for _, test := range []struct {
		name   string
		scheme string // smtp when empty
		server func(*smtp.Server)
		login  string
		suffix string
		tls    bool
		fails  bool
		logins string
	}{
		{name: "from the first byte", scheme: "smtps", server: secured, login: "raad:rett@", tls: true, logins: "raad:rett"},
		{name: "offered", server: secured, tls: true},
		{name: "offered, not wanted", server: secured, suffix: "?tls=none"},
		{name: "with a password", server: secured, login: "raad:rett@", tls: true, logins: "raad:rett"},
		{name: "with a wrong password", server: secured, login: "raad:feil@", fails: true, logins: "raad:feil"},
		{name: "a password without TLS is not said", server: func(s *smtp.Server) { s.AllowInsecureAuth = true }, login: "raad:rett@", fails: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			scheme := "smtp"
			if test.scheme != "" {
				scheme = test.scheme
			}
			s := newSink(t, test.server)
			err := relayTo(t, scheme+"://"+test.login+s.addressFor(scheme)+test.suffix).Send(t.Context(), council, member, []byte(raw))
			if (err != nil) != test.fails {
				t.Fatalf("got %v", err)
			}
			var refused *mail.RelayError
			if errors.As(err, &refused) {
				t.Errorf("what is wrong with the relay was said of the mail: %v", err)
			}
			if got := strings.Join(s.said(), " "); got != test.logins {
				t.Errorf("logins: %s", got)
			}
			if got := s.all(); !test.fails && (len(got) != 1 || got[0].tls != test.tls) {
				t.Errorf("taken: %+v", got)
			}
		})
	}
}

// TestRelayElsewhere never hands a mail over without a witnessed TLS to what is not this machine, unless told to. The
// address 0.0.0.0 reaches this machine, but does not say so.
func TestRelayElsewhere(t *testing.T) {
	for _, test := range []struct {
		name   string
		server func(*smtp.Server)
		suffix string
		taken  int
	}{
		{"no TLS offered", nil, "", 0},
		{"nobody vouches for it", func(server *smtp.Server) { server.TLSConfig = selfSigned(t) }, "", 0},
		{"told to go without", nil, "?tls=none", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newSink(t, test.server)
			_, port, err := net.SplitHostPort(s.address)
			if err != nil {
				t.Fatal(err)
			}
			err = relayTo(t, "smtp://0.0.0.0:"+port+test.suffix).Send(t.Context(), council, member, []byte(raw))
			if got := s.all(); len(got) != test.taken || (err == nil) != (test.taken == 1) {
				t.Errorf("%d mails were taken; %v", len(got), err)
			}
		})
	}
}

// TestRelayThatSaysNothing ends with the context.
func TestRelayThatSaysNothing(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := relayTo(t, "smtp://"+listener.Addr().String()).Send(ctx, council, member, []byte(raw)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
