package main_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/samraad/samraad"

// arrows is what each package may import of ours. A new package gets its row first.
var arrows = map[string][]string{
	"policies":  {},
	"templates": {},
	"forum":     {},

	"templates/docx":       {},
	"templates/forum":      {"templates", "forum"},
	"templates/governance": {"templates", "templates/docx", "templates/forum", "forum", "governance"},

	"forum/store":           {"forum"},
	"forum/store/storetest": {"forum", "forum/store"},
	"forum/files":           {"forum"},
	"forum/jobs":            {"forum"},
	"forum/reading":         {"forum"},
	"forum/members":         {"forum"},
	"forum/calendar":        {"forum", "templates"},
	"forum/print":           {"forum", "templates"},
	"forum/api":             {"forum", "templates"},
	"forum/api/apitest":     {"forum/api", "templates"},
	"forum/mail":            {"forum", "forum/calendar", "templates", "templates/forum"},
	"forum/web":             {"forum", "forum/calendar", "forum/members", "templates", "templates/forum"},
	"forum/web/webtest":     {},

	"governance":                 {"forum"},
	"governance/store":           {"governance", "forum", "forum/store"},
	"governance/store/storetest": {"forum", "governance", "governance/store"},
	"governance/api":             {"governance", "forum", "forum/api", "templates", "templates/docx", "templates/governance"},
	"governance/mail":            {"governance", "forum", "forum/mail", "templates", "templates/docx", "templates/forum", "templates/governance"},
	"governance/print":           {"governance", "forum", "forum/print", "templates"},
	"governance/archive":         {"governance", "forum", "forum/print", "templates"},
	"governance/web":             {"governance", "forum", "forum/web", "forum/calendar", "templates", "templates/docx", "templates/forum", "templates/governance"},
	"governance/public":          {"governance", "forum", "forum/web", "forum/calendar", "templates", "templates/forum", "templates/governance"},
}

// forTests is what test files may import besides: doors and rules are tested on
// real stores, of rows and of papers, which answer by a real policy and avoid
// real holidays.
var forTests = []string{"forum/api/apitest", "forum/calendar", "forum/web/webtest", "forum/store", "forum/store/storetest", "forum/files", "governance/store", "governance/store/storetest", "policies", "forum/jobs"}

// joins tells whether a package is the binary, or lives below it: there
// everything is joined, so everything may be imported.
func joins(folder string) bool {
	return folder == "cmd/samraad" || strings.HasPrefix(folder, "cmd/samraad/")
}

// source is one Go file and what it imports of ours, as folders of the module.
type source struct {
	path    string // from the root of the module, with slashes
	imports []string
}

func (s source) folder() string { return s.path[:max(0, strings.LastIndexByte(s.path, '/'))] }

// complaints lists what the arrows forbid, one line each.
func complaints(files []source) []string {
	var found []string
	for _, file := range files {
		if joins(file.folder()) {
			continue
		}
		allowed, known := arrows[file.folder()]
		if !known {
			found = append(found, fmt.Sprintf("%s: the package %q has no row", file.path, file.folder()))
			continue
		}
		allowed = append(slices.Clone(allowed), file.folder()) // its tests from outside
		if strings.HasSuffix(file.path, "_test.go") {
			allowed = append(allowed, forTests...)
		}
		for _, imported := range file.imports {
			if !slices.Contains(allowed, imported) {
				found = append(found, fmt.Sprintf("%s: imports %s", file.path, imported))
			}
		}
	}
	return found
}

func TestArrows(t *testing.T) {
	files := readModule(t)
	if !slices.ContainsFunc(files, func(f source) bool { return f.folder() == "forum" }) {
		t.Fatal("the rules of the forum were not read: the test looks in the wrong place")
	}
	for _, complaint := range complaints(files) {
		t.Error(complaint)
	}
}

func TestArrowsFindWhatIsForbidden(t *testing.T) {
	for name, c := range map[string]struct {
		file source
		want []string
	}{
		"rules that know nothing of ours":  {source{"forum/meeting.go", nil}, nil},
		"rules that know the texts":        {source{"forum/meeting.go", []string{"templates"}}, []string{"forum/meeting.go: imports templates"}},
		"rules that know the policy":       {source{"forum/actor.go", []string{"policies"}}, []string{"forum/actor.go: imports policies"}},
		"rules tested by the policy":       {source{"forum/actor_test.go", []string{"forum", "policies", "forum/store/storetest"}}, nil},
		"a door that knows the store":      {source{"forum/web/inbox.go", []string{"forum", "forum/store"}}, []string{"forum/web/inbox.go: imports forum/store"}},
		"a door that is tested on a store": {source{"forum/web/inbox_test.go", []string{"forum/web", "forum", "forum/store"}}, nil},
		"a door's test that knows another": {source{"forum/web/inbox_test.go", []string{"forum/mail"}}, []string{"forum/web/inbox_test.go: imports forum/mail"}},
		"a door that knows another door":   {source{"forum/mail/send.go", []string{"forum/web"}}, []string{"forum/mail/send.go: imports forum/web"}},
		"a store that knows a door":        {source{"forum/store/tx.go", []string{"forum", "forum/jobs"}}, []string{"forum/store/tx.go: imports forum/jobs"}},
		"an arrow up from the forum":       {source{"forum/calling.go", []string{"governance"}}, []string{"forum/calling.go: imports governance"}},
		"an arrow down to the forum":       {source{"governance/vote.go", []string{"forum"}}, nil},
		"pages of the forum":               {source{"templates/forum/inbox_templ.go", []string{"templates", "forum"}}, nil},
		"components that know the forum":   {source{"templates/layout_templ.go", []string{"forum"}}, []string{"templates/layout_templ.go: imports forum"}},
		"a package nobody has drawn":       {source{"forum/util/strings.go", nil}, []string{`forum/util/strings.go: the package "forum/util" has no row`}},
		"a package at the root":            {source{"doc.go", nil}, []string{`doc.go: the package "" has no row`}},
		"another binary":                   {source{"cmd/other/main.go", []string{"forum"}}, []string{`cmd/other/main.go: the package "cmd/other" has no row`}},
		"the binary":                       {source{"cmd/samraad/main.go", []string{"forum/store", "forum/web", "cmd/samraad/demo"}}, nil},
		"what lives below it":              {source{"cmd/samraad/demo/demo.go", []string{"forum", "policies"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, complaints([]source{c.file})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestArrowsGoNowhereUnknownAndNeverRound(t *testing.T) {
	var follow func(at string, behind []string)
	follow = func(at string, behind []string) {
		if slices.Contains(behind, at) {
			t.Errorf("the arrows go round: %v", append(behind, at))
			return
		}
		next, known := arrows[at]
		if !known {
			t.Errorf("an arrow goes to %q, which has no row", at)
		}
		for _, to := range next {
			follow(to, append(slices.Clone(behind), at))
		}
	}
	for from := range arrows {
		follow(from, nil)
	}
}

// readModule parses the imports of every Go file of the module.
func readModule(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	var files []source
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && skipped(entry.Name()) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := readSource(root, path)
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipped are the folders that the go command leaves out, and those of the
// tools that build pages.
func skipped(folder string) bool {
	return strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_") || folder == "testdata" || folder == "node_modules" || folder == "var"
}

func readSource(root, path string) (source, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return source{}, err
	}
	from, err := filepath.Rel(root, path)
	if err != nil {
		return source{}, err
	}
	file := source{path: filepath.ToSlash(from)}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		if ours, found := strings.CutPrefix(imported, module+"/"); found {
			file.imports = append(file.imports, ours)
		}
	}
	return file, nil
}
