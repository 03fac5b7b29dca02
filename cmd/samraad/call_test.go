package main_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// call is call STATUS METHOD PATH [BODY] [NAME:VALUE …]: ask as a program does,
// from the browser and with the token that TOKEN holds, if any, and print the
// tag and the body. A body is what begins with a brace.
func call(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: call STATUS METHOD PATH [BODY] [NAME:VALUE …]")
	}
	body, headers := "", args[3:]
	if len(headers) > 0 && strings.HasPrefix(headers[0], "{") {
		body, headers = headers[0], headers[1:]
	}
	request, err := http.NewRequest(args[1], ts.Getenv("SAMRAAD_URL")+"/api"+args[2], strings.NewReader(body))
	must(ts, err)
	if token := ts.Getenv("TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	request.Header.Set("Content-Type", "application/json")
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ":")
		request.Header.Set(name, value)
	}
	answer, err := visiting(ts).client.Do(request)
	must(ts, err)
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	must(ts, err)
	fmt.Fprintf(ts.Stdout(), "ETag=%s\n%s\n", answer.Header.Get("ETag"), content)
	if fmt.Sprint(answer.StatusCode) != args[0] {
		ts.Fatalf("%s %s answered %d", args[1], args[2], answer.StatusCode)
	}
}
