package main_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestKeyboard goes through the main pages by Tab alone, in a wide window and on
// a phone: the first stop leads past what stands on every page, every stop is
// seen and comes where it is read, and all that can be pressed is come to.
func TestKeyboard(t *testing.T) {
	demo := serveDemo(t)
	b := newTab(t, demo.url)
	b.stepInto(secretary)
	for _, width := range []int64{1280, 320} {
		b.do("a window", chromedp.EmulateViewport(width, 800))
		for _, path := range []string{"/", "/me", "/forums/2", "/forums/2/inbox", "/forums/2/people", "/forums/2/series/new", "/meetings/1", "/meetings/1/agenda", "/meetings/1/keys", "/matters/1", "/areas/1/calendar"} {
			b.goesThrough(fmt.Sprintf("%s at %d", path, width), path)
		}
	}
}

// stops are what the keyboard should come to, in the order in which it is read:
// of radio buttons one for each question.
const stops = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
	.filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }))
	.filter((e, at, all) => e.type !== "radio" || at === all.findIndex(o => o.name === e.name && o.form === e.form && (o.checked || !all.some(c => c.checked && c.name === e.name && c.form === e.form))))`

// standing tells of what has the focus: its place among the stops, and what is
// wrong with how it is seen.
const standing = `(() => {
	const e = document.activeElement, box = e.getBoundingClientRect(), look = getComputedStyle(e);
	return {
		Place: window.stops.indexOf(e), Name: e.outerHTML.slice(0, 120),
		Seen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
		Shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
	};
})()`

type stop struct {
	Place       int
	Name        string
	Seen, Shown bool
}

func (b *tab) goesThrough(where, path string) {
	b.Helper()
	b.open(path)
	count := look[int](b, `(window.stops = `+stops+`).length`)
	for at := range count {
		here := b.tabs(at - 1)
		switch {
		case at == 0 && !look[bool](b, `document.activeElement.matches('.ds-skip-link[href="#main"]')`):
			b.Errorf("%s: the first stop is %s", where, here.Name)
		case here.Place != at:
			b.Fatalf("%s: stop %d is the %dth that is read: %s", where, at+1, here.Place+1, here.Name)
		case !here.Seen:
			b.Errorf("%s: the focus is not seen on %s", where, here.Name)
		case !here.Shown:
			b.Errorf("%s: the focus is outside of the window on %s", where, here.Name)
		}
	}
}

// tabs goes on from one stop to the next; within a date there are several, for its day, month and year.
func (b *tab) tabs(from int) (here stop) {
	b.Helper()
	for range 6 {
		b.do("Tab", chromedp.KeyEvent("\t"))
		if here = look[stop](b, standing); here.Place != from {
			break
		}
	}
	return here
}

// TestSkipsToContent presses the first stop, and the next one is in the content.
func TestSkipsToContent(t *testing.T) {
	b := newTab(t, serveDemo(t).url)
	b.stepInto(secretary)
	b.open("/forums/2")
	b.do("skipping", chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"), chromedp.KeyEvent("\t"))
	if !look[bool](b, `document.querySelector("main").contains(document.activeElement) && document.activeElement.matches("a, button")`) {
		t.Errorf("after the skip link the focus is on %s", look[string](b, `document.activeElement.outerHTML.slice(0, 120)`))
	}
}
