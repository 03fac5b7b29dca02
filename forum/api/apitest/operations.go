package apitest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/api"
)

// Scene is a stage on which every operation can be called.
type Scene struct {
	// On lets the stage speak to a test, and hold every answer against a document, nil for none.
	On func(*testing.T, *Contract) *Client
	// Calls give a valid call of each operation, for the secretary of a level.
	Calls map[string]func(by string) Call
	// Below are the operations that another house describes, and tests; nil for none.
	Below map[string]Operation
}

// EveryOperationKeepsItsContract calls every operation of the document for the
// secretaries of both levels, who are answered alike, and holds the answers, those
// on the way too, against the document. Each secretary has a stage of its own.
func EveryOperationKeepsItsContract(t *testing.T, secretaries [2]string, open func(*testing.T) Scene) {
	shapes := map[string]map[string]string{}
	for _, by := range secretaries {
		shapes[by] = map[string]string{}
		scene := open(t)
		document := Read(scene.On(t, nil))
		for _, id := range slices.Sorted(maps.Keys(document.operations)) {
			if _, others := scene.Below[id]; others {
				continue
			}
			t.Run(by+"/"+id, func(t *testing.T) {
				make, known := scene.Calls[id]
				if !known {
					t.Fatalf("%s %s has no scenario", document.operations[id].Method, document.operations[id].Path)
				}
				client := scene.On(t, document)
				call := make(by)
				if op, found := document.of(call.Method, api.Prefix+call.Path); !found || op.Path != document.operations[id].Path {
					t.Fatalf("the scenario calls %s %s", call.Method, call.Path)
				}
				a := client.Do(call)
				if a.Status >= 300 {
					t.Errorf("%s %s: %d %s", call.Method, call.Path, a.Status, a.Body)
				}
				shapes[by][id] = fmt.Sprint(a.Status, shapeOf(a.Value()))
			})
		}
		scene.On(t, nil)
		for id := range scene.Calls {
			if _, known := document.operations[id]; !known {
				t.Errorf("the document has no %s", id)
			}
		}
	}
	for id, shape := range shapes[secretaries[0]] {
		if other := shapes[secretaries[1]][id]; other != shape {
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
