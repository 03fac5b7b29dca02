package main_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/chromedp/chromedp"

	"github.com/samraad/samraad/templates"
)

// window is one in which every page is looked at.
type window struct {
	width, height int64
	scheme        string
}

func (w window) String() string { return fmt.Sprintf("%d-%s", w.width, w.scheme) }

// windows are a wide light one and a narrow dark one; with SAMRAAD_SCHEMES=both
// each width in both schemes.
func windows() []window {
	if os.Getenv("SAMRAAD_SCHEMES") == "both" {
		return []window{{1280, 900, "light"}, {1280, 900, "dark"}, {320, 700, "light"}, {320, 700, "dark"}}
	}
	return []window{{1280, 900, "light"}, {320, 700, "dark"}}
}

// spoken are the languages in which every page is looked at: nynorsk, or what
// SAMRAAD_LANGUAGES names, with commas between.
func spoken() (languages []templates.Language) {
	for tag := range strings.SplitSeq(cmp.Or(os.Getenv("SAMRAAD_LANGUAGES"), string(templates.Nynorsk)), ",") {
		language, known := templates.ParseLanguage(tag)
		if !known {
			panic("SAMRAAD_LANGUAGES names no language that is spoken: " + tag)
		}
		languages = append(languages, language)
	}
	return languages
}

// look reports what is wrong with the page that is open, and keeps a picture of
// it. What is folded away is unfolded when the picture is taken.
func (c *crawl) look(name string) {
	for _, w := range windows() {
		c.do("a window", chromedp.EmulateViewport(w.width, w.height), prefers(w.scheme))
		c.shoot(name, w)
		c.examine(name, w)
	}
	c.do("a very wide window", chromedp.EmulateViewport(2560, 1300))
	c.fits(name, 2560)
	c.do("the usual window", chromedp.EmulateViewport(1280, 900), prefers("light"))
}

// examine unfolds a page and looks for faults in it.
func (c *crawl) examine(name string, w window) {
	const unfold = `[...document.querySelectorAll("details:not([open])")].map(e => { e.open = true; e.dataset.unfolded = "" }).length`
	const fold = `document.querySelectorAll("[data-unfolded]").forEach(e => { e.open = false; delete e.dataset.unfolded })`
	if look[int](c.tab, unfold) > 0 {
		c.do("what opens to be open", chromedp.Evaluate[chromedp.Void](settled, chromedp.EvalAwaitPromise))
		defer c.do("folding", chromedp.Evaluate[chromedp.Void](fold))
	}
	c.fits(name, w.width)
	for _, v := range c.violations(isLetter(name)) {
		c.Errorf("%s, %s, %s: %s", c.visitor, name, w, v)
	}
	c.mu.Lock()
	faults := c.faults
	c.faults = nil
	c.mu.Unlock()
	for _, fault := range faults {
		c.Errorf("%s, %s, %s: %s", c.visitor, name, w, fault)
	}
}

// settled waits for what moves and comes to an end: half open, a fold covers what is in it.
const settled = `Promise.allSettled(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < Infinity).map(a => a.finished)).then(() => null)`

// overflowing are the elements that stick out of a page that is too wide.
const overflowing = `(root => root.scrollWidth <= root.clientWidth ? [] :
	[...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).map(e => e.tagName + "." + e.className))(document.documentElement)`

func (c *crawl) fits(name string, width int64) {
	if wide := look[[]string](c.tab, overflowing); len(wide) > 0 {
		c.Errorf("%s, %s at %d: wider than the window: %s", c.visitor, name, width, strings.Join(wide, ", "))
	}
}

// shoot keeps a picture of the whole page in the folder SAMRAAD_SHOTS, if there is one.
func (c *crawl) shoot(name string, w window) {
	folder := os.Getenv("SAMRAAD_SHOTS")
	if folder == "" {
		return
	}
	if look[bool](c.tab, `document.querySelector("iframe") !== null`) {
		// A frame is drawn only where the window reaches.
		c.do("the letter on it", chromedp.EmulateViewport(w.width, look[int64](c.tab, `document.documentElement.scrollHeight`)), chromedp.Evaluate[chromedp.Void](framed, chromedp.EvalAwaitPromise))
		defer c.do("the window again", chromedp.EmulateViewport(w.width, w.height))
	}
	picture, err := chromedp.Run(c.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		c.Fatal(err)
	}
	folder = filepath.Join(folder, string(c.say.Language()), strings.ReplaceAll(c.visitor, " ", "-"))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s.%s.png", c.pictureName(name), w)), picture, 0o644); err != nil {
		c.Fatal(err)
	}
}

// framed loads the frames that load only when they are scrolled to.
const framed = `Promise.all([...document.querySelectorAll("iframe")].map(frame =>
	new Promise(loaded => { frame.addEventListener("load", loaded, { once: true }); frame.loading = "eager"; frame.src = frame.src; })))
	.then(() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))))`

var secretPart = regexp.MustCompile(`[a-z0-9]{26}`)

// pictureName is the name of a page's picture: its path without the secrets that
// differ each time.
func (c *crawl) pictureName(path string) string {
	known := secretPart.ReplaceAllStringFunc(path, func(secret string) string {
		if c.secrets[secret] == 0 {
			c.secrets[secret] = len(c.secrets) + 1
		}
		return fmt.Sprintf("secret%d", c.secrets[secret])
	})
	return cmp.Or(strings.Trim(strings.NewReplacer("/", "-", "?", "-").Replace(known), "-"), "home")
}
