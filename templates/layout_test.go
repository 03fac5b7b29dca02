package templates_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/samraad/samraad/templates"
)

// elements parses a page and gives every element in the order of the document.
func elements(t *testing.T, page string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []*html.Node
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			found = append(found, node)
		}
	}
	return found
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestLayoutSays(t *testing.T) {
	for _, language := range templates.Languages() {
		t.Run(string(language), func(t *testing.T) {
			text := templates.In(language)
			page := render(t, with(templates.Layout(galleryShell(text)), templates.Prose("Innhaldet")))
			for _, want := range []string{
				"<!doctype html>", `<html lang="` + string(language) + `"`, "<title>Samarbeidsrådet 24. november – Samråd</title>",
				`href="#main"`, `<main id="main"`, "Innhaldet", text.T("layout.skip"), text.T("layout.demo"), `href="/demo"`,
				`method="post" action="/language"`, `name="back" value="/meetings/1"`, "Sekretær, Samarbeidsrådet",
				`aria-current="page"`, "Innkallinga er send til 14 medlemer.", `&#34;allowEval&#34;:false`, `&#34;includeIndicatorStyles&#34;:false`,
			} {
				if !strings.Contains(page, want) && !strings.Contains(page, strings.ReplaceAll(want, "&#34;", `"`)) {
					t.Errorf("the page lacks %s", want)
				}
			}
			if strings.Contains(page, "⟦") {
				t.Errorf("a text is missing: %s", page[strings.Index(page, "⟦"):])
			}
		})
	}
}

func TestLayoutOfAStranger(t *testing.T) {
	page := render(t, with(templates.Layout(templates.Shell{Path: "/", Title: "<b>"})))
	for _, unwanted := range []string{`class="person"`, `class="demo"`, `class="site-nav"`, `ds-breadcrumbs`, `role="status"`, "<b>"} {
		if strings.Contains(page, unwanted) {
			t.Errorf("the page of nobody has %s", unwanted)
		}
	}
}

// TestPagesObeyTheContentPolicy looks for what default-src 'self' forbids: style and script in the page, and anything from elsewhere.
func TestPagesObeyTheContentPolicy(t *testing.T) {
	for _, node := range elements(t, render(t, gallery(templates.In(templates.Nynorsk)))) {
		for _, a := range node.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
				t.Errorf("<%s> has %s=%q", node.Data, a.Key, a.Val)
			}
			if (a.Key == "src" || a.Key == "href" || a.Key == "action") && (strings.Contains(a.Val, "//") || strings.HasPrefix(a.Val, "javascript:")) {
				t.Errorf("<%s> leaves the site: %s", node.Data, a.Val)
			}
		}
		if node.Data == "style" || node.Data == "script" && attribute(node, "src") == "" {
			t.Errorf("the page has a <%s> of its own", node.Data)
		}
	}
}

// TestLabelsPointAtInputs checks what a screen reader relies on: ids are unique, and every label, description and error belongs to something.
func TestLabelsPointAtInputs(t *testing.T) {
	nodes := elements(t, render(t, gallery(templates.In(templates.Nynorsk))))
	ids := map[string]bool{}
	for _, node := range nodes {
		if id := attribute(node, "id"); id != "" {
			if ids[id] {
				t.Errorf("the id %q is there twice", id)
			}
			ids[id] = true
		}
	}
	labelled := map[string]bool{}
	for _, node := range nodes {
		for _, name := range []string{"for", "aria-describedby"} {
			for target := range strings.FieldsSeq(attribute(node, name)) {
				if !ids[target] {
					t.Errorf("<%s %s> points at %q, which is not there", node.Data, name, target)
				}
				labelled[target] = true
			}
		}
		if target, ok := strings.CutPrefix(attribute(node, "href"), "#"); ok && !ids[target] {
			t.Errorf("a link points at %q, which is not there", target)
		}
	}
	for _, node := range nodes {
		input := node.Data == "textarea" || node.Data == "select" || node.Data == "input" && attribute(node, "type") != "hidden"
		if input && !labelled[attribute(node, "id")] {
			t.Errorf("the %s %q has no label", node.Data, attribute(node, "name"))
		}
	}
}

func TestLevelsWeighTheSame(t *testing.T) {
	for _, language := range templates.Languages() {
		text := templates.In(language)
		municipal := render(t, templates.LevelTag(text, templates.Municipal))
		specialist := render(t, templates.LevelTag(text, templates.Specialist))
		advisory := render(t, templates.LevelTag(text, templates.Advisory))
		for tag, want := range map[string][2]string{
			municipal: {"<circle", text.T("level.municipal")}, specialist: {"<rect", text.T("level.specialist")}, advisory: {"<path", text.T("level.advisory")},
		} {
			if !strings.Contains(tag, want[0]) || !strings.Contains(tag, want[1]) {
				t.Errorf("%s: the tag lacks its shape %s or its word %q: %s", language, want[0], want[1], tag)
			}
		}
		if strings.Count(municipal, "<") != strings.Count(specialist, "<") {
			t.Errorf("%s: the tags of the two levels are built differently", language)
		}
	}
}

func TestPager(t *testing.T) {
	url := func(int) string { return "/x" }
	text := templates.In(templates.Nynorsk)
	for name, test := range map[string]struct {
		page       templates.Page
		back, next bool
	}{
		"one page": {templates.Page{Number: 1, Last: 1, URL: url}, false, false},
		"first":    {templates.Page{Number: 1, Last: 3, URL: url}, false, true},
		"middle":   {templates.Page{Number: 2, Last: 3, URL: url}, true, true},
		"last":     {templates.Page{Number: 3, Last: 3, URL: url}, true, false},
	} {
		got := render(t, templates.Pager(text, test.page))
		if strings.Contains(got, `rel="prev"`) != test.back || strings.Contains(got, `rel="next"`) != test.next {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestDangerousAddressesAreNotLinked(t *testing.T) {
	got := render(t, templates.TextLink("x", "javascript:alert(1)"))
	if strings.Contains(got, "javascript:") {
		t.Error(got)
	}
}
