package web

import (
	"encoding/xml"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

const (
	davTokenPrefix = "urn:samraad:sync:"
	davReadOnly    = "<d:privilege><d:read/></d:privilege><d:privilege><d:read-current-user-privilege-set/></d:privilege>"
)

var davSelf = davProps{dav("current-user-principal"): davHref(davHome), dav("owner"): davHref(davHome), dav("current-user-privilege-set"): davReadOnly}

func (p davProps) and(more davProps) davProps {
	all := davProps{}
	for _, each := range []davProps{p, more} {
		for name, value := range each {
			all[name] = value
		}
	}
	return all
}

// davRootProps and davHomeProps lead a program to the calendars (RFC 5397 § 3, RFC 4791 § 6.2.1).
var (
	davRootProps = davSelf.and(davProps{dav("resourcetype"): "<d:collection/>"})
	davHomeProps = davSelf.and(davProps{
		dav("resourcetype"): "<d:collection/><d:principal/>", dav("displayname"): "Samråd", dav("principal-URL"): davHref(davHome),
		caldav("calendar-home-set"): davHref(davHome),
	})
)

func (d davCollection) token() string { return davTokenPrefix + d.state }

func (d davCollection) props() davProps {
	return davSelf.and(davProps{
		dav("resourcetype"): "<d:collection/><c:calendar/>", dav("displayname"): davPlain(d.name), dav("sync-token"): d.token(),
		xml.Name{Space: appleSpace, Local: "getctag"}: d.state, dav("getetag"): `"` + d.state + `"`,
		caldav("supported-calendar-component-set"): `<c:comp name="VEVENT"/>`,
		dav("supported-report-set"): "<d:supported-report><d:report><c:calendar-query/></d:report></d:supported-report>" +
			"<d:supported-report><d:report><c:calendar-multiget/></d:report></d:supported-report>" +
			"<d:supported-report><d:report><d:sync-collection/></d:report></d:supported-report>",
	})
}

func (o davObject) props() davProps {
	return davSelf.and(davProps{
		dav("resourcetype"): "", dav("getetag"): davPlain(o.tag), dav("getcontenttype"): "text/calendar; charset=utf-8; component=VEVENT",
		dav("getcontentlength"): strconv.Itoa(len(o.text)), caldav("calendar-data"): davPlain(string(o.text)),
	})
}

// davGet gives one meeting.
func davGet(c *fiber.Ctx, all []davCollection) error {
	_, o, found := davFind(davPath(c.Path()), all)
	if !found || o == nil {
		return davRefusal(c, fiber.StatusNotFound, "")
	}
	c.Set(fiber.HeaderETag, o.tag)
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	if strings.Contains(c.Get(fiber.HeaderIfNoneMatch), o.tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="samraad.ics"`)
	return c.Send(o.text)
}

// davPath is a path in the one form that ours have, "" for none.
func davPath(given string) string {
	u, err := url.Parse(given)
	if err != nil {
		return ""
	}
	path := u.Path
	last := strings.LastIndexByte(path, '/') + 1
	dir, name := path[:last], path[last:]
	if name != "" && !strings.HasSuffix(name, ".ics") {
		return path + "/"
	}
	return dir + url.PathEscape(name)
}

// davFind is the calendar at a path, or the meeting there with its calendar.
func davFind(path string, all []davCollection) (d davCollection, o *davObject, found bool) {
	for _, d := range all {
		if path == d.path {
			return d, nil, true
		}
		for i := range d.objects {
			if d.objects[i].path == path {
				return d, &d.objects[i], true
			}
		}
	}
	return d, nil, false
}

// davPropFind tells of what is at a path, and with a depth of what is right below it.
func davPropFind(c *fiber.Ctx, all []davCollection) error {
	asked, ok := readAsked(c)
	if !ok {
		return davRefusal(c, fiber.StatusBadRequest, "")
	}
	deep := c.Get("Depth") != "0"
	var a davAnswers
	switch path := davPath(c.Path()); path {
	case davRoot:
		a.add(davRoot, asked, davRootProps)
		if deep {
			a.add(davHome, asked, davHomeProps)
		}
	case davHome:
		a.add(davHome, asked, davHomeProps)
		for _, d := range all {
			if deep {
				a.add(d.path, asked, d.props())
			}
		}
	default:
		d, o, found := davFind(path, all)
		switch {
		case !found:
			return davRefusal(c, fiber.StatusNotFound, "")
		case o != nil:
			a.add(o.path, asked, o.props())
		default:
			a.add(d.path, asked, d.props())
			for _, o := range d.objects {
				if deep {
					a.add(o.path, asked, o.props())
				}
			}
		}
	}
	return a.send(c)
}

// davReport answers what a program asks of one calendar.
func davReport(c *fiber.Ctx, all []davCollection) error {
	asked, ok := readAsked(c)
	if !ok {
		return davRefusal(c, fiber.StatusBadRequest, "")
	}
	d, o, found := davFind(davPath(c.Path()), all)
	if !found || o != nil {
		return davRefusal(c, fiber.StatusNotFound, "")
	}
	var a davAnswers
	switch asked.XMLName {
	case caldav("calendar-multiget"):
		for _, href := range asked.Hrefs {
			if _, o, _ := davFind(davPath(strings.TrimSpace(href)), []davCollection{d}); o != nil {
				a.add(o.path, asked, o.props())
			} else {
				a.gone(href)
			}
		}
	case caldav("calendar-query"):
		wanted, can := asked.Filter.meetings()
		if !can {
			return davRefusal(c, fiber.StatusForbidden, "<c:supported-filter/>")
		}
		for _, o := range d.objects {
			if wanted(o) {
				a.add(o.path, asked, o.props())
			}
		}
	case dav("sync-collection"):
		switch asked.SyncToken {
		case "":
			for _, o := range d.objects {
				a.add(o.path, asked, o.props())
			}
		case d.token():
		default: // what has changed since is not kept: the program begins anew (RFC 6578 § 3.2)
			return davRefusal(c, fiber.StatusForbidden, "<d:valid-sync-token/>")
		}
		a.WriteString("<d:sync-token>" + d.token() + "</d:sync-token>")
	default:
		return davRefusal(c, fiber.StatusForbidden, "<d:supported-report/>")
	}
	return a.send(c)
}

// meetings are those that a query is for; false when it asks for what cannot be told.
func (f *davInFilter) meetings() (wanted func(davObject) bool, can bool) {
	everything := func(davObject) bool { return true }
	nothing := func(davObject) bool { return false }
	switch {
	case f == nil:
		return everything, true
	case len(f.Props) > 0 || f.IsNotDefined != nil:
		return nil, false
	case f.Name == "VCALENDAR" && len(f.Within) == 0:
		return everything, true
	case f.Name == "VCALENDAR":
		return f.Within[0].meetings()
	case f.Name != "VEVENT":
		return nothing, true
	case f.Range == nil:
		return everything, true
	}
	start, end, ok := f.Range.instants()
	return func(o davObject) bool { return (end.IsZero() || o.start.Before(end)) && o.end.After(start) }, ok
}

// instants are the ends of a range, zero for an open one (RFC 4791 § 9.9).
func (r *davRange) instants() (start, end time.Time, ok bool) {
	const form = "20060102T150405Z"
	var noStart, noEnd error
	if r.Start != "" {
		start, noStart = time.Parse(form, r.Start)
	}
	if r.End != "" {
		end, noEnd = time.Parse(form, r.End)
	}
	return start, end, noStart == nil && noEnd == nil
}
