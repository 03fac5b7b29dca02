package main_test

import (
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// fill is fill FROM TO: a copy of a file with the story's variables in it.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fill FROM TO")
	}
	must(ts, os.WriteFile(ts.MkAbs(args[1]), []byte(os.Expand(ts.ReadFile(args[0]), ts.Getenv)), 0o600))
}
