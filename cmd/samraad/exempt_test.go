package main_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"
)

// The marks that stand in an exempt title, in the name of an exempt paper, in its bytes, and in the text of the matter.
var exemptMarks = []string{"Zyxtittel", "qvwnamn", "Kjwinnhald", "Wqxtekst"}

// TestExemptStaysWithThoseEntitled walks every page, feed and file that somebody can come to, as everybody who may not
// read what is exempt, and looks for it there; a member finds it. No mail has it, and neither has the log.
func TestExemptStaysWithThoseEntitled(t *testing.T) {
	d := serveDemo(t)
	keeper := d.stepIn(t, "Sekretær for kommunane, Voss herad")
	council := regexp.MustCompile(`/forums/\d+`).FindString(keeper.get("/matters/1"))
	keeper.upload(council+"/matters/new", "vedlegg.txt", "Ope", "title", "Ny sak", "kind", "decision", "text", "Wqxtekst")
	for _, matter := range []string{"/matters/1", "/matters/2", "/matters/11"} { // on an agenda that was called, and in the inbox
		keeper.upload(matter+"/papers", "qvwnamn.txt", "Kjwinnhald", "access", "exempt", "basis", "offl. § 23 første ledd")
		keeper.post(matter+"/title", "public_title", "Open tittel", "full_title", "Zyxtittel "+matter, "title_access", "exempt", "title_basis", "offl. § 23 første ledd")
	}
	keeper.mailAbout(t)
	guest := keeper.guestLink()

	member := d.stepIn(t, "Helse- og omsorgssjef, Kvam herad").walk("/")
	for _, mark := range exemptMarks {
		if member.where[mark] == "" {
			t.Errorf("a member who walked %d pages never met %s: the walk sees nothing", member.pages, mark)
		}
	}
	for who, from := range map[string]string{
		"Observatør frå fagnettverket": "/", "Kommuneoverlege, Voss herad": "/", "Brukarrepresentant": "/", "": guest, " ": "/",
	} {
		b := d.newBrowser(t)
		if name := strings.TrimSpace(who); name != "" {
			b = d.stepIn(t, name)
			b.post("/me/feeds", "forum", "0")
			for _, path := range []string{"/matters/1", "/matters/2", "/meetings/1"} {
				b.get(path)
			}
		}
		b.walk(from)
		for id := range 12 { // what no page leads to
			for _, path := range []string{"/papers/%d", "/papers/%d/about", "/papers/%d/versions/1", guest + "/papers/%d"} {
				b.look(fmt.Sprintf(path, id+1))
			}
		}
		for mark, path := range b.where {
			t.Errorf("%q met %s on %s", who, mark, path)
		}
		if b.pages < 3 {
			t.Errorf("%q walked %d pages", who, b.pages)
		}
	}
	keeper.lookThroughMails()
	log, err := os.ReadFile(d.log)
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range exemptMarks {
		if strings.Contains(string(log), mark) {
			t.Errorf("the log has %s", mark)
		}
	}
}

// mailAbout has the demonstration send every mail that speaks of the matters or their meeting: guests, a matter placed
// and put back, a meeting moved.
func (w *walker) mailAbout(t *testing.T) {
	t.Helper()
	w.post("/meetings/1/guests/new", "line", "item-1", "name", "Gjest", "address", "gjest@fjern.example", "language", "nn")
	w.post("/matters/2/place", "meeting", "1")
	w.post("/matters/2/put-back")
	w.post("/matters/2/place", "meeting", "1")
	w.post("/matters/11/place", "meeting", "1")
	page := w.get("/meetings/1/move")
	fields := []string{"reason", "Rommet er oppteke"}
	for _, name := range []string{"start_date", "start_time", "end_date", "end_time"} {
		found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
		if found == nil {
			t.Fatalf("no %s on the page that moves a meeting", name)
		}
		fields = append(fields, name, found[1])
	}
	w.post("/meetings/1/move", append(fields, "place", "Eit anna rom", "link", "")...)
}

// walker is a browser without scripts that remembers where it met what is exempt.
type walker struct {
	*testing.T
	site   string
	client *http.Client
	marks  []string
	where  map[string]string // of each mark the page
	pages  int
}

func (d demonstration) newBrowser(t *testing.T) *walker {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &walker{T: t, site: d.url, client: &http.Client{Jar: jar, Timeout: patience}, marks: exemptMarks, where: map[string]string{}}
}

func (d demonstration) stepIn(t *testing.T, name string) *walker {
	t.Helper()
	w := d.newBrowser(t)
	found := regexp.MustCompile(`aria-label="[^"]*` + regexp.QuoteMeta(name) + `" name="person" value="(\d+)"`).FindStringSubmatch(w.get("/demo"))
	if found == nil {
		t.Fatalf("the demonstration has nobody called %s", name)
	}
	w.post("/demo", "person", found[1])
	return w
}

func (w *walker) send(method, path, kind string, body io.Reader) (status int, text string) {
	w.Helper()
	request, err := http.NewRequest(method, w.site+path, body)
	if err != nil {
		w.Fatal(err)
	}
	request.Header.Set("Origin", w.site)
	request.Header.Set("Content-Type", kind)
	answer, err := w.client.Do(request)
	if err != nil {
		w.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		w.Fatal(err)
	}
	text = html.UnescapeString(string(content)) + packed(w.T, content)
	if _, named, err := mime.ParseMediaType(answer.Header.Get("Content-Disposition")); err == nil {
		text += named["filename"]
	}
	return answer.StatusCode, text
}

func (w *walker) get(path string) string {
	w.Helper()
	_, text := w.send(http.MethodGet, path, "", nil)
	return text
}

// post sends a form, which has to be taken; names and values alternate.
func (w *walker) post(path string, fields ...string) {
	w.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	status, text := w.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if status != http.StatusOK {
		w.Fatalf("%s answered %d\n%s", path, status, text)
	}
	if found := restingForm.FindStringSubmatch(text); found != nil && !strings.HasPrefix(path, "/demo") {
		w.post(found[1], "back", found[2])
	}
}

// upload sends a form with a file.
func (w *walker) upload(path, name, content string, fields ...string) {
	w.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		if err := form.WriteField(fields[i], fields[i+1]); err != nil {
			w.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("papers", name)
	if err != nil {
		w.Fatal(err)
	}
	if _, err := io.WriteString(file, content); err != nil {
		w.Fatal(err)
	}
	if err := form.Close(); err != nil {
		w.Fatal(err)
	}
	if status, text := w.send(http.MethodPost, path, form.FormDataContentType(), &body); status != http.StatusOK {
		w.Fatalf("%s answered %d\n%s", path, status, text)
	}
}

// look opens an address and notes the marks that are there.
func (w *walker) look(path string) string {
	w.Helper()
	status, text := w.send(http.MethodGet, path, "", nil)
	if status == http.StatusOK {
		w.pages++
	}
	w.note(path, text)
	return text
}

func (w *walker) note(where, text string) {
	for _, mark := range w.marks {
		if strings.Contains(text, mark) && w.where[mark] == "" {
			w.where[mark] = where
		}
	}
}

// leads are the addresses of the site that a page or a mail names.
var leads = regexp.MustCompile(`(?:href="|src="|action="|https?://[^/"\s]+)(/[^"#\s<>]*)`)

// walk follows every link from a page on, also those to files, feeds and what a form would change; asking for those
// changes nothing.
func (w *walker) walk(from string) *walker {
	w.Helper()
	waiting, met := []string{from}, map[string]bool{from: true}
	for len(waiting) > 0 {
		path := waiting[0]
		waiting = waiting[1:]
		for _, found := range leads.FindAllStringSubmatch(w.look(path), -1) {
			next := found[1]
			if !met[next] && !strings.HasPrefix(next, "/assets/") && !strings.HasPrefix(next, "/enter/") && len(met) < 2000 {
				met[next] = true
				waiting = append(waiting, next)
			}
		}
	}
	return w
}

// guestLink is the address of the guest's page, as the guest's mail has it.
func (w *walker) guestLink() string {
	w.Helper()
	for id := 1; ; id++ {
		status, text := w.send(http.MethodGet, fmt.Sprintf("/messages/%d/body", id), "", nil)
		if status == http.StatusNotFound {
			w.Fatal("no mail has the address of a guest's page")
		}
		if found := regexp.MustCompile(`/guest/[a-z0-9]+`).FindString(text); found != "" {
			return found
		}
	}
}

// lookThroughMails opens every mail that was made, with all its parts, as their receivers get them.
func (w *walker) lookThroughMails() {
	w.Helper()
	mails := 0
	for id := 1; ; id++ {
		request, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/messages/%d/raw", w.site, id), nil)
		if err != nil {
			w.Fatal(err)
		}
		answer, err := w.client.Do(request)
		if err != nil {
			w.Fatal(err)
		}
		mail, err := enmime.ReadEnvelope(answer.Body)
		answer.Body.Close()
		if answer.StatusCode == http.StatusNotFound {
			break
		}
		if err != nil || answer.StatusCode != http.StatusOK {
			w.Fatalf("mail %d: %d, %v", id, answer.StatusCode, err)
		}
		mails++
		said := mail.GetHeader("Subject") + mail.Text + mail.HTML
		for _, part := range append(append(mail.Attachments, mail.Inlines...), mail.OtherParts...) {
			said += part.FileName + string(part.Content)
		}
		for _, mark := range w.marks {
			if strings.Contains(said, mark) {
				w.Errorf("mail %d, %q, has %s", id, mail.GetHeader("Subject"), mark)
			}
		}
	}
	if mails < 20 {
		w.Errorf("there are %d mails only", mails)
	}
}
