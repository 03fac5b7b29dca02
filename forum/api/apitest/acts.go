package apitest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// EveryActHasAnOperation looks in the source for acts and page readers of a
// package in one folder that the operations of another folder never name, and
// that are not without one for a reason. That every operation works is the contract's test.
func EveryActHasAnOperation(t *testing.T, rules, of, door string, without map[string][]string) {
	t.Helper()
	reached := named(of, parsed(t, door))
	acts := actsOf(parsed(t, rules))
	if len(acts) == 0 {
		t.Fatal("the rules have no acts")
	}
	var excused []string
	for _, group := range without {
		excused = append(excused, group...)
	}
	for _, act := range acts {
		switch has, out := slices.Contains(reached, act), slices.Contains(excused, act); {
		case !has && !out:
			t.Errorf("%s.%s has no operation", of, act)
		case has && out:
			t.Errorf("%s.%s has an operation by now", of, act)
		}
	}
	for _, act := range excused {
		if !slices.Contains(acts, act) {
			t.Errorf("there is no %s.%s", of, act)
		}
	}
}

// parsed are the source files of a folder, tests left out.
func parsed(t *testing.T, folder string) (files []*ast.File) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	check(t, err)
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		check(t, err)
		files = append(files, file)
	}
	return files
}

// actsOf are the exported functions that work in a transaction.
func actsOf(files []*ast.File) (acts []string) {
	for _, file := range files {
		for _, declared := range file.Decls {
			function, is := declared.(*ast.FuncDecl)
			if is && function.Recv == nil && function.Name.IsExported() && takesTx(function) {
				acts = append(acts, function.Name.Name)
			}
		}
	}
	return acts
}

func takesTx(function *ast.FuncDecl) bool {
	return slices.ContainsFunc(function.Type.Params.List, func(p *ast.Field) bool {
		of, is := p.Type.(*ast.Ident)
		return is && of.Name == "Tx"
	})
}

// named is what the files name of a package.
func named(of string, files []*ast.File) (names []string) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			selector, is := n.(*ast.SelectorExpr)
			if is {
				if from, is := selector.X.(*ast.Ident); is && from.Name == of {
					names = append(names, selector.Sel.Name)
				}
			}
			return true
		})
	}
	return names
}
