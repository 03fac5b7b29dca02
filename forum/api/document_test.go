package api_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/templates"
)

// TestTheDocumentSaysEverything finds operations, parameters and fields that nobody described.
func TestTheDocumentSaysEverything(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	var doc map[string]any
	check(t, json.Unmarshal(s.send("GET", "/api/openapi.json", nil).body, &doc))
	for path, item := range doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			op := op.(map[string]any)
			for _, field := range []string{"operationId", "summary", "description"} {
				if text, _ := op[field].(string); text == "" {
					t.Errorf("%s %s has no %s", method, path, field)
				}
			}
			parameters, _ := op["parameters"].([]any)
			for _, p := range parameters {
				if text, _ := p.(map[string]any)["description"].(string); text == "" {
					t.Errorf("%s %s: %v has no description", method, path, p.(map[string]any)["name"])
				}
			}
		}
	}
	for name, schema := range doc["components"].(map[string]any)["schemas"].(map[string]any) {
		fields, _ := schema.(map[string]any)["properties"].(map[string]any)
		for field, of := range fields {
			if text, _ := of.(map[string]any)["description"].(string); text == "" {
				t.Errorf("%s.%s has no description", name, field)
			}
		}
	}
}

// TestThePagesShowTheDocument looks for every operation and type on the pages for
// people, whose own words are in each language, and for addresses elsewhere.
func TestThePagesShowTheDocument(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	document := readDocument(t, s)
	schemas := document.raw.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	for _, language := range templates.Languages() {
		around := templates.Shell{Text: templates.In(language), Path: "/api"}
		var operations, types strings.Builder
		check(t, s.api.Documentation(around).Render(t.Context(), &operations))
		check(t, s.api.DocumentedTypes(around).Render(t.Context(), &types))
		for id, op := range document.operations() {
			contains(t, operations.String(), `id="`+id+`"`)
			contains(t, operations.String(), "<code>"+op.method+"</code> <code>"+op.path+"</code>")
		}
		for name := range schemas {
			contains(t, types.String(), `id="`+name+`"`)
		}
		for _, page := range []string{operations.String(), types.String()} {
			if strings.Contains(page, "⟦") || strings.Contains(page, "://") || strings.Contains(page, "style=") {
				t.Errorf("%s: a text is missing, or something is loaded from elsewhere or styled in place: %s", language, page)
			}
		}
	}
}

// TestTheDocumentIsLinted has the document checked by a program that is not ours.
func TestTheDocumentIsLinted(t *testing.T) {
	linter, err := filepath.Abs("testdata/lint/node_modules/.bin/redocly")
	check(t, err)
	if _, err := os.Stat(linter); err != nil {
		t.Fatal("the linter is missing; install it with: npm ci --prefix forum/api/testdata/lint --ignore-scripts --no-audit --no-fund")
	}
	s := newStage(t, storetest.SQLite(t))
	file := filepath.Join(t.TempDir(), "openapi.json")
	check(t, os.WriteFile(file, s.send("GET", "/api/openapi.json", nil).body, 0o600))
	lint := exec.Command(linter, "lint", "--extends=recommended-strict", file)
	lint.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	if said, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
