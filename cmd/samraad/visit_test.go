package main_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/smtp"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
	"github.com/rogpeppe/go-internal/testscript"
)

type (
	sinkKey    struct{}
	visitorKey struct{}
)

// visitor is a browser without JavaScript.
type visitor struct {
	client *http.Client
	page   string // the last one, tags and all
}

// patience bounds how long a story waits for what happens by itself.
const patience = 60 * time.Second

// until tries often, and fails the story when patience is over.
func until(ts *testscript.TestScript, what string, try func() bool) {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !try() {
		select {
		case <-deadline.C:
			ts.Fatalf("waited in vain: %s", what)
		case <-again.C:
		}
	}
}

func must(ts *testscript.TestScript, err error) {
	if err != nil {
		ts.Fatalf("%v", err)
	}
}

// up waits until the server is ready.
func up(ts *testscript.TestScript, neg bool, args []string) {
	until(ts, "readyz", func() bool {
		answer, err := http.Get(ts.Getenv("SAMRAAD_URL") + "/readyz")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// sendMail is smtp FROM TO FILE; "! smtp" wants a refusal, which is printed.
func sendMail(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: smtp FROM TO FILE")
	}
	message := strings.ReplaceAll(ts.ReadFile(args[2]), "\n", "\r\n")
	err := smtp.SendMail(ts.Getenv("SAMRAAD_SMTP"), nil, args[0], []string{args[1]}, []byte(message))
	if neg {
		if err == nil {
			ts.Fatalf("the mail was taken")
		}
		fmt.Fprintln(ts.Stdout(), err)
		return
	}
	must(ts, err)
}

func visiting(ts *testscript.TestScript) *visitor { return ts.Value(visitorKey{}).(*visitor) }

// signInAs is as ADDRESS: a fresh browser, signed in by a link from the
// command line.
func signInAs(ts *testscript.TestScript, neg bool, args []string) {
	browse(ts, neg, args)
	v := visiting(ts)
	command := exec.Command(binary, "sign-in", args[0])
	command.Dir = ts.Getenv("WORK")
	for _, name := range []string{"SAMRAAD_DB", "SAMRAAD_VAR", "SAMRAAD_URL", "SAMRAAD_LANGUAGE"} {
		command.Env = append(command.Env, name+"="+ts.Getenv(name))
	}
	out, err := command.Output()
	must(ts, err)
	lines := strings.Fields(string(out))
	link := lines[len(lines)-1]
	v.visit(ts, http.MethodGet, strings.TrimPrefix(link, ts.Getenv("SAMRAAD_URL")), nil)
	v.visit(ts, http.MethodPost, "/enter", url.Values{"pass": {link[strings.LastIndex(link, "/")+1:]}})
}

// browse begins with a fresh browser that is not signed in.
func browse(ts *testscript.TestScript, neg bool, args []string) {
	jar, err := cookiejar.New(nil)
	must(ts, err)
	visiting(ts).client = &http.Client{Jar: jar, Timeout: patience}
}

// visit opens a page, following redirects, and answers its status.
func (v *visitor) visit(ts *testscript.TestScript, method, path string, form url.Values) int {
	base := ts.Getenv("SAMRAAD_URL")
	request, err := http.NewRequest(method, base+path, strings.NewReader(form.Encode()))
	must(ts, err)
	request.Header.Set("Origin", base)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := v.client.Do(request)
	must(ts, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(ts, err)
	v.page = html.UnescapeString(string(body))
	return answer.StatusCode
}

func (v *visitor) check(ts *testscript.TestScript, neg bool, status int, path string) {
	fmt.Fprintln(ts.Stdout(), v.page)
	if refused := status >= 400; refused != neg {
		ts.Fatalf("%s answered %d", path, status)
	}
}

// get is get PATH; "! get" wants a refusal.
func get(ts *testscript.TestScript, neg bool, args []string) {
	v := visiting(ts)
	v.check(ts, neg, v.visit(ts, http.MethodGet, args[0], nil), args[0])
}

// post is press, with what would rest for its minute sent at once.
func post(ts *testscript.TestScript, neg bool, args []string) {
	v := visiting(ts)
	status := v.post(ts, args)
	if found := restingForm.FindAllStringSubmatch(v.page, -1); status == http.StatusOK && found != nil {
		last := found[len(found)-1]
		status = v.visit(ts, http.MethodPost, last[1], url.Values{"back": {last[2]}})
	}
	v.check(ts, neg, status, args[0])
}

// restingForm is where a page lets go what is on its way.
var restingForm = regexp.MustCompile(`action="(/errands/\d+/now)"><input type="hidden" name="back" value="([^"]*)"`)

// press is press PATH NAME=VALUE …; "! press" wants a refusal.
func press(ts *testscript.TestScript, neg bool, args []string) {
	v := visiting(ts)
	v.check(ts, neg, v.post(ts, args), args[0])
}

func (v *visitor) post(ts *testscript.TestScript, args []string) int {
	form := url.Values{}
	for _, field := range args[1:] {
		name, value, _ := strings.Cut(field, "=")
		form.Add(name, value)
	}
	return v.visit(ts, http.MethodPost, args[0], form)
}

// await is await PATH REGEXP: reload until the page has it.
func await(ts *testscript.TestScript, neg bool, args []string) {
	wanted, err := regexp.Compile(args[1])
	must(ts, err)
	v := visiting(ts)
	until(ts, args[0]+" has "+args[1], func() bool {
		v.visit(ts, http.MethodGet, args[0], nil)
		return wanted.MatchString(v.page)
	})
	fmt.Fprintln(ts.Stdout(), v.page)
}

// let is let NAME REGEXP: keep the first group that the last page or output has.
func let(ts *testscript.TestScript, neg bool, args []string) {
	found := regexp.MustCompile("(?s)" + args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if found == nil {
		ts.Fatalf("nothing like %s", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// mailbox is mailbox ADDRESS N: wait until N mails came for the address and
// print them as their receiver reads them, headers first, then the calendar.
func mailbox(ts *testscript.TestScript, neg bool, args []string) {
	for _, d := range received(ts, args) {
		printMail(ts, d)
	}
}

func printMail(ts *testscript.TestScript, d delivery) {
	read, err := enmime.ReadEnvelope(bytes.NewReader(d.raw))
	must(ts, err)
	for _, name := range []string{"From", "To", "Reply-To", "Subject"} {
		decoded, err := new(mime.WordDecoder).DecodeHeader(read.GetHeader(name))
		must(ts, err)
		fmt.Fprintf(ts.Stdout(), "%s: %s\n", name, decoded)
	}
	fmt.Fprintf(ts.Stdout(), "\n%s\n", read.Text)
	for _, part := range append(read.Attachments, read.OtherParts...) {
		if strings.HasPrefix(part.ContentType, "text/calendar") || strings.HasSuffix(part.FileName, ".ics") {
			fmt.Fprintln(ts.Stdout(), unfold(string(part.Content)))
			break
		}
	}
}

// unfold joins folded calendar lines (RFC 5545 § 3.1).
func unfold(calendar string) string {
	return strings.NewReplacer("\r\n ", "", "\r\n", "\n").Replace(calendar)
}

func received(ts *testscript.TestScript, args []string) []delivery {
	var want int
	_, err := fmt.Sscan(args[1], &want)
	must(ts, err)
	s := ts.Value(sinkKey{}).(*sink)
	until(ts, fmt.Sprintf("%d mails for %s, there are %d in all", want, args[0], len(s.All())), func() bool { return len(s.To(args[0])) >= want })
	if got := s.To(args[0]); len(got) == want {
		return got
	}
	ts.Fatalf("%d mails for %s, want %d", len(s.To(args[0])), args[0], want)
	return nil
}
