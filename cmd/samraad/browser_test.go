package main_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"github.com/samraad/samraad/templates"
)

const (
	// chromium is Debian's.
	chromium = "/usr/bin/chromium"
	// longest is how long one browser may live.
	longest = 15 * time.Minute
)

// tab is a tab of a browser that nobody has used before.
type tab struct {
	*testing.T
	ctx  context.Context
	site string
	say  templates.Text // the language that its page speaks

	presses int // that led on, so far
}

func newTab(t *testing.T, site string) *tab {
	if _, err := os.Stat(chromium); err != nil {
		t.Fatalf("%v: apt-get install -y chromium", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("accept-lang", "nn-NO,nn"))
	bound, release := context.WithTimeout(context.Background(), longest)
	browser, end := chromedp.NewExecAllocator(bound, options...)
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(func() { closeTab(); end(); release() })
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), prefers("light")); err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	return &tab{T: t, ctx: ctx, site: site, say: templates.In("nn")}
}

// prefers sets the colours that the browser asks for, and asks that nothing
// moves by itself: a press would miss what is still moving.
func prefers(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return err
	})
}

// within bounds what one step may take.
func (b *tab) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(b.ctx, patience)
}

// do takes steps that stay on the page.
func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := b.within()
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatalf("%s: %v\n%s", what, err, b.text())
	}
}

// look answers what an expression is on the page, whether or not the page may run scripts.
func look[T any](b *tab, expression string) T {
	b.Helper()
	ctx, cancel := b.within()
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return got
}

// turn takes steps that lead to another page, and answers its status.
func (b *tab) turn(what string, steps ...chromedp.Action[chromedp.Void]) int64 {
	b.Helper()
	ctx, cancel := b.within()
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		b.Fatalf("%s: %v\n%s", what, err, b.text())
	}
	if answer == nil {
		b.Fatalf("%s led to no page", what)
	}
	return answer.Status
}

// open goes to a page of the site, which must be there.
func (b *tab) open(path string) {
	b.Helper()
	if status := b.turn(path, chromedp.Navigate(b.site+path)); status != http.StatusOK {
		b.Fatalf("%s answered %d", path, status)
	}
}

// press presses the link or button with a name and goes to the page that it leads to. What would rest there for a
// minute is sent at once.
func (b *tab) press(name string) {
	b.Helper()
	b.rests(name)
	b.hurries()
}

// rests is press of what is left to rest.
func (b *tab) rests(name string) {
	b.Helper()
	if status := b.pressed(name); status != http.StatusOK {
		b.Fatalf("%q answered %d\n%s", name, status, b.text())
	}
}

// hurries lets leave what was set in motion last, if anything rests.
func (b *tab) hurries() {
	b.Helper()
	const now = `.errand:last-child form[action$="/now"] button`
	if !look[bool](b, `!!document.querySelector('`+now+`')`) {
		return
	}
	if status := b.turn("send now", chromedp.Click(now, chromedp.NodeVisible)); status != http.StatusOK {
		b.Fatalf("sending now answered %d\n%s", status, b.text())
	}
}

// refused presses the button of a form in which something is wrong.
func (b *tab) refused(name string) {
	b.Helper()
	if status := b.pressed(name); status != http.StatusUnprocessableEntity {
		b.Fatalf("%q answered %d\n%s", name, status, b.text())
	}
}

func (b *tab) pressed(name string) int64 {
	b.Helper()
	b.presses++
	return b.turn(name, chromedp.Click(named("a", "button")(name), chromedp.NodeVisible))
}

// inPresses counts the presses that lead on while something is done from the page
// where a person lands, and holds them to a number. What is filled in does not count.
func (b *tab) inPresses(most int, what string, do func()) {
	b.Helper()
	b.open("/")
	before := b.presses
	do()
	took := b.presses - before
	b.Logf("%s: %d presses, at most %d", what, took, most)
	if took > most {
		b.Errorf("%s takes %d presses, want at most %d", what, took, most)
	}
}

// unfold opens what is folded away under a name, and waits until there is room
// for it.
func (b *tab) unfold(name string) {
	b.Helper()
	b.unfoldAt(name, named("summary")(name))
}

func (b *tab) unfoldAt(name, summary string) {
	b.Helper()
	b.do(name, chromedp.Click(summary, chromedp.NodeVisible))
	eventually(b.T, name+" is open", func() bool {
		return look[bool](b, `[...document.querySelectorAll("details[open]")].every(e => e.lastElementChild.getBoundingClientRect().bottom <= e.getBoundingClientRect().bottom)`)
	})
}

// named finds elements of some kinds as a person does who hears or reads their names.
func named(kinds ...string) func(name string) string {
	return func(name string) string {
		is := strings.Join(kinds, " or self::")
		return fmt.Sprintf(`//*[self::%s][not(@aria-hidden)][@aria-label=%q or not(@aria-label) and normalize-space()=%q]`, is, name, name)
	}
}

// field is the selector of a form's field.
func field(name string) string { return fmt.Sprintf(`//main//*[@name=%q]`, name) }

// write types into a field.
func (b *tab) write(name, text string) {
	b.Helper()
	b.do(name, chromedp.SendKeys(field(name), text, chromedp.NodeVisible))
}

// set gives a date, a time or a list its value.
func (b *tab) set(name, value string) {
	b.Helper()
	b.do(name, chromedp.SetValue(field(name), value, chromedp.NodeVisible))
}

// choose marks one answer of many.
func (b *tab) choose(name, value string) {
	b.Helper()
	b.do(name, chromedp.Click(fmt.Sprintf(`//main//input[@name=%q][@value=%q]`, name, value), chromedp.NodeVisible))
	if !look[bool](b, fmt.Sprintf(`document.querySelector("main input[name=%s][value=%s]").checked`, name, value)) {
		b.Fatalf("%s is not %s", name, value)
	}
}

// attach gives a field a file.
func (b *tab) attach(name, file string) {
	b.Helper()
	b.do(name, chromedp.SetUploadFiles(field(name), []string{file}))
}

func (b *tab) text() string { return look[string](b, `document.body.innerText`) }

// sees makes sure that the page says something.
func (b *tab) sees(texts ...string) {
	b.Helper()
	page := b.text()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			b.Fatalf("%s does not say %q:\n%s", b.path(), text, page)
		}
	}
}

// misses makes sure that the page does not say something.
func (b *tab) misses(text string) {
	b.Helper()
	if page := b.text(); strings.Contains(page, text) {
		b.Fatalf("%s says %q:\n%s", b.path(), text, page)
	}
}

// awaits opens a page until it says something.
func (b *tab) awaits(path, text string) {
	b.Helper()
	eventually(b.T, path+" says "+text, func() bool {
		b.open(path)
		return strings.Contains(b.text(), text)
	})
}

func (b *tab) path() string { return look[string](b, `location.pathname`) }

// stepInto begins anew as someone of the demonstration.
func (b *tab) stepInto(person string) {
	b.Helper()
	b.open("/demo")
	b.press(b.say.T("page.demo.step_as", "Name", person))
	b.sees(person)
}

// letter is what the frame on the page shows. A sandboxed frame is a target of
// its own.
func (b *tab) letter() string {
	b.Helper()
	ctx, cancel := b.within()
	defer cancel()
	look[bool](b, `(document.querySelector("iframe").scrollIntoView(), true)`) // a frame loads when it is seen
	var shown target.ID
	eventually(b.T, "the frame is there", func() bool {
		targets, err := chromedp.Targets(ctx)
		if err != nil {
			b.Fatal(err)
		}
		for _, info := range targets {
			if info.Type == "iframe" && strings.HasSuffix(info.URL, "/body") {
				shown = info.TargetID
			}
		}
		return shown != ""
	})
	frame, leave := chromedp.NewContext(ctx, chromedp.WithTargetID(shown), chromedp.WithDetachOnCancel())
	defer leave()
	text, err := chromedp.Run(frame, chromedp.Text(chromedp.CSS("body")))
	if err != nil {
		b.Fatal(err)
	}
	return text
}
