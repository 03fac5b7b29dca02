package webtest

import (
	"maps"
	"net/http"
	"strings"
	"testing"
)

const (
	mostPrivate = "no-store"
	strict      = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	closed  = "sandbox; default-src 'none'; frame-ancestors 'none'"
	printed = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
)

// guards are what every answer tells the browser, whatever it is.
var guards = map[string]string{
	"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}

const form = "application/x-www-form-urlencoded"

// EveryAnswerIsGuarded opens every route as somebody and as nobody, over https
// where it is secure, and tells which sorts somebody has seen.
func EveryAnswerIsGuarded(t *testing.T, site Site, secure bool, send Send) (opened map[Sort]bool) {
	t.Helper()
	opened = map[Sort]bool{}
	for _, r := range site.routes() {
		for _, signed := range []bool{true, false} {
			got := send(Request{Method: r.method, Pattern: r.pattern, Signed: signed, Header: http.Header{"Content-Type": {form}}})
			opened[r.sort] = opened[r.sort] || signed && got.Status == http.StatusOK
			got.IsGuarded(t, r.name, r.sort, secure)
		}
	}
	return opened
}

// IsGuarded fails unless an answer of a sort tells the browser all that it is to keep to.
func (a Answer) IsGuarded(t *testing.T, route string, sort Sort, secure bool) {
	t.Helper()
	want := maps.Clone(guards)
	want["Cache-Control"], want["X-Frame-Options"], want["Content-Security-Policy"] = mostPrivate, "DENY", strict
	want["Strict-Transport-Security"] = map[bool]string{true: "max-age=31536000"}[secure]
	if a.Status == http.StatusOK {
		a.isOfSort(t, route, sort, want)
	}
	for name, value := range want {
		if got := a.Header.Get(name); got != value {
			t.Errorf("%s answered %d with %s: %q, want %q", route, a.Status, name, got, value)
		}
	}
	if strings.Contains(a.Header.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("%s: the policy is %q", route, a.Header.Get("Content-Security-Policy"))
	}
	for _, cookie := range (&http.Response{Header: a.Header}).Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Secure != secure || cookie.Path != "/" || cookie.Domain != "" || strings.HasPrefix(cookie.Name, "__Host-") != secure {
			t.Errorf("%s sets %v", route, cookie)
		}
	}
}

// isOfSort looks at what is a sort's own, and changes what is wanted to it.
func (a Answer) isOfSort(t *testing.T, route string, sort Sort, want map[string]string) {
	t.Helper()
	policy := a.Header.Get("Content-Security-Policy")
	switch sort {
	case Part:
		want["Cache-Control"] = "private, no-cache"
	case File:
		want["Content-Security-Policy"] = closed
		if !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s is sent with %q", route, a.Header.Get("Content-Disposition"))
		}
	case Source:
		want["Content-Security-Policy"], want["Content-Type"] = closed, "text/plain; charset=utf-8"
	case Ours:
		want["Content-Security-Policy"], want["Content-Type"] = printed, "application/pdf"
	case Frame:
		want["X-Frame-Options"], want["Content-Security-Policy"] = "SAMEORIGIN", policy
		if !strings.HasPrefix(policy, "sandbox; default-src 'none'; style-src 'sha256-") || !strings.HasSuffix(policy, "; frame-ancestors 'self'") {
			t.Errorf("%s: the policy is %q", route, policy)
		}
	case Page:
		for _, part := range []string{" style=", "<style", " onclick=", "<script>", "javascript:"} {
			if strings.Contains(a.Body, part) {
				t.Errorf("%s has %q", route, part)
			}
		}
	}
}
