package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/store/storetest"
)

var appSecret = regexp.MustCompile(`value="([a-z2-7]{26})"`)

// app makes a password for a calendar program of the browser's person.
func (b *browser) app(name string) (secret string) {
	b.Helper()
	found := appSecret.FindStringSubmatch(b.post("/me/apps", "app", name).is(b.T, http.StatusOK).has(b.T, "denne eine gongen").body)
	if found == nil {
		b.Fatal("no password is shown")
	}
	return found[1]
}

// program asks as a calendar program of a person does.
func (s *stage) program(method, path, user, secret, body string, headers ...string) answer {
	s.Helper()
	request := s.stranger().request(method, path, "application/xml", strings.NewReader(body))
	request.Header.Del("Origin")
	request.Header.Del("Sec-Fetch-Site")
	if user != "" {
		request.SetBasicAuth(user, secret)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return s.stranger().do(request)
}

const (
	davEvents = `<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>
		<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="WHAT">RANGE</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`
	davSync = `<d:sync-collection xmlns:d="DAV:"><d:sync-token>TOKEN</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`
)

var (
	davSyncToken = regexp.MustCompile(`<d:sync-token>([^<]+)</d:sync-token>`)
	davHrefs     = regexp.MustCompile(`<d:href>([^<]+\.ics)</d:href>`)
)

// TestCalendarPrograms answers what telephones ask: where the calendars are, what is in them, and what has changed.
func TestCalendarPrograms(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		keeper := s.as(secretary)
		meeting := keeper.meeting()
		keeper.post(meeting+"/call").is(t, http.StatusOK)
		secret := s.as(chair).app("Telefonen")
		ask := func(method, path, body string, headers ...string) answer {
			return s.program(method, path, strings.ToUpper(chair), secret, body, headers...)
		}
		for _, method := range []string{http.MethodGet, "PROPFIND"} {
			if a := s.program(method, "/.well-known/caldav", "", "", ""); a.path != "/dav/" {
				t.Errorf("%s ended at %s", method, a.path)
			}
		}
		ask("PROPFIND", "/dav/", "", "Depth", "0").is(t, http.StatusMultiStatus).has(t, "<d:current-user-principal><d:href>/dav/me/</d:href>")
		ask("PROPFIND", "/dav/me", "", "Depth", "0").is(t, http.StatusMultiStatus).has(t, "<c:calendar-home-set><d:href>/dav/me/</d:href>").lacks(t, "/dav/me/own/")
		home := ask("PROPFIND", "/dav/me/", `<d:propfind xmlns:d="DAV:"><d:prop><d:displayname/><d:quota/><x:y xmlns:x="urn:z"/></d:prop></d:propfind>`, "Depth", "1")
		home.is(t, http.StatusMultiStatus).has(t, "<d:displayname>Samråd</d:displayname>", "/dav/me/own/", "/dav/me/area-1/", `<d:quota/><x:y xmlns:x="urn:z"/></d:prop><d:status>HTTP/1.1 404`)
		own := ask("PROPFIND", "/dav/me/own/", "", "Depth", "1").is(t, http.StatusMultiStatus)
		own.has(t, "<c:calendar/>", "<s:getctag>", `<c:comp name="VEVENT"/>`, "<d:privilege><d:read/></d:privilege>").lacks(t, "<d:write", "<c:calendar-data>")
		hrefs := davHrefs.FindAllStringSubmatch(own.body, -1)
		if len(hrefs) != 1 {
			t.Fatalf("the calendar holds %v\n%s", hrefs, own.body)
		}

		one := ask(http.MethodGet, hrefs[0][1], "").is(t, http.StatusOK)
		object, err := calendar.Read([]byte(one.body))
		if err != nil || object.Method != "" || len(object.Entries) != 1 || len(object.Entries[0].Attendees) != 0 {
			t.Errorf("%v of\n%s", err, one.body)
		}
		ask(http.MethodGet, hrefs[0][1], "", "If-None-Match", one.header.Get("ETag")).is(t, http.StatusNotModified)
		ask("REPORT", "/dav/me/own/", `<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop><d:href>`+
			hrefs[0][1]+`</d:href><d:href>/dav/me/own/x.ics</d:href></c:calendar-multiget>`).is(t, http.StatusMultiStatus).has(t, "BEGIN:VEVENT", "x.ics</d:href><d:status>HTTP/1.1 404")
		start := object.Entries[0].Start
		for what, found := range map[string]bool{
			"VEVENT ": true, "VTODO ": false,
			`VEVENT <c:time-range start="` + start.Format("20060102T150405Z") + `"/>`: true,
			`VEVENT <c:time-range end="` + start.Format("20060102T150405Z") + `"/>`:   false,
			`VEVENT <c:time-range start="20000101T000000Z" end="20990101T000000Z"/>`:  true,
			`VEVENT <c:time-range start="20990101T000000Z"/>`:                         false,
		} {
			name, within, _ := strings.Cut(what, " ")
			a := ask("REPORT", "/dav/me/own/", strings.NewReplacer("WHAT", name, "RANGE", within).Replace(davEvents)).is(t, http.StatusMultiStatus)
			if strings.Contains(a.body, "BEGIN:VEVENT") != found {
				t.Errorf("%s: %s", what, a.body)
			}
		}
		ask("REPORT", "/dav/me/own/", strings.NewReplacer("WHAT", "VEVENT", "RANGE", `<c:prop-filter name="UID"/>`).Replace(davEvents)).is(t, http.StatusForbidden).has(t, "supported-filter")

		first := ask("REPORT", "/dav/me/own/", strings.Replace(davSync, "TOKEN", "", 1)).is(t, http.StatusMultiStatus).has(t, hrefs[0][1])
		token := davSyncToken.FindStringSubmatch(first.body)[1]
		ask("REPORT", "/dav/me/own/", strings.Replace(davSync, "TOKEN", token, 1)).is(t, http.StatusMultiStatus).has(t, token).lacks(t, ".ics")
		keeper.post(meeting+"/cancel", "reason", "Uvêr").is(t, http.StatusOK)
		ask("REPORT", "/dav/me/own/", strings.Replace(davSync, "TOKEN", token, 1)).is(t, http.StatusForbidden).has(t, "valid-sync-token")
		ask(http.MethodGet, hrefs[0][1], "", "If-None-Match", one.header.Get("ETag")).is(t, http.StatusOK).has(t, "STATUS:CANCELLED")
	})
}

// TestCalendarProgramsChangeNothing refuses what a program would change, and what it makes no sense of.
func TestCalendarProgramsChangeNothing(t *testing.T) {
	s := onSQLite(t)
	secret := s.as(chair).app("Telefonen")
	for _, method := range []string{"PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "MKCOL", "MOVE", "COPY", "LOCK", "ACL", "POST", "PATCH"} {
		s.program(method, "/dav/me/own/x.ics", chair, secret, "BEGIN:VCALENDAR").is(t, http.StatusForbidden).has(t, "<d:need-privileges/>")
	}
	s.program("OPTIONS", "/dav/", "", "", "").is(t, http.StatusOK)
	for _, wrong := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/dav/me/own/x.ics", "", http.StatusNotFound}, {"GET", "/dav/me/own/", "", http.StatusNotFound}, {"PROPFIND", "/dav/me/area-99/", "", http.StatusNotFound},
		{"PROPFIND", "/dav/me/", "<no", http.StatusBadRequest}, {"REPORT", "/dav/me/own/", "", http.StatusBadRequest},
		{"REPORT", "/dav/me/", "<x/>", http.StatusNotFound}, {"REPORT", "/dav/me/own/", `<d:x xmlns:d="DAV:"/>`, http.StatusForbidden},
	} {
		s.program(wrong.method, wrong.path, chair, secret, wrong.body).is(t, wrong.status)
	}
}

// TestCalendarPasswords are each person's own, worth nothing for anybody or anything else, and not to be guessed.
func TestCalendarPasswords(t *testing.T) {
	s := onSQLite(t)
	c := s.as(chair)
	secret := c.app("Telefonen")
	c.get("/me").is(t, http.StatusOK).has(t, "Telefonen", "ikkje brukt enno").lacks(t, secret)
	for _, name := range []string{"", " ", strings.Repeat("å", 61)} {
		c.post("/me/apps", "app", name).is(t, http.StatusUnprocessableEntity)
	}
	s.stranger().post("/me/apps", "app", "x").is(t, http.StatusForbidden)
	for _, who := range [][2]string{{"", ""}, {chair, ""}, {chair, "feil"}, {secretary, secret}, {"kven@elsewhere.example", secret}, {"", secret}} {
		a := s.program("PROPFIND", "/dav/", who[0], who[1], "").is(t, http.StatusUnauthorized)
		if !strings.HasPrefix(a.header.Get("WWW-Authenticate"), "Basic ") {
			t.Errorf("%v is not asked who it is", who)
		}
	}
	for _, path := range []string{"/", "/me"} {
		if a := s.program(http.MethodGet, path, chair, secret, ""); strings.Contains(a.body, "Telefonen") {
			t.Errorf("the password opens %s", path)
		}
	}
	s.program("PROPFIND", "/dav/", chair, strings.ToUpper(secret), "").is(t, http.StatusMultiStatus)
	c.get("/me").lacks(t, "ikkje brukt enno")
	revoke := regexp.MustCompile(`/me/apps/\d+/revoke`).FindString(c.get("/me").body)
	s.as(secretary).post(revoke).is(t, http.StatusNotFound)
	c.post(revoke).is(t, http.StatusOK).has(t, "gjeld ikkje lenger")
	s.program("PROPFIND", "/dav/", chair, secret, "").is(t, http.StatusUnauthorized)
	tries := 0
	for s.program("PROPFIND", "/dav/", chair, "feil", "").status == http.StatusUnauthorized {
		if tries++; tries > 100 {
			t.Fatal("one can go on guessing")
		}
	}
	s.program("PROPFIND", "/dav/", chair, "feil", "").is(t, http.StatusTooManyRequests)
	for range 20 {
		c.post("/me/apps", "app", "Ein til")
	}
	c.post("/me/apps", "app", "Ein for mykje").is(t, http.StatusUnprocessableEntity).has(t, "Du kan ha 20 passord")
}
