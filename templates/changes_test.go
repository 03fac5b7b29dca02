package templates_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/templates"
)

// shown is a comparison in one line: "Vi [-øver-][+trenar+] i lag."
func shown(before, after string) (line string) {
	for _, c := range templates.Changes(before, after) {
		switch c.Sort {
		case templates.GoneWords:
			line += "[-" + c.Text + "-]"
		case templates.NewWords:
			line += "[+" + c.Text + "+]"
		default:
			line += c.Text
		}
	}
	return line
}

func TestChangesWordByWord(t *testing.T) {
	for _, test := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"the same", "Vi øver i lag.", "Vi øver i lag.", "Vi øver i lag."},
		{"the first text", "", "Vi øver.", "[+Vi øver.+]"},
		{"taken out", "Vi øver.\n\nOfte.", "Vi øver.", "Vi øver.[-\n\nOfte.-]"},
		{"one word", "Vi øver i lag.", "Vi trenar i lag.", "Vi [-øver-][+trenar+] i lag."},
		{"words that follow each other", "Ein to tre fire.", "Ein sju åtte fire.", "Ein [-to tre-][+sju åtte+] fire."},
		{"a sign", "Vi øver, ofte.", "Vi øver; ofte.", "Vi øver[-,-][+;+] ofte."},
		{"a line end", "Ein\nto", "Ein\n\nto", "Ein[-\n-][+\n\n+]to"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, shown(test.before, test.after)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestChangesLoseNothing: what stayed and went is the text before, what stayed
// and came the text after.
func TestChangesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-cæ]{1,2}[ \n.,]{0,2}){0,30}`)
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var first, second string
		for _, c := range templates.Changes(before, after) {
			if c.Sort != templates.NewWords {
				first += c.Text
			}
			if c.Sort != templates.GoneWords {
				second += c.Text
			}
		}
		if first != before || second != after {
			t.Fatalf("%q and %q became %q and %q", before, after, first, second)
		}
	})
}
