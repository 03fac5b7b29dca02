package main_test

import (
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum/print"
)

// TestPapersAreHandledByTheBinaryItself has a text become a page in a process
// that the real program is.
func TestPapersAreHandledByTheBinaryItself(t *testing.T) {
	printer := &print.Printer{Child: &print.Child{Path: binary, Args: []string{"print-child"}}}
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	item := print.Item{Number: "1/26", Title: "Sak", Papers: []print.Paper{{
		Name: "Notat.txt", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("Hei")), nil },
	}}}
	part, err := printer.Item(t.Context(), print.Package{Forum: "Fagråd", Start: at, Made: at}, item)
	if err != nil || part.Pages != 2 || part.Papers[0].Fate != print.Merged {
		t.Errorf("%d pages, %+v, %v", part.Pages, part.Papers, err)
	}
}

func TestPrintChildIsForTheServer(t *testing.T) {
	command := exec.Command(binary, "print-child")
	command.Env = []string{}
	said, err := command.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "the server starts this") {
		t.Errorf("%v: %s", err, said)
	}
	if help, err := exec.Command(binary, "--help").CombinedOutput(); err != nil || strings.Contains(string(help), "print-child") {
		t.Errorf("%v: %s", err, help)
	}
}
