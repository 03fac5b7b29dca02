package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
)

// Options are what a server is told from outside. Keeper and Files are needed.
type Options struct {
	Keeper forum.Keeper
	Files  forum.Files
	// Demo lets anyone step into a role.
	Demo bool
	// URL is the address that people reach the server at; https makes its cookies secure.
	URL string
	// Ready tells whether what the server needs answers; nil is always ready.
	Ready func(context.Context) error
	// Metrics answers /metrics; nil is not found.
	Metrics http.Handler
	// Answered is told of every request by its route's pattern; nil is nobody.
	Answered func(method, route string, status int, took time.Duration)
	// Proxies are the networks of proxies whose X-Forwarded-For counts; none is the peer alone.
	Proxies []netip.Prefix
	// Log takes one line for each request; nil is slog's default.
	Log *slog.Logger
	// Wake nudges the mailroom when a held mail is to be read again; nil is nobody.
	Wake func()
}

// Server answers browsers.
type Server struct {
	options Options
	app     *fiber.App
	secure  bool
	origin  *http.CrossOriginProtection
	assets  sync.Map // compressed files by encoding and name
	key     []byte   // signs tickets of kept papers, as long as the process lives
}

// largestRequest is what a form with its papers may have, in bytes. What is
// larger, up to readAtMost, is read and refused with a page; beyond that the
// connection ends, which a browser shows as trouble of the network.
const (
	largestRequest = 30_000_000
	readAtMost     = 2 * largestRequest
)

// visitWithin bounds one visit, its transactions included.
const visitWithin = 30 * time.Second

// New builds a server. It does not listen yet.
func New(options Options) *Server {
	if options.Log == nil {
		options.Log = slog.Default()
	}
	if options.Wake == nil {
		options.Wake = func() {}
	}
	s := &Server{options: options, origin: http.NewCrossOriginProtection(), key: make([]byte, 32)}
	_, _ = rand.Read(s.key) // never fails (crypto/rand)
	if base, err := url.Parse(options.URL); err == nil && base.Host != "" {
		s.secure = base.Scheme == "https"
		// An address that is no origin trusts nobody besides the request's own host.
		_ = s.origin.AddTrustedOrigin(base.Scheme + "://" + strings.ToLower(base.Host))
	}
	s.app = fiber.New(fiber.Config{
		Immutable: true, DisableStartupMessage: true, BodyLimit: readAtMost, ErrorHandler: s.problem,
		ReadTimeout: 5 * time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, ReadBufferSize: 16 << 10,
	})
	s.routes()
	return s
}

// Listen answers at an address until Shutdown.
func (s *Server) Listen(address string) error { return s.app.Listen(address) }

// Serve answers on a listener until Shutdown.
func (s *Server) Serve(listener net.Listener) error { return s.app.Listener(listener) }

// Shutdown takes no more visits and waits for those that run, until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }
