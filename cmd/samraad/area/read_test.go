package area_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/samraad/samraad/cmd/samraad/area"
	"github.com/samraad/samraad/forum"
)

const good = `area:
  key: prove
  name: Prøveområdet
organisations:
  - number: "944233199"
    name: Kvam herad
    level: municipal
  - number: "983974724"
    name: Helse Bergen HF
    level: specialist
people:
  - address: leiar@kvam.example
    name: Helse- og omsorgssjef, Kvam herad
forums:
  - key: rad
    name: Samarbeidsrådet
    kind: council
    address: rad@prove.example
    mandate:
      from: 2020-01-01
      items_days: 14
      keys: [chair, deputy]
      parties: ["944233199", "983974724"]
    seats:
      - person: leiar@kvam.example
        organisation: "944233199"
        capacity: chair
`

func TestReadGood(t *testing.T) {
	file, err := area.Read("prove.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if got := file.Plan.Forums[0].Mandate.From; got != forum.Date("2020-01-01") {
		t.Errorf("mandate from %q", got)
	}
}

// TestReadFaults breaks one line at a time and wants that very line named.
func TestReadFaults(t *testing.T) {
	for name, c := range map[string]struct{ old, new, key string }{
		"wrong check digit":   {`- number: "944233199"`, `- number: "944233198"`, "error.organisation_number"},
		"unknown level":       {"level: specialist", "level: regional", "error.plan.one_of"},
		"unknown key":         {"key: prove", "kye: prove", "error.file.syntax"},
		"bad address":         {"address: rad@prove.example", "address: rad", "error.address"},
		"unknown person":      {"- person: leiar@kvam.example", "- person: ingen@kvam.example", "error.plan.unknown_person"},
		"unknown capacity":    {"capacity: chair", "capacity: boss", "error.plan.one_of"},
		"impossible date":     {"from: 2020-01-01", "from: 2020-02-30", "error.date"},
		"text where a number": {"items_days: 14", "items_days: two weeks", "error.file.syntax"},
		"unknown party":       {`parties: ["944233199", "983974724"]`, `parties: ["944233199", "999999999"]`, "error.plan.unknown_organisation"},
		"a tab for an indent": {"    mandate:", "\tmandate:", "error.file.syntax"},
		"a list that is not":  {"- key: rad", "key: rad", "error.file.syntax"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("the good file has no %q", c.old)
			}
			broken := strings.Replace(good, c.old, c.new, 1)
			_, err := area.Read("prove.yaml", []byte(broken))
			var fault *area.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("no fault: %v", err)
			}
			want := 1 + strings.Count(good[:strings.Index(good, c.old)], "\n")
			var refusal *forum.Error
			if !errors.As(err, &refusal) || refusal.Key != c.key {
				t.Errorf("got %v, want key %s", err, c.key)
			}
			if near := fault.Line - want; near != 0 && !(c.key == "error.file.syntax" && near >= -1 && near <= 1) {
				t.Errorf("line %d, want %d: %v", fault.Line, want, err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("area: &a [*a]"))
	f.Add([]byte("forums:\n  - seats:\n      - {}\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<16 {
			return
		}
		_, _ = area.Read("fuzz.yaml", content) // must return, whatever comes
	})
}
