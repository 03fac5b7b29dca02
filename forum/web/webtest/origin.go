package webtest

import (
	"bytes"
	"database/sql"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

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

// stopped is what a page in nynorsk says of a change that is not our own.
const stopped = "Dette vart stoppa"

// EveryChangeIsOurOwn refuses every change that does not come from a page of ours
// at an origin, with nothing changed; from there the same form comes to its rule.
func EveryChangeIsOurOwn(t *testing.T, site Site, origin string, fields url.Values, send Send, changed func() bool) {
	t.Helper()
	attempt := func(method, pattern string, from http.Header) Answer {
		header := from.Clone()
		header.Set("Content-Type", form)
		return send(Request{Method: method, Pattern: pattern, Signed: true, Header: header, Body: fields.Encode()})
	}
	for _, r := range site.routes() {
		if (r.method == http.MethodGet) == (r.sort == Change || r.sort == Papers) {
			t.Errorf("%s is not said to change anything", r.name)
		}
		if r.method == http.MethodGet {
			continue
		}
		for name, from := range foreign {
			got := attempt(r.method, r.pattern, from)
			if got.Status != http.StatusForbidden || !strings.Contains(got.Body, stopped) || got.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s from %s answered %d", r.name, name, got.Status)
			}
		}
		for _, other := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if got := attempt(other, r.pattern, foreign["another site"]); got.Status != http.StatusForbidden {
				t.Errorf("%s %s answered %d", other, r.pattern, got.Status)
			}
		}
		if changed() {
			t.Errorf("%s changed something", r.name)
		}
	}
	for _, r := range site.routes() {
		if r.method == http.MethodGet {
			continue
		}
		own := Request{Method: r.method, Pattern: r.pattern, Signed: true, Header: http.Header{"Content-Type": {form}, "Origin": {origin}}}
		if got := send(own); strings.Contains(got.Body, stopped) {
			t.Errorf("%s from our own page answered %d", r.name, got.Status)
		}
	}
}

// OnlyPapersAreLarge refuses files on every route that takes none.
func OnlyPapersAreLarge(t *testing.T, site Site, origin string, send Send) {
	t.Helper()
	var body bytes.Buffer
	files := multipart.NewWriter(&body)
	file, err := files.CreateFormFile("papers", "stor.bin")
	check(t, err)
	_, err = file.Write(make([]byte, 5_000_000))
	check(t, err)
	check(t, files.Close())
	for _, r := range site.routes() {
		if r.method == http.MethodGet {
			continue
		}
		got := send(Request{
			Method: r.method, Pattern: r.pattern, Signed: true, Header: http.Header{"Content-Type": {files.FormDataContentType()}, "Origin": {origin}}, Body: body.String(),
		})
		if refused := got.Status == http.StatusRequestEntityTooLarge; refused != (r.sort == Change) {
			t.Errorf("%s answered %d", r.name, got.Status)
		} else if refused && !strings.Contains(got.Body, "Skjemaet kan vere 4,0\u00a0MB") {
			t.Errorf("%s does not say how much it takes: %s", r.name, got.Body)
		}
	}
}

// Watched tells whether a SQLite database was changed since it was last asked.
func Watched(t *testing.T, database string) func() bool {
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

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
