package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// windows are those in which every page is looked at.
var windows = []struct {
	width, height int64
	scheme        string
}{{1280, 900, "light"}, {320, 700, "dark"}}

// look unfolds the page that is open and reports what is wrong with it.
func (c *crawl) look(path string) {
	c.do("unfolding", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(e => { e.open = true })`))
	for _, w := range windows {
		where := fmt.Sprintf("%s, %s, %s at %d", c.visitor, path, w.scheme, w.width)
		c.do(where, chromedp.EmulateViewport(w.width, w.height), prefers(w.scheme))
		if wide := look[[]string](c.tab, overflowing); len(wide) > 0 {
			c.Errorf("%s: wider than the window: %s", where, strings.Join(wide, ", "))
		}
		for _, v := range c.violations(isLetter(path)) {
			c.Errorf("%s: %s", where, v)
		}
		c.mu.Lock()
		faults := c.faults
		c.faults = nil
		c.mu.Unlock()
		for _, fault := range faults {
			c.Errorf("%s: %s", where, fault)
		}
		c.shoot(path, w.width)
	}
}

// overflowing are the elements that stick out of a page that is too wide.
const overflowing = `(root => root.scrollWidth <= root.clientWidth ? [] :
	[...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).map(e => e.tagName + "." + e.className))(document.documentElement)`

// shoot keeps a picture of the whole page in the folder SAMRAAD_SHOTS, if there is one.
func (c *crawl) shoot(path string, width int64) {
	folder := os.Getenv("SAMRAAD_SHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(c.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		c.Fatal(err)
	}
	name := fmt.Sprintf("%s %s %d.png", c.visitor, strings.NewReplacer("/", "_", "?", "_").Replace(path), width)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), picture, 0o600); err != nil {
		c.Fatal(err)
	}
}
