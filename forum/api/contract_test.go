package api_test

import (
	"bytes"
	"fmt"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/samraad/samraad/forum/store/storetest"
)

// TestEveryOperationKeepsItsContract calls every operation of the document as
// secretaries of both levels, and holds the answers against it.
func TestEveryOperationKeepsItsContract(t *testing.T) {
	shapes := map[string]map[string]string{}
	for _, by := range []string{secretary, secretaryHF} {
		s := newStage(t, storetest.SQLite(t))
		document := readDocument(t, s)
		calls := scenarios(s)
		shapes[by], day = map[string]string{}, 0
		operations := document.operations()
		for _, id := range slices.Sorted(maps.Keys(operations)) {
			op := operations[id]
			t.Run(by+"/"+id, func(t *testing.T) {
				within := *s
				within.T = t
				make, known := calls[id]
				if !known {
					t.Fatalf("%s %s has no scenario", op.method, op.path)
				}
				s.T = t
				c := make(by)
				a := s.as(c.by, c.method, c.path, c.body, c.headers...)
				if a.status >= 300 {
					t.Errorf("%s %s: %d %s", c.method, c.path, a.status, a.body)
				}
				document.holds(t, op, a)
				shapes[by][id] = fmt.Sprint(a.status, shapeOf(a.value()))
			})
		}
		s.T = t
	}
	for id, shape := range shapes[secretary] {
		if other := shapes[secretaryHF][id]; other != shape {
			t.Errorf("%s answers the levels differently:\n%s\n%s", id, shape, other)
		}
	}
}

// shapeOf is which fields a value has, of lists those of the first entry.
func shapeOf(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name != "details" {
				parts = append(parts, name)
			}
		}
		return strings.Join(parts, ",")
	}
	return fmt.Sprintf("%T", v)
}

// contract is the document as served.
type contract struct {
	raw      any
	compiler *jsonschema.Compiler
}

type described struct {
	method, path string
	pointer      string
	responses    map[string]any
}

func readDocument(t *testing.T, s *stage) *contract {
	t.Helper()
	raw, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.send("GET", "/api/openapi.json", nil).body))
	check(t, err)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	check(t, compiler.AddResource("https://samraad.example/openapi.json", raw))
	return &contract{raw, compiler}
}

func (c *contract) operations() map[string]described {
	found := map[string]described{}
	for path, item := range c.raw.(map[string]any)["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			fields := op.(map[string]any)
			pointer := "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path) + "/" + method
			found[fields["operationId"].(string)] = described{strings.ToUpper(method), path, pointer, fields["responses"].(map[string]any)}
		}
	}
	return found
}

// holds tells whether an answer is one that the document describes.
func (c *contract) holds(t *testing.T, op described, a answer) {
	t.Helper()
	response, listed := op.responses[strconv.Itoa(a.status)]
	if !listed {
		t.Errorf("%s %s: the document lists no %d", op.method, op.path, a.status)
		return
	}
	pointer := op.pointer + "/responses/" + strconv.Itoa(a.status)
	if ref, is := response.(map[string]any)["$ref"].(string); is {
		pointer = strings.TrimPrefix(ref, "#")
	}
	mediaType, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	if len(a.body) == 0 || !strings.HasSuffix(mediaType, "json") {
		return
	}
	schema, err := c.compiler.Compile("https://samraad.example/openapi.json#" + pointer + "/content/" + strings.ReplaceAll(mediaType, "/", "~1") + "/schema")
	if err != nil {
		t.Errorf("%s %s: %v", op.method, op.path, err)
		return
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
	check(t, err)
	if err := schema.Validate(body); err != nil {
		t.Errorf("%s %s: %v\n%s", op.method, op.path, err, a.body)
	}
}
