package mail

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

var testRelays = Relays{"mx.relay.example"}

// asFor tells by a fixture's ending what it is.
func asFor(path string) As {
	switch filepath.Ext(path) {
	case ".ics":
		return AsCalendar
	case ".txt", ".html":
		return AsText
	}
	return AsMessage
}

func fixtures(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/in/*")
	if err != nil || len(paths) < 40 {
		t.Fatalf("fixtures: %v, %d found", err, len(paths))
	}
	return paths
}

func TestExplainIsAsAgreed(t *testing.T) {
	for _, path := range fixtures(t) {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "\t")
			if err := encoder.Encode(Explain(t.Context(), name, raw, ExplainOptions{As: asFor(path), Relays: testRelays})); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "explained", name+".json")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("explained otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOneMessageIsOneLine(t *testing.T) {
	line, err := json.Marshal(Explain(t.Context(), "a\nb.eml", []byte("Subject: a\n\nb\nc\n"), ExplainOptions{As: AsMessage}))
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(string(line), "\n\r") {
		t.Errorf("more than one line: %s", line)
	}
}
