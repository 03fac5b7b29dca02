package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

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
			a := s.As(secretary, "POST", c.path, c.body)
			s.Refused(a, c.status, c.code)
			if c.field != "" && !bytes.Contains(a.Body, []byte(fmt.Sprintf(`"field":%q`, c.field))) {
				t.Errorf("the field %s is not named: %s", c.field, a.Body)
			}
			if bytes.Contains(a.Body, []byte("⟦")) {
				t.Errorf("a text is missing: %s", a.Body)
			}
			if waiting := s.waiting(); waiting != 0 {
				t.Errorf("%d matters wait", waiting)
			}
		})
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	for range 5 {
		s.matter(secretary)
	}
	var seen []float64
	for next := "/forums/1/inbox?limit=2"; next != ""; {
		page := s.Made(secretary, "GET", strings.TrimPrefix(next, "/api"), "")
		items, _ := page.Value("items").([]any)
		for _, item := range items {
			seen = append(seen, item.(map[string]any)["matter"].(map[string]any)["id"].(float64))
		}
		next, _ = page.Value("next").(string)
	}
	if fmt.Sprint(seen) != "[1 2 3 4 5]" {
		t.Errorf("saw %v", seen)
	}
	s.Refused(s.As(secretary, "GET", "/forums/1/inbox?cursor=%21", ""), 422, "error.api.cursor")
}
