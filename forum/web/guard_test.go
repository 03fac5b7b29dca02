package web_test

import (
	"database/sql"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
)

// TestEveryRouteIsNamed in the site's table, by which the tests below go.
func TestEveryRouteIsNamed(t *testing.T) {
	want := slices.Sorted(maps.Keys(site))
	if got := web.New(web.Options{}).Routes(); !slices.Equal(got, want) {
		for _, route := range got {
			if _, named := site[route]; !named {
				t.Errorf("%s has no row", route)
			}
		}
		for _, route := range want {
			if !slices.Contains(got, route) {
				t.Errorf("%s is no route", route)
			}
		}
	}
}

// furnished is a stage on which most things have a first one.
func furnished(t *testing.T, database string, change func(*web.Options)) *stage {
	s := newStage(t, database, change)
	b := s.as(secretary)
	meeting := b.meeting()
	b.post(meeting+"/call").is(t, http.StatusOK)
	b.upload("Sak med papir", map[string]string{"side.html": "<script>alert(1)</script>"}).is(t, http.StatusOK)
	b.series(council).is(t, http.StatusOK)
	s.deliver("ukjend@nokon.example", "Sak")
	s.written(invitation, forum.KeptHere)
	b.post("/me/feeds", "forum", number(council)).is(t, http.StatusOK)
	return s
}

const (
	mostPrivate = "no-store"
	strict      = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	closed = "sandbox; default-src 'none'; frame-ancestors 'none'"
)

// guards are what every answer tells the browser, whatever it is.
var guards = map[string]string{
	"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}

// TestEveryAnswerIsGuarded opens every route as somebody and as nobody, over
// either scheme.
func TestEveryAnswerIsGuarded(t *testing.T) {
	for _, public := range []string{"", "https://samraad.example"} {
		t.Run("at "+public, func(t *testing.T) {
			s := furnished(t, storetest.SQLite(t), nil)
			if public != "" {
				s = s.at(public)
			}
			session := s.session(secretary)
			opened := map[sort]bool{}
			for _, route := range slices.Sorted(maps.Keys(site)) {
				method, pattern, _ := strings.Cut(route, " ")
				for _, cookie := range []string{session, ""} {
					b := s.stranger()
					b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
					request := b.request(method, at(pattern, "1"), "application/x-www-form-urlencoded", nil)
					request.Header.Set("Cookie", cookie)
					got := b.do(request)
					opened[site[route]] = opened[site[route]] || got.status == http.StatusOK && cookie != ""
					got.isGuarded(t, route, site[route], public != "")
				}
			}
			for _, kind := range []sort{page, part, file, source, frame, machine} {
				if !opened[kind] {
					t.Errorf("nothing of the sort %d was opened", kind)
				}
			}
		})
	}
}

// isGuarded fails unless an answer of a sort tells the browser all that it is to keep to.
func (a answer) isGuarded(t *testing.T, route string, kind sort, secure bool) {
	t.Helper()
	want := maps.Clone(guards)
	want["Cache-Control"], want["X-Frame-Options"], want["Content-Security-Policy"] = mostPrivate, "DENY", strict
	want["Strict-Transport-Security"] = map[bool]string{true: "max-age=31536000"}[secure]
	if a.status == http.StatusOK {
		switch kind {
		case part:
			want["Cache-Control"] = "private, no-cache"
		case file, source:
			want["Content-Security-Policy"] = closed
		case frame:
			want["X-Frame-Options"] = "SAMEORIGIN"
			want["Content-Security-Policy"] = a.header.Get("Content-Security-Policy")
			if policy := want["Content-Security-Policy"]; !strings.HasPrefix(policy, "sandbox; default-src 'none'; style-src 'sha256-") || !strings.HasSuffix(policy, "; frame-ancestors 'self'") {
				t.Errorf("%s: the policy is %q", route, policy)
			}
		}
		if kind == file && !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s is sent with %q", route, a.header.Get("Content-Disposition"))
		}
		if kind == source && a.header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s is sent as %q", route, a.header.Get("Content-Type"))
		}
		if kind == page {
			a.lacks(t, " style=", "<style", " onclick=", "<script>", "javascript:")
		}
	}
	for name, value := range want {
		if got := a.header.Get(name); got != value {
			t.Errorf("%s answered %d with %s: %q, want %q", route, a.status, name, got, value)
		}
	}
	if strings.Contains(a.header.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("%s: the policy is %q", route, a.header.Get("Content-Security-Policy"))
	}
	for _, cookie := range (&http.Response{Header: a.header}).Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure != secure || cookie.Path != "/" || cookie.Domain != "" || strings.HasPrefix(cookie.Name, "__Host-") != secure {
			t.Errorf("%s sets %v", route, cookie)
		}
	}
}

// foreign are headers of changes that no page of ours sends.
var foreign = map[string]http.Header{
	"no word of where it comes from":     {},
	"another site":                       {"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}},
	"another host of the domain":         {"Sec-Fetch-Site": {"same-site"}},
	"an old browser":                     {"Origin": {"https://evil.example"}},
	"an origin that is hidden":           {"Origin": {"null"}},
	"another port":                       {"Origin": {"http://127.0.0.1:1"}},
	"another scheme":                     {"Origin": {"ftp://127.0.0.1"}},
	"a host that it says it was sent to": {"Origin": {"https://evil.example"}, "X-Forwarded-Host": {"evil.example"}, "X-Forwarded-Proto": {"https"}},
	"a token of ours that is none":       {"X-Csrf-Token": {"x"}},
	"a program with a token of its own":  {"Authorization": {"Bearer x"}},
}

// TestEveryChangeIsOurOwn refuses every change that does not come from a page
// of ours, with nothing changed.
func TestEveryChangeIsOurOwn(t *testing.T) {
	database := storetest.SQLite(t)
	s := furnished(t, database, nil)
	b := s.as(secretary)
	changed := watched(t, database)
	for route, kind := range site {
		method, pattern, _ := strings.Cut(route, " ")
		if method == http.MethodGet {
			continue
		}
		if kind != change && kind != papers {
			t.Errorf("%s is not said to change anything", route)
		}
		send := func(method string, header http.Header) answer {
			form := url.Values{"person": {"1"}, "language": {"en"}, "address": {member}, "forum": {"1"}, "reason": {"Slik"}, "confirm": {"yes"}}
			request := b.request(method, at(pattern, "1"), "", strings.NewReader(form.Encode()))
			request.Header = header.Clone()
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			return b.do(request)
		}
		for name, header := range foreign {
			got := send(method, header)
			if got.status != http.StatusForbidden || !strings.Contains(got.body, "Dette vart stoppa") || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s from %s answered %d", route, name, got.status)
			}
		}
		for _, other := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
			send(other, foreign["another site"]).is(t, http.StatusForbidden)
		}
		if changed() {
			t.Errorf("%s changed something", route)
		}
	}
	// From our own pages the same forms come to their rules.
	for route := range site {
		method, pattern, _ := strings.Cut(route, " ")
		if method != http.MethodGet {
			b.do(b.request(method, at(pattern, "1"), "application/x-www-form-urlencoded", nil)).lacks(t, "Dette vart stoppa")
		}
	}
	b.post("/demo", "person", "1").is(t, http.StatusOK)
	if !changed() {
		t.Error("nothing that is done shows in the database")
	}
}

// watched tells whether the database was changed since it was last asked.
func watched(t *testing.T, database string) func() bool {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	db.SetMaxOpenConns(1) // the pragma speaks of what other connections did since this one asked
	version := func() (n int64) {
		check(t, db.QueryRow("PRAGMA data_version").Scan(&n))
		return n
	}
	last := version()
	return func() bool {
		before := last
		last = version()
		return last != before
	}
}
