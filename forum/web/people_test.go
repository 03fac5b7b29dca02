package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

const membersPage = council + "/members/import"

// list sends a list of members as a file.
func (b *browser) list(content []byte) answer {
	b.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("list", "medlemer.csv")
	check(b.T, err)
	_, err = part.Write(content)
	check(b.T, err)
	check(b.T, form.Close())
	return b.do(b.request(http.MethodPost, membersPage, form.FormDataContentType(), &body))
}

var sentField = regexp.MustCompile(`<input[^>]*name="(rows|r\d+_[a-z]+)"[^>]*>`)
var sentValue = regexp.MustCompile(`value="([^"]*)"`)

// sentBack are the fields of a preview as its form sends them.
func (a answer) sentBack() (fields []string) {
	for _, found := range sentField.FindAllStringSubmatch(a.body, -1) {
		value := sentValue.FindStringSubmatch(found[0])
		if value != nil && !strings.HasSuffix(found[1], "_skip") {
			fields = append(fields, found[1], strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(value[1]))
		}
	}
	return fields
}

// replaced are fields with one of them said otherwise.
func replaced(fields []string, name, value string) []string {
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i] == name {
			fields[i+1] = value
			return fields
		}
	}
	return append(fields, name, value)
}

// TestMembersCourse brings a list in through its pages, on each database: what
// is wrong is mended in place, and nothing is done before the press that says so.
func TestMembersCourse(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		b.post(b.meeting()+"/call").is(t, http.StatusOK)
		b.get(council).has(t, council+"/people")
		b.get(council+"/people").has(t, membersPage, "Medlem, Vaksdal kommune")
		b.get(membersPage).is(t, http.StatusOK).has(t, `enctype="multipart/form-data"`, `name="text"`, `name="list"`, "Organisasjon")

		pasted := "Samarbeidsrådet\n\nNamn\tE-post\tOrganisasjon\tVerv\tTelefon\nKari <b>\tkari@vaksdal.example\tVaksdal\tmedlem\t55\n\tola@bergen.example\tHelse Bregen HF\tvara\nTotalt\t2"
		preview := b.post(membersPage, "text", pasted).is(t, http.StatusUnprocessableEntity)
		preview.has(t, "Linje 6 er ikkje ei rad", "Kolonnar som ikkje er brukte: Telefon", "Kari &lt;b&gt;", "Linje 5: Namnet manglar", "Meinte du Helse Bergen HF?", `aria-invalid="true"`, `value="check"`)
		preview.lacks(t, `value="import"`)
		mended := replaced(replaced(preview.sentBack(), "r1_organisation", "Helse Bergen HF"), "r1_name", "Ola")
		checked := b.post(membersPage, append(mended, "step", "check")...).is(t, http.StatusOK).has(t, "Ny person", `value="import"`, "Varamedlem")
		b.get(council+"/people").lacks(t, "Ola")

		done := b.post(membersPage, append(checked.sentBack(), "step", "import")...).is(t, http.StatusOK)
		done.has(t, "Lista er henta inn", council+"/people").lacks(t, `value="import"`)
		b.get(council+"/people").has(t, "Ola", "Kari &lt;b&gt;", "Gav Ola sete for Helse Bergen HF")
		sent := b.get(council + "/sent").body
		if got := strings.Count(sent, "Kari &lt;b&gt;</a>"); got != 1 {
			t.Errorf("%d mails to a new member, want one invitation", got)
		}
		s.as(secretaryHF).get(council+"/sent").has(t, "Melding om sete")
		b.post(membersPage, append(checked.sentBack(), "step", "import")...).is(t, http.StatusOK)
		if again := strings.Count(b.get(council+"/sent").body, "Kari &lt;b&gt;</a>"); again != 1 {
			t.Errorf("%d mails to a new member after the same list once more", again)
		}

		// A file in windows-1252, and rows left out.
		file, err := charmap.Windows1252.NewEncoder().Bytes([]byte("Navn;E-post;Kommune;Rolle\r\nÅse Ødegård;ase@vaksdal.example;Vaksdal kommune;observatør\r\nIngen;;Vaksdal;medlem\r\n"))
		check(t, err)
		preview = b.list(file).is(t, http.StatusUnprocessableEntity).has(t, "Åse Ødegård", "E-postadressa manglar")
		left := b.post(membersPage, append(preview.sentBack(), "r1_skip", "yes", "step", "check")...).is(t, http.StatusOK).has(t, "Åse Ødegård", `value="import"`)
		b.post(membersPage, append(left.sentBack(), "step", "import")...).is(t, http.StatusOK)

		b.post(membersPage, "text", "hei").is(t, http.StatusUnprocessableEntity).has(t, "Finn inga overskrift", ">hei</textarea>")
		b.post(membersPage, "text", "").is(t, http.StatusUnprocessableEntity).has(t, "Lim inn ei liste")
		s.as(member).get(membersPage).is(t, http.StatusForbidden)
		s.as(member).post(membersPage, append(checked.sentBack(), "step", "import")...).is(t, http.StatusForbidden)
		s.as(member).get(council+"/people").is(t, http.StatusOK).has(t, "Åse Ødegård").lacks(t, "/end", membersPage, "Gav Ola")
		s.as(outsider).get(council+"/people").is(t, http.StatusForbidden)
	})
}

var endLink = regexp.MustCompile(`href="(/seats/\d+/end)" aria-label="Avslutt setet til Medlem, Vaksdal kommune"`)

var endingLink = regexp.MustCompile(`/endings/\d+/undo`)

// TestEndingCourse ends a seat through its pages, on each database, and takes it back.
func TestEndingCourse(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		meeting := b.meeting()
		b.post(meeting+"/call").is(t, http.StatusOK)
		s.as(member).matter("Open sak")
		people := b.get(council + "/people")
		found := endLink.FindStringSubmatch(people.body)
		if found == nil {
			t.Fatalf("no seat to end:\n%s", visible(people.body))
		}
		end := found[1]
		b.get(end).is(t, http.StatusOK).has(t, "Avslutt setet til Medlem, Vaksdal kommune", `value="2026-03-02"`, "Ingen enno", "Rådgjevar, Vaksdal kommune")
		b.post(end, "last", "snart", "heir_name", "Ny", "step", "preview").is(t, http.StatusUnprocessableEntity).has(t, "ingen dato", `value="Ny"`)
		b.post(end, "last", "2026-03-31", "heir_name", "Ny", "step", "preview").is(t, http.StatusUnprocessableEntity).has(t, "Skriv e-posten til etterfølgjaren")

		preview := b.post(end, "last", "2026-03-31", "step", "preview").is(t, http.StatusOK)
		preview.has(t, "Setet varer til og med 31. mars 2026", "Innkallinga til møtet tysdag 2. juni 2026", "«Open sak» blir følgd vidare av Vaksdal kommune", "Brev med spørsmål om ei ny utpeiking går til", "utanfor@vaksdal.example")
		b.post(end, "last", "2026-03-31", "step", "edit").is(t, http.StatusOK).has(t, `value="2026-03-31"`)
		b.get(council+"/people").has(t, end)

		taken := b.post(end, "last", "2026-03-31", "known", "utanfor@vaksdal.example", "step", "preview").is(t, http.StatusOK)
		taken.has(t, "Rådgjevar, Vaksdal kommune får setet frå 1. apr. 2026", "blir følgd vidare av Rådgjevar, Vaksdal kommune")
		done := b.post(end, "last", "2026-03-31", "known", "utanfor@vaksdal.example", "step", "end").is(t, http.StatusOK)
		done.has(t, "Setet er avslutta", "Angre", "Til 31. mars 2026", "Sete som byrjar seinare", "Frå 1. apr. 2026", "Lat setet halde fram").lacks(t, `href="`+end)
		b.get(council+"/sent").has(t, "Melding til etterfølgjar")
		b.get(meeting).has(t, "Rådgjevar, Vaksdal kommune")
		b.post(end, "last", "2026-03-20", "step", "end").is(t, http.StatusConflict).has(t, "Setet er alt avslutta")
		undo := endingLink.FindString(done.body)
		s.as(secretaryHF).post(undo).is(t, http.StatusForbidden)
		b.post(undo).is(t, http.StatusOK).has(t, "Setet held fram", end).lacks(t, "Sete som byrjar seinare")
		b.post(undo).is(t, http.StatusConflict)

		b.post(council+"/contacts", "organisation", "2", "contact_2", "postmottak").is(t, http.StatusUnprocessableEntity).has(t, "inga e-postadresse", `value="postmottak"`)
		b.post(council+"/contacts", "organisation", "2", "contact_2", "Postmottak@vaksdal.example").is(t, http.StatusOK).has(t, "Adressa er lagra", `value="postmottak@vaksdal.example"`)
		b.post(end, "last", "2026-03-31", "step", "preview").has(t, "Vaksdal kommune (postmottak@vaksdal.example)")
		b.post(council+"/contacts", "organisation", "3", "contact_3", "post@bergen.example").is(t, http.StatusForbidden)
		s.as(secretaryHF).get(end).is(t, http.StatusForbidden)
		s.as(member).get(council+"/people").lacks(t, "postmottak@")
		b.get(council+"/people?on=2019-12-31").is(t, http.StatusOK).has(t, "31. des. 2019").lacks(t, end)
		b.get(council+"/people?on=snart").is(t, http.StatusUnprocessableEntity)
	})
}

// TestHandover shows a forum's secretaries what waits, and lets one hand the own
// seat over.
func TestHandover(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	b.post(b.meeting()+"/call").is(t, http.StatusOK)
	matter := s.as(hospital).matter("Open <sak>")
	b.post(matter+"/remove", "way", "return", "reason", "Uklar").is(t, http.StatusOK)
	s.deliver("ukjend@nokon.example", "Sak")
	s.written(invitation, forum.Failed)
	b.post(calendarPage, "first", "18", "last", "20", "reason", "Kurs").is(t, http.StatusOK)
	b.get(council+"/people").has(t, council+"/handover")
	page := b.get(council+"/handover").is(t, http.StatusOK)
	page.has(t, "Overlevering av Samarbeidsrådet", "Open &lt;sak&gt;", "Ventar på ja eller nei frå sekretæren", "Éin e-post er halden tilbake", "Kom ikkje fram til", "2. juni 2026",
		"nøkkelhavar", "21 dagar før", "Kurs", "raad@voss.example", "leiar@kvam.example", "Rådet samordnar.")
	s.as(member).get(council+"/handover").is(t, http.StatusForbidden)
	s.as(secretaryHF).get(council+"/handover").is(t, http.StatusOK).has(t, "Lever over setet ditt")

	own := regexp.MustCompile(`href="(/seats/\d+/end)"`).FindStringSubmatch(page.body)
	if own == nil {
		t.Fatal("the own seat cannot be handed over")
	}
	b.get(own[1]).is(t, http.StatusOK).has(t, "Avslutt setet til Sekretær, Kvam herad")
	alone := b.post(own[1], "last", "2026-03-02", "step", "preview").is(t, http.StatusOK)
	alone.has(t, "har Kommunehelseteneste ingen sekretær i forumet")
	b.post(own[1], "last", "2026-03-02", "heir_name", "Ny sekretær", "heir_address", "ny@kvam.example", "step", "end").is(t, http.StatusOK).has(t, "Ny sekretær")
}
