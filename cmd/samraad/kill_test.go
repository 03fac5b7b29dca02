package main_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samraad/samraad/forum/store/storetest"
)

const (
	// invited is how many people the killed server invites.
	invited = 200
	// inFlight is how many hand-overs one process has under way at most.
	inFlight = 8
	// goesOnWithin is how soon after a kill all that was not being handed over has gone out.
	goesOnWithin = 30 * time.Second
)

// kills is how often the server dies while it sends: 5, or SAMRAAD_KILLS.
func kills(t *testing.T) int {
	text := os.Getenv("SAMRAAD_KILLS")
	if text == "" {
		return 5
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestKilledServerLosesNothing kills the real process again and again while it
// hands 200 invitations to a real SMTP server: everyone gets one, and only what
// was being handed over at a kill comes twice, byte for byte the same.
func TestKilledServerLosesNothing(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			house := newHouse(t, database(t))
			house.importArea()
			house.start()
			house.callMeeting()
			rounds := kills(t)
			for i := 1; i <= rounds; i++ {
				house.waitFor(i * invited / (rounds + 1))
				house.kill()
				house.start()
			}
			house.waitForAll()
			house.stop()
			house.checkRepeats(rounds * inFlight)
		})
	}
}

// house is one installation whose process comes and goes.
type house struct {
	*testing.T
	folder  string
	env     []string
	url     string
	sink    *sink
	process *exec.Cmd
	stderr  bytes.Buffer
}

func newHouse(t *testing.T, database string) *house {
	sink, err := newSink()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sink.Close)
	h := &house{T: t, folder: t.TempDir(), sink: sink}
	pages := freePort(t)
	h.url = "http://" + pages
	h.env = append(os.Environ(), "SAMRAAD_VAR="+filepath.Join(h.folder, "var"), "SAMRAAD_DB="+database, "SAMRAAD_HTTP="+pages,
		"SAMRAAD_SMTP=off", "SAMRAAD_SMTP_URL=smtp://"+sink.Address(), "SAMRAAD_LANGUAGE=en")
	return h
}

// crowd is an area whose one forum has a secretary and many members.
func crowd() string {
	var people, seats strings.Builder
	for i := range invited {
		fmt.Fprintf(&people, "  - {address: medlem%d@kvam.example, name: \"Medlem %d, Kvam herad\"}\n", i, i)
		fmt.Fprintf(&seats, "      - {person: medlem%d@kvam.example, organisation: \"944233199\", capacity: member}\n", i)
	}
	return `area: {key: stor, name: Storområdet}
organisations:
  - {number: "944233199", name: Kvam herad, level: municipal}
people:
  - {address: sekretariat@kvam.example, name: Sekretær}
` + people.String() + `forums:
  - key: rad
    name: Storrådet
    kind: council
    address: rad@stor.example
    mandate: {items_days: 14, papers_days: 7, keys: [chair, deputy], parties: ["944233199"]}
    seats:
      - {person: sekretariat@kvam.example, organisation: "944233199", capacity: secretary}
` + seats.String()
}

func (h *house) run(args ...string) string {
	h.Helper()
	command := exec.Command(binary, args...)
	command.Env = h.env
	out, err := command.CombinedOutput()
	if err != nil {
		h.Fatalf("samraad %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (h *house) importArea() {
	file := filepath.Join(h.folder, "stor.yaml")
	if err := os.WriteFile(file, []byte(crowd()), 0o600); err != nil {
		h.Fatal(err)
	}
	h.run("import", "area", file)
}

func (h *house) start() {
	h.process = exec.Command(binary, "serve")
	h.process.Env, h.process.Stderr = h.env, &h.stderr
	if err := h.process.Start(); err != nil {
		h.Fatal(err)
	}
	process := h.process
	h.Cleanup(func() { process.Process.Kill() })
	h.until("the server is ready", patience, func() bool {
		answer, err := http.Get(h.url + "/readyz")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

func (h *house) kill() {
	if err := h.process.Process.Kill(); err != nil {
		h.Fatal(err)
	}
	_ = h.process.Wait() // its status is that it was killed
}

func (h *house) stop() {
	if err := h.process.Process.Signal(syscall.SIGTERM); err != nil {
		h.Fatal(err)
	}
	if err := h.process.Wait(); err != nil {
		h.Errorf("ending: %v\n%s", err, h.stderr.String())
	}
}

// until tries often, for as long as it may take.
func (h *house) until(what string, within time.Duration, try func() bool) {
	h.Helper()
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for !try() {
		select {
		case <-deadline.C:
			h.Fatalf("waited in vain until %s; the sink has %d\n%s", what, len(h.sink.All()), h.stderr.String())
		case <-again.C:
		}
	}
}

// callMeeting plans and calls a meeting as the secretary, through the pages.
func (h *house) callMeeting() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	words := strings.Fields(h.run("sign-in", "sekretariat@kvam.example"))
	link := words[len(words)-1]
	h.post(client, "/enter", url.Values{"pass": {link[strings.LastIndex(link, "/")+1:]}})
	page := h.post(client, "/forums/1/meetings/new", url.Values{
		"form": {"ordinary"}, "start_date": {"2031-03-11"}, "start_time": {"10:00"}, "end_date": {"2031-03-11"}, "end_time": {"12:00"}, "place": {"Øystese"},
	})
	call := regexp.MustCompile(`/meetings/\d+/call`).FindString(page)
	if call == "" {
		h.Fatalf("no meeting to call on\n%s", page)
	}
	if rests := restingForm.FindStringSubmatch(h.post(client, call, nil)); rests != nil {
		h.post(client, rests[1], url.Values{"back": {rests[2]}})
	}
}

func (h *house) post(client *http.Client, path string, form url.Values) string {
	h.Helper()
	request, err := http.NewRequest(http.MethodPost, h.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		h.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", h.url)
	answer, err := client.Do(request)
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		h.Fatalf("%s answered %d (%v)\n%s", path, answer.StatusCode, err, body)
	}
	return string(body)
}

func (h *house) waitFor(mails int) {
	h.Helper()
	h.until(fmt.Sprintf("%d mails came", mails), goesOnWithin, func() bool { return len(h.sink.All()) >= mails })
}

// waitForAll waits until everyone has the invitation.
func (h *house) waitForAll() {
	h.Helper()
	h.until("everyone has one", goesOnWithin, func() bool {
		reached := map[string]bool{}
		for _, d := range h.sink.All() {
			reached[d.to] = true
		}
		return len(reached) == invited+1 // the secretary has a seat too
	})
}

// checkRepeats makes sure that what came twice is the same, and no more than
// could have been under way at the kills.
func (h *house) checkRepeats(most int) {
	first, repeats := map[string][]byte{}, 0
	for _, d := range h.sink.All() {
		if earlier, twice := first[d.to]; twice {
			repeats++
			if !bytes.Equal(earlier, d.raw) {
				h.Errorf("%s got two different mails", d.to)
			}
		}
		first[d.to] = d.raw
	}
	if repeats > most {
		h.Errorf("%d mails came again, at most %d were under way", repeats, most)
	}
	h.Logf("%d mails came again", repeats)
}
