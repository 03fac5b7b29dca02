package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeCore is the source of axe-core, which npm installs by the lock file.
func axeCore(t *testing.T) string {
	const source = "testdata/axe/node_modules/axe-core/axe.min.js"
	if _, err := os.Stat(source); err != nil {
		install := exec.Command("npm", "ci", "--prefix", "testdata/axe", "--no-audit", "--no-fund", "--loglevel=error")
		if out, err := install.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v (apt-get install -y npm)\n%s", err, out)
		}
	}
	script, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// runAxe asks for WCAG 2.2 A and AA and, of a page, for axe's best practice.
const runAxe = `axe.run(document, {
	iframes: false, resultTypes: ["violations"],
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", %q],
}).then(found => found.violations.map(v => ({Rule: v.id, Help: v.help, Where: v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary)})))`

type violation struct {
	Rule, Help string
	Where      []string
}

func (v violation) String() string {
	return fmt.Sprintf("%s (%s) at\n\t%s", v.Help, v.Rule, strings.Join(v.Where, "\n\t"))
}

// violations are what axe-core finds wrong with the page. It runs in a world of
// its own, which the page's content policy does not reach.
func (c *crawl) violations(letter bool) []violation {
	practice := "best-practice"
	if letter {
		practice = "wcag2a" // a mail has no landmarks
	}
	ctx, cancel := c.within()
	defer cancel()
	tree, err := chromedp.Call(ctx, page.GetFrameTree, cdp.Empty{})
	if err != nil {
		c.Fatal(err)
	}
	world, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: tree.FrameTree.Frame.ID, WorldName: "axe"})
	if err != nil {
		c.Fatal(err)
	}
	within := func(p *runtime.EvaluateParams) { p.ContextID = world.ExecutionContextID }
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](c.axe, within)); err != nil {
		c.Fatal(err)
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](fmt.Sprintf(runAxe, practice), within, chromedp.EvalAwaitPromise))
	if err != nil {
		c.Fatal(err)
	}
	return found
}
