package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/samraad/samraad/forum"
)

// Relay takes mail for the rest of the world.
type Relay interface {
	// Send hands one mail over to one recipient; nil means that the relay has taken it. A *RelayError is its refusal of this
	// mail; any other error says nothing of the mail, and it may be tried again.
	Send(ctx context.Context, from, to string, raw []byte) error
}

// RelayError is what a relay answers instead of taking a mail.
type RelayError struct {
	Code   int    // of RFC 5321 § 4.2
	Status string // enhanced status code (RFC 3463), "" for none
	Text   string
}

// Error leaves the words out, which may repeat an address that holds a token: they stay with the message and go into no log.
func (e *RelayError) Error() string { return fmt.Sprintf("mail: the relay answered %d", e.Code) }

// Final tells that trying again gets the same answer (RFC 5321 § 4.2.1).
func (e *RelayError) Final() bool { return e.Code >= 500 }

const (
	handOverWithin = 20 * time.Second
	idleAtMost     = 20 * time.Second // shorter than relays wait
	idleRelays     = 8                // as many as hand over at once
)

// smtpRelay speaks SMTP to one relay and keeps a few connections open between mails.
type smtpRelay struct {
	address  string
	tls      *tls.Config
	implicit bool // TLS from the first byte (RFC 8314 § 3.3)
	upgrade  bool // STARTTLS (RFC 3207), if it is offered
	required bool // … and never without
	login    sasl.Client
	idle     chan *relayConn
}

// allowedRelays is how the address of a relay may be written.
const allowedRelays = "smtp://[USER:PASSWORD@]HOST[:PORT][?tls=none], smtps://[USER:PASSWORD@]HOST[:PORT]"

// NewRelay makes a Relay from smtp://[user:password@]host[:port] (587) or smtps:// (465); Invalid for anything else. With
// smtp:// a host that is not this machine must offer STARTTLS, unless the address ends in ?tls=none. A password is only sent
// under TLS.
func NewRelay(address string) (Relay, error) {
	wrong := forum.Refuse(forum.Invalid, "mail.relay.url", "Allowed", allowedRelays)
	at, err := url.Parse(address)
	if err != nil {
		return nil, wrong // the cause would repeat the password
	}
	ports := map[string]string{"smtp": "587", "smtps": "465"}
	port, known := ports[at.Scheme]
	options := at.Query()
	mode := options.Get("tls")
	options.Del("tls")
	if !known || at.Hostname() == "" || at.Path != "" || at.Fragment != "" || len(options) > 0 || mode != "" && (mode != "none" || at.Scheme != "smtp") {
		return nil, wrong
	}
	if at.Port() != "" {
		port = at.Port()
	}
	r := &smtpRelay{
		address: net.JoinHostPort(at.Hostname(), port), tls: &tls.Config{ServerName: at.Hostname()},
		implicit: at.Scheme == "smtps", upgrade: at.Scheme == "smtp" && mode != "none", idle: make(chan *relayConn, idleRelays),
	}
	local := isThisMachine(at.Hostname())
	r.required = r.upgrade && !local
	r.tls.InsecureSkipVerify = local // what never leaves the machine needs no witness
	if at.User != nil {
		password, given := at.User.Password()
		if !given || mode == "none" {
			return nil, wrong
		}
		r.login, r.required = sasl.NewPlainClient("", at.User.Username(), password), r.upgrade
	}
	return r, nil
}

func isThisMachine(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// relayConn is one open connection.
type relayConn struct {
	*smtp.Client
	under     net.Conn
	keepUntil time.Time
}

// Send speaks one mail transaction, within 20 seconds. A connection kept from an earlier mail may be dead: then it is tried
// once more on a new one, as long as nothing of the mail was said.
func (r *smtpRelay) Send(ctx context.Context, from, to string, raw []byte) error {
	ctx, cancel := context.WithTimeout(ctx, handOverWithin)
	defer cancel()
	options := &smtp.MailOptions{Size: int64(len(raw)), UTF8: !isASCII(from + to)}
	conn := r.kept()
	if conn != nil && conn.begin(ctx, from, options) != nil {
		conn.Close()
		conn = nil
	}
	if conn == nil {
		var err error
		if conn, err = r.open(ctx); err != nil {
			return err
		}
		if err := conn.begin(ctx, from, options); err != nil {
			conn.Close()
			return refusalOf(err)
		}
	}
	if err := conn.finish(ctx, to, raw); err != nil {
		conn.Close()
		return refusalOf(err)
	}
	r.keep(conn)
	return nil
}

// refusalOf tells what the relay said of a mail from what went wrong on the way to it: a closing connection, commands out of
// order, a missing sign-in.
func refusalOf(err error) error {
	var said *smtp.SMTPError
	if !errors.As(err, &said) || said.Code == 421 || said.Code/10 == 50 || said.Code/10 == 53 {
		return err
	}
	refused := &RelayError{Code: said.Code, Text: cutBytes(oneLine(repair(said.Message)), 1000)}
	if e := said.EnhancedCode; e[0] > 0 {
		refused.Status = fmt.Sprintf("%d.%d.%d", e[0], e[1], e[2])
	}
	return refused
}

// within runs one step so that it ends with the context at the latest.
func (c *relayConn) within(ctx context.Context, step func() error) error {
	stop := context.AfterFunc(ctx, func() { c.under.Close() })
	defer stop()
	if err := step(); err != nil {
		return errors.Join(ctx.Err(), err)
	}
	return nil
}

func (c *relayConn) begin(ctx context.Context, from string, options *smtp.MailOptions) error {
	return c.within(ctx, func() error { return c.Mail(from, options) })
}

// finish hands recipient and bytes over; nil means that the relay has answered 250 to the whole mail.
func (c *relayConn) finish(ctx context.Context, to string, raw []byte) error {
	return c.within(ctx, func() error {
		if err := c.Rcpt(to, nil); err != nil {
			return err
		}
		data, err := c.Data()
		if err != nil {
			return err
		}
		if _, err := data.Write(raw); err != nil {
			return err
		}
		return data.Close()
	})
}

// open connects, under TLS as the relay is configured, and signs in. Its errors say nothing of any mail.
func (r *smtpRelay) open(ctx context.Context) (*relayConn, error) {
	conn, err := r.dial(ctx, r.required)
	if err != nil {
		return nil, err
	}
	if r.upgrade && !r.required {
		if offered, _ := conn.Extension("STARTTLS"); offered {
			conn.Close()
			if conn, err = r.dial(ctx, true); err != nil {
				return nil, err
			}
		}
	}
	if r.login != nil {
		if err := conn.within(ctx, func() error { return conn.Auth(r.login) }); err != nil {
			conn.Close()
			return nil, fmt.Errorf("mail: signing in to %s: %w", r.address, err)
		}
	}
	return conn, nil
}

func (r *smtpRelay) dial(ctx context.Context, upgrade bool) (*relayConn, error) {
	under, err := new(net.Dialer).DialContext(ctx, "tcp", r.address)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	if r.implicit {
		under = tls.Client(under, r.tls)
	}
	conn := &relayConn{under: under}
	err = conn.within(ctx, func() error {
		if upgrade {
			conn.Client, err = smtp.NewClientStartTLS(under, r.tls)
			if err != nil {
				return err
			}
		} else {
			conn.Client = smtp.NewClient(under)
		}
		return conn.Hello(ownName())
	})
	if err != nil {
		under.Close()
		return nil, fmt.Errorf("mail: relay %s: %w", r.address, err)
	}
	return conn, nil
}

// ownName is how this machine greets (RFC 5321 § 4.1.1.1).
func ownName() string {
	name, err := os.Hostname()
	if err != nil || !isASCII(name) || strings.ContainsAny(name, " \t\r\n") || name == "" {
		return "localhost"
	}
	return name
}

// kept is a connection of an earlier mail that is fresh enough to use; nil for none.
func (r *smtpRelay) kept() *relayConn {
	for {
		select {
		case conn := <-r.idle:
			if time.Now().Before(conn.keepUntil) {
				return conn
			}
			conn.Close()
		default:
			return nil
		}
	}
}

func (r *smtpRelay) keep(conn *relayConn) {
	conn.keepUntil = time.Now().Add(idleAtMost)
	select {
	case r.idle <- conn:
	default:
		conn.Close()
	}
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 126 || r < ' ' }) < 0
}
