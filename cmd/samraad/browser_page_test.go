package main_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/samraad/samraad/templates"
)

// visitors are those who use the site, and how many pages of one kind each
// opens at most: two meet both full and empty ones, and one is for those who
// only come to answer what the overview asks.
var visitors = []struct {
	name    string
	person  string // "" for who is not signed in
	perKind int
	busy    bool // begins with the meetings that have most to show
}{
	{"secretary", secretary, 2, true}, {"member", member, 2, true}, {"other secretary", otherSecretary, 1, false}, {"chair", chair, 1, true}, {"stranger", "", 1, false},
}

// TestEveryPage opens every page of the site as those who use it do, in a wide
// light window and in a narrow dark one, and looks for what a browser or
// axe-core finds wrong. A form is also sent empty, to see what it answers. With
// a folder in SAMRAAD_SHOTS it leaves a picture of each page there.
func TestEveryPage(t *testing.T) {
	axe := axeCore(t)
	demo, governed := serveGoverned(t)
	meetings, mailed := fillUp(t, demo)
	came := &kinds{opened: map[string]bool{}, looked: map[string]bool{}}
	for _, language := range spoken() {
		t.Run(string(language), func(t *testing.T) {
			for _, v := range visitors {
				t.Run(v.name, func(t *testing.T) {
					t.Parallel()
					start := []string{"/", "/demo", "/sign-in/code", "/enter/glymt", "/finst-ikkje", "/failed", "/api"}
					switch {
					case v.person == "":
						start = append(start, mailed...)
					case v.busy:
						start = append(append(start, meetings...), governed...)
					}
					c := newCrawl(newTab(t, demo.url), v.name, v.perKind, axe)
					c.speak(language)
					if v.person != "" {
						c.stepInto(v.person)
					} else {
						c.asksForMail()
					}
					c.watch()
					defer came.add(c)
					c.from(start...)
					if told := scenes[v.name]; told != nil {
						told(c)
					}
				})
			}
		})
	}
	for _, path := range routes(t) {
		switch {
		case files[path] == elsewhere || came.looked[path]:
		case files[path] == linked && came.opened[path]:
		default:
			t.Errorf("no visitor came to %s", path)
		}
	}
}

// files are the routes that answer no page: those that a link leads to, and
// those that take the press of a button, which the story of a meeting opens. The
// link by which somebody votes is a secret of one mail, which the story of the
// votes opens.
var files = map[string]string{
	"/papers/:id": linked, "/papers/:id/versions/:id": linked, "/messages/:id/raw": linked, "/messages/:id/invite.ics": linked, "/incoming/:id/raw": linked,
	"/guest/:pass/papers/:id": linked, "/editions/:id/files/:part/:key?": elsewhere, "/copy/:pass/files/:part/:key?": elsewhere,
	"/overview/csv": linked, "/overview/ods": linked,
	"/sections/:id/settle": elsewhere, "/sections/:id/edit": elsewhere,
	"/minutes/:id/pdf": linked, "/ledgers/:id/case": linked, "/vote/:pass": elsewhere,
}

const (
	linked    = "linked"
	elsewhere = "elsewhere"
)

// asksForMail wants to sign in with an address that is nobody's and does not fit a narrow window.
func (c *crawl) asksForMail() {
	c.open("/sign-in")
	c.write("address", strings.Repeat("radgjevar", 6)+"@"+strings.Repeat("herad", 10)+".example")
	c.press(c.say.T("page.sign_in.submit"))
}

// routes are the addresses of pages, as the routers of the forum and of governance have them.
func routes(t *testing.T) (paths []string) {
	for _, pattern := range []string{"../../forum/web/*.go", "../../governance/web/*.go"} {
		sources, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		before := len(paths)
		for _, source := range sources {
			text, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range regexp.MustCompile(`\bs\.Get\("([^"]+)"`).FindAllSubmatch(text, -1) {
				paths = append(paths, strings.ReplaceAll(string(found[1]), ":number", ":id")) // as kindOf names them
			}
		}
		if len(paths) == before {
			t.Fatalf("%s have no pages", pattern)
		}
	}
	return paths
}

// kinds are the kinds of pages and files that anyone has opened, and those that
// were pages and looked at.
type kinds struct {
	sync.Mutex
	opened, looked map[string]bool
}

func (k *kinds) add(c *crawl) {
	k.Lock()
	defer k.Unlock()
	for kind := range c.opened {
		k.opened[kind] = true
	}
	for kind := range c.looked {
		k.looked[kind] = true
	}
}

var (
	numbers = regexp.MustCompile(`/\d+`)
	passes  = regexp.MustCompile(`^/(enter|copy|guest)/[^/]+`)
)

// kindOf is the route of a path.
func kindOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return passes.ReplaceAllString(numbers.ReplaceAllString(path, "/:id"), "/$1/:pass")
}

// crawl is one visitor who follows every link.
type crawl struct {
	*tab
	visitor string
	perKind int
	axe     string
	queue   []string
	known   map[string]bool
	opened  map[string]int  // by kind
	looked  map[string]bool // by kind
	emptied map[string]bool // by kind
	secrets map[string]int  // in the order in which they were met

	mu     sync.Mutex
	faults []string // since they were last asked for
}

func newCrawl(b *tab, visitor string, perKind int, axe string) *crawl {
	return &crawl{
		tab: b, visitor: visitor, perKind: perKind, axe: axe,
		opened: map[string]int{}, looked: map[string]bool{}, emptied: map[string]bool{}, known: map[string]bool{}, secrets: map[string]int{},
	}
}

// speak chooses the language of the browser.
func (c *crawl) speak(language templates.Language) {
	c.open("/demo")
	c.press(c.say.T("language." + string(language)))
	c.say = templates.In(language)
}

// watch collects what the browser complains about, and requests to other hosts.
func (c *crawl) watch() {
	err := chromedp.Listen(c.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			c.fault("exception: %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			c.fault("console.%s", e.Type)
		case *log.EventEntryAdded:
			if e.Entry.Source != log.EntrySourceNetwork { // answers are looked at below
				c.fault("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
			}
		case *network.EventRequestWillBeSent:
			if url := e.Request.URL; !strings.HasPrefix(url, c.site+"/") && !strings.HasPrefix(url, "data:") {
				c.fault("request to %s", url)
			}
		case *network.EventResponseReceived:
			if e.Response.Status >= 400 && e.Type != network.ResourceTypeDocument && e.Type != network.ResourceTypeOther { // the icon of a letter
				c.fault("%s answered %d", e.Response.URL, e.Response.Status)
			}
		case *network.EventLoadingFailed:
			c.fault("loading failed: %s %s", e.ErrorText, e.BlockedReason)
		}
	})
	if err != nil {
		c.Fatal(err)
	}
}

func (c *crawl) fault(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// from opens pages, and those that they lead to.
func (c *crawl) from(paths ...string) {
	c.follow(paths)
	for len(c.queue) > 0 {
		path := c.queue[0]
		c.queue = c.queue[1:]
		kind := kindOf(path)
		if c.opened[kind] == c.perKind {
			continue
		}
		c.opened[kind]++
		if !c.isPage(path) {
			continue
		}
		c.visit(path)
		c.follow(c.links())
		if !c.emptied[kind] {
			c.emptied[kind] = c.sendEmpty(path)
		}
	}
}

// visit opens a page, whatever it answers, and looks at it.
func (c *crawl) visit(path string) {
	c.letScripts(isLetter(path))
	c.turn(path, chromedp.Navigate(c.site+path))
	c.looked[kindOf(path)] = true
	c.look(path)
}

func (c *crawl) follow(paths []string) {
	for _, path := range paths {
		if !c.known[path] {
			c.known[path] = true
			c.queue = append(c.queue, path)
		}
	}
}

// isPage tells whether a path is a page and not a file. A file has to be there.
func (c *crawl) isPage(path string) bool {
	request, err := http.NewRequest(http.MethodGet, c.site+path, nil)
	if err != nil {
		c.Fatal(err)
	}
	jar, err := chromedp.Call(c.ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{c.site}})
	if err != nil {
		c.Fatal(err)
	}
	for _, cookie := range jar.Cookies {
		request.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.Fatal(err)
	}
	answer.Body.Close()
	isPage := strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html")
	if !isPage && answer.StatusCode != http.StatusOK {
		c.Errorf("%s answered %d", path, answer.StatusCode)
	}
	return isPage
}

// isLetter tells whether a path is a mail's own HTML, which is no page of ours.
func isLetter(path string) bool { return strings.HasSuffix(path, "/body") }

// letScripts lifts the content policy of a letter, which lets nothing run, not
// even axe-core.
func (c *crawl) letScripts(lifted bool) {
	if _, err := chromedp.Call(c.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: lifted}); err != nil {
		c.Fatal(err)
	}
}

// links are where a page of the site leads to.
func (c *crawl) links() []string {
	return look[[]string](c.tab, `[...document.querySelectorAll("a[href], iframe[src]")].map(e => new URL(e.href || e.src)).filter(u => u.origin === location.origin).map(u => u.pathname + u.search)`)
}
