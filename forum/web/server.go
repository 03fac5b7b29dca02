package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
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
	// Answered is told of every request by its route's pattern; nil is nobody.
	Answered func(method, route string, status int, took time.Duration)
	// Proxies are the networks of proxies whose X-Forwarded-For counts; none is the peer alone.
	Proxies []netip.Prefix
	// Log takes one line for each request; nil is slog's default.
	Log *slog.Logger
	// Markup takes the HTML out of the bytes of a mail that came in, "" when there is none, whatever the bytes are; nil takes none.
	Markup func(raw []byte) string
	// Wake nudges the mailroom when a held mail is to be read again; nil is nobody.
	Wake func()
	// API answers programs; nil is none.
	API API
	// House is what stands above the forum; nil is nothing.
	House House

	patience patience
}

// API is what answers programs on the server: it looks at no cookies, so that
// no other site's page can make a browser act through it.
type API interface {
	// Mount adds its routes.
	Mount(app *fiber.App)
	// Covers tells whether a path is its own.
	Covers(path string) bool
	// Problem answers a request of its own that failed.
	Problem(c *fiber.Ctx, err error) error
	// Documentation tells people, on a page of the site, what programs can ask
	// for, and DocumentedTypes in which shapes.
	Documentation(around templates.Shell) templ.Component
	DocumentedTypes(around templates.Shell) templ.Component
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
	if options.House == nil {
		options.House = ground{}
	}
	if options.patience == (patience{}) {
		options.patience = usual
	}
	s := &Server{options: options, origin: http.NewCrossOriginProtection(), key: make([]byte, 32)}
	_, _ = rand.Read(s.key) // never fails (crypto/rand)
	if base, err := url.Parse(options.URL); err == nil && base.Host != "" {
		s.secure = base.Scheme == "https"
		// An address that is no origin trusts nobody besides the request's own host.
		_ = s.origin.AddTrustedOrigin(base.Scheme + "://" + strings.ToLower(base.Host))
	}
	s.app = fiber.New(fiber.Config{
		Immutable: true, DisableStartupMessage: true, RequestMethods: methods, BodyLimit: readAtMost, ErrorHandler: s.problem,
		ReadTimeout: options.patience.header, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, ReadBufferSize: largestHeader,
	})
	s.app.Server().HeaderReceived = options.patience.pace
	s.routes()
	return s
}

// Serve answers on a listener until Shutdown.
func (s *Server) Serve(listener net.Listener) error { return s.app.Listener(listener) }

// Shutdown takes no more visits and waits for those that run, until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }

// Routes are the methods and patterns of all that answers, in order: "GET /forums/:id".
func (s *Server) Routes() []string {
	var routes []string
	for _, route := range s.app.GetRoutes(true) {
		if route.Method != fiber.MethodHead { // each GET answers it too
			routes = append(routes, route.Method+" "+route.Path)
		}
	}
	slices.Sort(routes)
	return slices.Compact(routes)
}
