package mail

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/net/netutil"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

const (
	mostConnections = 100
	mostRecipients  = 100
	longestLine     = 1 << 20 // RFC 5322 says 998 octets, real mail does not always
	commandWithin   = 5 * time.Minute
	commitWithin    = 30 * time.Second
	addressKnownFor = 10 * time.Second
	defaultMaxBytes = 25 << 20
	defaultRoom     = 256 << 20
	defaultPatience = 30 * time.Second // a peer waits for minutes (RFC 5321 § 4.5.3.2)
	defaultFromOne  = 20
)

// ServerOptions are what the server for incoming mail needs. Only Keeper and Log must be given.
type ServerOptions struct {
	Keeper   forum.Keeper
	Domain   string         // with which it greets
	MaxBytes int64          // of one mail; 0 is 25 MiB
	Trusted  []netip.Prefix // peers whose Authentication-Results may be believed; nil is loopback
	// Direct tells that mail comes straight from outside too: that of peers who are not trusted waits for its author to be proven.
	Direct   bool
	Room     int64         // bytes in memory of all mail that comes in; 0 is 256 MiB, and less than MaxBytes is that
	Patience time.Duration // how long a mail waits for room; 0 is 30 s
	// MostFromOne is how many connections one address may have, or one IPv6 network of 64 bits, which is one customer's;
	// 0 is 20. Loopback and the trusted have as many as they want.
	MostFromOne int
	Wake        func() // called after each accepted mail, nil for nobody
	Log         *slog.Logger
	// Answered is called after each mail with the code of the answer (RFC 5321 § 4.2) and its size, for metrics; nil for nobody.
	Answered func(code int, bytes int)
}

// Server takes mail for forums by SMTP (RFC 5321). It answers 250 only when the mail is committed for every recipient.
type Server struct {
	ServerOptions
	smtp *smtp.Server
	door *door
	room *room

	mu    sync.Mutex
	known map[string]time.Time // addresses of forums, and until when that is believed
}

// NewServer makes a server; Serve starts it.
func NewServer(options ServerOptions) *Server {
	options.MaxBytes = cmp.Or(options.MaxBytes, defaultMaxBytes)
	options.Room = max(cmp.Or(options.Room, defaultRoom), options.MaxBytes+roomStep)
	options.Patience = cmp.Or(options.Patience, defaultPatience)
	options.MostFromOne = cmp.Or(options.MostFromOne, defaultFromOne)
	if options.Trusted == nil {
		options.Trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	if options.Domain == "" {
		options.Domain = ownName()
	}
	s := &Server{ServerOptions: options, room: newRoom(options.Room, options.Patience), known: map[string]time.Time{}}
	s.door = newDoor(options.MostFromOne, s.trusts)
	s.smtp = smtp.NewServer(smtp.BackendFunc(s.session))
	s.smtp.Domain, s.smtp.MaxMessageBytes, s.smtp.MaxRecipients, s.smtp.MaxLineLength = options.Domain, options.MaxBytes, mostRecipients, longestLine
	s.smtp.ReadTimeout, s.smtp.WriteTimeout, s.smtp.EnableSMTPUTF8 = commandWithin, commandWithin, true
	s.smtp.ErrorLog = slog.NewLogLogger(options.Log.Handler(), slog.LevelWarn)
	return s
}

// Serve takes mail from a listener until Shutdown; then it returns nil.
func (s *Server) Serve(listener net.Listener) error {
	err := s.smtp.Serve(s.door.guard(netutil.LimitListener(listener, mostConnections)))
	if s.door.isClosed() {
		return nil
	}
	return err
}

// Shutdown lets no one in any more, lets mail that is on its way be answered, and sends everyone off. It returns when all
// have gone, or with the context.
func (s *Server) Shutdown(ctx context.Context) error {
	s.door.close()
	err := s.smtp.Shutdown(ctx)
	if errors.Is(err, net.ErrClosed) || errors.Is(err, smtp.ErrServerClosed) {
		return nil
	}
	return err
}

// session begins what one peer says.
func (s *Server) session(conn *smtp.Conn) (smtp.Session, error) {
	t := &transaction{server: s, conn: conn, peer: conn.Conn().RemoteAddr().String(), trusted: s.trusts(peerOf(conn.Conn()))}
	t.guest, _ = conn.Conn().(*guest)
	return t, nil
}

func (s *Server) trusts(peer netip.Addr) bool {
	return slices.ContainsFunc(s.Trusted, func(network netip.Prefix) bool { return network.Contains(peer) })
}

// takes tells whether an address is a forum's. A yes is believed for some seconds, since a mailing has many recipients; the
// commit asks again.
func (s *Server) takes(ctx context.Context, address string) (bool, error) {
	base, _ := forum.SplitTokenAddress(address)
	s.mu.Lock()
	believed := time.Now().Before(s.known[base])
	s.mu.Unlock()
	if believed {
		return true, nil
	}
	err := s.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := tx.ForumByAddress(ctx, base)
		return err
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.known[base] = time.Now().Add(addressKnownFor)
		return true, nil
	}
	delete(s.known, base)
	if forum.IsKind(err, forum.NotFound) {
		return false, nil
	}
	return false, err
}

// accept commits a mail for every recipient, or for none.
func (s *Server) accept(mail forum.Incoming, to []string, raw []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	err := s.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return acceptAll(ctx, tx, mail, to, raw)
	})
	if err == nil && s.Wake != nil {
		s.Wake()
	}
	return err
}

// acceptAll commits a mail once for each recipient.
func acceptAll(ctx context.Context, tx forum.Tx, mail forum.Incoming, to []string, raw []byte) error {
	for _, recipient := range to {
		mail.Recipient = recipient
		if _, err := forum.AcceptMail(ctx, tx, mail, raw); err != nil {
			return err
		}
	}
	return nil
}

// transaction is one mail on its way in (RFC 5321 § 3.3), and the next one after it.
type transaction struct {
	server   *Server
	conn     *smtp.Conn
	guest    *guest
	peer     string
	trusted  bool
	envelope string
	to       []string
}

// Mail begins a transaction.
func (t *transaction) Mail(from string, _ *smtp.MailOptions) error {
	t.envelope, t.to = cutBytes(repair(from), 1000), nil
	t.guest.busy(true)
	return nil
}

// Rcpt takes addresses of forums only.
func (t *transaction) Rcpt(to string, _ *smtp.RcptOptions) error {
	to, err := forum.CleanAddress(to)
	if err != nil {
		return t.refuse(550, smtp.EnhancedCode{5, 1, 1}, "mail.smtp.unknown")
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	ours, err := t.server.takes(ctx, to)
	switch {
	case err != nil:
		return t.trouble(err)
	case !ours:
		return t.refuse(550, smtp.EnhancedCode{5, 1, 1}, "mail.smtp.unknown")
	}
	if !slices.Contains(t.to, to) {
		t.to = append(t.to, to)
	}
	return nil
}

// Data reads the mail and commits it; what it returns is the answer.
func (t *transaction) Data(content io.Reader) error {
	raw, free, err := t.server.room.hold(content)
	defer free()
	switch {
	case errors.Is(err, errNoRoom):
		t.server.Log.Warn("no room for mail", "peer", t.peer)
		return t.answered(len(raw), t.refuse(451, smtp.EnhancedCode{4, 3, 1}, "mail.smtp.trouble"))
	case errors.Is(err, smtp.ErrDataTooLarge):
		return t.answered(len(raw), t.refuse(552, smtp.EnhancedCode{5, 3, 4}, "mail.smtp.too_large", "Most", t.server.MaxBytes>>20))
	case errors.Is(err, smtp.ErrTooLongLine):
		return t.answered(len(raw), t.refuse(554, smtp.EnhancedCode{5, 6, 0}, "mail.smtp.long_line"))
	case err != nil:
		return t.answered(len(raw), t.trouble(err))
	}
	err = t.server.accept(t.incoming(), t.to, raw)
	switch {
	case forum.IsKind(err, forum.NotFound):
		return t.answered(len(raw), t.refuse(550, smtp.EnhancedCode{5, 1, 1}, "mail.smtp.unknown"))
	case err != nil:
		return t.answered(len(raw), t.trouble(err))
	}
	return t.answered(len(raw), nil)
}

// incoming is what the conversation tells of the mail.
func (t *transaction) incoming() forum.Incoming {
	mail := forum.Incoming{Envelope: t.envelope, Peer: t.peer, Helo: cutBytes(repair(t.conn.Hostname()), 255), Trusted: t.trusted, State: forum.Accepted}
	if t.server.Direct && !t.trusted {
		mail.State = forum.Unproven
	}
	return mail
}

// answered counts an answer on its way out, nil for 250.
func (t *transaction) answered(size int, answer *smtp.SMTPError) error {
	code := 250
	if answer != nil {
		code = answer.Code
	}
	if t.server.Answered != nil {
		t.server.Answered(code, size)
	}
	if answer == nil {
		return nil
	}
	return answer
}

// trouble is the answer when the mail may well be sent again.
func (t *transaction) trouble(err error) *smtp.SMTPError {
	t.server.Log.Warn("mail not accepted", "peer", t.peer, "error", err)
	return t.refuse(451, smtp.EnhancedCode{4, 3, 0}, "mail.smtp.trouble")
}

// refuse says a text in nynorsk and English: who reads it is unknown. Answers are ASCII (RFC 5321 § 4.2.1).
func (t *transaction) refuse(code int, detail smtp.EnhancedCode, key string, values ...any) *smtp.SMTPError {
	return &smtp.SMTPError{Code: code, EnhancedCode: detail, Message: inBoth(key, values...)}
}

func inBoth(key string, values ...any) string {
	return templates.In(templates.Nynorsk).T(key, values...) + " / " + templates.In(templates.English).T(key, values...)
}

// Reset ends a transaction.
func (t *transaction) Reset() {
	t.envelope, t.to = "", nil
	t.guest.busy(false)
}

// Logout ends the session.
func (t *transaction) Logout() error { return nil }
