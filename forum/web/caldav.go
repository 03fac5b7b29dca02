package web

import (
	"context"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/templates"
)

// The addresses of calendars for programs that speak CalDAV (RFC 4791), all of them read-only.
const (
	davKnown   = "/.well-known/caldav"
	davRoot    = "/dav/"
	davHome    = "/dav/me/"
	davOwn     = "own"
	davArea    = "area-"
	davMethods = "OPTIONS, GET, HEAD, PROPFIND, REPORT"
)

// methods are those that a browser has, and those of WebDAV that calendar programs try (RFC 4918 § 9, RFC 4791 § 5.3.1, RFC 3253 § 3.6).
var methods = append(fiber.DefaultMethods[:len(fiber.DefaultMethods):len(fiber.DefaultMethods)],
	"PROPFIND", "REPORT", "PROPPATCH", "MKCOL", "MKCALENDAR", "COPY", "MOVE", "LOCK", "UNLOCK", "ACL")

// ofCalDAV tells whether a request is a calendar program's, which has a password of its own and no cookie: no other site's page
// can make it act, and there is nothing that it could change.
func ofCalDAV(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Path()+"/", davRoot) || c.Path() == davKnown
}

// findCalDAV tells a program that knows the site alone where calendars are (RFC 6764 § 5).
func findCalDAV(c *fiber.Ctx) error { return c.Redirect(davRoot, fiber.StatusMovedPermanently) }

// caldav answers a calendar program for whoever's password it has.
func (s *Server) caldav(c *fiber.Ctx) error {
	v, end := s.begin(c)
	defer end()
	c.Set("DAV", "1, 3, calendar-access")
	c.Set(fiber.HeaderAllow, davMethods)
	if c.Method() == fiber.MethodOptions {
		return c.SendStatus(fiber.StatusOK)
	}
	by, err := v.appActor()
	if forum.IsKind(err, forum.Forbidden) {
		c.Set(fiber.HeaderWWWAuthenticate, `Basic realm="Samraad", charset="UTF-8"`)
		return davRefusal(c, fiber.StatusUnauthorized, "")
	}
	if err != nil {
		return err
	}
	collections, err := v.collections(by)
	if err != nil {
		return err
	}
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead:
		return davGet(c, collections)
	case "PROPFIND":
		return davPropFind(c, collections)
	case "REPORT":
		return davReport(c, collections)
	}
	return davRefusal(c, fiber.StatusForbidden, "<d:need-privileges/>")
}

// appActor is who a program reads for, by its password (RFC 7617).
func (v *Visit) appActor() (by forum.Actor, err error) {
	address, secret := basicAuth(v.c.Get(fiber.HeaderAuthorization))
	if secret == "" {
		return by, forum.Refuse(forum.Forbidden, "error.app.unknown")
	}
	var password *forum.AppPassword
	stale := false
	err = v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		by, password, err = forum.IdentifyApp(ctx, tx, address, secret)
		stale = err == nil && password.Stale(tx.Now())
		return err
	})
	switch {
	case forum.IsKind(err, forum.Forbidden):
		wrong := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
			return forum.CountWrongApp(ctx, tx, forum.NetworkOf(v.client()))
		})
		if wrong != nil {
			return by, wrong
		}
	case stale:
		return by, v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error { return forum.NoteApp(ctx, tx, password) })
	}
	return by, err
}

func basicAuth(header string) (name, secret string) {
	kind, code, _ := strings.Cut(header, " ")
	said, err := base64.StdEncoding.DecodeString(strings.TrimSpace(code))
	if err != nil || !strings.EqualFold(kind, "Basic") {
		return "", ""
	}
	name, secret, _ = strings.Cut(string(said), ":")
	return name, secret
}

// davCollection is one calendar with what is in it.
type davCollection struct {
	path, name string
	state      string // of all that is in it, and of what it is called
	objects    []davObject
}

// davObject is one meeting in a calendar.
type davObject struct {
	path, tag  string
	start, end time.Time
	text       []byte
}

// collections are the calendars of whoever reads, in their language.
func (v *Visit) collections(by forum.Actor) ([]davCollection, error) {
	var read *forum.AppCalendars
	err := v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		read, err = forum.ReadAppCalendars(ctx, tx, by)
		return err
	})
	if err != nil {
		return nil, err
	}
	t := templates.In(templates.Language(read.Person.Language))
	var all []davCollection
	for _, of := range read.Calendars {
		c := davCollection{path: davHome + davOwn + "/", name: t.T("product")}
		if of.Area != nil {
			c.path, c.name = davHome+davArea+strconv.FormatInt(int64(of.Area.ID), 10)+"/", of.Area.Name
		}
		if err := c.fill(v.Server, t, of.Entries); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// davEpoch is the stamp of what was never changed; each change adds a second, so that the same meeting has the same text on every
// server.
var davEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func (c *davCollection) fill(s *Server, t templates.Text, entries []forum.FeedEntry) error {
	sum := c.name
	for _, entry := range entries {
		as := calendar.Feed{Language: string(t.Language()), Stamp: davEpoch.Add(time.Duration(entry.Sequence) * time.Second)}
		text, err := as.Single(s.feedEvent(t, entry))
		if err != nil {
			return err
		}
		o := davObject{path: c.path + url.PathEscape(entry.UID+".ics"), tag: `"` + string(forum.DigestOf(string(text))) + `"`, start: entry.Start, end: entry.End, text: text}
		c.objects = append(c.objects, o)
		sum += "\n" + o.path + o.tag
	}
	c.state = string(forum.DigestOf(sum))
	return nil
}
