package main_test

import (
	"fmt"
	"io"
	"net/http"
	"net/smtp"
	"net/url"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// cookie is cookie NAME: keep what the session's cookie of the browser holds.
func cookie(ts *testscript.TestScript, neg bool, args []string) {
	at, err := url.Parse(ts.Getenv("SAMRAAD_URL"))
	must(ts, err)
	for _, c := range visiting(ts).client.Jar.Cookies(at) {
		if c.Name == "session" {
			ts.Setenv(args[0], c.Value)
			return
		}
	}
	ts.Fatalf("the browser has no session")
}

// pry is pry PATH: send a path that holds a secret in every way that somebody
// may get wrong or try, and want no failure.
func pry(ts *testscript.TestScript, neg bool, args []string) {
	base, path := ts.Getenv("SAMRAAD_URL"), args[0]
	secret := path[strings.LastIndex(path, "/")+1:]
	long := strings.Repeat("x", 5_000_000)
	for _, ask := range []struct{ method, path, origin, body string }{
		{http.MethodGet, path, "", ""}, {http.MethodHead, path, "", ""}, {http.MethodGet, path + "/", "", ""}, {http.MethodGet, path + ".", "", ""},
		{http.MethodGet, path + "%20og%20meir", "", ""}, {http.MethodGet, path + "/og/meir", "", ""}, {http.MethodGet, "/" + path, "", ""},
		{http.MethodGet, strings.ToUpper(path), "", ""}, {http.MethodGet, path + "?again=" + secret, "", ""}, {http.MethodGet, "/x/" + secret, "", ""},
		{http.MethodPost, path, base, "pass=" + secret}, {http.MethodPost, path, "https://evil.example", "pass=" + secret}, {http.MethodPost, path + "/open", "", ""},
		{http.MethodPost, path + "/answer", "https://evil.example", ""}, {http.MethodDelete, path, base, ""}, {http.MethodPost, path + "/confirm", base, long},
		{http.MethodPost, "/enter", base, "pass=" + secret}, {http.MethodPost, "/sign-in/code", base, "code=" + secret}, {http.MethodPost, "/sign-in", base, "address=" + secret},
		{"PROPFIND", path, base, ""},
	} {
		request, err := http.NewRequest(ask.method, base+ask.path, strings.NewReader(ask.body))
		must(ts, err)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", ask.origin)
		request.Header.Set("Referer", base+path)
		request.Header.Set("Cookie", "session="+secret+"; sign-in="+secret)
		request.Header.Set("Authorization", "Bearer "+secret)
		answer, err := http.DefaultTransport.RoundTrip(request)
		must(ts, err)
		_, err = io.Copy(io.Discard, answer.Body)
		must(ts, err)
		answer.Body.Close()
		if answer.StatusCode >= http.StatusInternalServerError && answer.StatusCode != http.StatusNotImplemented {
			ts.Fatalf("%s %s answered %d", ask.method, ask.path, answer.StatusCode)
		}
	}
}

// misuse is misuse ADDRESS: send mail to an address that holds a token, as its
// owner would not.
func misuse(ts *testscript.TestScript, neg bool, args []string) {
	at := ts.Getenv("SAMRAAD_SMTP")
	for _, to := range []string{args[0], "x" + args[0], strings.Replace(args[0], "@", "x@", 1), args[0] + ".example"} {
		for _, from := range []string{"ukjend@fjern.example", args[0]} {
			message := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s\r\n\r\n%s\r\n", from, to, to, to)
			_ = smtp.SendMail(at, nil, from, []string{to}, []byte(message)) // taken or refused
		}
	}
	for _, command := range []string{"RCPT TO:<" + args[0] + ">", "MAIL FROM:" + args[0], args[0]} {
		line, err := smtp.Dial(at)
		must(ts, err)
		_, _ = line.Text.Cmd("%s", command)
		_, _ = line.Text.ReadLine()
		line.Close()
	}
}

// wary is wary ADDRESS: the sink refuses mail for it, and repeats from whom and
// to whom, as relays do.
func wary(ts *testscript.TestScript, neg bool, args []string) {
	s := ts.Value(sinkKey{}).(*sink)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wary = args[0]
}
