package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

// called is a called meeting with two matters on its agenda.
func (b *browser) called(titles ...string) (meeting string) {
	b.Helper()
	meeting = b.meeting()
	b.post(meeting+"/call").is(b.T, http.StatusOK)
	for _, title := range titles {
		b.post(b.matter(title)+"/place", "meeting", number(meeting)).is(b.T, http.StatusOK)
	}
	return meeting
}

var editionLink = regexp.MustCompile(`/editions/\d+`)

// TestKeysOnThePage lets an agenda out by both keys, with an objection on the way, on each database.
func TestKeysOnThePage(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		keeper, ours, theirs, other := s.as(secretary), s.as(chair), s.as(deputy), s.as(member)
		draft := keeper.meeting()
		keeper.get(draft).lacks(t, draft+"/keys")
		keeper.post(draft+"/keys/ask").is(t, http.StatusUnprocessableEntity).has(t, "Kall inn til møtet først")
		meeting := keeper.called("Beredskap", "Utskriving")
		keys := meeting + "/keys"

		keeper.get(meeting).has(t, "Dei to nøklane", "ikkje lagd fram", "Leiar, Kvam herad", "Nestleiar, Helse Bergen", `href="`+keys+`"`)
		other.get(meeting).lacks(t, keys)
		ours.get("/").lacks(t, "Godkjenn saklista")
		long := strings.Repeat("x", 2001)
		keeper.post(keys+"/ask", "text", long).is(t, http.StatusUnprocessableEntity).has(t, long, "For langt")
		keeper.post(keys+"/ask", "text", "Sjå særleg på beredskap").is(t, http.StatusOK).
			has(t, "Saklista er lagd fram", "0 av 2 godkjende", "1/26 Beredskap").lacks(t, "Godkjenn alt")
		keeper.post(keys+"/ask", "text", "Sjå særleg på beredskap").is(t, http.StatusUnprocessableEntity).has(t, "alt lagd fram", "Sjå særleg på beredskap")
		other.post(keys+"/ask").is(t, http.StatusForbidden)
		other.get(meeting).has(t, "ventar på nøklane").lacks(t, "Legg fram")
		keeper.get(council+"/sent").has(t, "Sakliste til godkjenning", "Leiar, Kvam herad", "Nestleiar, Helse Bergen")

		ours.get("/").has(t, "Godkjenn saklista til møtet 2. juni 2026", "2 punkt utan svar", "Tagnad tel", `href="`+keys+`"`)
		edition := editionLink.FindString(ours.get(keys).has(t, "Godkjenn alt", "Eg har ei innvending").body)
		other.get(keys).lacks(t, "Godkjenn alt", "/words", "/override")
		ours.post(edition+"/words", "answer", "approve").is(t, http.StatusOK).has(t, "Godkjenninga er registrert", "Godkjend: Kommunehelseteneste", "Trekk tilbake")
		ours.get("/").lacks(t, "Godkjenn saklista")
		theirs.post("/language", "language", "nn", "back", "/")
		theirs.post(edition+"/words", "answer", "object", "item", "item-2", "reason-item-2", "").is(t, http.StatusUnprocessableEntity).has(t, "Skriv ei grunngjeving")
		theirs.post(edition+"/words", "answer", "object", "item", "item-2", "reason-item-2", "Ikkje <klart>").is(t, http.StatusOK).
			has(t, "Innvendinga er registrert", "Ikkje &lt;klart&gt;", "1 innvending")
		keeper.get(keys+"/state").has(t, `id="keys"`, "0 av 2 godkjende", "1 innvending").lacks(t, "<html")

		for _, b := range []*browser{other, s.as(hospital), keeper} {
			b.post(edition+"/words", "answer", "approve").is(t, http.StatusForbidden)
		}
		other.get(edition+"/override").is(t, http.StatusForbidden)
		s.as(outsider).get(keys).is(t, http.StatusForbidden)
		s.stranger().get(keys).is(t, http.StatusForbidden)

		theirs.post(edition+"/words", "answer", "take-back", "item", "item-2").is(t, http.StatusOK).has(t, "trekt tilbake").lacks(t, "klart")
		theirs.post(edition+"/words", "answer", "approve").is(t, http.StatusOK).has(t, "Saklista går ut no", "gjekk ut", "Send ut")
		theirs.post(edition+"/words", "answer", "approve").is(t, http.StatusConflict).has(t, "alt gått ut")
		other.get(meeting).has(t, "Saklista er send", "Utgåve 1 av saklista gjekk ut")

		keeper.post(keys+"/ask").is(t, http.StatusUnprocessableEntity).has(t, "ingenting er endra sidan")
		keeper.post(keeper.matter("Sein sak")+"/place", "meeting", number(meeting)).is(t, http.StatusOK)
		keeper.get(keys).has(t, "endra etter at ho gjekk ut", "Legg fram eit tillegg")
		keeper.post(keys+"/ask").is(t, http.StatusOK).has(t, "Ny eller endra", "0 av 1 godkjende", "Tillegg")
	})
}

// TestOverridingTheKeys lets an agenda out in an emergency.
func TestOverridingTheKeys(t *testing.T) {
	s := onSQLite(t)
	keeper := s.as(secretaryHF)
	meeting := keeper.called("Beredskap")
	keeper.post(meeting+"/keys/ask").is(t, http.StatusOK).has(t, `href="/editions/1/override"`)
	keeper.get("/editions/1/override").is(t, http.StatusOK).has(t, "utan nøklane", "0 av 1 godkjende")
	keeper.post("/editions/1/override", "reason", " ").is(t, http.StatusUnprocessableEntity).has(t, "Skriv ei grunngjeving")
	keeper.post("/editions/1/override", "reason", "Vegen er stengd").is(t, http.StatusOK).has(t, "Saklista går ut no", "naudsituasjon", "Vegen er stengd")
	keeper.get("/editions/1/override").is(t, http.StatusConflict)
	s.as(member).get(meeting).has(t, "Vegen er stengd", "Lét utgåve 1 av saklista gå ut utan nøklane", "Sekretær, Helse Bergen")
}

// TestNamingAStandIn gives the key to a stand-in while its holder is away.
func TestNamingAStandIn(t *testing.T) {
	s := onSQLite(t)
	keeper, holder, standIn := s.as(secretary), s.as(chair), s.as(member)
	meeting := keeper.called("Beredskap")
	standIn.get("/me").lacks(t, "Nøklane dine")
	holder.get("/me").has(t, "Nøklane dine", "Stadfortredar i Samarbeidsrådet", "Medlem, Vaksdal kommune").lacks(t, "Medlem, Helse Bergen")
	holder.post(council+"/stand-in", "stand-in-1", "4").is(t, http.StatusUnprocessableEntity).has(t, "frå same nivå")
	holder.post(council+"/stand-in", "stand-in-1", "3").is(t, http.StatusOK).has(t, "Stadfortredaren er lagra", `value="3" selected`)
	standIn.post(council+"/stand-in", "stand-in-1", "1").is(t, http.StatusForbidden)

	keeper.post(meeting+"/keys/ask").is(t, http.StatusOK).has(t, "stadfortredar: Medlem, Vaksdal kommune")
	standIn.post("/editions/1/words", "answer", "approve").is(t, http.StatusForbidden).has(t, "ikkje meld borte")
	holder.post("/me/absences", "from", "2026-03-02", "to", "2026-03-03").is(t, http.StatusOK)
	standIn.get("/").has(t, "Godkjenn saklista til møtet")
	keeper.get(meeting).has(t, "Leiar, Kvam herad er borte")
	s.as(hospital).get(meeting).has(t, "ventar på nøklane", "Leiar, Kvam herad").lacks(t, "er borte")
	standIn.post("/editions/1/words", "answer", "approve").is(t, http.StatusOK).has(t, "har nøkkelen så lenge", "Godkjend: Kommunehelseteneste")
}
