package mail_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// numbered is a mail that is like no other.
func numbered(n int) string {
	return strings.Replace(item(member, fmt.Sprint("Sak ", n), "Ei sak."), "<1@", fmt.Sprintf("<%d@", n), 1)
}

// TestMailboxIsRead takes what comes, once, in the transaction that notes how far it was read, and clears it away afterwards.
func TestMailboxIsRead(t *testing.T) {
	onBoth(t, func(h *house) {
		p := newProvider(h, nil, false)
		p.arrives("INBOX", numbered(0), imap.FlagSeen) // of long before the program came
		p.arrives("INBOX", numbered(1))
		p.arrives("INBOX", numbered(2))
		box := p.mailbox("INBOX")
		h.now = h.now.AddDate(1, 0, 0)
		p.look(box)
		if got := p.counts("INBOX"); got != "3 0 0" || len(h.mails(council)) != 2 {
			h.Errorf("%d mails were taken, the folder has %s", len(h.mails(council)), got)
		}
		p.arrives("INBOX", numbered(3))
		p.look(box)
		p.look(box)
		if fetched := strings.Join(p.wasFetched(), " "); fetched != "2 3 4" || len(h.mails(council)) != 3 {
			h.Errorf("%d mails were taken, %s were fetched", len(h.mails(council)), fetched)
		}
		for _, got := range h.mails(council) {
			if got.Peer != "imap" || !got.Trusted || got.Envelope != member {
				h.Errorf("accepted: %+v", got)
			}
		}
	})
}

// TestMailboxThatSomebodyOpened takes what is new also when a person has read it before the program.
func TestMailboxThatSomebodyOpened(t *testing.T) {
	h := onSQLite(t)
	p := newProvider(h, nil, false)
	box := p.mailbox("INBOX")
	p.look(box)
	p.arrives("INBOX", strings.Replace(numbered(1), "19 Oct 2026", h.now.Format("2 Jan 2006"), 1), imap.FlagSeen)
	p.look(box)
	h.only(council)
}

// TestMailboxIsCleared moves what was taken to another folder, at the next look if it could not be done at once, on a server
// that can move and on one that cannot.
func TestMailboxIsCleared(t *testing.T) {
	for name, abilities := range map[string][]imap.Cap{"moves": {imap.CapMove, imap.CapUIDPlus}, "copies": {imap.CapUIDPlus}} {
		t.Run(name, func(t *testing.T) {
			h := onSQLite(t)
			p := newProvider(h, nil, false, abilities...)
			p.arrives("INBOX", numbered(1))
			box := p.mailbox("INBOX")
			box.Done = "Teke imot"
			p.refuse(true)
			if err := box.Look(t.Context()); err == nil {
				t.Error("no trouble is told of")
			}
			h.only(council)
			p.refuse(false)
			p.look(box)
			p.look(box)
			h.only(council)
			if from, to := p.counts("INBOX"), p.counts("Teke imot"); from != "0 0 0" || to != "1 0 0" {
				t.Errorf("the one folder has %s, the other %s", from, to)
			}
		})
	}
}

// TestMailboxIsNumberedAnew reads a folder again whose numbers mean nothing any more: the same mail is no other.
func TestMailboxIsNumberedAnew(t *testing.T) {
	onBoth(t, func(h *house) {
		p := newProvider(h, nil, false)
		box := p.mailbox("Samraad")
		p.arrives("Samraad", numbered(1))
		p.arrives("Samraad", numbered(2))
		p.look(box)
		h.must(p.user.Delete("Samraad"))
		h.must(p.user.Create("Samraad", nil))
		for n := range 4 {
			p.arrives("Samraad", numbered(n))
		}
		p.look(box)
		if got := len(h.mails(council)); got != 4 || len(p.wasFetched()) != 6 {
			h.Errorf("%d mails, %d were fetched", got, len(p.wasFetched()))
		}
	})
}

// TestMailboxKeepsWhatItCannotTake leaves what is too large, or for nobody, where it is, and reads on.
func TestMailboxKeepsWhatItCannotTake(t *testing.T) {
	h := onSQLite(t)
	p := newProvider(h, nil, false)
	box := p.mailbox("INBOX")
	met := []mail.Outcome{}
	box.MaxBytes, box.Met = 5000, func(o mail.Outcome) { met = append(met, o) }
	p.arrives("INBOX", item(member, "Stor", strings.Repeat("x", 5000)))
	p.arrives("INBOX", "no mail at all")
	p.arrives("INBOX", numbered(2))
	p.look(box)
	p.look(box)
	if got := p.counts("INBOX"); got != "3 2 2" || fmt.Sprint(met) != "[too-large nobody taken]" {
		t.Errorf("the folder has %s, met %v", got, met)
	}
	h.only(council)
}

// TestNothingHalfTaken lets the commit fail: the mail stays unread, and is taken the next time.
func TestNothingHalfTaken(t *testing.T) {
	onBoth(t, func(h *house) {
		p := newProvider(h, nil, false)
		p.arrives("INBOX", numbered(1))
		box := p.mailbox("INBOX")
		box.Keeper = &failingOnce{Keeper: h.keeper, at: 2}
		if err := box.Look(h.Context()); err == nil {
			h.Error("the commit did not fail")
		}
		if got := p.counts("INBOX"); got != "1 1 0" || len(h.mails(council)) != 0 {
			h.Errorf("%d mails, the folder has %s", len(h.mails(council)), got)
		}
		p.look(box)
		h.only(council)
	})
}

// failingOnce is a keeper one of whose transactions fails after it was run.
type failingOnce struct {
	forum.Keeper
	n, at int
}

func (f *failingOnce) Write(ctx context.Context, fn func(context.Context, forum.Tx) error) error {
	if f.n++; f.n != f.at {
		return f.Keeper.Write(ctx, fn)
	}
	return failing{f.Keeper, errors.New("the disk is full")}.Write(ctx, fn)
}

// TestOneReadsAMailbox lets two processes look at the same time: each mail is fetched by one of them. When that one is gone
// without a word, the other takes over after a while.
func TestOneReadsAMailbox(t *testing.T) {
	onBoth(t, func(h *house) {
		p := newProvider(h, nil, false)
		first, second := p.mailbox("INBOX"), p.mailbox("INBOX")
		second.Holder = "b"
		for n := range 10 {
			p.arrives("INBOX", numbered(n))
		}
		var both sync.WaitGroup
		for _, box := range []*mail.Mailbox{first, second} {
			both.Go(func() {
				if err := box.Look(context.Background()); err != nil && !forum.IsKind(err, forum.Conflict) { // neither was first
					h.Error(err)
				}
			})
		}
		both.Wait()
		if got := len(h.mails(council)); got != 10 || len(p.wasFetched()) != 10 {
			h.Fatalf("%d mails, %d were fetched", got, len(p.wasFetched()))
		}
		h.now = h.now.Add(time.Hour)
		p.arrives("INBOX", numbered(10))
		p.look(second)
		p.arrives("INBOX", numbered(11))
		p.look(first)
		if got := len(h.mails(council)); got != 11 {
			h.Errorf("%d mails after the second took over and the first looked", got)
		}
	})
}

// TestMailboxCalls takes mail as soon as the server tells of it, goes on after trouble, and leaves to others what it read.
func TestMailboxCalls(t *testing.T) {
	h := onSQLite(t)
	p := newProvider(h, nil, false, imap.CapIdle)
	woken, looked := make(chan struct{}, 9), make(chan error, 99)
	box := p.mailbox("INBOX")
	box.Every, box.Pause = time.Hour, time.Millisecond
	box.Wake, box.Looked = func() { woken <- struct{}{} }, func(err error) { looked <- err }
	tries := 0
	box.Secret = func() (string, error) {
		if tries++; tries <= 2 {
			return "feil", nil
		}
		return mailboxSecret, nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); box.Run(ctx) }()
	if first, second, third := <-looked, <-looked, <-looked; first == nil || second == nil || third != nil {
		t.Fatalf("looked: %v, %v, %v", first, second, third)
	}
	p.arrives("INBOX", numbered(1))
	<-woken
	cancel()
	<-ended
	h.only(council)
	next := p.mailbox("INBOX")
	next.Holder = "b"
	p.arrives("INBOX", numbered(2))
	p.look(next)
	if got := len(h.mails(council)); got != 2 {
		t.Errorf("%d mails", got)
	}
}

// TestMailboxIsSecret signs in under TLS, and only where the name of the server is vouched for.
func TestMailboxIsSecret(t *testing.T) {
	h := onSQLite(t)
	file, key := filepath.Join(t.TempDir(), "c"), filepath.Join(t.TempDir(), "k")
	writePair(t, file, key, 1)
	pair, err := tls.LoadX509KeyPair(file, key)
	h.must(err)
	for _, test := range []struct {
		name          string
		late, vouched bool
	}{{"from the first byte", false, true}, {"later", true, true}, {"from the first byte, by nobody we know", false, false}, {"later, by nobody we know", true, false}} {
		t.Run(test.name, func(t *testing.T) {
			p := newProvider(&house{T: t, keeper: h.keeper, files: h.files, now: h.now}, &tls.Config{Certificates: []tls.Certificate{pair}}, test.late)
			box := p.mailbox("INBOX")
			box.At.Clear, box.At.Late = false, test.late
			if test.vouched {
				box.TLS = &tls.Config{RootCAs: poolOf(t, pair)}
			}
			if err := box.Look(t.Context()); (err == nil) != test.vouched {
				t.Errorf("looked: %v", err)
			}
		})
	}
}

// TestMailboxByToken opens a mailbox with a token of an endpoint, and asks for another when the first is not taken any more.
func TestMailboxByToken(t *testing.T) {
	for _, test := range []struct{ name, refresh, want string }{
		{"in the program's own name", "", "client_credentials  s1"},
		{"in the owner's name", "r1", "refresh_token r1 s1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			p := newProvider(h, nil, false, imap.AuthCap("XOAUTH2"))
			p.tokens = []string{"t2"}
			var asked []string
			endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, secret, isBasic := r.BasicAuth()
				if !isBasic {
					secret = r.FormValue("client_secret")
				}
				asked = append(asked, r.FormValue("grant_type")+" "+r.FormValue("refresh_token")+" "+secret)
				w.Header().Set("Content-Type", "application/json")
				_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprint("t", len(asked)), "token_type": "Bearer", "expires_in": 3600})
			}))
			defer endpoint.Close()
			p.arrives("INBOX", numbered(1))
			box := p.mailbox("INBOX")
			tokens, err := mail.NewOAuth(endpoint.URL, "samraad", "s1", test.refresh, nil)
			if err != nil {
				t.Fatal(err)
			}
			box.Secret, box.Tokens = nil, tokens
			if err := box.Look(t.Context()); err == nil {
				t.Error("a token that is not taken is no trouble")
			}
			p.look(box)
			p.look(box)
			h.only(council)
			if len(asked) != 2 || asked[1] != test.want {
				t.Errorf("the endpoint was asked %q", asked)
			}
		})
	}
}

// TestMailboxAddress reads where a mailbox is. Nothing is in the clear but on this machine.
func TestMailboxAddress(t *testing.T) {
	for text, want := range map[string]string{
		"imaps://a%40b.example@imap.b.example":   "a@b.example@imap.b.example:993/INBOX tls",
		"imaps://a@imap.b.example:1993/Raad/Inn": "a@imap.b.example:1993/Raad/Inn tls",
		"imap://a@imap.b.example":                "a@imap.b.example:143/INBOX later",
		"imap://a@127.0.0.1.b.example":           "a@127.0.0.1.b.example:143/INBOX later",
		"imap://a@127.0.0.1:1430/":               "a@127.0.0.1:1430/INBOX clear",
		"imap://a@localhost":                     "a@localhost:143/INBOX clear",
		"imap://a@[::1]":                         "a@[::1]:143/INBOX clear",
		"imaps://imap.b.example":                 "mail.mailbox.address",
		"pop3://a@b.example":                     "mail.mailbox.address",
		"imaps://a@":                             "mail.mailbox.address",
		"imaps://a:hemmeleg@imap.b.example":      "mail.mailbox.password",
	} {
		at, err := mail.ReadMailboxAddress(text)
		got := at.Name() + " tls"
		var refused *forum.Error
		switch {
		case errors.As(err, &refused):
			got = refused.Key
		case at.Late:
			got = at.Name() + " later"
		case at.Clear:
			got = at.Name() + " clear"
		}
		if got != want || strings.Contains(fmt.Sprint(err), "hemmeleg") {
			t.Errorf("%s: %s, want %s (%v)", text, got, want, err)
		}
	}
}
