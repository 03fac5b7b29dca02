package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	neturl "net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// endpoint gives tokens, a new one each time, and notes what it was asked.
type endpoint struct {
	*httptest.Server
	mu    sync.Mutex
	asked []neturl.Values
	fails bool
}

func newEndpoint(t *testing.T) *endpoint {
	e := &endpoint{}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.mu.Lock()
		defer e.mu.Unlock()
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		e.asked = append(e.asked, r.PostForm)
		w.Header().Set("Content-Type", "application/json")
		if e.fails {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, `{"error":"invalid_grant","error_description":%q}`, r.PostForm.Encode()) // as some do
			return
		}
		fmt.Fprintf(w, `{"access_token":"teikn-%d","token_type":"Bearer","expires_in":3600}`, len(e.asked))
	}))
	t.Cleanup(e.Close)
	return e
}

// witnessed is a sink under TLS for 127.0.0.1, and the authorities that vouch for it.
func witnessed(t *testing.T) (*sink, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	certificate := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	return newSink(t, func(s *smtp.Server) { s.TLSConfig = certificate }), pool
}

// TestOAuth signs in with a token of an endpoint, in the ways of Microsoft 365 and Gmail, and asks for another when it is not
// taken.
func TestOAuth(t *testing.T) {
	for _, test := range []struct {
		name, refresh string
		want          neturl.Values
	}{
		{"in the application's own name", "", neturl.Values{"grant_type": {"client_credentials"}, "client_id": {"samraad"}, "client_secret": {"løynd"}, "scope": {"send"}}},
		{"with a refresh token", "fornying", neturl.Values{"grant_type": {"refresh_token"}, "client_id": {"samraad"}, "client_secret": {"løynd"}, "refresh_token": {"fornying"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := newEndpoint(t)
			s, authorities := witnessed(t)
			s.takes = "teikn-1"
			oauth, err := mail.NewOAuth(e.URL, "samraad", "løynd", test.refresh, []string{"send"})
			if err != nil {
				t.Fatal(err)
			}
			relay, err := mail.NewRelay("smtp://raad%40voss.example@"+s.address, mail.RelayOptions{CA: authorities, OAuth: oauth})
			if err != nil {
				t.Fatal(err)
			}
			send := func() error { return relay.Send(t.Context(), council, member, []byte(raw)) }
			if err := send(); err != nil {
				t.Fatal(err)
			}
			s.closeLast()
			if err := send(); err != nil { // with the token that there is
				t.Fatal(err)
			}
			s.mu.Lock()
			s.takes = "teikn-2"
			s.mu.Unlock()
			s.closeLast()
			if err := send(); err == nil {
				t.Error("a token that is not taken sends mail")
			}
			if err := send(); err != nil {
				t.Errorf("with a new token: %v", err)
			}
			want := []string{"raad@voss.example:teikn-1", "raad@voss.example:teikn-1", "raad@voss.example:teikn-1", "raad@voss.example:teikn-2"}
			if diff := cmp.Diff(want, s.said()); diff != "" {
				t.Errorf("signed in (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]neturl.Values{test.want, test.want}, e.asked); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
			for _, m := range s.all() {
				if !m.tls {
					t.Error("a mail went without TLS")
				}
			}
		})
	}
}

// TestOAuthRefused has the endpoint refuse: the mail may go later, and no secret is in what is logged.
func TestOAuthRefused(t *testing.T) {
	e := newEndpoint(t)
	e.fails = true
	s, authorities := witnessed(t)
	oauth, err := mail.NewOAuth(e.URL, "samraad", "hemmeleg", "fornying", nil)
	if err != nil {
		t.Fatal(err)
	}
	relay, err := mail.NewRelay("smtp://raad%40voss.example@"+s.address, mail.RelayOptions{CA: authorities, OAuth: oauth})
	if err != nil {
		t.Fatal(err)
	}
	err = relay.Send(t.Context(), council, member, []byte(raw))
	if err == nil || !strings.Contains(err.Error(), "400 invalid_grant") || strings.Contains(err.Error(), "hemmeleg") || strings.Contains(err.Error(), "fornying") {
		t.Errorf("got %v", err)
	}
	if got := s.all(); len(got) != 0 {
		t.Errorf("%d mails went", len(got))
	}
}

func TestOAuthSettings(t *testing.T) {
	for _, test := range []struct {
		name, endpoint, client, secret string
		allowed                        bool
	}{
		{"complete", "https://login.example/token", "id", "s", true},
		{"to this machine", "http://127.0.0.1:80/token", "id", "s", true},
		{"without TLS", "http://login.example/token", "id", "s", false},
		{"no address", "login.example", "id", "s", false},
		{"a secret in the address", "https://id:s@login.example/token", "id", "s", false},
		{"nobody", "https://login.example/token", "", "s", false},
		{"no secret", "https://login.example/token", "id", "", false},
	} {
		if _, err := mail.NewOAuth(test.endpoint, test.client, test.secret, "", nil); (err == nil) != test.allowed || err != nil && !forum.IsKind(err, forum.Invalid) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	oauth, err := mail.NewOAuth("https://login.example/token", "id", "s", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"smtp://relay.example", "smtp://user:secret@relay.example", "smtp://user@relay.example?tls=none"} {
		if _, err := mail.NewRelay(address, mail.RelayOptions{OAuth: oauth}); !forum.IsKind(err, forum.Invalid) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestTLSPolicy has relays with and without TLS, and certificates that hold or do not.
func TestTLSPolicy(t *testing.T) {
	const none, ours = "no TLS", "a certificate"
	for _, test := range []struct {
		policy, has string
		knows       bool // the authority
		takes, tls  bool
	}{
		{"none", none, false, true, false}, {"none", ours, true, true, false},
		{"opportunistic", none, true, true, false}, {"opportunistic", ours, true, true, true},
		{"required", none, true, false, false}, {"required", ours, true, true, true}, {"required", none, false, false, false},
	} {
		t.Run(fmt.Sprintf("%s, %s, known: %t", test.policy, test.has, test.knows), func(t *testing.T) {
			s, authorities := witnessed(t)
			if test.has == none {
				s = newSink(t, nil)
			}
			options := mail.RelayOptions{}
			if test.knows {
				options.CA = authorities
			}
			relay, err := mail.NewRelay("smtp://"+s.address+"?tls="+test.policy, options)
			if err != nil {
				t.Fatal(err)
			}
			err = relay.Send(t.Context(), council, member, []byte(raw))
			if (err == nil) != test.takes {
				t.Fatalf("sent: %v", err)
			}
			if got := s.all(); test.takes && (len(got) != 1 || got[0].tls != test.tls) {
				t.Errorf("%d mails, under TLS: %+v", len(got), got)
			}
		})
	}
	s, _ := witnessed(t)
	_, others := witnessed(t)
	relay, err := mail.NewRelay("smtp://"+s.address+"?tls=required", mail.RelayOptions{CA: others})
	if err != nil {
		t.Fatal(err)
	}
	if err := relay.Send(t.Context(), council, member, []byte(raw)); err == nil {
		t.Error("a certificate of an authority that is not named holds")
	}
}
