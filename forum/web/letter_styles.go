package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// withoutInline brings the styles that stand within a letter's elements into
// sheets, and gives what allows exactly these sheets as a source of the content
// policy (CSP § 8.3): mail programs need the styles in place, browsers need
// not be told to believe any.
func withoutInline(letter string) (page, allowed string, err error) {
	root, err := html.Parse(strings.NewReader(letter))
	if err != nil {
		return "", "", err
	}
	rules := map[string]string{} // class by declarations
	var sheet strings.Builder
	var sources []string
	var head *html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Head:
			head = n
		case atom.Style:
			sources = append(sources, sourceOf(content(n)))
		}
		classify(n, rules, &sheet)
	}
	own := &html.Node{Type: html.ElementNode, Data: "style", DataAtom: atom.Style}
	own.AppendChild(&html.Node{Type: html.TextNode, Data: sheet.String()})
	head.InsertBefore(own, head.FirstChild) // what the letter says of dark and narrow goes before
	var written strings.Builder
	err = html.Render(&written, root)
	return written.String(), strings.Join(append(sources, sourceOf(sheet.String())), " "), err
}

// classify puts an element's own declarations into a class of the sheet.
func classify(n *html.Node, classes map[string]string, sheet *strings.Builder) {
	var kept []html.Attribute
	declared, named := "", ""
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			declared = strings.NewReplacer("{", "", "}", "", "<", "").Replace(a.Val)
		case "class":
			named = a.Val
		default:
			kept = append(kept, a)
		}
	}
	if declared != "" {
		class, known := classes[declared]
		if !known {
			class = fmt.Sprintf("own-%d", len(classes)+1)
			classes[declared] = class
			fmt.Fprintf(sheet, ".%s{%s}\n", class, declared)
		}
		named = strings.TrimSpace(named + " " + class)
	}
	if named != "" {
		kept = append(kept, html.Attribute{Key: "class", Val: named})
	}
	n.Attr = kept
}

// content is the text within a style element.
func content(n *html.Node) string {
	var b strings.Builder
	for child := range n.ChildNodes() {
		b.WriteString(child.Data)
	}
	return b.String()
}

func sourceOf(sheet string) string {
	sum := sha256.Sum256([]byte(sheet))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
