package web

import (
	"html"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/microcosm-cc/bluemonday"
)

// showIncomingBody shows what a mail says that came in, in a frame of its own: its words in their order, without pictures, links, styles and
// everything that runs or asks for something.
func showIncomingBody(v *Visit) error {
	p, err := readIncoming(v)
	if err != nil {
		return err
	}
	body := "<pre>" + html.EscapeString(p.Mail.Incoming.Text) + "</pre>"
	if markup := v.markup(p.Mail.Raw); markup != "" {
		body = harmless().Sanitize(markup)
	}
	page := "<!doctype html><html lang=\"" + string(v.Text.Language()) + "\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(p.Mail.Subject) + "</title><style>" + bodySheet + "</style></head><body>" + body + "</body></html>"
	v.alone()
	v.c.Set(fiber.HeaderContentSecurityPolicy, sandboxed+"; style-src "+sourceOf(bodySheet)+"; frame-ancestors 'self'")
	v.c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
	v.c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return v.c.SendString(page)
}

// markup is the HTML of a mail's bytes.
func (v *Visit) markup(raw []byte) string {
	if v.options.Markup == nil {
		return ""
	}
	return v.options.Markup(raw)
}

// bodySheet is how a frame with somebody else's words looks.
const bodySheet = "body{font:1rem/1.5 sans-serif;margin:1rem;color:#111;background:#fff;overflow-wrap:anywhere}pre{white-space:pre-wrap;font:inherit}td,th{vertical-align:top;text-align:start;padding:0 .5rem 0 0}" +
	"blockquote{margin:0 0 0 1rem;padding-left:1rem;border-left:2px solid #999}"

// harmless lets words, paragraphs, lists and tables through, and no attribute that could fetch, hide or run anything.
var harmless = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "blockquote", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd",
		"h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody", "tfoot", "tr")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowElements("td", "th")
	p.SkipElementsContent("script", "style", "head", "title", "noscript", "iframe", "object", "embed", "svg", "math", "template", "form", "select", "textarea", "button")
	return p
})
