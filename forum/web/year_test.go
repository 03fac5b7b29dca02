package web_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

const calendarPage = "/areas/1/calendar"

// spring is the form of a series on every second Tuesday; fields given replace it.
func spring(fields ...string) []string {
	form := map[string]string{
		"kind": "weeks", "weekday": "2", "weeks": "2", "nth": "1", "count": "4", "from": "2026-03-10", "to": "2026-05-05", "start": "10:00", "end": "12:00",
		"avoid": "move", "form": "ordinary", "place": "Heradshuset", "link": "",
	}
	var months []string
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i] == "months" {
			months = append(months, "months", fields[i+1])
			continue
		}
		form[fields[i]] = fields[i+1]
	}
	for name, value := range form {
		months = append(months, name, value)
	}
	return months
}

var seenDays = regexp.MustCompile(`name="seen" value="([^"]*)"`)

// series previews and confirms one.
func (b *browser) series(in string, fields ...string) answer {
	b.Helper()
	preview := b.post(in+"/series/new", spring(fields...)...).is(b.T, http.StatusOK)
	days := seenDays.FindStringSubmatch(preview.body)
	if days == nil {
		b.Fatalf("the preview brings back no days:\n%s", visible(preview.body))
	}
	return b.post(in+"/series/new", append(spring(fields...), "step", "confirm", "seen", days[1])...)
}

// TestSeriesCourse plans, calls, moves and cancels a series through its pages,
// on each database.
func TestSeriesCourse(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		b.get(council).has(t, council+"/series/new")
		b.get(council+"/series/new").is(t, http.StatusOK).has(t, `name="kind" value="weeks" checked`, `value="2" selected`)
		preview := b.post(council+"/series/new", spring()...).is(t, http.StatusOK)
		preview.has(t, "Kvar 2. veke, tysdag, kl. 10.00–12.00", "5 møte. Ingenting er laga enno", "Tysdag 24. mars 2026 kl. 10.00–12.00", "Lag 5 utkast", "17. feb. 2026 kl. 23.59")
		preview.has(t, "Ingen heilagdagar, stengde veker, kollisjonar eller fråvær")
		b.get(council).lacks(t, `href="/meetings/`)
		b.post(council+"/series/new", append(spring(), "step", "edit")...).is(t, http.StatusOK).has(t, `value="2026-03-10"`, `value="Heradshuset"`)

		planned := b.series(council).is(t, http.StatusOK).has(t, "Møteserie 1", "Møta er utkast", "Kall inn til alle 5 møta", "Planla 5 møte")
		again := b.post(council+"/series/new", append(spring(), "step", "confirm", "seen", "2026-03-10")...)
		again.is(t, http.StatusConflict).has(t, "Noko har endra seg", "Forumet har alt eit møte då", "Sløyfa").lacks(t, `value="confirm"`)
		b.get(council).has(t, "Møteseriar", planned.path)
		b.post(planned.path+"/call").is(t, http.StatusOK).has(t, "Innkallingane er på veg").lacks(t, planned.path+"/call")
		b.post(planned.path+"/call").is(t, http.StatusConflict).has(t, "ingen utkast")
		if sent := strings.Count(b.get(council+"/sent").body, "6 mottakarar"); sent != 5 {
			t.Errorf("%d groups of invitations for five meetings", sent)
		}

		b.get("/meetings/3/move").has(t, `name="scope" value="one" checked`, `name="scope" value="rest"`).lacks(t, `value="rest" checked`)
		slot := []string{"start_date", "2026-04-08", "start_time", "09:00", "end_date", "2026-04-08", "end_time", "11:00", "place", "Heradshuset"}
		b.post("/meetings/3/move", append(slot, "scope", "rest")...).is(t, http.StatusOK).has(t, "dei seinare i serien er flytta", "Onsdag 8. april 2026 kl. 09.00–11.00")
		b.get(planned.path).has(t, "Onsdag 22. april 2026 kl. 09.00–11.00", "Onsdag 6. mai 2026", "Tysdag 24. mars 2026 kl. 10.00")
		b.post("/meetings/4/cancel", "reason", " ", "scope", "rest").is(t, http.StatusUnprocessableEntity).has(t, "Skriv ei grunngjeving", `value="rest" checked`)
		b.post("/meetings/4/cancel", "reason", "Streik", "scope", "rest").is(t, http.StatusOK).has(t, "dei seinare i serien er avlyste")
		b.get("/meetings/5").has(t, "Møtet er avlyst")
		b.get("/meetings/3").has(t, "Kalla inn").lacks(t, "Møtet er avlyst")
	})
}

func TestSeriesMistakesKeepWhatWasTyped(t *testing.T) {
	b := onSQLite(t).as(secretary)
	for _, c := range []struct {
		name   string
		fields []string
		want   string
	}{
		{"no kind", []string{"kind", ""}, "Vel korleis dagane skal finnast"},
		{"weeks that are none", []string{"weeks", "to"}, "kor mange veker det er mellom"},
		{"no months", []string{"kind", "months"}, "Vel minst éin månad"},
		{"past", []string{"from", "2026-03-01"}, "ikkje byrje før i dag"},
		{"no date", []string{"to", "snart"}, "«snart» er ingen dato"},
		{"hundreds", []string{"weeks", "1", "to", "2028-03-01"}, "fleire enn 60 møte"},
		{"no clock", []string{"start", "25:00"}, "«25:00» er ikkje noko klokkeslett"},
		{"nowhere", []string{"place", ""}, "Kvar er møtet?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := b.post(council+"/series/new", spring(c.fields...)...)
			got.is(t, http.StatusUnprocessableEntity).has(t, c.want, "Éin ting må rettast", `aria-invalid="true"`, `value="12:00"`)
		})
	}
	got := b.post(council+"/series/new", spring("kind", "months", "months", "5", "months", "11", "nth", "-1", "from", "2026-12-31", "to", "2026-01-01")...)
	got.is(t, http.StatusUnprocessableEntity).has(t, `value="5" checked`, `value="11" checked`, `value="-1" selected`)
	b.stage.as(member).get(council+"/series/new").is(t, http.StatusForbidden)
}

// TestYearOfAnArea blocks weeks, sees them avoided, and plans the next year.
func TestYearOfAnArea(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		b.get("/forums").has(t, "Møtekalender for Voss", calendarPage)
		b.get(calendarPage+"?year=2026").has(t, "Grunnlovsdagen", "Torsdag 14.", "Kristi himmelfartsdag", "Ingen veker er stengde", "Planlegg 2027", "Underutval for beredskap")
		b.post(calendarPage+"?year=2026", "first", "19", "last", "18", "only_year", "", "reason", "Kurs").is(t, http.StatusUnprocessableEntity).has(t, "Den siste veka må vere", `value="Kurs"`, `value="19"`)
		b.post(calendarPage+"?year=2026", "first", "19", "last", "19", "only_year", "snart", "reason", "Kurs").is(t, http.StatusUnprocessableEntity).has(t, "Skriv eit år")
		blocked := b.post(calendarPage, "first", "19", "last", "19", "only_year", "", "reason", "Kurs").is(t, http.StatusOK)
		blocked.has(t, "Vekene er stengde", "Veke 19: Kurs", "4. mai 2026–10. mai 2026", "kvart år", "Angre")
		b.get("/areas/1/calendar?year=2027").has(t, "Veke 19: Kurs", "10. mai 2027")

		b.post("/weeks/1/open").is(t, http.StatusOK).has(t, "Vekene er opne att", "Angre", "/weeks/1/block").lacks(t, "Veke 19: Kurs")
		b.post("/weeks/1/open").is(t, http.StatusConflict)
		b.post("/weeks/1/block").is(t, http.StatusOK).has(t, "Veke 19: Kurs")
		b.post(council+"/series/new", spring()...).has(t, "Flytta", "Tysdag 5. mai 2026 er i veke 19 (stengt: Kurs).", "Torsdag 30. april 2026")
		b.post(council+"/series/new", spring("avoid", "leave-out")...).has(t, "Sløyfa", "4 møte")
		b.series(council)
		b.get(calendarPage).has(t, "Samarbeidsrådet", "kl. 10.00 Heradshuset", "Tysdag 24.")
		s.as(member).get(calendarPage).is(t, http.StatusOK).has(t, "Ikkje vist", "Underutval for beredskap").lacks(t, "Steng veker", "Planlegg 2027")

		next := b.get("/areas/1/next-year?year=2026").is(t, http.StatusOK).has(t, "Planlegg 2027", "10. mars 2027–5. mai 2027", "Lag alle 4 utkasta")
		days := regexp.MustCompile(`name="seen_1" value="([^"]*)"`).FindStringSubmatch(next.body)
		if days == nil {
			t.Fatalf("no days come back:\n%s", visible(next.body))
		}
		b.post("/areas/1/next-year?year=2026", "seen_1", "2027-01-01").is(t, http.StatusConflict).has(t, "Dagane er ikkje lenger dei du såg", "Lag alle 4")
		b.post("/areas/1/next-year?year=2026", "seen_1", days[1]).is(t, http.StatusOK).has(t, "Neste år er planlagt", "Møtekalender 2027", "Tysdag 16.")
		b.get("/areas/1/next-year?year=2026").has(t, "Ingen seriar å føre vidare")
		b.post("/areas/1/next-year?year=2026", "seen_1", days[1]).is(t, http.StatusConflict)
		for _, path := range []string{"/areas/9/calendar", "/areas/1/calendar?year=1", "/series/9"} {
			b.get(path).is(t, http.StatusNotFound)
		}
		s.as(member).get("/areas/1/next-year").is(t, http.StatusForbidden)
	})
}

// TestRulesInEveryLanguage says each kind of rule, obstacle and clash in words.
func TestRulesInEveryLanguage(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	b.post(calendarPage, "first", "19", "last", "20", "reason", "Kurs").is(t, http.StatusOK)
	b.meeting()
	long := []string{"from", "2026-03-03", "to", "2027-12-31", "weekday", "4"}
	for _, language := range []string{"nn", "nb", "en"} {
		b.post("/language", "language", language, "back", "/forums").is(t, http.StatusOK)
		for name, fields := range map[string][]string{
			"weekly":       {"weeks", "1"},
			"fortnightly":  {"weekday", "2", "to", "2026-06-02"},
			"in months":    {"kind", "months", "nth", "3", "months", "5", "months", "10"},
			"every month":  {"kind", "months", "nth", "-1", "months", "1", "months", "2", "months", "3", "months", "4", "months", "5", "months", "6", "months", "7", "months", "8", "months", "9", "months", "10", "months", "11", "months", "12", "avoid", "leave-out"},
			"four a year":  append([]string{"kind", "spread", "count", "4"}, long...),
			"one a year":   append([]string{"kind", "spread", "count", "1"}, long...),
			"nothing left": {"from", "2026-03-11", "to", "2026-03-12"},
		} {
			t.Run(language+"/"+name, func(t *testing.T) {
				b.post(council+"/series/new", spring(fields...)...).is(t, http.StatusOK).has(t, `lang="`+language+`"`).lacks(t, "⟦", "<no value>")
			})
		}
	}
}

// TestAClashIsNamed shows who is to be in two rooms at once.
func TestAClashIsNamed(t *testing.T) {
	s := onSQLite(t)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		both := plan()
		both.Forums[1].Seats = append(both.Forums[1].Seats,
			forum.SeatEntry{Person: secretary, Organisation: "944233199", Capacity: forum.Secretary},
			forum.SeatEntry{Person: member, Organisation: "961821967", Capacity: forum.Member})
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), both)
		return err
	})
	s.as(member).post("/me/absences", "from", "2026-03-23", "to", "2026-03-25").is(t, http.StatusOK)
	b := s.as(secretary)
	b.post(subCommittee+"/meetings/new", "start_date", "2026-03-24", "start_time", "11:00", "end_date", "2026-03-24", "end_time", "13:00",
		"place", "Rom", "form", "ordinary").is(t, http.StatusOK)
	got := b.post(council+"/series/new", spring()...).is(t, http.StatusOK)
	got.has(t, "2 kollisjonar", "Medlem, Vaksdal kommune er i Underutval for beredskap tysdag 24. mars 2026 kl. 11.00–13.00", "Sekretær, Kvam herad er i", "1 gong er nokon borte", "Medlem, Vaksdal kommune er borte 23. mars 2026 – 25. mars 2026", "Lag 5 utkast")
}

// TestADeadlineThatIsPastIsMarked plans a meeting sooner than its items can come.
func TestADeadlineThatIsPastIsMarked(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	soon := []string{"start_date", "2026-03-09", "start_time", "11:00", "end_date", "2026-03-09", "end_time", "13:00", "place", "Rom", "form", "ordinary"}
	b.post(council+"/meetings/new", soon...).is(t, http.StatusOK).has(t, "– fristen er ute")
	b.post(council+"/series/new", spring()...).is(t, http.StatusOK).has(t, "Fristen er ute")
}
