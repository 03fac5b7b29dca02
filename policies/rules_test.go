package policies_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/policies"
)

func TestWrongLines(t *testing.T) {
	tests := map[string]struct {
		text string
		want policies.Error
		says string
	}{
		"nothing": {
			"# only a note\n\n",
			policies.Error{Reason: policies.Empty, Allowed: "p, capacity, level, action, object"},
			"council.csv: no line allows anything; allowed: p, capacity, level, action, object",
		},
		"unknown first letter": {
			"# note\nq, member, *, read, forum\n",
			policies.Error{Line: 2, Reason: policies.UnknownKind, Found: "q", Allowed: `"p," or "g," first, or # for a note`},
			`council.csv:2: unknown first letter ("q"); allowed: "p," or "g," first, or # for a note`,
		},
		"semicolons": {
			"p;member;*;read;forum",
			policies.Error{Line: 1, Reason: policies.UnknownKind, Found: "p;member;*;read;forum", Allowed: `"p," or "g," first, or # for a note`},
			"council.csv:1: unknown first letter",
		},
		"a field too few": {
			"p, member, read, forum\r\n",
			policies.Error{Line: 1, Reason: policies.WrongFields, Found: "p, member, read, forum", Allowed: "p, capacity, level, action, object"},
			"wrong number of fields",
		},
		"a level on a g line": {
			"p, member, *, read, forum\ng, chair, member, municipal\n",
			policies.Error{Line: 2, Reason: policies.WrongFields, Found: "g, chair, member, municipal", Allowed: "g, capacity, capacity"},
			"allowed: g, capacity, capacity",
		},
		"unknown level": {
			"p, member, regional, read, forum\n",
			policies.Error{Line: 1, Reason: policies.UnknownLevel, Found: "regional", Allowed: "municipal, specialist, advisory, or * for any level"},
			`council.csv:1: unknown level ("regional"); allowed: municipal, specialist, advisory, or * for any level`,
		},
		"a star for a capacity": {
			"p, *, *, read, forum\n",
			policies.Error{Line: 1, Reason: policies.BadWord, Found: "*", Allowed: "small letters a-z, joined by hyphens"},
			`not a word ("*")`,
		},
		"a note behind a line": {
			"p, member, *, read, forum # all of them\n",
			policies.Error{Line: 1, Reason: policies.BadWord, Found: "forum # all of them", Allowed: "small letters a-z, joined by hyphens"},
			"not a word",
		},
		"an empty field": {
			"p, member, *, , forum\n",
			policies.Error{Line: 1, Reason: policies.BadWord, Allowed: "small letters a-z, joined by hyphens"},
			"not a word",
		},
		"the same line twice": {
			"p, member, *, read, forum\n\np,member,*,read,forum\n",
			policies.Error{Line: 3, Reason: policies.Duplicate, Found: "p, member, *, read, forum", Allowed: "each line once, and line 1 has it"},
			"the same line again",
		},
		"a circle": {
			"p, a, *, read, forum\ng, a, b\ng, b, c\ng, c, a\n",
			policies.Error{Line: 4, Reason: policies.Cycle, Found: "a, b, c, a", Allowed: "a capacity inherits from others only"},
			"in a circle",
		},
		"a circle of one": {
			"p, a, *, read, forum\ng, a, a\n",
			policies.Error{Line: 2, Reason: policies.Cycle, Found: "a, a", Allowed: "a capacity inherits from others only"},
			"in a circle",
		},
		"a chain too long": {
			chain(11),
			policies.Error{Line: 12, Reason: policies.TooDeep, Found: "a", Allowed: "at most 10 steps"},
			"too many steps",
		},
		"any level says it already": {
			"p, member, *, read, forum\np, chair, municipal, read, forum\ng, chair, member\n",
			policies.Error{Line: 2, Reason: policies.Redundant, Found: "municipal"},
			`council.csv:2: other lines allow the same already ("municipal")`,
		},
		"part of any level is said already": {
			"p, member, *, read, forum\np, observer, specialist, read, forum\ng, member, observer\n",
			policies.Error{Line: 1, Reason: policies.Redundant, Found: "specialist"},
			"other lines allow the same already",
		},
		"a g line with a shorter way round": {
			"p, member, *, read, forum\np, deputy, *, call, meeting\ng, chair, deputy\ng, deputy, member\ng, chair, member\n",
			policies.Error{Line: 5, Reason: policies.Redundant, Found: "chair"},
			"other lines allow the same already",
		},
		"a g line to a capacity that may nothing": {
			"p, member, *, read, forum\ng, chair, membre\n",
			policies.Error{Line: 2, Reason: policies.Redundant, Found: "chair"},
			"other lines allow the same already",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			table, err := policies.Parse("council.csv", []byte(test.text))
			var got *policies.Error
			if table != nil || !errors.As(err, &got) {
				t.Fatalf("Parse = %v, %v; want an Error", table, err)
			}
			test.want.File = "council.csv"
			if diff := cmp.Diff(test.want, *got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %q does not say %q", err, test.says)
			}
		})
	}
}

func TestEveryWrongLineIsNamed(t *testing.T) {
	_, err := policies.Parse("council.csv", []byte("x\np, member, *, read, forum\np, member, high, read, forum\n"))
	if err == nil || !strings.Contains(err.Error(), "council.csv:1:") || !strings.Contains(err.Error(), "council.csv:3:") {
		t.Errorf("error %v does not name lines 1 and 3", err)
	}
}

func TestFormsOfTheFile(t *testing.T) {
	for name, text := range map[string]string{
		"spaces":                "  p ,member,  *,read ,forum  \n  # indented note\n",
		"no newline at end":     "p, member, *, read, forum",
		"Windows":               "# note\r\n\r\np, member, *, read, forum\r\n",
		"byte order mark":       "\uFEFFp, member, *, read, forum\n",
		"capacities inherit":    "p, observer, *, read, forum\ng, member, observer\n",
		"the longest chain":     strings.NewReplacer("g, a,", "g, member,", "read, x", "read, forum").Replace(chain(10)),
		"the levels one by one": "p, member, municipal, read, forum\np, member, specialist, read, forum\np, member, advisory, read, forum\n",
	} {
		t.Run(name, func(t *testing.T) {
			table := parse(t, text)
			for _, level := range table.Levels() {
				if !table.May("member", level, "read", "forum") {
					t.Errorf("a member of level %s may not read", level)
				}
			}
		})
	}
}

// What makes the proof able to see every edit: no line, and no level of a line, can go
// without changing what is allowed.
func TestEveryLineIsNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := randomPolicy(t)
		whole := allowedByCasbin(t, lines)
		for i, line := range lines {
			for _, edited := range smaller(line) {
				less := append(slices.Delete(slices.Clone(lines), i, i+1), edited...)
				if cmp.Equal(whole, allowedByCasbin(t, less)) {
					t.Errorf("%q can become %q and nothing changes in\n%s", line, edited, strings.Join(lines, "\n"))
				}
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("# note\np, member, *, read, forum\ng, chair, member\n"))
	f.Add([]byte("\uFEFFp,member,municipal,read,forum\r\np,member,specialist,read,forum"))
	f.Add([]byte("g, a, b\ng, b, a\np, a, *, read, x"))
	f.Add([]byte(chain(11)))
	f.Add([]byte("p, \"member\", *, read, forum\x00\n,,,,\n"))
	f.Fuzz(func(t *testing.T, csv []byte) {
		table, err := policies.Parse("fuzz.csv", csv)
		if err != nil {
			var wrong *policies.Error
			if !errors.As(err, &wrong) || wrong.Line < 0 || wrong.Line > strings.Count(string(csv), "\n")+1 {
				t.Fatalf("error %v names no line of the file", err)
			}
			return
		}
		if proof := table.Prove(); proof.Cases != spaceOf(table) {
			t.Errorf("%d cases, want %d", proof.Cases, spaceOf(table))
		}
	})
}

// chain is a policy in which a inherits from b, b from c and so on, over the given steps.
func chain(steps int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "p, %c, *, read, x\n", 'a'+steps)
	for i := range steps {
		fmt.Fprintf(&b, "g, %c, %c\n", 'a'+i, 'a'+i+1)
	}
	return b.String()
}

// randomPolicy draws lines and keeps each that Parse takes together with those before it.
func randomPolicy(t *rapid.T) []string {
	capacities := []string{"a", "b", "c", "d"}
	drawP := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("p, %s, %s, %s, %s",
			rapid.SampledFrom(capacities).Draw(t, "capacity"),
			rapid.SampledFrom([]string{"*", "municipal", "specialist", "advisory"}).Draw(t, "level"),
			rapid.SampledFrom([]string{"read", "call"}).Draw(t, "action"),
			rapid.SampledFrom([]string{"x", "y"}).Draw(t, "object"))
	})
	drawG := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("g, %s, %s",
			rapid.SampledFrom(capacities).Draw(t, "heir"), rapid.SampledFrom(capacities).Draw(t, "inherited"))
	})
	lines := []string{drawP.Draw(t, "first")}
	for _, line := range rapid.SliceOfN(rapid.OneOf(drawP, drawP, drawG), 0, 10).Draw(t, "more") {
		more := append(slices.Clone(lines), line)
		if _, err := policies.Parse("random.csv", []byte(strings.Join(more, "\n"))); err == nil {
			lines = more
		}
	}
	return lines
}

// smaller lists what a line can become when it loses a level, or goes.
func smaller(line string) [][]string {
	edits := [][]string{nil}
	if strings.Contains(line, "*") {
		for _, pair := range [][2]string{{"municipal", "specialist"}, {"municipal", "advisory"}, {"specialist", "advisory"}} {
			edits = append(edits, []string{strings.Replace(line, "*", pair[0], 1), strings.Replace(line, "*", pair[1], 1)})
		}
	}
	return edits
}

func allowedByCasbin(t reporter, lines []string) map[string]bool {
	allowed := map[string]bool{}
	if len(lines) == 0 {
		return allowed
	}
	enforcer := plainCasbin(t, strings.Join(lines, "\n"))
	for _, capacity := range []string{"a", "b", "c", "d"} {
		for _, level := range []string{"municipal", "specialist", "advisory"} {
			for _, action := range []string{"read", "call"} {
				for _, object := range []string{"x", "y"} {
					may, err := enforcer.Enforce(capacity, level, action, object)
					if err != nil {
						t.Fatal(err)
					}
					if may {
						allowed[strings.Join([]string{capacity, level, action, object}, " ")] = true
					}
				}
			}
		}
	}
	return allowed
}
