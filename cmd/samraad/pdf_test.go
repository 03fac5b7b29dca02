package main_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os/exec"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// readPDF is pdf PATH: open a PDF of the site as whoever is signed in, and print
// what a reader hears of it and what it says.
func readPDF(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pdf PATH")
	}
	answer, err := visiting(ts).client.Get(ts.Getenv("SAMRAAD_URL") + args[0])
	must(ts, err)
	defer answer.Body.Close()
	var file bytes.Buffer
	_, err = file.ReadFrom(answer.Body)
	must(ts, err)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/pdf" {
		ts.Fatalf("%s answered %d, %s", args[0], answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	for _, program := range [][]string{{"pdfinfo", "-"}, {"pdftotext", "-layout", "-enc", "UTF-8", "-", "-"}} {
		run := exec.Command(program[0], program[1:]...)
		run.Stdin = bytes.NewReader(file.Bytes())
		out, err := run.Output()
		if err != nil {
			ts.Fatalf("%s (apt-get install poppler-utils): %v", strings.Join(program, " "), err)
		}
		fmt.Fprintln(ts.Stdout(), string(out))
	}
}
