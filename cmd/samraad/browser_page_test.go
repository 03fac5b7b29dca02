package main_test

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
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
// axe-core finds wrong. A form is also sent empty, to see what it answers.
func TestEveryPage(t *testing.T) {
	axe := axeCore(t)
	demo := serveDemo(t)
	meetings, mailed := fillUp(t, demo)
	opened := &kinds{pages: map[string]bool{}}
	t.Run("as", func(t *testing.T) {
		for _, v := range visitors {
			t.Run(v.name, func(t *testing.T) {
				t.Parallel()
				start := []string{"/", "/demo", "/sign-in/code", "/enter/glymt", "/finst-ikkje", "/failed"}
				switch {
				case v.person == "":
					start = append(start, mailed...)
				case v.busy:
					start = append(start, meetings...)
				}
				c := &crawl{tab: newTab(t, demo.url), visitor: v.name, perKind: v.perKind, axe: axe, opened: map[string]int{}, emptied: map[string]bool{}, known: map[string]bool{}}
				if v.person != "" {
					c.stepInto(v.person)
				} else {
					c.asksForMail()
				}
				c.watch()
				c.from(start...)
				opened.add(c.opened)
			})
		}
	})
	for _, path := range routes(t) {
		if !opened.pages[path] && !toldElsewhere[path] {
			t.Errorf("no visitor came to %s", path)
		}
	}
}

// toldElsewhere are pages and files that no link leads to before something is
// made by hand or a button is pressed; the stories of feeds, of a meeting and of a
// draft open them.
var toldElsewhere = map[string]bool{
	"/me/feeds/:id/renew": true, "/me/feeds/:id/revoke": true, "/editions/:id/files/:part/:key?": true, "/copy/:pass/files/:part/:key?": true,
	"/sections/:id/settle": true, "/sections/:id/edit": true,
}

// asksForMail wants to sign in with an address that is nobody's and does not fit a narrow window.
func (c *crawl) asksForMail() {
	c.open("/sign-in")
	c.write("address", strings.Repeat("radgjevar", 6)+"@"+strings.Repeat("herad", 10)+".example")
	c.press(c.say.T("page.sign_in.submit"))
}

// routes are the addresses of pages, as the router has them.
func routes(t *testing.T) (paths []string) {
	source, err := os.ReadFile("../../forum/web/routes.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`s\.get\("([^"]+)"`).FindAllSubmatch(source, -1) {
		paths = append(paths, strings.ReplaceAll(string(found[1]), ":number", ":id")) // as kindOf names them
	}
	if len(paths) == 0 {
		t.Fatal("the router has no pages")
	}
	return paths
}

// kinds are the kinds of pages that anyone has opened.
type kinds struct {
	sync.Mutex
	pages map[string]bool
}

func (k *kinds) add(opened map[string]int) {
	k.Lock()
	defer k.Unlock()
	for kind := range opened {
		k.pages[kind] = true
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
	emptied map[string]bool // by kind

	mu     sync.Mutex
	faults []string // since they were last asked for
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
		c.letScripts(isLetter(path))
		c.turn(path, chromedp.Navigate(c.site+path))
		c.look(path)
		c.follow(c.links())
		if !c.emptied[kind] {
			c.emptied[kind] = c.sendEmpty(path)
		}
	}
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

// sendEmpty sends each form of a page with nothing in it, looks at the answer,
// and tells whether there was any form.
func (c *crawl) sendEmpty(path string) bool {
	// An empty choice or text is an answer too: all forums for a calendar, nobody for a stand-in, no word along with an
	// agenda, today for a day, and no contact address.
	const emptied = `form.form:not([action="/me/feeds"], [action$="/stand-in"], [action$="/keys/ask"], [action$="/people"], [action$="/contacts"])`
	forms := look[int](c.tab, fmt.Sprintf(`document.querySelectorAll(%q).length`, emptied))
	for i := range forms {
		if i > 0 {
			c.open(path)
		}
		status := c.turn(path, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`{
			const form = document.querySelectorAll(%q)[%d];
			for (const field of form.elements) {
				if (field.type === "radio") field.checked = false; else if (field.type !== "hidden") field.value = "";
			}
			form.submit();
		}`, emptied, i)))
		if status != http.StatusUnprocessableEntity {
			c.Errorf("form %d of %s, sent empty, answered %d", i+1, path, status)
		}
		c.look(fmt.Sprintf("%s?empty=%d", path, i+1))
	}
	return forms > 0
}
