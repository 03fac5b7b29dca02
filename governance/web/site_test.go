package web_test

import (
	"strings"

	"github.com/samraad/samraad/forum/web/webtest"
)

// The sorts of routes, as the table calls them.
const page, part, file, ours, change = webtest.Page, webtest.Part, webtest.File, webtest.Ours, webtest.Change

// site is every route of governance that the server answers, by method and pattern,
// and what it does. A route without a row fails.
var site = webtest.Site{
	"POST /meetings/:id/presence": change, "POST /presences/:id/leave": change, "POST /presences/:id/undo": change,

	"GET /matters/:id/votes": page, "POST /matters/:id/votes/motions": change, "POST /matters/:id/votes/elections": change,
	"POST /matters/:id/votes/impartiality": change, "POST /matters/:id/votes/postpone": change, "POST /impartialities/:id/judge": change,
	"POST /motions/:id/withdraw": change, "POST /motions/:id/order": change, "POST /motions/:id/open": change,
	"GET /ballots/:id": page, "POST /ballots/:id/cast": change, "POST /ballots/:id/hands": change, "POST /ballots/:id/close": change,
	"POST /ballots/:id/lot": change, "POST /ballots/:id/demand": change,
	"GET /vote/:pass": page, "POST /vote/:pass": change, "POST /vote/:pass/code": change,

	"POST /meetings/:id/minutes": change, "GET /minutes/:id": page, "GET /minutes/:id/edit": page, "POST /minutes/:id/items": change, "GET /minutes/:id/texts": part,
	"POST /minutes/:id/arrive": change, "POST /minutes/:id/leave": change, "POST /minutes/:id/dissents": change, "POST /minutes/:id/drop-dissent": change,
	"POST /minutes/:id/actions": change, "POST /minutes/:id/drop-action": change, "POST /minutes/:id/send": change, "POST /minutes/:id/reopen": change,
	"POST /minutes/:id/ask-keys": change, "POST /minutes/:id/answer": change, "POST /minutes/:id/key": change, "GET /minutes/:id/correct": page,
	"POST /minutes/:id/correct": change, "GET /minutes/:id/pdf": ours,

	"GET /decisions/:id": page, "POST /decisions/:id/supersede": change, "POST /follow-ups/:id/done": change, "POST /follow-ups/:id/note": change,
	"POST /follow-ups/:id/block": change, "POST /follow-ups/:id/unblock": change, "POST /follow-ups/:id/reopen": change, "POST /follow-ups/:id/hand-over": change,
	"POST /follow-ups/:id/answer": change, "POST /follow-ups/:id/reschedule": change, "GET /matters/:id/timeline": page,
	"GET /overview": page, "GET /overview/csv": file, "GET /overview/ods": file,

	"GET /matters/:id/escalate": page, "POST /matters/:id/escalate": change, "GET /escalations/:id": page, "POST /escalations/:id/close": change,
	"GET /matters/:id/ledger": page, "POST /matters/:id/ledger": change, "GET /ledgers/:id/case": file, "POST /ratifications/:id/answer": change,
	"GET /matters/:id/ladder": page, "POST /matters/:id/ladder": change, "POST /ladders/:id/position": change, "POST /ladders/:id/climb": change,
	"POST /ladders/:id/answer": change, "POST /ladders/:id/settle": change,
	"GET /matters/:id/rooms": page, "POST /matters/:id/rooms": change, "GET /rooms/:id": page, "POST /rooms/:id/notes": change, "POST /rooms/:id/stand": change,
	"POST /rooms/:id/publish": change,
}

// at is a route's path for the first of what it is about.
func at(pattern string) string {
	return strings.NewReplacer(":id", "1", ":pass", "nonsense").Replace(pattern)
}
