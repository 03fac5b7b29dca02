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

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// guestLink is what the newest guest's page opens with.
func (s *stage) guestLink() (link string) {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) error {
		guest, err := tx.Guest(ctx, 1)
		if err == nil {
			link = guest.Link
		}
		return err
	})
	return link
}

// form is what the agenda's form sends unless something is changed: alternating
// names and values.
func (a answer) form() (fields []string) {
	for _, found := range hiddenField.FindAllStringSubmatch(a.body, -1) {
		fields = append(fields, found[1], found[2])
		if found[1] == "key" {
			fields = append(fields, "minutes-"+found[2], "20", "kind-"+found[2], "decision", "presenter-"+found[2], "", "title-"+found[2], "")
		}
	}
	return fields
}

// with is a form with one answer changed.
func with(fields []string, name, value string) []string {
	changed := append([]string(nil), fields...)
	for i := 0; i < len(changed); i += 2 {
		if changed[i] == name {
			changed[i+1] = value
		}
	}
	return changed
}

// before tells whether a page shows one text ahead of another.
func (a answer) before(t *testing.T, first, second string) {
	t.Helper()
	if one, other := strings.Index(a.body, first), strings.Index(a.body, second); one < 0 || other < 0 || one > other {
		t.Errorf("%q stands at %d and %q at %d", first, one, second, other)
	}
}

// prepared is a meeting with two matters on its agenda.
func (b *browser) prepared() (meeting string) {
	b.Helper()
	meeting = b.meeting()
	for _, title := range []string{"Fyrste sak", "Andre sak"} {
		b.post(b.matter(title)+"/place", "meeting", number(meeting)).is(b.T, http.StatusOK)
	}
	return meeting
}

// TestEditAgendaWithoutScripts moves, adds and takes away lines by buttons,
// each a page that keeps what was typed, and saves.
func TestEditAgendaWithoutScripts(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		meeting := b.prepared()
		b.get(meeting).has(t, "10.00", "10.20", "Rediger saklista", "Saklista er ferdig kl. 10.40. Det er 80 minutt att av møtet.")
		page := b.get(meeting+"/agenda").is(t, http.StatusOK).has(t, `value="up:item-2"`, `<option value="Leiar, Kvam herad">`)

		page = b.post(meeting+"/agenda", append(with(page.form(), "presenter-item-1", "Nokon <b>"), "do", "up:item-2")...).is(t, http.StatusOK).has(t, `value="Nokon &lt;b&gt;"`)
		page.before(t, "Andre sak", "Fyrste sak")
		b.get(meeting).before(t, "Fyrste sak", "Andre sak") // nothing is saved yet
		page = b.post(meeting+"/agenda", append(page.form(), "do", "add:pause")...).is(t, http.StatusOK).has(t, `name="key" value="pause-`)
		page = b.post(meeting+"/agenda", append(page.form(), "do", "add:own")...).is(t, http.StatusOK).has(t, `name="key" value="own-`)
		wrong := b.post(meeting+"/agenda", append(with(page.form(), "minutes-item-1", "mange"), "do", "save")...).is(t, http.StatusUnprocessableEntity)
		wrong.has(t, "Skriv eit heilt tal minutt", `value="mange"`, `href="#field-minutes-item-1"`)
		own := regexp.MustCompile(`value="(own-[a-z2-7]+)"`).FindStringSubmatch(page.body)[1]
		page = b.post(meeting+"/agenda", append(page.form(), "do", "remove:"+own)...).is(t, http.StatusOK).lacks(t, own)
		saved := b.post(meeting+"/agenda", append(with(page.form(), "minutes-item-2", "45"), "do", "save")...).is(t, http.StatusOK)
		saved.has(t, "Saklista er lagra.", "10.45", "Pause").before(t, "Andre sak", "Fyrste sak")
	})
}

// TestTwoSecretariesSeeBothVersions lets the second choose per difference.
func TestTwoSecretariesSeeBothVersions(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		first, second := s.as(secretary), s.as(secretaryHF)
		meeting := first.prepared()
		ours, theirs := first.get(meeting+"/agenda").form(), second.get(meeting+"/agenda").form()
		first.post(meeting+"/agenda", append(with(ours, "minutes-item-1", "50"), "do", "save")...).is(t, http.StatusOK)

		typed := append(with(with(theirs, "minutes-item-1", "35"), "presenter-item-2", "Ein gjest"), "do", "save")
		conflict := second.post(meeting+"/agenda", typed...).is(t, http.StatusConflict)
		conflict.has(t, "To har endra saklista", "Sekretær, Kvam herad lagra saklista", ">50<", ">35<", "Ein gjest", "La det lagra stå")
		second.get(meeting).has(t, "50 minutt").lacks(t, "35 minutt")

		var chosen []string
		for _, found := range hiddenField.FindAllStringSubmatch(conflict.body, -1) {
			chosen = append(chosen, found[1], found[2])
		}
		chosen = append(chosen, "pick-item-1", "theirs", "pick-item-2", "mine")
		second.post(meeting+"/agenda/settle", chosen...).is(t, http.StatusOK).has(t, "Saklista er lagra.", "50 minutt", "Ein gjest legg fram").lacks(t, "35 minutt")
		second.post(meeting+"/agenda/settle", chosen...).is(t, http.StatusConflict).has(t, "To har endra saklista")
	})
}

func TestGuestOfAnItem(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	meeting := b.prepared()
	b.post(meeting+"/call").is(t, http.StatusOK)
	ask := meeting + "/guests/new"
	b.get(ask+"?line=item-1").is(t, http.StatusOK).has(t, "Fyrste sak", "kl. 10.00")
	b.get(ask+"?line=item-9").is(t, http.StatusNotFound)
	b.post(ask, "line", "item-1", "name", "Fastlege", "address", "lege", "language", "nb").is(t, http.StatusUnprocessableEntity).has(t, `value="Fastlege"`, `value="lege"`)
	b.post(ask, "line", "item-1", "name", "Fastlege", "address", "lege@senter.example", "language", "nb").is(t, http.StatusOK).has(t, "Gjesten er invitert.", "Gjest: Fastlege", "lege@senter.example")
	b.get(council+"/sent").has(t, "lege@senter.example", "Innkalling av gjest")
	s.as(member).get(meeting).has(t, "Gjest: Fastlege").lacks(t, "lege@senter.example", meeting+"/agenda", "/take-off")

	link := "/guest/" + s.guestLink()
	page := s.stranger().get(link).is(t, http.StatusOK)
	page.has(t, "Fyrste sak", "Samarbeidsrådet har invitert deg", "10.00–10.20", "Det er ingen papirer").lacks(t, "Andre sak", "Leiar, Kvam herad", "/meetings/")
	if page.header.Get("X-Robots-Tag") == "" || page.header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", page.header)
	}
	s.stranger().get(link+"/papers/1").is(t, http.StatusNotFound)
	s.stranger().post(link).is(t, http.StatusNotFound)
	if strings.Contains(s.log.String(), strings.TrimPrefix(link, "/guest/")) {
		t.Error("the link stands in the log")
	}
	b.get(meeting).has(t, "Har ikkje svart")
	s.stranger().post(link+"/answer").is(t, http.StatusUnprocessableEntity)
	s.stranger().post("/guest/nobody/answer", "answer", "yes").is(t, http.StatusNotFound)
	s.stranger().post(link+"/answer", "answer", "no").is(t, http.StatusOK).has(t, "Du har svart: Kommer ikke")
	b.get(meeting).has(t, "Kjem ikkje")
	s.as(member).get(meeting).lacks(t, "Kjem ikkje")
	b.post("/guests/1/take-off").is(t, http.StatusOK).has(t, "Gjesten er teken av saklista.").lacks(t, "Gjest: Fastlege")
	s.stranger().get(link).is(t, http.StatusNotFound).has(t, "Lenkja gjeld ikkje lenger")
	b.post("/guests/1/take-off").is(t, http.StatusConflict)
}

// TestAgendaIsForSecretaries tries each page and change as others.
func TestAgendaIsForSecretaries(t *testing.T) {
	s := onSQLite(t)
	meeting := s.as(secretary).prepared()
	s.as(secretary).post(meeting+"/guests/new", "line", "item-1", "name", "Fastlege", "address", "lege@senter.example", "language", "nb").is(t, http.StatusOK)
	for _, who := range []string{member, chair, outsider} {
		b := s.as(who)
		b.get(meeting+"/agenda").is(t, http.StatusForbidden)
		b.get(meeting+"/guests/new?line=item-1").is(t, http.StatusForbidden)
		for _, path := range []string{meeting + "/agenda", meeting + "/agenda/settle", meeting + "/guests/new", "/guests/1/take-off"} {
			b.post(path, "base", "1", "key", "item-1", "do", "save").is(t, http.StatusForbidden)
		}
	}
	s.stranger().post(meeting+"/agenda", "do", "save").is(t, http.StatusForbidden).has(t, "Du må vere innlogga")
}
