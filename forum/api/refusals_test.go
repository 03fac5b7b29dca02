package api_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

func (s *stage) refused(a answer, status int, code string) {
	s.Helper()
	if a.status != status || a.value("code") != code || a.header.Get("Content-Type") != "application/problem+json" {
		s.Errorf("got %d %s, want %d %s", a.status, a.body, status, code)
	}
}

func TestWhoMayCall(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	reader := s.token(secretary, forum.ReadScope)
	bearer := func(secret string) []string { return []string{"Authorization", "Bearer " + secret} }
	for name, c := range map[string]struct {
		headers []string
		code    string
	}{
		"nobody":         {nil, "error.api.no_token"},
		"a cookie":       {[]string{"Cookie", "session=" + s.tokens[secretary]}, "error.api.no_token"},
		"another scheme": {[]string{"Authorization", "Basic " + s.tokens[secretary]}, "error.api.no_token"},
		"a made-up one":  {bearer("samraad_x"), "error.token.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			a := s.send("GET", "/api/forums", nil, c.headers...)
			s.refused(a, 401, c.code)
			contains(t, a.header.Get("WWW-Authenticate"), "Bearer")
		})
	}
	if a := s.send("GET", "/api/forums", nil, bearer(reader)...); a.status != 200 {
		t.Errorf("a token that reads got %d", a.status)
	}
	a := s.send("POST", "/api/forums/1/matters", []byte(`{"title":"x","kind":"briefing"}`), bearer(reader)...)
	s.refused(a, 403, "error.token.scope_missing")
	contains(t, a.header.Get("WWW-Authenticate"), `error="insufficient_scope"`)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		all, err := tx.APITokens(ctx)
		if err != nil {
			return err
		}
		last := all[len(all)-1]
		if !last.UsedAt.Equal(today.Truncate(time.Hour)) {
			t.Errorf("used at %v", last.UsedAt)
		}
		_, err = forum.RevokeAPIToken(ctx, tx, forum.Operator(), last.ID)
		return err
	})
	s.refused(s.send("GET", "/api/forums", nil, bearer(reader)...), 401, "error.token.unknown")
	s.refused(s.as(outsider, "GET", "/forums/1", ""), 403, "error.forbidden.read_forum")
	s.refused(s.as(outsider, "POST", "/forums/1/matters", `{"title":"x","kind":"briefing"}`), 403, "error.forbidden.propose_matter")
	s.refused(s.as(secretary, "GET", "/me/absences/"+fmt.Sprint(s.absence(secretaryHF)), ""), 404, "error.not_found.absence")
}

func TestAChangeNeedsTheTagOfWhatWasSeen(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	path := fmt.Sprintf("/meetings/%d", s.meeting(secretary))
	tag := s.tag(secretary, path)
	s.refused(s.as(secretary, "POST", path+"/call", ""), 428, "error.api.unseen")
	s.refused(s.as(secretary, "POST", path+"/call", "", "If-Match", "W/"+tag), 412, "error.api.stale")
	if a := s.as(secretary, "GET", path, "", "If-None-Match", `"x", W/`+tag); a.status != 304 || len(a.body) != 0 {
		t.Errorf("got %d %s", a.status, a.body)
	}
	called := s.made(secretary, "POST", path+"/call", "", "If-Match", tag)
	s.refused(s.as(secretary, "POST", path+"/cancel", `{"reason":"x"}`, "If-Match", tag), 412, "error.api.stale")
	if now := s.tag(secretary, path); now != called.header.Get("ETag") || now == tag {
		t.Errorf("after the change %s, read %s", called.header.Get("ETag"), now)
	}
}

func TestACreationIsMadeOnceUnderItsKey(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		s := newStage(t, address)
		const body = `{"title":"Ei sak","kind":"briefing"}`
		var all sync.WaitGroup
		ids := make([]int64, 4)
		for i := range ids {
			all.Go(func() { ids[i] = s.as(secretary, "POST", "/forums/1/matters", body, "Idempotency-Key", "a").id() })
		}
		all.Wait()
		for _, id := range ids {
			if id == 0 || id != ids[0] {
				t.Fatalf("made %v", ids)
			}
		}
		again := s.made(secretary, "POST", "/forums/1/matters", body, "Idempotency-Key", "a")
		if again.header.Get("Idempotency-Replayed") != "true" || again.header.Get("Location") != fmt.Sprintf("/api/matters/%d", ids[0]) {
			t.Errorf("got %v", again.header)
		}
		s.refused(s.as(secretary, "POST", "/forums/1/matters", `{"title":"Ei anna","kind":"briefing"}`, "Idempotency-Key", "a"), 422, "error.api.key_reused")
		if other := s.made(secretaryHF, "POST", "/forums/1/matters", body, "Idempotency-Key", "a"); other.id() == ids[0] {
			t.Error("another token's key gave the same")
		}
	})
}

func TestPagesFollowEachOther(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	for range 5 {
		s.matter(secretary)
	}
	var seen []float64
	for next := "/forums/1/inbox?limit=2"; next != ""; {
		page := s.made(secretary, "GET", strings.TrimPrefix(next, "/api"), "")
		items, _ := page.value("items").([]any)
		for _, item := range items {
			seen = append(seen, item.(map[string]any)["matter"].(map[string]any)["id"].(float64))
		}
		next, _ = page.value("next").(string)
	}
	if fmt.Sprint(seen) != "[1 2 3 4 5]" {
		t.Errorf("saw %v", seen)
	}
	s.refused(s.as(secretary, "GET", "/forums/1/inbox?cursor=%21", ""), 422, "error.api.cursor")
}

func TestBadInput(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	matters := "/forums/1/matters"
	for name, c := range map[string]struct {
		path, body string
		status     int
		code       string
		field      string
	}{
		"10 MB":             {matters, `{"title":"` + strings.Repeat("x", 10_000_000) + `","kind":"briefing"}`, 413, "error.api.too_large", ""},
		"deep":              {matters, strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), 400, "error.api.unreadable", ""},
		"no JSON":           {matters, `{"title":`, 400, "error.api.unreadable", ""},
		"invalid UTF-8":     {matters, "{\"title\":\"\xff\xfe\",\"kind\":\"briefing\"}", 400, "error.api.unreadable", ""},
		"NUL":               {matters, `{"title":"a\u0000b","kind":"briefing"}`, 400, "error.api.unreadable", ""},
		"an unknown field":  {matters, `{"title":"x","kind":"briefing","level":"municipal"}`, 422, "error.api.invalid", "level"},
		"a wrong type":      {matters, `{"title":7,"kind":"briefing"}`, 422, "error.api.invalid", "title"},
		"a missing field":   {matters, `{"kind":"briefing"}`, 422, "error.api.invalid", "title"},
		"no such kind":      {matters, `{"title":"x","kind":"poem"}`, 422, "error.api.invalid", "kind"},
		"a rule's refusal":  {matters, `{"title":" ","kind":"briefing"}`, 422, "error.matter.no_title", "title"},
		"no number":         {"/forums/x/matters", `{"title":"x","kind":"briefing"}`, 422, "error.api.invalid", "path.id"},
		"another's forum":   {"/forums/999/matters", `{"title":"x","kind":"briefing"}`, 404, "error.not_found.forum", ""},
		"an unknown query":  {matters + "?x=1", `{"title":"x","kind":"briefing"}`, 422, "error.api.invalid", "query.x"},
		"no such operation": {"/nothing", `{}`, 404, "error.not_found.operation", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.T = t
			a := s.as(secretary, "POST", c.path, c.body)
			s.refused(a, c.status, c.code)
			if c.field != "" && !bytes.Contains(a.body, []byte(fmt.Sprintf(`"field":%q`, c.field))) {
				t.Errorf("the field %s is not named: %s", c.field, a.body)
			}
			if bytes.Contains(a.body, []byte("⟦")) {
				t.Errorf("a text is missing: %s", a.body)
			}
		})
	}
	for language, word := range map[string]string{"nn": "Vi finn ikkje", "nb-NO": "Vi finner ikke", "en-GB, nn;q=0.5": "cannot find", "de": "Vi finn ikkje"} {
		contains(t, string(s.as(secretary, "GET", "/forums/999", "", "Accept-Language", language).body), word)
	}
}
