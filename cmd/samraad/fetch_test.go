package main_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// fetch is fetch STATUS PATH [NAME:VALUE …]: ask as a calendar program does,
// without a session, and print the headers and the text, its lines unfolded.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fetch STATUS PATH [NAME:VALUE …]")
	}
	address := args[1]
	if strings.HasPrefix(address, "/") {
		address = ts.Getenv("SAMRAAD_URL") + address
	}
	request, err := http.NewRequest(http.MethodGet, address, nil)
	must(ts, err)
	for _, header := range args[2:] {
		name, value, _ := strings.Cut(header, ":")
		request.Header.Set(name, value)
	}
	answer, err := (&http.Client{Timeout: patience}).Do(request)
	must(ts, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(ts, err)
	for _, name := range []string{"Content-Type", "Content-Security-Policy", "Cache-Control", "ETag", "Last-Modified"} {
		fmt.Fprintf(ts.Stdout(), "%s: %s\n", name, answer.Header.Get(name))
	}
	fmt.Fprintln(ts.Stdout(), strings.NewReplacer("\r\n ", "", "\r\n", "\n").Replace(string(body)))
	if fmt.Sprint(answer.StatusCode) != args[0] {
		ts.Fatalf("%s answered %d", args[1], answer.StatusCode)
	}
}
