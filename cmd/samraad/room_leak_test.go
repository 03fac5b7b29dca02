package main_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// The marks that stand in a note and in the stand of a level's room, and in those of a party's.
var roomMarks = []string{"Zvqnivånotat", "Kxjnivåord", "Wqzpartsnotat", "Jyxpartsord"}

// TestARoomStaysWithItsOwn has a municipality prepare for a meeting, and looks for its words on every page, in every feed,
// export, printed package and mail, and in all that programs are answered, as each of those who are not in its room.
func TestARoomStaysWithItsOwn(t *testing.T) {
	d := serveDemo(t)
	own := d.stepIn(t, "Helse- og omsorgssjef, Kvam herad").looksFor(roomMarks)
	meeting := own.get("/meetings/1")
	party := regexp.MustCompile(`/meetings/1/room\?party=(\d+)`).FindStringSubmatch(meeting)
	matter := regexp.MustCompile(`/matters/(\d+)"`).FindStringSubmatch(meeting)
	if party == nil || matter == nil {
		t.Fatalf("the meeting's page leads to no room, or has no matter:\n%s", meeting)
	}
	for i, room := range [][]string{{"level", "municipal"}, {"party", party[1]}} {
		form := append(room, "matter", matter[1], "base", "0")
		own.post("/meetings/1/room/notes", append(form, "note-"+matter[1], roomMarks[2*i])...)
		own.post("/meetings/1/room/stand", append(form, "stand-"+matter[1], roomMarks[2*i+1])...)
	}
	keeper := d.stepIn(t, "Sekretær for kommunane, Voss herad").looksFor(roomMarks)
	council := regexp.MustCompile(`/forums/\d+`).FindString(keeper.get("/matters/1"))
	keeper.upload(council+"/matters/new", "vedlegg.txt", "Ope", "title", "Ny sak", "kind", "decision", "text", "Til vedtak") // the eleventh, which mails are about
	keeper.mailAbout(t)
	guest := keeper.guestLink()

	const ownAddress, otherAddress, observerAddress = "helse@kvam.example", "sekretariat@helse-bergen.example", "representant@brukarutval.example"
	own.walk("/")
	for _, mark := range roomMarks {
		if own.where[mark] == "" {
			t.Errorf("who wrote it walked %d pages and never met %s: the walk sees nothing", own.pages, mark)
		}
	}
	if met := d.ask(t, ownAddress); len(met) != len(roomMarks) {
		t.Errorf("a program of who wrote it met %v alone: the search sees nothing", met)
	}
	keeper.walk("/")
	for _, mark := range roomMarks[2:] {
		if keeper.where[mark] != "" {
			t.Errorf("a secretary of another municipality met %s on %s", mark, keeper.where[mark])
		}
	}
	for who, from := range map[string]string{
		"Klinikkdirektør, Voss sjukehus, Helse Bergen HF": "/", "Sekretær for sykehusene, Helse Bergen HF": "/", "Observatør frå fagnettverket": "/", "Brukarrepresentant": "/", "": guest, " ": "/",
	} {
		b := d.newBrowser(t)
		if name := strings.TrimSpace(who); name != "" {
			b = d.stepIn(t, name)
			b.post("/me/feeds", "forum", "0")
		}
		b.looksFor(roomMarks).walk(from)
		for id := range 6 { // what no page leads to
			for _, path := range []string{"/rooms/%d", "/matters/%d/rooms", "/matters/%d/timeline", "/meetings/%d/room?level=municipal", "/meetings/%d/room?party=" + party[1], "/overview/csv?page=%d", "/overview/ods?page=%d"} {
				b.look(fmt.Sprintf(path, id+1))
			}
		}
		for mark, path := range b.where {
			t.Errorf("%q met %s on %s", who, mark, path)
		}
	}
	for _, address := range []string{otherAddress, observerAddress} {
		if met := d.ask(t, address); len(met) > 0 {
			t.Errorf("a program of %s met %v", address, met)
		}
	}
	keeper.lookThroughMails()
	log, err := os.ReadFile(d.log)
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range roomMarks {
		if bytes.Contains(log, []byte(mark)) {
			t.Errorf("the log has %s", mark)
		}
	}
}

func (w *walker) looksFor(marks []string) *walker {
	w.marks, w.where = marks, map[string]string{}
	return w
}

// ask reads with a token of somebody all that the interface for programs shows of the first few of everything, and gives
// where which of the rooms' marks stands.
func (d demonstration) ask(t *testing.T, address string) map[string]string {
	t.Helper()
	create := exec.Command(binary, "token", "create", "--person", address, "--scope", "read", "--days", "1")
	create.Env = append(os.Environ(), d.own...)
	said, err := create.Output()
	if err != nil {
		t.Fatalf("token create: %v", err)
	}
	words := strings.Fields(string(said))
	token := words[len(words)-1]
	call := func(path string) (int, []byte) {
		request, err := http.NewRequest(http.MethodGet, d.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, body
	}
	var document struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if _, body := call("/api/openapi.json"); json.Unmarshal(body, &document) != nil || len(document.Paths) == 0 {
		t.Fatalf("no description of the interface: %s", body)
	}
	met, parameter := map[string]string{}, regexp.MustCompile(`\{[^}]*\}`)
	for path, operations := range document.Paths {
		if operations["get"] == nil {
			continue
		}
		for id := 1; id <= 4; id++ {
			at := parameter.ReplaceAllString(path, fmt.Sprint(id))
			status, body := call(at)
			if status == http.StatusTooManyRequests || status >= http.StatusInternalServerError {
				t.Fatalf("%s answered %d: %s", at, status, body)
			}
			for _, mark := range roomMarks {
				if bytes.Contains(append(body, packed(t, body)...), []byte(mark)) {
					met[mark] = at
				}
			}
			if at == path {
				break
			}
		}
	}
	return met
}

// packed is what stands inside a file: of an office file its parts, of a PDF what it says; "" of anything else.
func packed(t *testing.T, content []byte) string {
	t.Helper()
	switch {
	case bytes.HasPrefix(content, []byte("PK")):
		files, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, file := range files.File {
			part, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&all, part); err != nil {
				t.Fatal(err)
			}
			part.Close()
		}
		return all.String()
	case bytes.HasPrefix(content, []byte("%PDF")):
		run := exec.Command("pdftotext", "-enc", "UTF-8", "-", "-")
		run.Stdin = bytes.NewReader(content)
		said, err := run.Output()
		if err != nil {
			t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
		}
		return string(said)
	}
	return ""
}
