package mail_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// peer is one SMTP conversation, spoken by hand.
type peer struct {
	*testing.T
	conn net.Conn
	in   *bufio.Reader
}

func connect(t *testing.T, address string) *peer {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return converse(t, conn)
}

// converse begins a conversation.
func converse(t *testing.T, conn net.Conn) *peer {
	t.Helper()
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	p := &peer{t, conn, bufio.NewReader(conn)}
	p.expect("", "220")
	return p
}

// expect says a line, unless it is empty, and checks how the answer begins; it gives the whole answer.
func (p *peer) expect(line, want string) string {
	p.Helper()
	if line != "" {
		if _, err := fmt.Fprintf(p.conn, "%s\r\n", line); err != nil {
			p.Fatal(err)
		}
	}
	var whole strings.Builder
	for {
		answer, err := p.in.ReadString('\n')
		if err != nil {
			p.Fatalf("%s: %v", line, err)
		}
		whole.WriteString(answer)
		if len(answer) < 4 || answer[3] == ' ' {
			if !strings.HasPrefix(answer, want) {
				p.Fatalf("%.80s: got %q, want %s", line, whole.String(), want)
			}
			return whole.String()
		}
	}
}

func (p *peer) begin(from string, to ...string) {
	p.Helper()
	p.expect("MAIL FROM:<"+from+">", "250")
	for _, recipient := range to {
		p.expect("RCPT TO:<"+recipient+">", "250")
	}
	p.expect("DATA", "354")
}

func TestServerTakesMail(t *testing.T) {
	onBoth(t, func(h *house) {
		woken := make(chan struct{}, 9)
		codes := make(chan string, 9)
		_, address := h.serve(func(o *mail.ServerOptions) {
			o.Wake = func() { woken <- struct{}{} }
			o.Answered = func(code, bytes int) { codes <- fmt.Sprint(code, " ", bytes) }
		})
		p := connect(h.T, address)
		greeting := p.expect("EHLO kvam.example", "250")
		for _, extension := range []string{"SIZE 26214400", "8BITMIME", "SMTPUTF8", "PIPELINING"} {
			if !strings.Contains(greeting, extension) {
				h.Errorf("no %s: %s", extension, greeting)
			}
		}
		raw := item(member, "Sak", "Ei linje som er "+strings.Repeat("lang ", 20_000)+"\n.prikk\n..to")
		p.begin(member, strings.ToUpper(council), group, council)
		p.expect(strings.ReplaceAll(raw, "\r\n.", "\r\n..")+".", "250")
		p.begin("", forum.TokenAddress(group, "abc"))
		p.expect(item(member, "Sak", "To.")+".", "250")
		p.expect("QUIT", "221")
		got := h.only(council)
		if got.Envelope != member || !got.Trusted || !strings.HasPrefix(got.Peer, "127.0.0.1:") || got.Recipient != council || got.State != forum.Accepted {
			h.Errorf("accepted: %+v", got)
		}
		kept := seen(h, func(ctx context.Context, tx forum.Tx) ([]byte, error) { return tx.Raw(ctx, got.Digest) })
		if string(kept) != raw {
			h.Errorf("%d bytes are kept of %d", len(kept), len(raw))
		}
		recipients := map[string]string{}
		for _, m := range h.mails(group) {
			recipients[m.Recipient] = m.Envelope
		}
		if len(recipients) != 2 || recipients[group] != member || recipients[forum.TokenAddress(group, "abc")] != "" {
			h.Errorf("the other forum has %v", recipients)
		}
		if len(woken) != 2 || len(codes) != 2 || <-codes != fmt.Sprint("250 ", len(raw)) {
			h.Errorf("woken %d times, %d answers counted", len(woken), len(codes))
		}
	})
}

func TestServerRefuses(t *testing.T) {
	h := onSQLite(t)
	_, address := h.serve(func(o *mail.ServerOptions) { o.MaxBytes = 1<<20 + 1000 })
	p := connect(t, address)
	p.expect("EHLO kvam.example", "250")
	p.expect("MAIL FROM:<"+member+">", "250")
	for _, unknown := range []string{"nobody@voss.example", "raad@elsewhere.example", "postmaster@voss.example"} {
		answer := p.expect("RCPT TO:<"+unknown+">", "550 5.1.1")
		if !strings.Contains(answer, "Ingen her har denne adressa / Nobody here has this address") {
			t.Errorf("%s: %s", unknown, answer)
		}
	}
	p.expect("DATA", "502")
	p.expect("RSET", "250")
	p.begin(member, council)
	answer := p.expect(item(member, "Stor", strings.Repeat("x", 80)+strings.Repeat("\n"+strings.Repeat("x", 80), 20_000))+".", "552 5.3.4")
	if !strings.Contains(answer, "grensa er 1 MB") || strings.ContainsFunc(answer, func(r rune) bool { return r > 126 }) {
		t.Errorf("too large: %s", answer)
	}
	p.expect("MAIL FROM:<"+member+"> SIZE=2000000", "552 5.3.4")
	p.expect("MAIL FROM:<"+member+">", "250")
	for i := range 100 {
		p.expect(fmt.Sprintf("RCPT TO:<%s>", forum.TokenAddress(council, fmt.Sprint("t", i))), "250")
	}
	p.expect("RCPT TO:<"+council+">", "452")
	p.expect("RSET", "250")
	p.expect("RSET", "250")
	p.begin(member, council)
	p.expect(item(member, "Lang", strings.Repeat("x", 1<<20))+".", "554 5.6.0 Ei linje")
	if got := h.mails(council); len(got) != 0 {
		t.Errorf("%d mails were accepted", len(got))
	}
}

// failing is a keeper whose transactions that write fail after they were run.
type failing struct {
	forum.Keeper
	err error
}

func (f failing) Write(ctx context.Context, fn func(context.Context, forum.Tx) error) error {
	return f.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return errors.Join(fn(ctx, tx), f.err) })
}

// TestNothingHalfAccepted lets the commit fail: the peer is told to come again, and nothing is kept.
func TestNothingHalfAccepted(t *testing.T) {
	onBoth(t, func(h *house) {
		_, address := h.serve(func(o *mail.ServerOptions) { o.Keeper = failing{h.keeper, errors.New("the disk is full")} })
		p := connect(h.T, address)
		p.expect("EHLO kvam.example", "250")
		p.begin(member, council, group)
		p.expect(item(member, "Sak", "Ei sak.")+".", "451 4.3.0")
		if got := len(h.mails(council)) + len(h.mails(group)); got != 0 {
			h.Errorf("%d mails were kept", got)
		}
	})
}

// TestForumThatIsGone refuses a recipient that was a forum's when it was asked for, but not when the mail came.
func TestForumThatIsGone(t *testing.T) {
	h := onSQLite(t)
	_, address := h.serve(nil)
	p := connect(t, address)
	p.expect("EHLO kvam.example", "250")
	p.begin(member, group)
	moved := h.forum(group)
	moved.Address = "moved@voss.example"
	h.write(func(ctx context.Context, tx forum.Tx) error { return tx.SaveForum(ctx, moved) })
	p.expect(item(member, "Sak", "Ei sak.")+".", "550 5.1.1")
}

// TestManyAtOnce sends from several peers at the same time; each 250 is a mail.
func TestManyAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		_, address := h.serve(nil)
		const peers, each = 8, 5
		var wait sync.WaitGroup
		for i := range peers {
			wait.Go(func() {
				client, err := smtp.Dial(address)
				if err != nil {
					h.Error(err)
					return
				}
				defer client.Close()
				for n := range each {
					if err := client.SendMail(member, []string{council}, strings.NewReader(item(member, fmt.Sprint("Sak ", i, n), "Ei sak."))); err != nil {
						h.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if got := len(h.mails(council)); got != peers*each {
			h.Errorf("%d mails, want %d", got, peers*each)
		}
	})
}

// TestShutdown sends the idle off at once, and answers the mail that is on its way.
func TestShutdown(t *testing.T) {
	h := onSQLite(t)
	server, address := h.serve(nil)
	idle, busy := connect(t, address), connect(t, address)
	idle.expect("EHLO kvam.example", "250")
	busy.expect("EHLO kvam.example", "250")
	busy.begin(member, council)
	raw := item(member, "Sak", "Ei sak.")
	if _, err := busy.conn.Write([]byte(raw[:40])); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		ended <- server.Shutdown(ctx)
	}()
	idle.expect("", "421")
	busy.expect(raw[40:]+".", "250")
	busy.expect("", "421")
	if err := <-ended; err != nil {
		t.Errorf("shutdown: %v", err)
	}
	if got := h.only(council); got.State != forum.Accepted {
		t.Errorf("the mail is %s", got.State)
	}
}

// TestServeAfterShutdown ends at once, whichever of the two comes first.
func TestServeAfterShutdown(t *testing.T) {
	h := onSQLite(t)
	server := mail.NewServer(mail.ServerOptions{Keeper: h.keeper, Log: h.log()})
	h.must(server.Shutdown(t.Context()))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	h.must(server.Serve(listener))
}

// TestTrust believes the networks named, and nobody else.
func TestTrust(t *testing.T) {
	h := onSQLite(t)
	_, address := h.serve(func(o *mail.ServerOptions) { o.Trusted = o.Trusted[:0] })
	p := connect(t, address)
	p.expect("EHLO kvam.example", "250")
	p.begin(member, council)
	p.expect(item(member, "Sak", "Ei sak.")+".", "250")
	if h.only(council).Trusted {
		t.Error("a peer that nobody named is trusted")
	}
}

// TestMailBeyondTheRoom has a mail wait in vain for room in memory: its peer is told to come again, and is then taken. No
// mail, however it ends, keeps its room.
func TestMailBeyondTheRoom(t *testing.T) {
	h := onSQLite(t)
	server, address := h.serve(func(o *mail.ServerOptions) { o.MaxBytes, o.Room, o.Patience = 1<<20, 1<<20, 50*time.Millisecond })
	p := connect(t, address)
	p.expect("EHLO kvam.example", "250")
	large := item(member, "Stor", strings.Repeat(strings.Repeat("x", 78)+"\n", 10_000))
	free := server.FillRoom(t.Context())
	p.begin(member, council)
	if answer := p.expect(large+".", "451 4.3.1"); !strings.Contains(answer, "send igjen om litt / ") {
		t.Errorf("told %s", answer)
	}
	free()
	p.begin(member, council)
	p.expect(large+".", "250")
	p.begin(member, council)
	p.expect(large+large+".", "552 5.3.4")
	server.FillRoom(t.Context())()
	if got := len(h.mails(council)); got != 1 {
		t.Errorf("%d mails were accepted, want 1", got)
	}
}

// TestPeersBound lets no address but a trusted one hold more than its share of the connections.
func TestPeersBound(t *testing.T) {
	h := onSQLite(t)
	for name, test := range map[string]struct {
		from    string
		trusted string
		bound   bool
	}{
		"a stranger":                    {"192.0.2.7:1", "10.0.0.0/8", true},
		"strangers of one IPv6 network": {"[2001:db8::7]:1", "10.0.0.0/8", true},
		"this machine":                  {"127.0.0.1:1", "10.0.0.0/8", false},
		"a relay":                       {"10.1.2.3:1", "10.0.0.0/8", false},
	} {
		t.Run(name, func(t *testing.T) {
			server := mail.NewServer(mail.ServerOptions{
				Keeper: h.keeper, Domain: "voss.example", Log: h.log(), MostFromOne: 2, Trusted: []netip.Prefix{netip.MustParsePrefix(test.trusted)},
			})
			listener := &pipes{from: test.from, conns: make(chan net.Conn)}
			ended := make(chan error, 1)
			go func() { ended <- server.Serve(listener) }()
			var open []net.Conn
			greet := func() (net.Conn, string) {
				ours, theirs := net.Pipe()
				open = append(open, ours)
				listener.conns <- fromAddress{theirs, test.from}
				greeting := make([]byte, 3)
				if _, err := io.ReadFull(ours, greeting); err != nil {
					t.Fatal(err)
				}
				return ours, string(greeting)
			}
			first, code := greet()
			_, second := greet()
			if code != "220" || second != "220" {
				t.Errorf("greeted with %s and %s", code, second)
			}
			want := "220"
			if test.bound {
				want = "421"
			}
			if _, code := greet(); code != want {
				t.Errorf("one more is greeted with %s, want %s", code, want)
			}
			leave(t, first)
			if _, code := greet(); code != "220" {
				t.Errorf("after one left, the next is greeted with %s", code)
			}
			for _, conn := range open {
				conn.Close()
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			if err := errors.Join(server.Shutdown(ctx), <-ended); err != nil {
				t.Error(err)
			}
		})
	}
}

// leave says goodbye, and waits until the server has closed the connection.
func leave(t *testing.T, conn net.Conn) {
	t.Helper()
	go func() { _, _ = io.WriteString(conn, "QUIT\r\n") }() // a pipe holds nothing: the greeting is read first
	if _, err := io.Copy(io.Discard, conn); err != nil {
		t.Fatal(err)
	}
}

// pipes is a listener of connections within the process, which seem to come from an address.
type pipes struct {
	from  string
	conns chan net.Conn
	once  sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	conn, open := <-p.conns
	if !open {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.conns) })
	return nil
}

func (p *pipes) Addr() net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(p.from)) }

type fromAddress struct {
	net.Conn
	from string
}

func (f fromAddress) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(f.from))
}
