package web

import (
	"encoding/xml"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// The namespaces of WebDAV, CalDAV and of what Apple's calendar server added.
const (
	davSpace    = "DAV:"
	caldavSpace = "urn:ietf:params:xml:ns:caldav"
	appleSpace  = "http://calendarserver.org/ns/"
	davHead     = xml.Header + `<d:%s xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/">`
)

var davPrefixes = map[string]string{davSpace: "d", caldavSpace: "c", appleSpace: "s"}

// davAsked is what a PROPFIND or a REPORT asks for (RFC 4918 § 14.20, RFC 4791 § 9.5, § 9.10, RFC 6578 § 6.1).
type davAsked struct {
	XMLName   xml.Name
	Props     *davNames    `xml:"DAV: prop"`
	NamesOnly *struct{}    `xml:"DAV: propname"`
	Hrefs     []string     `xml:"DAV: href"`
	SyncToken string       `xml:"DAV: sync-token"`
	Filter    *davInFilter `xml:"urn:ietf:params:xml:ns:caldav filter>comp-filter"`
}

// davNames are the names of elements.
type davNames struct {
	Each []struct{ XMLName xml.Name } `xml:",any"`
}

// davInFilter is a component that a query looks in (RFC 4791 § 9.7.1).
type davInFilter struct {
	Name         string        `xml:"name,attr"`
	Within       []davInFilter `xml:"urn:ietf:params:xml:ns:caldav comp-filter"`
	Range        *davRange     `xml:"urn:ietf:params:xml:ns:caldav time-range"`
	Props        []struct{}    `xml:"urn:ietf:params:xml:ns:caldav prop-filter"`
	IsNotDefined *struct{}     `xml:"urn:ietf:params:xml:ns:caldav is-not-defined"`
}

// davRange is a time that meetings are to touch.
type davRange struct {
	Start string `xml:"start,attr"`
	End   string `xml:"end,attr"`
}

// readAsked reads what is asked for; nothing at all asks for all properties.
func readAsked(c *fiber.Ctx) (asked davAsked, ok bool) {
	if len(c.Body()) == 0 {
		return asked, c.Method() == "PROPFIND"
	}
	return asked, xml.Unmarshal(c.Body(), &asked) == nil
}

// davProps are the properties of one thing, as XML.
type davProps map[xml.Name]string

func dav(name string) xml.Name    { return xml.Name{Space: davSpace, Local: name} }
func caldav(name string) xml.Name { return xml.Name{Space: caldavSpace, Local: name} }

// davPlain writes text as XML.
func davPlain(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}

func davHref(path string) string { return "<d:href>" + davPlain(path) + "</d:href>" }

// davAnswers is a 207 on its way (RFC 4918 § 13).
type davAnswers struct{ strings.Builder }

// add tells of one thing those properties that are asked for, and which of them it has not.
func (a *davAnswers) add(path string, asked davAsked, has davProps) {
	var found, missing strings.Builder
	write := func(name xml.Name, value string, known bool) {
		prefix, ours := davPrefixes[name.Space]
		switch {
		case known:
			found.WriteString("<" + prefix + ":" + name.Local + ">" + value + "</" + prefix + ":" + name.Local + ">")
		case ours:
			missing.WriteString("<" + prefix + ":" + davPlain(name.Local) + "/>")
		default:
			missing.WriteString(`<x:` + davPlain(name.Local) + ` xmlns:x="` + davPlain(name.Space) + `"/>`)
		}
	}
	if asked.Props == nil {
		for name, value := range has {
			if asked.NamesOnly != nil {
				value = ""
			}
			if name != caldav("calendar-data") {
				write(name, value, true)
			}
		}
	} else {
		for _, each := range asked.Props.Each {
			value, known := has[each.XMLName]
			write(each.XMLName, value, known)
		}
	}
	a.WriteString("<d:response>" + davHref(path))
	if found.Len() > 0 || missing.Len() == 0 {
		a.WriteString("<d:propstat><d:prop>" + found.String() + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>")
	}
	if missing.Len() > 0 {
		a.WriteString("<d:propstat><d:prop>" + missing.String() + "</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>")
	}
	a.WriteString("</d:response>")
}

// gone tells of something that is asked for and is not there.
func (a *davAnswers) gone(path string) {
	a.WriteString("<d:response>" + davHref(path) + "<d:status>HTTP/1.1 404 Not Found</d:status></d:response>")
}

func (a *davAnswers) send(c *fiber.Ctx) error {
	return davSend(c, fiber.StatusMultiStatus, "multistatus", a.String())
}

// davRefusal answers that something cannot be, and by which rule.
func davRefusal(c *fiber.Ctx, status int, rule string) error {
	return davSend(c, status, "error", rule)
}

func davSend(c *fiber.Ctx, status int, element, content string) error {
	c.Set(fiber.HeaderContentType, "application/xml; charset=utf-8")
	return c.Status(status).SendString(strings.Replace(davHead, "%s", element, 1) + content + "</d:" + element + ">\n")
}
