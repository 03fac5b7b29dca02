package templates

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sayingCalls are the functions that take a text key, and the place of the key among their arguments; names and values follow it.
var sayingCalls = map[string]int{"T": 0, "N": 0, "Refuse": 1, "refuse": 1}

// usage is what the program's source says about texts.
type usage struct {
	literals map[string]bool   // every string that stands in the source
	composed map[string]string // where a key is put together: "level." + … as an expression that it matches, and where
	suffixes map[string]bool   // "_what" where it is put after a whole key
	inner    map[ast.Node]bool // parts of what is put together, which are no keys of their own
	said     []saying
}

// saying is one call with a whole key.
type saying struct {
	where string
	key   string
	names []string // of the values given
	open  bool     // values are handed on as a slice and cannot be read
}

func TestTextsAndSourceAgree(t *testing.T) {
	used := readSource(t, moduleRoot(t))
	texts := catalogue(t, Nynorsk)
	for _, said := range used.said {
		message, ok := texts[said.key]
		if !ok {
			t.Errorf("%s: there is no text %q", said.where, said.key)
			continue
		}
		for _, name := range placeholders(message.One + message.Other) {
			if !said.open && !slices.Contains(said.names, name) {
				t.Errorf("%s: %q needs a value for {{.%s}}", said.where, said.key, name)
			}
		}
	}
	patterns := map[string]*regexp.Regexp{}
	for pattern, where := range used.composed {
		patterns[pattern] = regexp.MustCompile(pattern)
		if !slices.ContainsFunc(slices.Collect(maps.Keys(texts)), patterns[pattern].MatchString) {
			t.Errorf("%s: no text matches %s", where, pattern)
		}
	}
	for key := range texts {
		matches := func(pattern *regexp.Regexp) bool { return pattern.MatchString(key) }
		follows := func(suffix string) bool {
			return strings.HasSuffix(key, suffix) && used.literals[strings.TrimSuffix(key, suffix)]
		}
		if !used.literals[key] && !slices.ContainsFunc(slices.Collect(maps.Values(patterns)), matches) && !slices.ContainsFunc(slices.Collect(maps.Keys(used.suffixes)), follows) {
			t.Errorf("the text %q is used nowhere", key)
		}
	}
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			t.Fatal("no go.mod above the package")
		}
		folder = filepath.Dir(folder)
	}
}

// readSource reads every Go file of the program, the generated ones of templ included; tests do not count.
func readSource(t *testing.T, root string) usage {
	t.Helper()
	used := newUsage()
	files := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "var" || strings.HasPrefix(entry.Name(), ".")) && path != root {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			used.see(files, node)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(used.said) == 0 {
		t.Fatal("no text is said anywhere: the source was not found")
	}
	return used
}

func newUsage() usage {
	return usage{literals: map[string]bool{}, composed: map[string]string{}, suffixes: map[string]bool{}, inner: map[ast.Node]bool{}}
}

func (u *usage) see(files *token.FileSet, node ast.Node) {
	switch node := node.(type) {
	case *ast.BasicLit:
		if value, ok := stringOf(node); ok {
			u.literals[value] = true
		}
	case *ast.BinaryExpr:
		if pattern := u.pattern(node); pattern != "" {
			u.composed[pattern] = files.Position(node.Pos()).String()
		}
	case *ast.CallExpr:
		u.seeCall(files, node)
	}
}

func (u *usage) seeCall(files *token.FileSet, call *ast.CallExpr) {
	name := calledName(call.Fun)
	place, ok := sayingCalls[name]
	if !ok || len(call.Args) <= place {
		return
	}
	key, ok := stringOf(call.Args[place])
	if !ok {
		return
	}
	said := saying{where: files.Position(call.Pos()).String(), key: key, open: call.Ellipsis.IsValid()}
	values := call.Args[place+1:]
	if name == "N" && len(values) > 0 {
		said.names, values = append(said.names, "Count"), values[1:]
	}
	for i := 0; i < len(values); i += 2 {
		if value, ok := stringOf(values[i]); ok {
			said.names = append(said.names, value)
		}
	}
	u.said = append(u.said, said)
}

func calledName(called ast.Expr) string {
	switch called := called.(type) {
	case *ast.SelectorExpr:
		return called.Sel.Name
	case *ast.Ident:
		return called.Name
	}
	return ""
}

func stringOf(expression ast.Expr) (string, bool) {
	literal, ok := expression.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	value, err := strconv.Unquote(literal.Value)
	return value, err == nil
}

// pattern is what the keys match that a sum of texts makes, "" for a sum that
// makes none: a key's beginning, with a point in it, and then anything.
func (u *usage) pattern(sum *ast.BinaryExpr) string {
	if sum.Op != token.ADD || u.inner[sum] {
		return ""
	}
	var terms []ast.Expr
	for left := ast.Expr(sum); ; {
		inner, more := left.(*ast.BinaryExpr)
		if !more || inner.Op != token.ADD {
			terms = append(terms, left)
			break
		}
		u.inner[inner] = true
		terms, left = append(terms, inner.Y), inner.X
	}
	slices.Reverse(terms)
	first, written := stringOf(terms[0])
	if last, ends := stringOf(terms[len(terms)-1]); !written && ends && strings.HasPrefix(last, "_") {
		u.suffixes[last] = true
	}
	if !written || !keyBegins.MatchString(first) {
		return ""
	}
	pattern := "^"
	for _, term := range terms {
		if text, written := stringOf(term); written {
			pattern += regexp.QuoteMeta(text)
		} else {
			pattern += `[a-z0-9_.-]+`
		}
	}
	return pattern + "$"
}

// keyBegins is how a key begins: words with points between, "level." or "error.plan.".
var keyBegins = regexp.MustCompile(`^[a-z_]+\.[a-z_.]*$`)

func TestUsageIsSeen(t *testing.T) {
	source := `package p
		func f() {
			x.T("a.b", "Name", 1)
			x.N("c.d", 3, "Other", 2)
			Refuse(Invalid, "e.f", args...)
			y := "level." + string(l)
			z := "page." + k + ".title"
			x.T(key+"_what")
		}`
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	used := newUsage()
	ast.Inspect(file, func(node ast.Node) bool {
		used.see(files, node)
		return true
	})
	want := "[{p.go:3:4 a.b [Name] false} {p.go:4:4 c.d [Count Other] false} {p.go:5:4 e.f [] true}]"
	if got := fmt.Sprint(used.said); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	patterns := slices.Sorted(maps.Keys(used.composed))
	if want := []string{`^level\.[a-z0-9_.-]+$`, `^page\.[a-z0-9_.-]+\.title$`}; !slices.Equal(patterns, want) || !used.literals["a.b"] || !used.suffixes["_what"] {
		t.Errorf("patterns %q, want %q; literals %v, suffixes %v", patterns, want, used.literals, used.suffixes)
	}
}
