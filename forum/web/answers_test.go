package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

// TestAnsweringOnThePage answers as a member, and looks at it as a secretary, on each database.
func TestAnsweringOnThePage(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		keeper, invited, chairs := s.as(secretary), s.as(member), s.as(chair)
		meeting := keeper.meeting()
		invited.post(meeting+"/answer", "answer", "yes").is(t, http.StatusConflict)
		keeper.post(meeting+"/call").is(t, http.StatusOK)

		invited.get(meeting).has(t, "Svaret ditt", "Kjem du?", `action="`+meeting+`/answer"`).lacks(t, "Kven kjem", "hx-get")
		invited.post(meeting+"/answer", "comment", "Eg er på ferie").is(t, http.StatusUnprocessableEntity).has(t, "Vel ja, nei eller kanskje", "Eg er på ferie")
		long := strings.Repeat("x", 2001)
		invited.post(meeting+"/answer", "answer", "no", "comment", long).is(t, http.StatusUnprocessableEntity).has(t, long, `value="no" checked`)
		named := "Gjeld pasienten 01819010001, ikkje meg"
		invited.post(meeting+"/answer", "answer", "no", "comment", named).is(t, http.StatusUnprocessableEntity).has(t, "ser ut som eit fødselsnummer", named, `value="no" checked`)
		invited.post(meeting+"/answer", "answer", "no", "comment", "Eg er på <ferie>").is(t, http.StatusOK).
			has(t, "Svaret ditt er notert", "Du har svart: Kjem ikkje", `value="no" checked`).lacks(t, "ferie")

		keeper.get(meeting).has(t, "Kven kjem", "Eg er på &lt;ferie&gt;", "Ingen vara att", "0 av 2 kjem, 1 må til", "Kan bli vedtaksført", `hx-trigger="every 10s"`)
		keeper.get(council+"/sent").has(t, "Melding om at vara manglar")
		chairs.get(meeting).lacks(t, "ferie", "Kven kjem")
		chairs.post(meeting+"/answer", "answer", "yes").is(t, http.StatusOK).has(t, "Du har svart: Kjem")
		s.as(hospital).post(meeting+"/answer", "answer", "no").is(t, http.StatusOK)
		s.as(deputy).post(meeting+"/answer", "answer", "no").is(t, http.StatusOK)
		keeper.get(meeting).has(t, "1 av 2 kjem, 1 må til", "Vedtaksført", "Blir ikkje vedtaksført")

		slot := []string{"start_date", "2026-06-09", "start_time", "09:30", "end_date", "2026-06-09", "end_time", "11:00", "place", "Heradshuset"}
		keeper.post(meeting+"/move", slot...).is(t, http.StatusOK).has(t, "Kjem ikkje, for den gamle tida").lacks(t, "Ingen vara att")
		invited.get(meeting).has(t, "Du svarte «Kjem ikkje», men det gjaldt ei tidlegare tid").lacks(t, " checked")
		keeper.post(meeting+"/cancel", "reason", "Streik").is(t, http.StatusOK)
		invited.post(meeting+"/answer", "answer", "yes").is(t, http.StatusConflict).has(t, "Møtet er avlyst")
		invited.get(meeting).lacks(t, "Svaret ditt")
	})
}

// TestWhoComesRefreshesItself asks for the live part as a browser does.
func TestWhoComesRefreshesItself(t *testing.T) {
	s := onSQLite(t)
	keeper := s.as(secretary)
	meeting := keeper.meeting()
	keeper.post(meeting+"/call").is(t, http.StatusOK)
	path := meeting + "/attendance"
	ask := func(known string) *http.Response {
		request := keeper.request(http.MethodGet, path, "", nil)
		request.Header.Set("If-None-Match", known)
		response, err := keeper.client.Do(request)
		check(t, err)
		t.Cleanup(func() { check(t, response.Body.Close()) })
		return response
	}
	first := ask("")
	tag := first.Header.Get("ETag")
	if first.StatusCode != http.StatusOK || tag == "" {
		t.Fatalf("it answers %d with the tag %q", first.StatusCode, tag)
	}
	again := ask(tag)
	body, err := io.ReadAll(again.Body)
	check(t, err)
	if again.StatusCode != http.StatusNotModified || len(body) > 0 {
		t.Errorf("what is unchanged is answered with %d and %d bytes", again.StatusCode, len(body))
	}
	s.as(member).post(meeting+"/answer", "answer", "yes").is(t, http.StatusOK)
	if changed := ask(tag); changed.StatusCode != http.StatusOK || changed.Header.Get("ETag") == tag {
		t.Errorf("what is changed is answered with %d", changed.StatusCode)
	}
	keeper.get(path).has(t, `id="attendance"`, `hx-get="`+path+`"`, "1 av 2 kjem").lacks(t, "<html")
	s.as(member).get(path).is(t, http.StatusForbidden)
	s.as(outsider).get(path).is(t, http.StatusForbidden)
	s.stranger().get(path).is(t, http.StatusForbidden)
}
