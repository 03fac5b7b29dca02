package policies_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/policies"
)

func TestDefaultPolicyIsEqual(t *testing.T) {
	table := defaultTable(t)
	proof := table.Prove()
	if err := proof.Err(); err != nil {
		t.Error(err)
	}
	if want := spaceOf(table); proof.Cases != want {
		t.Errorf("%d cases, want %d", proof.Cases, want)
	}
}

func TestAsymmetriesAreNamed(t *testing.T) {
	tests := map[string]struct {
		text string
		want []policies.Asymmetry
	}{
		"equal level by level": {
			"p, member, municipal, propose, matter\np, member, specialist, propose, matter\n", nil,
		},
		"the advisory level stands outside": {
			"p, member, advisory, propose, matter\n", nil,
		},
		"one level only": {
			"p, secretary, specialist, call, meeting\n",
			[]policies.Asymmetry{{Capacity: "secretary", Action: "call", Object: "meeting", May: "specialist", MayNot: "municipal"}},
		},
		"inherited": {
			"p, member, municipal, read, matter\ng, chair, member\n",
			[]policies.Asymmetry{
				{Capacity: "chair", Action: "read", Object: "matter", May: "municipal", MayNot: "specialist"},
				{Capacity: "member", Action: "read", Object: "matter", May: "municipal", MayNot: "specialist"},
			},
		},
		"equal in number but not in kind": {
			"p, member, municipal, read, matter\np, member, specialist, read, meeting\n",
			[]policies.Asymmetry{
				{Capacity: "member", Action: "read", Object: "matter", May: "municipal", MayNot: "specialist"},
				{Capacity: "member", Action: "read", Object: "meeting", May: "specialist", MayNot: "municipal"},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			proof := parse(t, test.text).Prove()
			if diff := cmp.Diff(test.want, proof.Asymmetries); diff != "" {
				t.Errorf("asymmetries (-want +got):\n%s", diff)
			}
			err := proof.Err()
			if (err != nil) != (len(test.want) > 0) {
				t.Fatalf("Err() = %v", err)
			}
			for _, a := range test.want {
				if !strings.Contains(err.Error(), a.String()) {
					t.Errorf("%q does not name %q", err, a)
				}
			}
		})
	}
}

func TestAsymmetryReadsAsASentence(t *testing.T) {
	a := policies.Asymmetry{Capacity: "secretary", Action: "call", Object: "meeting", May: "specialist", MayNot: "municipal"}
	if got, want := a.String(), "secretary may call meeting when specialist, but not when municipal"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every line of the policy, whatever it will be, is edited for one level in every way
// that a line can be, and each edit is seen.
func TestEveryOneLevelEditIsCaught(t *testing.T) {
	text, err := os.ReadFile("policy.csv")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{
		"policy.csv": string(text),
		"a policy that names levels": `
			p, chair, municipal, call, meeting
			p, chair, specialist, call, meeting
			p, observer, advisory, read, forum
			p, member, *, read, forum
			g, chair, member`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			lines := linesOf(text)
			edits, want := 0, 0
			for i, line := range lines {
				rest := slices.Delete(slices.Clone(lines), i, i+1)
				replacements := oneLevelEdits(t, line, lines, rest)
				edits += len(replacements)
				if want += 4; levelOf(line) != "" {
					want -= 2
				}
				for _, replacement := range replacements {
					edited := append(slices.Clone(rest), replacement...)
					slices.Sort(edited)
					table := parse(t, strings.Join(slices.Compact(edited), "\n"))
					if table.Prove().Err() == nil {
						t.Errorf("%q can become %q unseen", line, replacement)
					}
				}
			}
			if edits == 0 || edits != want {
				t.Errorf("%d edits tried on %d lines, want %d", edits, len(lines), want)
			}
		})
	}
}

// oneLevelEdits lists by which lines the line can be replaced so that one of the two
// levels loses something: a line for any level, and what a g line brings, is given to
// one level alone, with and without the advisory; a line that names a level names another.
func oneLevelEdits(t *testing.T, line string, lines, rest []string) [][]string {
	t.Helper()
	var edits [][]string
	if level := levelOf(line); level != "" {
		for _, other := range []string{"municipal", "specialist", "advisory"} {
			if other != level {
				edits = append(edits, []string{strings.Replace(line, level, other, 1)})
			}
		}
		return edits
	}
	brought := []string{line}
	if strings.HasPrefix(line, "g") {
		brought = broughtBy(t, line, lines, rest)
	}
	for _, levels := range [][]string{{"municipal"}, {"specialist"}, {"municipal", "advisory"}, {"specialist", "advisory"}} {
		var edit []string
		for _, b := range brought {
			for _, level := range levels {
				edit = append(edit, strings.Replace(b, "*", level, 1))
			}
		}
		edits = append(edits, edit)
	}
	return edits
}

// broughtBy lists, as lines for any level, what the capacity of a g line loses without it.
func broughtBy(t *testing.T, line string, lines, rest []string) []string {
	t.Helper()
	with, without := parse(t, strings.Join(lines, "\n")), parse(t, strings.Join(rest, "\n"))
	capacity := strings.TrimSpace(strings.Split(line, ",")[1])
	var brought []string
	for _, action := range with.Actions() {
		for _, object := range with.Objects() {
			if with.May(capacity, "municipal", action, object) && !without.May(capacity, "municipal", action, object) {
				brought = append(brought, strings.Join([]string{"p", capacity, "*", action, object}, ", "))
			}
		}
	}
	return brought
}

// levelOf is the level that a line names, or empty.
func levelOf(line string) string {
	fields := strings.Split(line, ",")
	if len(fields) < 5 || strings.TrimSpace(fields[2]) == "*" {
		return ""
	}
	return strings.TrimSpace(fields[2])
}

// linesOf are the lines of a policy without its notes.
func linesOf(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}
