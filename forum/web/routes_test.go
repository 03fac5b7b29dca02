package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
)

// TestEveryPageInEveryLanguage opens every route that the router has, as each
// kind of reader, in each language: none fails, and none lacks a text.
func TestEveryPageInEveryLanguage(t *testing.T) {
	s := onSQLite(t)
	keeper := s.as(secretary)
	meeting, matter := keeper.meeting(), s.as(hospital).matter("Sak")
	keeper.post(meeting+"/call").is(t, http.StatusOK)
	keeper.meeting()
	keeper.post(keeper.matter("Sak på sakliste")+"/place", "meeting", number(meeting)).is(t, http.StatusOK)
	keeper.post(meeting+"/keys/ask").is(t, http.StatusOK)
	keeper.post(matter+"/remove", "way", "return", "reason", "Uklar").is(t, http.StatusOK)
	keeper.post(keeper.matter("Returnert sak")+"/remove", "way", "return", "reason", "Uklar").is(t, http.StatusOK)
	keeper.post(keeper.upload("Sak med papir", map[string]string{"a.txt": "a"}).path+"/remove", "way", "merge", "into", number(matter), "reason", "Same").is(t, http.StatusOK)
	keeper.post(calendarPage, "first", "18", "last", "20", "reason", "Kurs").is(t, http.StatusOK)
	keeper.series(council).is(t, http.StatusOK)
	s.deliver("ukjend@nokon.example", "Sak")
	keeper.post(mailPath(s.deliver("annan@nokon.example", ""))+"/set-aside").is(t, http.StatusOK)
	s.written(invitation, forum.Failed)

	readers := map[string]*browser{"secretary": keeper, "other secretary": s.as(secretaryHF), "member": s.as(member), "outsider": s.as(outsider), "signed out": s.stranger()}
	for _, language := range []string{"nn", "nb", "en"} {
		for name, reader := range readers {
			t.Run(language+"/"+name, func(t *testing.T) {
				reader.post("/language", "language", language, "back", "/demo").is(t, http.StatusOK)
				for _, path := range pagePaths() {
					got := reader.get(path)
					if got.status >= http.StatusInternalServerError {
						t.Errorf("%s answered %d", path, got.status)
					}
					got.lacks(t, "⟦", "<no value>")
					if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && !strings.HasSuffix(path, "/body") {
						got.has(t, `lang="`+language+`"`)
					}
				}
			})
		}
	}
	if s.log.String() == "" || len(s.logLines("request failed")) > 0 {
		t.Errorf("the log tells of failures: %v", s.logLines("request failed"))
	}
}

// pagePaths are the routes of pages with each of the first ids put in.
func pagePaths() []string {
	var paths []string
	for _, route := range web.New(web.Options{}).GetRoutes() {
		switch {
		case strings.HasPrefix(route, "/assets"), route == "/metrics", route == "/healthz", route == "/readyz":
			continue
		case !strings.Contains(route, ":"):
			paths = append(paths, route)
			continue
		}
		for id := 1; id <= 5; id++ {
			paths = append(paths, strings.NewReplacer(":id", fmt.Sprint(id), ":pass", "nonsense").Replace(route))
		}
	}
	return paths
}

// TestNonsensePaths answers what names nothing with a page that helps.
func TestNonsensePaths(t *testing.T) {
	b := onSQLite(t).as(secretary)
	for _, path := range []string{
		"/nowhere", "/meetings/999", "/meetings/0", "/meetings/-1", "/meetings/1x", "/matters/99999999999999999999", "/forums/%27", "/papers/1",
		"/messages/7", "/messages/7/raw", "/incoming/7", "/assets/site.css", "/assets/..%2ftext.go", "/forums/1/nowhere", "/metrics",
	} {
		t.Run(path, func(t *testing.T) {
			b.get(path).is(t, http.StatusNotFound).has(t, "Vi finn ikkje dette", "Til oversikta", `href="/"`)
		})
	}
	b.post("/removals/7/answer", "answer", "yes").is(t, http.StatusNotFound)
	b.post("/meetings/7/call").is(t, http.StatusNotFound)
	b.post("/forums").is(t, http.StatusNotFound)
}

func TestForumPage(t *testing.T) {
	b := onSQLite(t).as(secretary)
	got := b.get(council).is(t, http.StatusOK)
	got.has(t, "Voss lokalsjukehusområde", "mailto:raad@voss.example", "Semje:", "21 dagar før møtet", "Rådet samordnar.", "Leiar, nestleiar")
	got.has(t, "Mandatet gjer unntak frå reglane", "Observatør (alle nivå) kan ikkje lese sakene. Sakene er interne.")
	b.get("/forums").has(t, "Samarbeidsrådet", "Underutval for beredskap", "Ope for dei som har sete der").lacks(t, `href="`+subCommittee+`"`)
}

// TestLevelsWeighTheSame shows the roles of both levels in the same way.
func TestLevelsWeighTheSame(t *testing.T) {
	got := onSQLite(t).stranger().get("/demo").is(t, http.StatusOK)
	_, room, _ := strings.Cut(got.body, "Samarbeidsrådet")
	for _, level := range []string{"municipal", "specialist"} {
		got := answer{body: room}
		got.has(t, "level level--"+level)
	}
	if strings.Count(room, `name="person"`) != 7 {
		t.Errorf("not every role can be stepped into once: %s", visible(room))
	}
}
