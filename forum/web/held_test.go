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
)

// TestBodyOfAMailIsHarmless shows the words of a mail that came in, and nothing of it that fetches, hides, leads elsewhere or runs.
func TestBodyOfAMailIsHarmless(t *testing.T) {
	markup := ""
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Markup = func([]byte) string { return markup } })
	id := s.deliver(member, "Sak frå eit medlem")
	b := s.as(secretary)
	b.get(mailPath(id)).is(t, http.StatusOK).has(t, "<iframe", mailPath(id)+"/body", "sandbox", "Slepp gjennom som Medlem")
	for written, want := range map[string]string{
		"":                                  "<pre>Hei &lt;b&gt;råd&lt;/b&gt;</pre>",
		"<p>Hei <b>råd</b></p>":             "<p>Hei <b>råd</b></p>",
		"<img src=https://evil.example/x>A": "<body>A</body>",
		"<a href=https://evil.example/x>Bankkonto</a>":                       "<body>Bankkonto</body>",
		"<p style='display:none' onclick=x() class=a>B</p>":                  "<p>B</p>",
		"<script>alert(1)</script><style>@import url(x)</style>C":            "<body>C</body>",
		"<table><tr><td colspan=2 background=x>D</td></tr></table>":          "<table><tr><td colspan=\"2\">D</td></tr></table>",
		"<iframe src=x></iframe><object data=x></object><svg><a/></svg>E":    "<body>E</body>",
		"<form action=x><input name=a></form><meta http-equiv=refresh>F":     "<body>F</body>",
		"</body></html><link rel=stylesheet href=x><base href=//e.example>G": "<body>G</body>",
	} {
		markup = written
		page := b.get(mailPath(id)+"/body").is(t, http.StatusOK).has(t, want)
		policy := page.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "sandbox; default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "script") {
			t.Errorf("policy %q", policy)
		}
		if strings.Contains(page.body, "evil.example") || strings.Contains(page.body, "alert") || strings.Contains(page.body, "onclick") {
			t.Errorf("%s: %s", written, page.body)
		}
	}
	s.as(member).get(mailPath(id)+"/body").is(t, http.StatusForbidden)
}

// TestAddressIsLearnedOnThePage releases a mail from an unknown address, learns the address and forgets it again.
func TestAddressIsLearnedOnThePage(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	id, again := s.deliver("privat@nokon.example", "Sak heimanfrå"), s.deliver("privat@nokon.example", "Ei sak til heimanfrå")
	b.get(mailPath(id)).has(t, "E-post frå privat@nokon.example er frå denne personen heretter").lacks(t, "Slepp gjennom som", "Kjend adresse")
	writer := fmt.Sprint(s.actor(member).Person)
	b.post(mailPath(id)+"/release", "learn", "yes").is(t, http.StatusUnprocessableEntity).has(t, "Vel ein som kan melde inn saker", "checked")
	b.post(mailPath(id)+"/release", "person", writer, "learn", "yes").is(t, http.StatusOK)
	b.get(mailPath(id)).has(t, "Kjend adresse", "privat@nokon.example er kjend som adressa til Medlem", "Knytte privat@nokon.example til Medlem")
	b.get(mailPath(again)).has(t, "Slepp gjennom som Medlem").lacks(t, "heretter")
	s.as(member).post(mailPath(id)+"/forget").is(t, http.StatusForbidden)
	b.post(mailPath(id)+"/forget").is(t, http.StatusOK).has(t, "Adressa er gløymd", "Gløymde at privat@nokon.example er Medlem, Vaksdal kommune si adresse")
	b.post(mailPath(id)+"/forget").is(t, http.StatusConflict)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		if _, err := forum.WriterOf(ctx, tx, "privat@nokon.example"); !forum.IsKind(err, forum.NotFound) {
			t.Errorf("still known: %v", err)
		}
		return nil
	})
}
