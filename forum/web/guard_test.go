package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/forum/web/webtest"
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

// sender sends what the tests of every house send, as the secretary and as nobody.
func (s *stage) sender(session, id string) webtest.Send {
	return func(r webtest.Request) webtest.Answer {
		b := s.stranger()
		b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		request := b.request(r.Method, at(r.Pattern, id), "", strings.NewReader(r.Body))
		request.Header = r.Header.Clone()
		if r.Signed {
			request.Header.Set("Cookie", session)
		}
		got := b.do(request)
		return webtest.Answer{Status: got.status, Header: got.header, Body: got.body}
	}
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
			opened := webtest.EveryAnswerIsGuarded(t, site, public != "", s.sender(s.session(secretary), "1"))
			for _, kind := range []webtest.Sort{page, part, file, source, frame, machine} {
				if !opened[kind] {
					t.Errorf("nothing of the sort %d was opened", kind)
				}
			}
		})
	}
}

// TestEveryChangeIsOurOwn refuses every change that does not come from a page
// of ours, with nothing changed.
func TestEveryChangeIsOurOwn(t *testing.T) {
	database := storetest.SQLite(t)
	s := furnished(t, database, nil)
	b := s.as(secretary)
	session := s.session(secretary)
	changed := webtest.Watched(t, database)
	fields := url.Values{"person": {"1"}, "language": {"en"}, "address": {member}, "forum": {"1"}, "reason": {"Slik"}, "confirm": {"yes"}}
	webtest.EveryChangeIsOurOwn(t, site, s.url, fields, s.sender(session, "1"), changed)
	b.post("/demo", "person", "1").is(t, http.StatusOK)
	if !changed() {
		t.Error("nothing that is done shows in the database")
	}
}

// TestOnlyPapersAreLarge refuses files on every route that takes none.
func TestOnlyPapersAreLarge(t *testing.T) {
	s := onSQLite(t)
	webtest.OnlyPapersAreLarge(t, site, s.url, s.sender(s.session(secretary), "9"))
}
