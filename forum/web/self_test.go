package web_test

import (
	"context"
	"net/http"
	"regexp"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
)

// TestOwnPage is where the name in the header leads, and shows what is one's own.
func TestOwnPage(t *testing.T) {
	s := onSQLite(t)
	b := s.as(member)
	b.get("/").has(t, `class="person__name" href="/me"`)
	b.get("/me").is(t, http.StatusOK).has(t, "Medlem, Vaksdal kommune", member, "Hovudadresse", "Du har ikkje meldt frå om fråvær", "Alle møta mine", "Møta i Samarbeidsrådet").lacks(t, "Møta i Underutval", "/calendar/")
	s.stranger().get("/me").is(t, http.StatusForbidden).has(t, "Du må vere innlogga")
	for _, path := range []string{"/me/language", "/me/addresses", "/me/addresses/confirm", "/me/addresses/remove", "/me/absences", "/me/absences/1/forget", "/me/feeds"} {
		s.stranger().post(path, "language", "en", "address", "a@b.example", "from", "2026-05-01", "to", "2026-05-02").is(t, http.StatusForbidden)
	}
}

// TestOwnLanguage goes before what was chosen in the browser, and stays.
func TestOwnLanguage(t *testing.T) {
	s := onSQLite(t)
	b := s.as(member)
	b.post("/language", "language", "nb", "back", "/me").has(t, "Siden din")
	b.post("/me/language", "language", "en").is(t, http.StatusOK).has(t, "The language is saved", "Your page")
	s.as(member).get("/me").has(t, "Your page")
	b.post("/me/language", "language", "xx").is(t, http.StatusUnprocessableEntity).has(t, "Choose one of the languages")
}

var codeShown = regexp.MustCompile(`koden er ([a-z2-7-]{14})`)

// TestAddressNeedsItsCode adds an address with the code that went there, and
// shows the code of nobody's mail to anyone.
func TestAddressNeedsItsCode(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b, other, keeper := s.as(member), s.as(hospital), s.as(secretary)
		const private = "Privat@Vaksdal.example"
		b.post("/me/addresses", "address", "tull").is(t, http.StatusUnprocessableEntity).has(t, "inga e-postadresse", `value="tull"`)
		b.post("/me/addresses", "address", hospital).is(t, http.StatusUnprocessableEntity).has(t, "Adressa er alt ein annan sin")
		b.post("/me/addresses", "address", member).is(t, http.StatusUnprocessableEntity).has(t, "Adressa er alt di")
		b.post("/me/addresses", "address", "raad+x@voss.example").is(t, http.StatusUnprocessableEntity).has(t, "Adressa er eit forum si")
		sent := b.post("/me/addresses", "address", private).is(t, http.StatusOK).has(t, "Koden er send", "privat@vaksdal.example")
		found := codeShown.FindStringSubmatch(sent.body)
		if found == nil {
			t.Fatalf("the demonstration shows no code: %s", visible(sent.body))
		}
		keeper.get(council+"/sent").lacks(t, "privat@vaksdal.example")
		keeper.get("/messages/1").is(t, http.StatusNotFound)
		b.get("/messages/1").is(t, http.StatusNotFound)

		other.post("/me/addresses/confirm", "code", found[1]).is(t, http.StatusUnprocessableEntity).has(t, "Koden er feil")
		b.post("/me/addresses/confirm", "code", "aaaa-bbbb-cccc").is(t, http.StatusUnprocessableEntity).has(t, "Koden er feil", `value="aaaa-bbbb-cccc"`)
		b.get("/me").lacks(t, `value="privat@vaksdal.example"`)
		b.post("/me/addresses/confirm", "code", " "+found[1]+" ").is(t, http.StatusOK).has(t, "Adressa er di", `value="privat@vaksdal.example"`).lacks(t, "Vi har sendt ein kode")
		b.post("/me/addresses/confirm", "code", found[1]).is(t, http.StatusUnprocessableEntity)
		if s.actor("privat@vaksdal.example") != s.actor(member) {
			t.Error("the address is another's")
		}
		other.post("/me/addresses/remove", "address", "privat@vaksdal.example").is(t, http.StatusNotFound)
		b.post("/me/addresses/remove", "address", member).is(t, http.StatusConflict).has(t, "Hovudadressa kan du ikkje ta bort")
		b.post("/me/addresses/remove", "address", "privat@vaksdal.example").is(t, http.StatusOK).has(t, "Adressa er teken bort").lacks(t, `value="privat@vaksdal.example"`)
	})
}

// TestNoCodeIsShownForReal leaves the code to the mail alone.
func TestNoCodeIsShownForReal(t *testing.T) {
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Keeper = real{o.Keeper} })
	s.as(member).post("/me/addresses", "address", "privat@vaksdal.example").is(t, http.StatusOK).has(t, "Vi har sendt ein kode til privat@vaksdal.example").lacks(t, "koden er")
}

// real is a keeper that says it is no demonstration's, once someone is signed in.
type real struct{ forum.Keeper }

func (r real) Read(ctx context.Context, fn func(context.Context, forum.Tx) error) error {
	return r.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error { return fn(ctx, realTx{tx}) })
}

type realTx struct{ forum.Tx }

func (realTx) IsDemo(context.Context) (bool, error) { return false, nil }

// TestAbsenceIsShownToSecretaries where they plan and call, and to nobody else.
func TestAbsenceIsShownToSecretaries(t *testing.T) {
	s := onSQLite(t)
	b, keeper := s.as(member), s.as(secretary)
	for _, wrong := range []struct{ from, to, says string }{
		{"2026-06-03", "2026-06-01", "Siste dag kan ikkje vere før første dag"},
		{"2026-01-01", "2026-03-01", "Fråværet er alt over"},
		{"2026-06-01", "2027-09-01", "høgst 366 dagar"},
		{"i morgon", "2026-06-01", "i morgon"},
		{"2026-06-01", "", `value="2026-06-01"`},
	} {
		b.post("/me/absences", "from", wrong.from, "to", wrong.to).is(t, http.StatusUnprocessableEntity).has(t, wrong.says)
	}
	b.post("/me/absences", "from", "2026-06-01", "to", "2026-06-14").is(t, http.StatusOK).has(t, "Fråværet er meldt", "1. juni 2026 – 14. juni 2026")
	b.post("/me/absences", "from", "2026-06-14", "to", "2026-06-20").is(t, http.StatusUnprocessableEntity).has(t, "Du har alt meldt fråvær desse dagane")
	b.post("/me/absences", "from", "2026-08-05", "to", "2026-08-05").is(t, http.StatusOK).has(t, "5. aug. 2026")

	meeting := keeper.meeting() // on the 2nd of June
	keeper.get(council).has(t, "Borte 1. juni 2026 – 14. juni 2026", "Borte 5. aug. 2026")
	keeper.get(meeting).has(t, "1 person har meldt fråvær", "Medlem, Vaksdal kommune: 1. juni 2026 – 14. juni 2026").lacks(t, "5. aug.")
	keeper.post(meeting+"/call").is(t, http.StatusOK).has(t, "1 person har meldt fråvær")
	for _, page := range []string{council, meeting} {
		s.as(hospital).get(page).is(t, http.StatusOK).lacks(t, "fråvær", "Borte")
	}

	absence := regexp.MustCompile(`/me/absences/\d+/forget`).FindString(b.get("/me").body)
	s.as(hospital).post(absence).is(t, http.StatusNotFound)
	b.post(absence).is(t, http.StatusOK).has(t, "Fråværet er teke bort").lacks(t, "14. juni")
	keeper.get(meeting).lacks(t, "fråvær")
}
