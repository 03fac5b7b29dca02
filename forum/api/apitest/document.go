package apitest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/templates"
)

// TheDocumentSaysEverything finds operations, parameters and fields that nobody described.
func TheDocumentSaysEverything(c *Client) {
	var doc map[string]any
	check(c.T, json.Unmarshal(c.document(), &doc))
	for path, item := range doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			op := op.(map[string]any)
			for _, field := range []string{"operationId", "summary", "description"} {
				if text, _ := op[field].(string); text == "" {
					c.Errorf("%s %s has no %s", method, path, field)
				}
			}
			parameters, _ := op["parameters"].([]any)
			for _, p := range parameters {
				if text, _ := p.(map[string]any)["description"].(string); text == "" {
					c.Errorf("%s %s: %v has no description", method, path, p.(map[string]any)["name"])
				}
			}
		}
	}
	for name, schema := range doc["components"].(map[string]any)["schemas"].(map[string]any) {
		fields, _ := schema.(map[string]any)["properties"].(map[string]any)
		for field, of := range fields {
			if text, _ := of.(map[string]any)["description"].(string); text == "" {
				c.Errorf("%s.%s has no description", name, field)
			}
		}
	}
}

// ThePagesShowTheDocument looks for every operation and type on the pages for
// people, whose own words are in each language, and for addresses elsewhere.
func ThePagesShowTheDocument(c *Client, shown *api.API) {
	document := Read(c)
	schemas := document.raw.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	for _, language := range templates.Languages() {
		around := templates.Shell{Text: templates.In(language), Path: "/api"}
		var operations, types strings.Builder
		check(c.T, shown.Documentation(around).Render(c.Context(), &operations))
		check(c.T, shown.DocumentedTypes(around).Render(c.Context(), &types))
		contains := func(page, part string) {
			if !strings.Contains(page, part) {
				c.Errorf("%s: a page does not show %s", language, part)
			}
		}
		for id, op := range document.operations {
			contains(operations.String(), `id="`+id+`"`)
			contains(operations.String(), "<code>"+op.Method+"</code> <code>"+op.Path+"</code>")
		}
		for name := range schemas {
			contains(types.String(), `id="`+name+`"`)
		}
		for _, page := range []string{operations.String(), types.String()} {
			if strings.Contains(page, "⟦") || strings.Contains(page, "://") || strings.Contains(page, "style=") {
				c.Errorf("%s: a text is missing, or something is loaded from elsewhere or styled in place: %s", language, page)
			}
		}
	}
}

// TheDocumentIsLinted has the document checked by a program that is not ours,
// which is installed in a folder below forum/api, named from the test's own.
func TheDocumentIsLinted(c *Client, folder string) {
	linter, err := filepath.Abs(filepath.Join(folder, "node_modules", ".bin", "redocly"))
	check(c.T, err)
	if _, err := os.Stat(linter); err != nil {
		c.Fatal("the linter is missing; install it with: npm ci --prefix forum/api/testdata/lint --ignore-scripts --no-audit --no-fund")
	}
	file := filepath.Join(c.TempDir(), "openapi.json")
	check(c.T, os.WriteFile(file, c.document(), 0o600))
	lint := exec.Command(linter, "lint", "--extends=recommended-strict", file)
	lint.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	if said, err := lint.CombinedOutput(); err != nil {
		c.Errorf("%v\n%s", err, said)
	}
}
