package main_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// flood is flood N ADDRESS: ask N times for a mail that signs in, each time
// from another network behind a proxy, and print how many were taken.
func flood(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flood N ADDRESS")
	}
	times, err := strconv.Atoi(args[0])
	must(ts, err)
	base := ts.Getenv("SAMRAAD_URL")
	client := &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	taken := 0
	for n := range times {
		request, err := http.NewRequest(http.MethodPost, base+"/sign-in", strings.NewReader(url.Values{"address": {args[1]}}.Encode()))
		must(ts, err)
		request.Header.Set("Origin", base)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-Forwarded-For", fmt.Sprintf("2001:db8:%x::1", n))
		answer, err := client.Do(request)
		must(ts, err)
		answer.Body.Close()
		switch answer.StatusCode {
		case http.StatusSeeOther:
			taken++
		case http.StatusTooManyRequests:
		default:
			ts.Fatalf("asking answered %d", answer.StatusCode)
		}
	}
	fmt.Fprintln(ts.Stdout(), "taken", taken)
}
