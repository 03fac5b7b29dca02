package main_test

import (
	"bytes"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// upload is upload PATH FIELD=FILE [NAME=VALUE …]: send a file of the story with a form.
func upload(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: upload PATH FIELD=FILE [NAME=VALUE …]")
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i, field := range args[1:] {
		name, value, _ := strings.Cut(field, "=")
		if i > 0 {
			must(ts, form.WriteField(name, value))
			continue
		}
		file, err := form.CreateFormFile(name, value)
		must(ts, err)
		_, err = io.WriteString(file, ts.ReadFile(value))
		must(ts, err)
	}
	must(ts, form.Close())
	v, base := visiting(ts), ts.Getenv("SAMRAAD_URL")
	request, err := http.NewRequest(http.MethodPost, base+args[0], &body)
	must(ts, err)
	request.Header.Set("Origin", base)
	request.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := v.client.Do(request)
	must(ts, err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	must(ts, err)
	v.page = html.UnescapeString(string(page))
	v.check(ts, neg, answer.StatusCode, args[0])
}
