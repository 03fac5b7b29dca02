package main_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// What a page may weigh on the network, headers and all: the first that somebody
// opens, and any later one.
const (
	firstVisit = 110_000
	laterVisit = 20_000
)

// TestWeight opens the main pages in a browser that was never here, and then
// again, and counts the bytes that come over the network. Nothing is asked of
// any other site.
func TestWeight(t *testing.T) {
	demo := serveDemo(t)
	fillUp(t, demo)
	b := newTab(t, demo.url)
	w := b.weigh()
	b.stepInto(secretary)
	for _, path := range []string{
		"/", "/demo", "/sign-in", "/me", "/forums", "/forums/2", "/forums/2/inbox", "/forums/2/sent", "/forums/2/held", "/forums/2/people", "/forums/2/handover",
		"/meetings/1", "/meetings/1/agenda", "/meetings/1/keys", "/meetings/1/package", "/matters/1", "/areas/1/calendar",
	} {
		if _, err := chromedp.Call(b.ctx, network.ClearBrowserCache, cdp.Empty{}); err != nil {
			t.Fatal(err)
		}
		first, later := w.of(path), w.of(path)
		t.Logf("%-22s first %6d bytes, later %6d", path, first, later)
		if first > firstVisit || later > laterVisit {
			t.Errorf("%s weighs %d bytes at first and %d later, want at most %d and %d", path, first, later, firstVisit, laterVisit)
		}
		if first <= later {
			t.Errorf("%s weighs %d bytes at first and %d later: nothing is kept by the browser", path, first, later)
		}
	}
}

// scales count what comes over the network.
type scales struct {
	*tab
	mu    sync.Mutex
	bytes float64
}

func (b *tab) weigh() *scales {
	w := &scales{tab: b}
	err := chromedp.Listen(b.ctx, func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *network.EventLoadingFinished:
			w.bytes += e.EncodedDataLength
		case *network.EventRequestWillBeSent:
			if url := e.Request.URL; !strings.HasPrefix(url, b.site+"/") && !strings.HasPrefix(url, "data:") && url != "about:blank" {
				b.Errorf("a request to %s", url)
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// of is what a page weighs, in bytes.
func (w *scales) of(path string) int {
	w.Helper()
	w.do("leaving", chromedp.Navigate("about:blank"))
	w.mu.Lock()
	w.bytes = 0
	w.mu.Unlock()
	w.open(path)
	eventually(w.T, path+" is complete", func() bool { return look[string](w.tab, `document.readyState`) == "complete" })
	w.mu.Lock()
	defer w.mu.Unlock()
	return int(w.bytes)
}
