package web_test

import (
	"net/http"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

// TestMatterToAgenda is the course of a matter from a member to an agenda, on
// each database.
func TestMatterToAgenda(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		author, keeper := s.as(member), s.as(secretaryHF)
		meeting := keeper.meeting()
		matter := author.matter("Utskriving på fredagar")
		author.get(matter).has(t, "Utskriving på fredagar", "Vaksdal kommune", "Innkomen sak 2026-1").lacks(t, matter+"/place")
		keeper.get(council+"/inbox").is(t, http.StatusOK).has(t, "Utskriving på fredagar", "Ta til møtet 2. juni 2026", "level-mark--municipal")

		placed := keeper.post(matter+"/place", "meeting", number(meeting), "back", "inbox").is(t, http.StatusOK)
		placed.has(t, "Innboksen er tom", "Saka står på saklista", `action="`+matter+`/put-back"`)
		keeper.get(meeting).has(t, "1/26", "Utskriving på fredagar")
		author.get(matter).has(t, "Sak 1/26")

		keeper.post(matter+"/place", "meeting", number(meeting)).is(t, http.StatusConflict).has(t, "Saka står alt på ei sakliste", `href="`+matter+`"`)
		keeper.post(matter+"/put-back", "back", "meeting").is(t, http.StatusOK).has(t, "Ingen saker enno", "Saka ventar i innboksen att")
	})
}

// TestMeetingCourse plans, calls, moves and cancels a meeting.
func TestMeetingCourse(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		meeting := b.meeting()
		b.get(meeting).has(t, "Dette er eit utkast", "Kall inn 6 personar", "Får innkalling (6)", "Tysdag 2. juni 2026 kl. 10.00–12.00", "12. mai 2026 kl. 23.59")

		b.post(meeting+"/call").is(t, http.StatusOK).has(t, "Innkallingane er på veg", "Kalla inn (6)").lacks(t, meeting+"/call")
		b.post(meeting+"/call").is(t, http.StatusConflict).has(t, "Møtet er alt kalla inn", `href="`+meeting+`"`)
		b.get(council+"/sent").has(t, "6 mottakarar", "Medlem, Vaksdal kommune").lacks(t, member)

		slot := []string{"start_date", "2026-06-09", "start_time", "09:30", "end_date", "2026-06-09", "end_time", "11:00", "place", "Heradshuset"}
		b.get(meeting+"/move").has(t, `value="2026-06-02"`, `value="10:00"`, `value="Heradshuset"`)
		b.post(meeting+"/move", slot...).is(t, http.StatusOK).has(t, "Tysdag 9. juni 2026 kl. 09.30–11.00", "Møtet er flytta")
		b.post(meeting+"/move", slot...).is(t, http.StatusConflict).has(t, "Møtet er alt der og då")

		matter := b.matter("Sak til eit møte som blir avlyst")
		b.post(matter+"/place", "meeting", number(meeting)).is(t, http.StatusOK)
		b.post(meeting+"/cancel", "reason", " ").is(t, http.StatusUnprocessableEntity).has(t, "Skriv ei grunngjeving")
		b.post(meeting+"/cancel", "reason", "Streik").is(t, http.StatusOK).has(t, "Møtet er avlyst", "Streik").lacks(t, meeting+"/move")
		b.post(meeting+"/cancel", "reason", "Streik").is(t, http.StatusConflict)
		b.get(meeting+"/move").is(t, http.StatusConflict).has(t, "Møtet er avlyst")
		b.get(council+"/inbox").has(t, "Sak til eit møte som blir avlyst")
	})
}

// TestRemovals takes matters out of the inbox: alone, with the other level's
// secretary, and over an objection.
func TestRemovals(t *testing.T) {
	s := onSQLite(t)
	ours, theirs := s.as(secretary), s.as(secretaryHF)

	own := s.as(member).matter("Eiga sak")
	ours.get(own).has(t, "Gjer dette").lacks(t, "Spør det andre nivået")
	ours.post(own+"/remove", "way", "return", "reason", "Uklar").is(t, http.StatusOK).has(t, "Saka er send tilbake", `action="`+own+`/put-back"`, "Uklar")
	ours.get(council+"/inbox").has(t, "Sende tilbake (1)")
	ours.post(own+"/put-back", "back", "inbox").is(t, http.StatusOK).has(t, "Saka ventar i innboksen att")

	other := s.as(hospital).matter("Saka til det andre nivået")
	ours.get(other).has(t, "Spør det andre nivået")
	asked := ours.post(other+"/remove", "way", "merge", "into", number(own), "reason", "Same sak").is(t, http.StatusOK)
	asked.has(t, "Det andre nivået melde inn saka", "Trekk ønsket", "vil slå saka saman med «Eiga sak»", "/withdraw")
	removal := asked.removal(t)
	ours.post(removal+"/answer", "answer", "yes").is(t, http.StatusForbidden).has(t, "det andre nivået")
	theirs.get("/").has(t, "Ventar på deg", "Svar om «Saka til det andre nivået»", "vil slå saka saman")
	theirs.post(removal+"/answer").is(t, http.StatusUnprocessableEntity).has(t, "Vel ja eller nei")
	theirs.post(removal+"/answer", "answer", "no").is(t, http.StatusUnprocessableEntity).has(t, "Skriv ei grunngjeving")
	theirs.post(removal+"/answer", "answer", "no", "objection", "Ho er ny").is(t, http.StatusOK).has(t, "Nøkkelhavarane er spurde", "Innvending: Ho er ny")
	ours.post(removal+"/decide", "answer", "yes").is(t, http.StatusForbidden)

	first, second := s.as(chair), s.as(deputy)
	first.post("/language", "language", "nn", "back", "/").is(t, http.StatusOK).has(t, "Avgjer om «Saka til det andre nivået»", "Innvending: Ho er ny")
	first.post(removal+"/decide", "answer", "yes").is(t, http.StatusOK).has(t, "Ditt ja er notert", "Ja frå: ")
	first.post(removal+"/decide", "answer", "yes").is(t, http.StatusConflict)
	second.post(removal+"/decide").is(t, http.StatusUnprocessableEntity)
	second.post(removal+"/decide", "answer", "yes").is(t, http.StatusOK).has(t, "Slått sammen med", "Eiga sak")

	third := s.as(hospital).matter("Saka som skal flyttast")
	removal = ours.post(third+"/remove", "way", "relocate", "forum", "2", "reason", "Høyrer heime der").is(t, http.StatusOK).removal(t)
	theirs.post(removal+"/withdraw").is(t, http.StatusForbidden).has(t, "Berre den som bad om det")
	ours.post(removal+"/withdraw").is(t, http.StatusOK).has(t, "Ønsket er trekt")
	theirs.post(third+"/remove", "way", "relocate", "forum", "2", "reason", "Høyrer heime der").is(t, http.StatusOK).has(t, "Saka er flytta")
	s.as(hospital).get(third).is(t, http.StatusOK).has(t, "Underutval for beredskap")
}

// TestForbidden tries each change as someone who may read the forum but not
// change it, as someone of another forum, and as nobody.
func TestForbidden(t *testing.T) {
	s := onSQLite(t)
	keeper := s.as(secretary)
	meeting, matter := keeper.meeting(), keeper.matter("Sak")
	removal := s.as(secretaryHF).post(matter+"/remove", "way", "return", "reason", "Uklar").removal(t)
	mail := s.deliver("ukjend@nokon.example", "Sak frå ein ukjend")
	changes := []struct {
		name, path string
		fields     []string
		memberMay  bool
	}{
		{"plan", council + "/meetings/new", []string{"start_date", "2026-06-02", "start_time", "10:00", "end_date", "2026-06-02", "end_time", "12:00", "place", "Heradshuset"}, false},
		{"propose", council + "/matters/new", []string{"title", "Ny sak", "kind", "briefing"}, true},
		{"call", meeting + "/call", nil, false},
		{"move", meeting + "/move", []string{"start_date", "2026-06-03", "start_time", "10:00", "end_date", "2026-06-03", "end_time", "12:00", "place", "X"}, false},
		{"cancel", meeting + "/cancel", []string{"reason", "Streik"}, false},
		{"place", matter + "/place", []string{"meeting", number(meeting)}, false},
		{"put back", matter + "/put-back", nil, false},
		{"remove", matter + "/remove", []string{"way", "return", "reason", "Uklar"}, false},
		{"answer", removal + "/answer", []string{"answer", "yes"}, false},
		{"decide", removal + "/decide", []string{"answer", "yes"}, false},
		{"withdraw", removal + "/withdraw", nil, false},
		{"send again", "/messages/1/again", nil, false},
		{"release", mailPath(mail) + "/release", []string{"person", "1"}, false},
		{"set aside", mailPath(mail) + "/set-aside", nil, false},
		{"hold again", mailPath(mail) + "/hold", nil, false},
	}
	for _, change := range changes {
		t.Run(change.name, func(t *testing.T) {
			s.stranger().post(change.path, change.fields...).is(t, http.StatusForbidden).has(t, "Du må vere innlogga")
			s.as(outsider).post(change.path, change.fields...).is(t, http.StatusForbidden).has(t, "Du har ikkje tilgang til dette")
			want := http.StatusForbidden
			if change.memberMay {
				want = http.StatusOK
			}
			s.as(member).post(change.path, change.fields...).is(t, want)
		})
	}
	keeper.get(meeting).has(t, "Utkast")
	keeper.get(matter).has(t, "Ventar i innboksen")
}
