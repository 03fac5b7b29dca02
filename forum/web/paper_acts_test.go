package web_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
)

// send posts a form with files; names and values alternate.
func (b *browser) send(path string, files map[string]string, fields ...string) answer {
	b.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		check(b.T, form.WriteField(fields[i], fields[i+1]))
	}
	for name, content := range files {
		part, err := form.CreateFormFile("papers", name)
		check(b.T, err)
		_, err = part.Write([]byte(content))
		check(b.T, err)
	}
	check(b.T, form.Close())
	return b.do(b.request(http.MethodPost, path, form.FormDataContentType(), &body))
}

var paperPages = regexp.MustCompile(`/papers/\d+/about`)

func (a answer) paperPage(t *testing.T) string {
	t.Helper()
	found := paperPages.FindAllString(a.body, -1)
	if len(found) == 0 {
		t.Fatalf("no paper on\n%s", visible(a.body))
	}
	return found[len(found)-1]
}

// TestPaperActs goes through the life of a paper as a secretary who has no scripts.
func TestPaperActs(t *testing.T) {
	s := onSQLite(t)
	matter := s.as(hospital).matter("Sak")
	keeper, reader := s.as(secretaryHF), s.as(member)
	keeper.get(matter).has(t, "Legg ved papir", "offl. § 13 jf. fvl. § 13")
	reader.get(matter).lacks(t, "Legg ved papir", "Offentleg og full tittel")

	page := keeper.send(matter+"/papers", map[string]string{"a.txt": "Fyrste"}, "access", "internal").is(t, http.StatusOK).has(t, "Papira er lagde ved", "a.txt").paperPage(t)
	paper := strings.TrimSuffix(page, "/about")
	keeper.get(page).is(t, http.StatusOK).has(t, "Versjon 1", "Intern for forumet", "Ventar på å bli lesen", "Trekk papiret")
	reader.get(page).is(t, http.StatusOK).has(t, "Versjon 1").lacks(t, "Trekk papiret", "Byt ut", "Endre tilgang", "Ventar på å bli lesen")

	keeper.send(paper+"/replace", map[string]string{"b.txt": "Andre"}).is(t, http.StatusOK).has(t, "Den nye versjonen gjeld", "Versjon 2", "Versjon 1")
	for path, want := range map[string]string{paper: "Andre", paper + "/versions/1": "Fyrste", paper + "/versions/2": "Andre"} {
		got := reader.get(path).is(t, http.StatusOK)
		if got.body != want || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") || got.header.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s is %q, %v", path, got.body, got.header)
		}
	}
	for _, number := range []string{"0", "3", "x", "99999999999999999999"} {
		reader.get(paper+"/versions/"+number).is(t, http.StatusNotFound)
	}

	keeper.post(paper+"/access", "access", "exempt", "basis", "offl. § 14 første ledd").is(t, http.StatusOK).
		has(t, "Tilgangen er lagra", "Unnateke, offl. § 14 første ledd", "truleg ikkje eit internt dokument")
	keeper.post(paper+"/withdraw").is(t, http.StatusOK).has(t, "Papiret er trekt", "Trekte papir (1)", paper+"/restore")
	reader.get(page).is(t, http.StatusNotFound)
	reader.get(paper).is(t, http.StatusNotFound)
	keeper.post(paper+"/restore").is(t, http.StatusOK).has(t, "Papiret er lagt ved att")
	second := strings.TrimSuffix(keeper.send(matter+"/papers", map[string]string{"c.txt": "C"}, "access", "open").paperPage(t), "/about")
	keeper.post(second+"/up").is(t, http.StatusOK).has(t, "Papiret er flytta fram").before(t, "c.txt", "b.txt")
	for _, act := range []string{"/withdraw", "/restore", "/up", "/release"} {
		reader.post(paper+act).is(t, http.StatusForbidden)
	}
}

// TestPaperFormsKeepWhatWasTyped refuses what is wrong beside its field.
func TestPaperFormsKeepWhatWasTyped(t *testing.T) {
	s := onSQLite(t)
	keeper := s.as(secretary)
	matter := keeper.matter("Sak")
	got := keeper.send(matter+"/papers", map[string]string{"notat.txt": "Notat", "tom.txt": ""}, "access", "exempt", "basis", "offl. § 26")
	got.is(t, http.StatusUnprocessableEntity).has(t, "tom.txt er tom", `value="offl. § 26"`, `value="exempt" checked`, "notat.txt (5 byte)")
	tickets := got.tickets()
	got = keeper.send(matter+"/papers", nil, "kept", tickets[0], "access", "exempt", "basis", " ")
	got.is(t, http.StatusUnprocessableEntity).has(t, "Eit unntak må ha ein heimel", "notat.txt (5 byte)")
	keeper.send(matter+"/papers", nil, "access", "internal").is(t, http.StatusUnprocessableEntity).has(t, "Vel minst ei fil")
	page := keeper.send(matter+"/papers", nil, "kept", tickets[0], "access", "exempt", "basis", "offl. § 26").is(t, http.StatusOK).paperPage(t)
	paper := strings.TrimSuffix(page, "/about")

	keeper.send(paper+"/replace", nil).is(t, http.StatusUnprocessableEntity).has(t, "Vel éi fil")
	keeper.send(paper+"/replace", map[string]string{"a.txt": "a", "b.txt": "b"}).is(t, http.StatusUnprocessableEntity).has(t, "Vel éi fil", "a.txt (1 byte)")
	keeper.send(paper+"/replace", map[string]string{"notat.txt": "Notat"}).is(t, http.StatusUnprocessableEntity).has(t, "den same fila")
	keeper.post(paper+"/access", "access", "exempt", "basis", strings.Repeat("§", 151)).is(t, http.StatusUnprocessableEntity).has(t, "§§§")
	keeper.post(paper+"/access", "access", "burn").is(t, http.StatusUnprocessableEntity).has(t, "Vel kven som får tilgang")

	got = keeper.post(matter+"/title", "public_title", "Leige", "full_title", "Leige av Storgata 1", "title_access", "exempt", "title_basis", "")
	got.is(t, http.StatusUnprocessableEntity).has(t, "Eit unntak må ha ein heimel", `value="Leige"`, `value="Leige av Storgata 1"`)
	keeper.post(matter+"/title", "public_title", "Leige", "full_title", "Leige av Storgata 1", "title_access", "exempt", "title_basis", "offl. § 23").is(t, http.StatusOK).
		has(t, "Titlane er lagra", "<h1", "Leige av Storgata 1", "Offentleg tittel: Leige", "<title>Leige")

	got = keeper.send(council+"/matters/new", map[string]string{"tilbod.txt": "Tilbod"}, "title", "Sak", "kind", "decision", "text", "T", "access", "exempt", "basis", "")
	got.is(t, http.StatusUnprocessableEntity).has(t, "Eit unntak må ha ein heimel", "tilbod.txt (6 byte)", `value="exempt" checked`)
	keeper.send(council+"/matters/new", nil, "kept", got.tickets()[0], "title", "Sak", "kind", "decision", "text", "T", "access", "exempt", "basis", "offl. § 23").
		is(t, http.StatusOK).has(t, "tilbod.txt", "Unnateke, offl. § 23")
}

// TestHeldPaper shows a held paper to secretaries alone, until one has looked.
func TestHeldPaper(t *testing.T) {
	s := onSQLite(t)
	keeper, reader := s.as(secretary), s.as(member)
	matter := keeper.matter("Sak")
	page := keeper.send(matter+"/papers", map[string]string{"notat.txt": "Notat"}, "access", "internal").paperPage(t)
	paper := strings.TrimSuffix(page, "/about")
	s.write(func(ctx context.Context, tx forum.Tx) error {
		waiting, err := tx.PapersWaiting(ctx, today.AddDate(1, 0, 0), 10)
		if err != nil {
			return err
		}
		return forum.TakePaperText(ctx, tx, waiting[0], forum.PaperContent{Text: "Pasient 018190 10001"})
	})
	reader.get(matter).has(t, "Papir som er halde tilbake").lacks(t, "notat.txt", paper)
	reader.get(page).is(t, http.StatusForbidden)
	reader.get(paper).is(t, http.StatusForbidden)
	reader.post(paper+"/release").is(t, http.StatusForbidden)
	keeper.get(matter).has(t, "Papiret er halde tilbake", "notat.txt", page)
	keeper.get(page).has(t, "Sett på: slepp det gjennom")
	keeper.post(paper+"/release").is(t, http.StatusOK).has(t, "Papiret er sleppt gjennom", "Såg på papir 1").lacks(t, "Papiret er halde tilbake<")
	reader.get(paper).is(t, http.StatusOK)
}
