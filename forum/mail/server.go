package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
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
	defaultRate     = 60 // mails a minute
	defaultRateAll  = 600
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
	// MostPeers is how many connections all may have; 0 is 100. Loopback and the trusted have as many places of their own.
	MostPeers int
	// Rate is how many mails, and recipients that nobody has, one such address or network may bring in a minute, and RateAll how
	// many all of them together; 0 is 60 and 600. Loopback and the trusted bring as many as they want.
	Rate, RateAll int
	Certificate   *Certificate     // with which a peer may begin TLS; nil is none
	Now           func() time.Time // for the rates; nil is the clock of the machine
	Wake          func()           // called after each accepted mail, nil for nobody
	Log           *slog.Logger
	// Answered is called after each mail with the code of the answer (RFC 5321 § 4.2) and its size, for metrics; nil for nobody.
	Answered func(code int, bytes int)
}

// Server takes mail for forums by SMTP (RFC 5321) and LMTP (RFC 2033). It answers 250 only when the mail is committed: over
// SMTP for every recipient, over LMTP for the one whom the answer is about.
type Server struct {
	ServerOptions
	smtp, lmtp *smtp.Server
	door       *door
	room       *room
	pace       *pace

	mu    sync.Mutex
	known map[string]time.Time // addresses of forums, and until when that is believed
}

// NewServer makes a server; Serve starts it.
func NewServer(options ServerOptions) *Server {
	options.MaxBytes = cmp.Or(options.MaxBytes, defaultMaxBytes)
	options.Room = max(cmp.Or(options.Room, defaultRoom), options.MaxBytes+roomStep)
	options.Patience = cmp.Or(options.Patience, defaultPatience)
	options.MostFromOne, options.MostPeers = cmp.Or(options.MostFromOne, defaultFromOne), cmp.Or(options.MostPeers, mostConnections)
	options.Rate, options.RateAll = cmp.Or(options.Rate, defaultRate), cmp.Or(options.RateAll, defaultRateAll)
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Trusted == nil {
		options.Trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	if options.Domain == "" {
		options.Domain = ownName()
	}
	s := &Server{ServerOptions: options, room: newRoom(options.Room, options.Patience), known: map[string]time.Time{}}
	s.door, s.pace = newDoor(options.MostFromOne, options.MostPeers, s.trusts), newPace(options.Rate, options.RateAll, options.Now)
	s.smtp, s.lmtp = s.protocol(), s.protocol()
	s.lmtp.LMTP = true
	return s
}

// protocol is what both protocols have in common.
func (s *Server) protocol() *smtp.Server {
	p := smtp.NewServer(smtp.BackendFunc(s.session))
	p.Domain, p.MaxMessageBytes, p.MaxRecipients, p.MaxLineLength = s.Domain, s.MaxBytes, mostRecipients, longestLine
	p.ReadTimeout, p.WriteTimeout, p.EnableSMTPUTF8 = commandWithin, commandWithin, true
	p.ErrorLog = slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn)
	if s.Certificate != nil {
		p.TLSConfig = &tls.Config{GetCertificate: s.Certificate.Get, MinVersion: tls.VersionTLS12}
	}
	return p
}

// Serve takes mail by SMTP from a listener until Shutdown; then it returns nil.
func (s *Server) Serve(listener net.Listener) error { return s.serve(s.smtp, listener) }

// ServeLMTP is Serve for LMTP. A peer on a Unix socket counts as loopback.
func (s *Server) ServeLMTP(listener net.Listener) error { return s.serve(s.lmtp, listener) }

func (s *Server) serve(protocol *smtp.Server, listener net.Listener) error {
	err := protocol.Serve(s.door.guard(listener))
	if s.door.isClosed() {
		return nil
	}
	return err
}

// Shutdown lets no one in any more, lets mail that is on its way be answered, and sends everyone off. It returns when all
// have gone, or with the context.
func (s *Server) Shutdown(ctx context.Context) error {
	s.door.close()
	var wrong []error
	for _, protocol := range []*smtp.Server{s.smtp, s.lmtp} {
		if err := protocol.Shutdown(ctx); !errors.Is(err, net.ErrClosed) && !errors.Is(err, smtp.ErrServerClosed) {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}

// session begins what one peer says.
func (s *Server) session(conn *smtp.Conn) (smtp.Session, error) {
	peer := peerOf(conn.Conn())
	t := &transaction{server: s, conn: conn, peer: conn.Conn().RemoteAddr().String(), from: peer, trusted: s.trusts(peer)}
	t.guest = guestOf(conn.Conn())
	return t, nil
}

// pass counts a mail, or a recipient that nobody has, and says no to who brings too many.
func (t *transaction) pass() *smtp.SMTPError {
	if t.trusted || t.from.IsLoopback() {
		return nil
	}
	switch t.server.pace.take(placeOf(t.from)) {
	case tooFast:
		return t.refuse(450, smtp.EnhancedCode{4, 7, 1}, "mail.smtp.too_fast")
	case allTooFast:
		return t.refuse(451, smtp.EnhancedCode{4, 3, 2}, "mail.smtp.full")
	}
	return nil
}

func (s *Server) trusts(peer netip.Addr) bool {
	return slices.ContainsFunc(s.Trusted, func(network netip.Prefix) bool { return network.Contains(peer) })
}

// takes tells whether an address is a forum's. A yes is believed for some seconds, since a mailing has many recipients; the
// commit asks again.
func (s *Server) takes(ctx context.Context, address string) (bool, error) {
	base, _ := forum.SplitTokenAddress(address)
	s.mu.Lock()
	believed := time.Now().Before(s.known[base]) || time.Now().Before(s.known[address])
	s.mu.Unlock()
	if believed {
		return true, nil
	}
	var in *forum.Forum
	err := s.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		in, _, err = forum.ForumAt(ctx, tx, address)
		return err
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.known[in.Address] = time.Now().Add(addressKnownFor)
		return true, nil
	}
	delete(s.known, base)
	delete(s.known, address)
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
	from     netip.Addr
	trusted  bool
	envelope string
	to       []string
	asked    []recipient // the same with repetitions, as the peer said them
}

// Mail begins a transaction.
func (t *transaction) Mail(from string, _ *smtp.MailOptions) error {
	if wrong := t.pass(); wrong != nil {
		return t.answered(0, wrong)
	}
	t.envelope, t.to, t.asked = cutBytes(repair(from), 1000), nil, nil
	t.guest.busy(true)
	return nil
}

// Rcpt takes addresses of forums only.
func (t *transaction) Rcpt(said string, _ *smtp.RcptOptions) error {
	to, err := forum.CleanAddress(said)
	if err != nil {
		return t.unknown()
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	ours, err := t.server.takes(ctx, to)
	switch {
	case err != nil:
		return t.trouble(err)
	case !ours:
		return t.unknown()
	}
	t.asked = append(t.asked, recipient{said, to})
	if !slices.Contains(t.to, to) {
		t.to = append(t.to, to)
	}
	return nil
}

// unknown is the answer to a recipient that nobody has. Who asks for many is guessing.
func (t *transaction) unknown() *smtp.SMTPError {
	if wrong := t.pass(); wrong != nil {
		return wrong
	}
	return t.refuse(550, smtp.EnhancedCode{5, 1, 1}, "mail.smtp.unknown")
}

// Data reads the mail and commits it; what it returns is the answer.
func (t *transaction) Data(content io.Reader) error {
	raw, free, wrong := t.read(content)
	defer free()
	if wrong == nil {
		wrong = t.commit(t.to, raw)
	}
	return t.answered(len(raw), wrong)
}

// unread is the answer to a mail that could not be taken in, nil when it could.
func (t *transaction) unread(err error) *smtp.SMTPError {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoRoom):
		t.server.Log.Warn("no room for mail", "peer", t.peer)
		return t.refuse(451, smtp.EnhancedCode{4, 3, 1}, "mail.smtp.trouble")
	case errors.Is(err, smtp.ErrDataTooLarge):
		return t.refuse(552, smtp.EnhancedCode{5, 3, 4}, "mail.smtp.too_large", "Most", t.server.MaxBytes>>20)
	case errors.Is(err, smtp.ErrTooLongLine):
		return t.refuse(554, smtp.EnhancedCode{5, 6, 0}, "mail.smtp.long_line")
	}
	return t.trouble(err)
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
	t.envelope, t.to, t.asked = "", nil, nil
	t.guest.busy(false)
}

// Logout ends the session.
func (t *transaction) Logout() error { return nil }
