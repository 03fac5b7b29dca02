package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/forum/web/webtest"
)

// TestHeaders are those of any answer where there is nothing, too.
func TestHeaders(t *testing.T) {
	b := onSQLite(t).stranger()
	for _, path := range []string{"/nowhere", "/assets/nothing.css", "/forums/0"} {
		got := b.get(path)
		webtest.Answer{Status: got.status, Header: got.header, Body: got.body}.IsGuarded(t, path, page, false)
	}
}

// TestCookies looks at the cookies as they are set.
func TestCookies(t *testing.T) {
	tests := []struct {
		name, url, session string
		secure             bool
	}{
		{"http", "", "session", false},
		{"https", "https://samraad.example", "__Host-session", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, storetest.SQLite(t), func(o *web.Options) {
				if test.url != "" {
					o.URL = test.url
				}
			})
			b := s.stranger()
			b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			got := b.post("/demo", "person", fmt.Sprint(s.actor(member).Person)).is(t, http.StatusSeeOther)
			cookies := (&http.Response{Header: got.header}).Cookies()
			if len(cookies) != 2 || cookies[0].Name != test.session {
				t.Fatalf("the cookies are %v", cookies)
			}
			for _, c := range cookies {
				if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure != test.secure || c.Domain != "" {
					t.Errorf("the cookie is %v", c)
				}
			}
			if hsts := got.header.Get("Strict-Transport-Security"); (hsts != "") != test.secure {
				t.Errorf("Strict-Transport-Security: %q", hsts)
			}
		})
	}
}

// TestSigningIn steps in and out, and enters by a pass that holds once.
func TestSigningIn(t *testing.T) {
	s := onSQLite(t)
	b := s.stranger()
	if got := b.get("/").is(t, http.StatusOK); got.path != "/demo" {
		t.Errorf("a stranger is led to %s", got.path)
	}
	b.get(council+"/inbox").is(t, http.StatusForbidden).has(t, "Du må vere innlogga", `href="/demo?next=%2Fforums%2F1%2Finbox"`)
	b.get("/demo?next=/forums/1/inbox").has(t, `name="next" value="/forums/1/inbox"`)
	got := b.post("/demo", "person", fmt.Sprint(s.actor(secretary).Person), "next", council+"/inbox").is(t, http.StatusOK)
	if got.path != council+"/inbox" {
		t.Errorf("stepping in led to %s", got.path)
	}
	got.has(t, "Du er innlogga", "Sekretær, Kvam herad")
	b.get(council).lacks(t, "Du er innlogga.")
	b.post("/demo", "person", "999").is(t, http.StatusNotFound)
	b.post("/sign-out").is(t, http.StatusOK).has(t, "Du er logga ut")
	b.get(council).is(t, http.StatusForbidden)

	var pass string
	s.write(func(ctx context.Context, tx forum.Tx) (err error) {
		pass, err = forum.IssuePass(ctx, tx, forum.Operator(), member)
		return err
	})
	for range 2 {
		b.get("/enter/"+pass).is(t, http.StatusOK).has(t, `name="pass" value="`+pass+`"`)
	}
	b.post("/enter", "pass", pass).is(t, http.StatusOK).has(t, "Medlem, Vaksdal kommune")
	s.stranger().post("/enter", "pass", pass).is(t, http.StatusForbidden)
	if strings.Contains(s.log.String(), pass) {
		t.Error("the log holds a pass")
	}
}

func TestNoDemo(t *testing.T) {
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Demo = false })
	s.stranger().get("/").is(t, http.StatusOK).has(t, "Du treng ikkje logge inn for å delta").lacks(t, "/demo")
	s.stranger().get(council).is(t, http.StatusForbidden).lacks(t, `href="/demo`)
}

// TestLanguage takes the language from the browser, from the person, and from
// a choice in this browser, the last going first.
func TestLanguage(t *testing.T) {
	s := onSQLite(t)
	b := s.stranger()
	for accepted, want := range map[string]string{"": "nn", "en-GB,en;q=0.9": "en", "de,nb;q=0.5": "nb", "no": "nb", "de": "nn", ";;;": "nn"} {
		request := b.request(http.MethodGet, "/demo", "", nil)
		request.Header.Set("Accept-Language", accepted)
		b.do(request).has(t, `<html lang="`+want+`"`)
	}
	d := s.as(deputy)
	d.get("/").has(t, `<html lang="nb"`)
	d.post("/language", "language", "en", "back", council).is(t, http.StatusOK).has(t, `<html lang="en"`, "Cooperation council")
	d.get("/").has(t, `<html lang="en"`)
	d.post("/language", "language", "xx", "back", "/").is(t, http.StatusOK).has(t, `<html lang="en"`)
	d.get("/nowhere").has(t, "We cannot find this")
}

func TestOwnPath(t *testing.T) {
	for given, want := range map[string]string{
		"/forums/1": "/forums/1", "": "/", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "/a\r\nSet-Cookie: x": "/", "javascript:alert(1)": "/",
	} {
		if got := web.OwnPath(given); got != want {
			t.Errorf("%q leads to %q, want %q", given, got, want)
		}
	}
}
