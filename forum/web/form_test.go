package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/web"
)

// TestSlotMistakes names each wrong date in its field, and keeps all that was typed.
func TestSlotMistakes(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	tests := []struct {
		name                                   string
		startDate, startTime, endDate, endTime string
		place, link                            string
		want                                   string
	}{
		{"no start", "", "", "2026-06-02", "12:00", "Rom", "", "Når byrjar møtet?"},
		{"no such date", "2026-02-30", "10:00", "2026-06-02", "12:00", "Rom", "", "«2026-02-30» er ingen dato"},
		{"a date in words", "tysdag", "10:00", "2026-06-02", "12:00", "Rom", "", "«tysdag» er ingen dato"},
		{"no such time", "2026-06-02", "25:00", "2026-06-02", "12:00", "Rom", "", "«25:00» er ikkje noko klokkeslett"},
		{"no time", "2026-06-02", "", "2026-06-02", "12:00", "Rom", "", "«» er ikkje noko klokkeslett"},
		{"the hour that summer time skips", "2026-03-29", "02:30", "2026-03-29", "05:00", "Rom", "", "Klokka hoppar over 02:30"},
		{"end before start", "2026-06-02", "10:00", "2026-06-02", "09:00", "Rom", "", "Møtet må slutte etter"},
		{"too long", "2026-06-02", "10:00", "2027-06-02", "12:00", "Rom", "", "meir enn fem dagar"},
		{"past", "2026-03-01", "10:00", "2026-03-01", "12:00", "Rom", "", "Den tida er alt gått"},
		{"nowhere", "2026-06-02", "10:00", "2026-06-02", "12:00", "", "", "Kvar er møtet?"},
		{"a link that is none", "2026-06-02", "10:00", "2026-06-02", "12:00", "", "http://video.example", "https-adresse"},
		{"after the mandate", "2031-06-03", "10:00", "2031-06-03", "12:00", "Rom", "", "ikkje noko mandat den dagen"},
		{"a long place", "2026-06-02", "10:00", "2026-06-02", "12:00", strings.Repeat("x", 600), "", "høgst 500 teikn"},
	}
	meeting := b.meeting()
	for _, test := range tests {
		for _, path := range []string{council + "/meetings/new", meeting + "/move"} {
			t.Run(test.name+path, func(t *testing.T) {
				got := b.post(path, "start_date", test.startDate, "start_time", test.startTime, "end_date", test.endDate, "end_time", test.endTime,
					"place", test.place, "link", test.link, "form", "hybrid")
				got.is(t, http.StatusUnprocessableEntity).has(t, test.want, "Éin ting må rettast", `aria-invalid="true"`)
				for _, typed := range []string{test.startDate, test.startTime, test.endDate, test.endTime, test.place, test.link} {
					if typed != "" {
						got.has(t, `value="`+typed+`"`)
					}
				}
			})
		}
	}
	if got := b.get(council).body; strings.Count(got, `href="/meetings/`) != 1 {
		t.Errorf("a refused form planned a meeting:\n%s", visible(got))
	}
}

func TestMatterFormKeepsWhatWasTyped(t *testing.T) {
	b := onSQLite(t).as(member)
	got := b.post(council+"/matters/new", "title", "  ", "kind", "decision", "text", "Ein lang tekst <med> teikn")
	got.is(t, http.StatusUnprocessableEntity).has(t, "Saka treng ein tittel", "Ein lang tekst &lt;med&gt; teikn", `value="decision" checked`)
	b.post(council+"/matters/new", "title", "Sak", "kind", "anna").is(t, http.StatusUnprocessableEntity).has(t, "Vel kva slag sak", `value="Sak"`)

	keeper := b.stage.as(secretary)
	matter := b.matter("Sak")
	got = keeper.post(matter+"/remove", "way", "relocate", "reason", "Ei grunngjeving som blir hugsa")
	got.is(t, http.StatusUnprocessableEntity).has(t, "Vel eit anna forum", "Ei grunngjeving som blir hugsa", `value="relocate" checked`)
	keeper.post(matter+"/remove", "way", "merge", "reason", "X").is(t, http.StatusUnprocessableEntity).has(t, "Vel ei anna sak")
	keeper.post(matter+"/remove", "way", "burn", "reason", "X").is(t, http.StatusUnprocessableEntity).has(t, "Vel om saka skal sendast tilbake")
	keeper.post(matter+"/place").is(t, http.StatusUnprocessableEntity).has(t, "Vel kva møte")
}

// upload sends the form of a new matter with files, and tickets of kept ones.
func (b *browser) upload(title string, papers map[string]string, kept ...string) answer {
	b.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	check(b.T, form.WriteField("title", title))
	check(b.T, form.WriteField("kind", "discussion"))
	check(b.T, form.WriteField("text", "Sjå papira"))
	for _, ticket := range kept {
		check(b.T, form.WriteField("kept", ticket))
	}
	for name, content := range papers {
		part, err := form.CreateFormFile("papers", name)
		check(b.T, err)
		_, err = part.Write([]byte(content))
		check(b.T, err)
	}
	check(b.T, form.Close())
	return b.do(b.request(http.MethodPost, council+"/matters/new", form.FormDataContentType(), &body))
}

var ticket = regexp.MustCompile(`name="kept" value="([^"]+)"`)

func (a answer) tickets() []string {
	var found []string
	for _, match := range ticket.FindAllStringSubmatch(a.body, -1) {
		found = append(found, match[1])
	}
	return found
}

// aboutPaper is the address of a paper's page, beside the address of its file.
var aboutPaper = regexp.MustCompile(`/papers/\d+/about`)

// TestPapers refuses files by name, keeps the rest over the next try, and gives
// papers to be saved.
func TestPapers(t *testing.T) {
	s := onSQLite(t)
	b := s.as(member)
	got := b.upload("Sak med papir", map[string]string{"rutine og æøå.pdf": "%PDF-1.7\n%%EOF\n", "tom.pdf": "", "stor.bin": strings.Repeat("x", 20_000_001)})
	got.is(t, http.StatusUnprocessableEntity)
	got.has(t, "tom.pdf er tom (0 byte)", "stor.bin er 20,0\u00a0MB", "2 ting må rettast", "rutine og æøå.pdf (15 byte)", `value="Sak med papir"`, "Sjå papira")
	tickets := got.tickets()
	if len(tickets) != 1 {
		t.Fatalf("%d papers are kept, want 1", len(tickets))
	}

	forged := b.upload("Sak med papir", nil, "x"+tickets[0], tickets[0][:len(tickets[0])-4]+"AAAA")
	forged.is(t, http.StatusUnprocessableEntity).has(t, "rutine og æøå.pdf må leggjast ved på nytt")
	if len(forged.tickets()) != 0 {
		t.Error("a forged ticket was taken")
	}

	matter := b.upload("Sak med papir", map[string]string{`C:\mappe\side.html`: "<script>alert(1)</script>"}, tickets...).is(t, http.StatusOK)
	matter.has(t, "rutine og æøå.pdf", "side.html")
	papers := regexp.MustCompile(`/papers/\d+`).FindAllString(aboutPaper.ReplaceAllString(matter.body, ""), -1)
	if len(papers) != 2 {
		t.Fatalf("the matter has %d papers, want 2", len(papers))
	}

	pdf := b.get(papers[0]).is(t, http.StatusOK)
	if pdf.body != "%PDF-1.7\n%%EOF\n" {
		t.Errorf("the paper reads %q", pdf.body)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff",
		"Content-Disposition":     "attachment; filename*=utf-8''rutine%20og%20%C3%A6%C3%B8%C3%A5.pdf",
		"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
	} {
		if got := pdf.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := b.get(papers[1]).header.Get("Content-Disposition"); got != "attachment; filename=side.html" {
		t.Errorf("a page as a paper is sent with %q", got)
	}
	s.as(outsider).get(papers[0]).is(t, http.StatusForbidden)
	s.stranger().get(papers[0]).is(t, http.StatusForbidden)
}

func TestTooLargeForm(t *testing.T) {
	got := onSQLite(t).as(member).upload("Sak", map[string]string{"a.bin": strings.Repeat("x", 31_000_000)})
	got.is(t, http.StatusRequestEntityTooLarge).has(t, "Papira kan vere 30,0\u00a0MB", "Det du skreiv, vart ikkje lagra")
	if got.header.Get("Content-Security-Policy") == "" {
		t.Error("the page has no content policy")
	}
}

func TestPaperName(t *testing.T) {
	tests := []struct{ name, given, want string }{
		{"plain", "notat.pdf", "notat.pdf"},
		{"folders of Windows", `C:\hemmeleg\notat.pdf`, "notat.pdf"},
		{"folders", "../../etc/passwd", "passwd"},
		{"lines", "a\r\nb\x00.pdf", "ab.pdf"},
		{"direction marks", "notat\u202efdp.exe", "notatfdp.exe"},
		{"invalid UTF-8", "n\xffotat.pdf", "n\uFFFDotat.pdf"},
		{"only points", "..", ""},
		{"nothing", "", ""},
		{"long", strings.Repeat("a", 300) + ".pdf", strings.Repeat("a", 75) + "…" + strings.Repeat("a", 70) + ".pdf"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := web.PaperName(test.given); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestEveryMistakeIsNamedAtOnce sends forms with nothing in them: the answer
// names each field that is needed, so that nobody mends one to learn of the next.
func TestEveryMistakeIsNamedAtOnce(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	for _, form := range []struct {
		path   string
		fields []string
	}{
		{council + "/meetings/new", []string{"start", "end", "place", "form"}},
		{council + "/series/new", []string{"kind", "weekday", "from", "to", "start", "end", "avoid", "place", "form"}},
		{council + "/matters/new", []string{"title", "kind"}},
		{"/me/absences", []string{"from", "to"}},
	} {
		answered := b.post(form.path).is(t, http.StatusUnprocessableEntity)
		for _, field := range form.fields {
			answered.has(t, `href="#field-`+field+`"`)
		}
	}
}
