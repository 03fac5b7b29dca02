package main_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/samraad/samraad/templates"
)

// chromium is Debian's.
const chromium = "/usr/bin/chromium"

// demonstration is the real program serving the demonstration on ports of its own.
type demonstration struct {
	url  string
	smtp string
}

func serveDemo(t *testing.T) demonstration {
	pages, mails, folder := freePort(t), freePort(t), t.TempDir()
	var stderr bytes.Buffer
	process := exec.Command(binary, "serve", "--demo")
	process.Stderr = &stderr
	process.Env = append(os.Environ(), "SAMRAAD_VAR="+folder, "SAMRAAD_DB=sqlite:"+filepath.Join(folder, "samraad.db"),
		"SAMRAAD_HTTP="+pages, "SAMRAAD_SMTP="+mails, "SAMRAAD_URL=http://"+pages, "SAMRAAD_LANGUAGE=nn")
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := process.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := process.Wait(); err != nil {
			t.Errorf("ending: %v\n%s", err, stderr.String())
		}
	})
	d := demonstration{url: "http://" + pages, smtp: mails}
	eventually(t, "the demonstration is ready", func() bool {
		answer, err := http.Get(d.url + "/readyz")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return d
}

// mail sends a mail of plain text to a forum.
func (d demonstration) mail(t *testing.T, from, to, subject, text string, more ...string) {
	t.Helper()
	headers := append([]string{"From: " + from, "To: " + to, "Subject: " + subject,
		"Message-ID: <" + url.QueryEscape(subject) + "@" + from[strings.Index(from, "@")+1:] + ">", "Content-Type: text/plain; charset=utf-8"}, more...)
	message := strings.Join(headers, "\r\n") + "\r\n\r\n" + text + "\r\n"
	if err := smtp.SendMail(d.smtp, nil, from, []string{to}, []byte(message)); err != nil {
		t.Fatal(err)
	}
}

// eventually tries often, and fails the test when patience is over.
func eventually(t *testing.T, what string, try func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !try() {
		select {
		case <-deadline.C:
			t.Fatalf("waited in vain until %s", what)
		case <-again.C:
		}
	}
}

// tab is a tab of a browser that nobody has used before.
type tab struct {
	*testing.T
	ctx  context.Context
	site string
	say  templates.Text // the language that its page speaks
}

func newTab(t *testing.T, site string) *tab {
	if _, err := os.Stat(chromium); err != nil {
		t.Fatalf("%v: apt-get install -y chromium", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	browser, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(browser)
	t.Cleanup(func() { closeTab(); end() })
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	return &tab{T: t, ctx: ctx, site: site, say: templates.In("nn")}
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
	return answer.Status
}

// open goes to a page of the site, which must be there.
func (b *tab) open(path string) {
	b.Helper()
	if status := b.turn(path, chromedp.Navigate(b.site+path)); status != http.StatusOK {
		b.Fatalf("%s answered %d", path, status)
	}
}

// press presses the link or button with a name and waits for the page that it leads to.
func (b *tab) press(name string) {
	b.Helper()
	if status := b.turn(name, chromedp.Click(named("a", "button")(name), chromedp.NodeVisible)); status >= 400 {
		b.Fatalf("%q answered %d\n%s", name, status, b.text())
	}
}

// unfold opens what is folded away under a name.
func (b *tab) unfold(name string) {
	b.Helper()
	b.do(name, chromedp.Click(named("summary")(name), chromedp.NodeVisible))
}

// named finds elements of some kinds as a person does who hears or reads their names.
func named(kinds ...string) func(name string) string {
	return func(name string) string {
		is := strings.Join(kinds, " or self::")
		return fmt.Sprintf(`//*[self::%s][@aria-label=%q or not(@aria-label) and normalize-space()=%q]`, is, name, name)
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

// letter is what the frame on the page shows.
func (b *tab) letter() string {
	b.Helper()
	ctx, cancel := b.within()
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.ScrollIntoView("iframe", chromedp.NodeVisible)); err != nil {
		b.Fatal(err)
	}
	frames, err := chromedp.Run(ctx, chromedp.Nodes("iframe"))
	if err != nil {
		b.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Text("body", chromedp.FromNode(frames[0])))
	if err != nil {
		b.Fatal(err)
	}
	return text
}

var (
	_ = dom.Enable
	_ = network.Enable
)
