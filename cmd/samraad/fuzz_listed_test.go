package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var fuzzLine = regexp.MustCompile(`(?m)^\t\$\(GO\) test \./(\S+) -run '\^\$\$' -fuzz '?\^?(Fuzz\w+)`)

// TestEveryFuzzTargetIsListed finds fuzz targets that `make fuzz` leaves out, and
// those that it names and nobody wrote.
func TestEveryFuzzTargetIsListed(t *testing.T) {
	root := filepath.Join("..", "..")
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	var listed, written []string
	for _, found := range fuzzLine.FindAllStringSubmatch(string(makefile), -1) {
		listed = append(listed, found[1]+" "+found[2])
	}
	for _, file := range readModule(t) {
		if !strings.HasSuffix(file.path, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(file.path)), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range parsed.Decls {
			if function, is := declared.(*ast.FuncDecl); is && function.Recv == nil && strings.HasPrefix(function.Name.Name, "Fuzz") {
				written = append(written, file.folder()+" "+function.Name.Name)
			}
		}
	}
	slices.Sort(listed)
	slices.Sort(written)
	if diff := cmp.Diff(written, listed); diff != "" {
		t.Errorf("the Makefile (-written +listed):\n%s", diff)
	}
}
