package web_test

import (
	"strings"

	"github.com/samraad/samraad/forum/web/webtest"
)

// The sorts of routes, as the table calls them.
const (
	page, part, file, source, frame, ours = webtest.Page, webtest.Part, webtest.File, webtest.Source, webtest.Frame, webtest.Ours
	feed, asset, machine, change, papers  = webtest.Feed, webtest.Asset, webtest.Machine, webtest.Change, webtest.Papers
)

// site is every route that the server answers, by method and pattern. A route
// without a row fails.
var site = webtest.Site{
	"GET /healthz": machine, "GET /readyz": machine, "GET /assets/:name": asset, "GET /calendar/:file": feed, "GET /api": page, "GET /api/types": page,

	"GET /": page, "GET /demo": page, "POST /demo": change, "GET /sign-in": page, "POST /sign-in": change, "GET /sign-in/code": page,
	"POST /sign-in/code": change, "GET /enter/:pass": page, "POST /enter": change, "POST /sign-out": change, "POST /language": change,
	"POST /errands/:id/undo": change, "POST /errands/:id/now": change, "POST /errands/:id/seen": change,

	"GET /me": page, "POST /me/language": change, "POST /me/addresses": change, "POST /me/addresses/confirm": change, "POST /me/addresses/remove": change,
	"POST /me/sessions/end": change, "POST /me/sessions/end-all": change, "POST /me/absences": change, "POST /me/absences/:id/forget": change,
	"POST /me/feeds": change, "POST /me/apps": change, "POST /me/apps/:id/revoke": change, "GET /me/feeds/:id/renew": page, "POST /me/feeds/:id/renew": change, "GET /me/feeds/:id/revoke": page, "POST /me/feeds/:id/revoke": change,

	"GET /forums": page, "GET /forums/:id": page, "GET /forums/:id/inbox": page, "GET /forums/:id/meetings/new": page, "POST /forums/:id/meetings/new": change,
	"GET /forums/:id/series/new": page, "POST /forums/:id/series/new": change, "GET /forums/:id/matters/new": page, "POST /forums/:id/matters/new": papers,
	"GET /forums/:id/sent": page, "GET /forums/:id/held": page, "GET /forums/:id/people": page, "GET /forums/:id/handover": page,
	"POST /forums/:id/contacts": change, "GET /forums/:id/members/import": page, "POST /forums/:id/members/import": papers, "POST /forums/:id/stand-in": change,
	"GET /seats/:id/end": page, "POST /seats/:id/end": change, "POST /endings/:id/undo": change,

	"GET /meetings/:id": page, "POST /meetings/:id/call": change, "POST /meetings/:id/answer": change, "GET /meetings/:id/attendance": part,
	"GET /meetings/:id/move": page, "POST /meetings/:id/move": change, "GET /meetings/:id/cancel": page, "POST /meetings/:id/cancel": change,
	"GET /meetings/:id/package": page, "GET /meetings/:id/package/part": part, "GET /meetings/:id/package/copies": part,
	"GET /meetings/:id/notices/new": page, "POST /meetings/:id/notices/new": change, "GET /editions/:id/correct": page, "POST /editions/:id/correct": change,
	"POST /editions/:id/open": change, "POST /editions/:id/confirm": change, "GET /editions/:id/files/:part/:key?": ours,
	"GET /copy/:pass": page, "POST /copy/:pass/open": change, "POST /copy/:pass/confirm": change, "GET /copy/:pass/files/:part/:key?": ours,

	"GET /series/:id": page, "POST /series/:id/call": change, "GET /areas/:id/calendar": page, "POST /areas/:id/calendar": change,
	"GET /areas/:id/next-year": page, "POST /areas/:id/next-year": change, "POST /weeks/:id/open": change, "POST /weeks/:id/block": change,
	"GET /meetings/:id/agenda": page, "POST /meetings/:id/agenda": change, "POST /meetings/:id/agenda/settle": change,
	"GET /meetings/:id/guests/new": page, "POST /meetings/:id/guests/new": change, "POST /guests/:id/take-off": change,
	"GET /guest/:pass": page, "POST /guest/:pass/answer": change, "GET /guest/:pass/papers/:id": file,
	"GET /meetings/:id/keys": page, "GET /meetings/:id/keys/state": part, "POST /meetings/:id/keys/ask": change, "POST /editions/:id/words": change,
	"GET /editions/:id/override": page, "POST /editions/:id/override": change,

	"GET /matters/:id": page, "POST /matters/:id/place": change, "POST /matters/:id/put-back": change, "POST /matters/:id/remove": change,
	"POST /removals/:id/answer": change, "POST /removals/:id/decide": change, "POST /removals/:id/withdraw": change, "POST /matters/:id/title": change,
	"POST /matters/:id/papers": papers, "GET /papers/:id": file, "GET /papers/:id/about": page, "GET /papers/:id/versions/:number": file,
	"POST /papers/:id/replace": papers, "POST /papers/:id/access": change, "POST /papers/:id/up": change, "POST /papers/:id/withdraw": change,
	"POST /papers/:id/restore": change, "POST /papers/:id/release": change,

	"GET /matters/:id/draft": page, "POST /matters/:id/draft": change, "POST /matters/:id/draft/sections": change, "POST /matters/:id/draft/comments": change,
	"POST /matters/:id/draft/follow": change, "POST /matters/:id/draft/no-remark": change, "POST /matters/:id/draft/ready": change, "POST /matters/:id/draft/reopen": change,
	"GET /sections/:id/edit": page, "POST /sections/:id/edit": change, "POST /sections/:id/keep": change, "POST /sections/:id/discard": change,
	"GET /sections/:id/settle": page, "POST /sections/:id/settle": change, "GET /sections/:id/history": page, "POST /sections/:id/rename": change,
	"POST /sections/:id/up": change, "POST /threads/:id/comments": change, "POST /threads/:id/resolve": change,

	"GET /messages/:id": page, "GET /messages/:id/body": frame, "GET /messages/:id/raw": source, "GET /messages/:id/invite.ics": file,
	"POST /messages/:id/again": change, "POST /forums/:id/resume": change, "POST /me/resume": change, "GET /failed": page, "POST /failed/:id/again": change,
	"GET /incoming/:id": page, "GET /incoming/:id/raw": source, "GET /incoming/:id/body": frame, "POST /incoming/:id/forget": change, "POST /incoming/:id/release": change, "POST /incoming/:id/set-aside": change, "POST /incoming/:id/hold": change,
}

// at is a route's path for the thing with a number.
func at(pattern, id string) string {
	return strings.NewReplacer(":id", id, ":pass", "nonsense", ":file", "nonsense.ics", ":name", "nothing.css", ":part", "papers", "/:key?", "/1", ":number", "1").Replace(pattern)
}
