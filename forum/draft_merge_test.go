package forum_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "github.com/samraad/samraad/forum"
)

// told writes runs as one line: those that hold as they are, a clash as <base|mine|theirs>.
func told(woven []Woven) string {
	var b strings.Builder
	for _, w := range woven {
		if w.Clash {
			b.WriteString("<" + strings.Join(w.Base, "") + "|" + strings.Join(w.Mine, "") + "|" + strings.Join(w.Theirs, "") + ">")
			continue
		}
		b.WriteString(strings.Join(w.Text, ""))
	}
	return b.String()
}

func TestWeave(t *testing.T) {
	for _, test := range []struct{ name, base, mine, theirs, want string }{
		{"nobody changed anything", "abc", "abc", "abc", "abc"},
		{"only I did", "abc", "aBc", "abc", "aBc"},
		{"only they did", "abc", "abc", "aBc", "aBc"},
		{"both the same", "abc", "aBc", "aBc", "aBc"},
		{"each another", "abc", "Abc", "abC", "AbC"},
		{"each another beside it", "abcd", "aBcd", "abCd", "aBCd"},
		{"both one, and I the one beside it", "abcd", "aXYd", "abZd", "aX<c|Y|Z>d"},
		{"both one, and one more beside it", "abcd", "aXYd", "aZd", "a<bc|XY|Z>d"},
		{"both one", "abc", "aXc", "aYc", "a<b|X|Y>c"},
		{"one takes out what the other changed", "abc", "ac", "aYc", "a<b||Y>c"},
		{"both take out", "abc", "ac", "ac", "ac"},
		{"each takes out another", "abc", "bc", "ab", "b"},
		{"new ones at two places", "abc", "Xabc", "abcY", "XabcY"},
		{"new ones at one place are kept both", "ab", "aXb", "aYb", "aYXb"},
		{"both begin with nothing", "", "X", "Y", "YX"},
		{"the same new one is one", "ab", "aXb", "aXb", "aXb"},
		{"a new one beside a changed one", "abc", "aBXc", "abcY", "aBXcY"},
		{"of like paragraphs one goes and one comes", "aaa", "aa", "aaaa", "aaa"},
		{"the only one changed, and a new one after it", "a", "A", "aX", "AX"},
		{"the only one changed, and a new one before it", "a", "Xa", "A", "XA"},
		{"both changed, and a new one between them", "ab", "AB", "aXb", "AXB"},
		{"one made two of, and a new one after it", "a", "AB", "aX", "ABX"},
		{"two made one of, and a new one between them", "ab", "C", "aXb", "<ab|C|aXb>"},
		{"all taken out, and a new one added", "ab", "", "abX", "X"},
	} {
		t.Run(test.name, func(t *testing.T) {
			split := func(s string) []string { return strings.Split(s, "") }
			if diff := cmp.Diff(test.want, told(Weave(split(test.base), split(test.mine), split(test.theirs)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWeaveLosesNothing(t *testing.T) {
	texts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 7)
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := texts.Draw(t, "base"), texts.Draw(t, "mine"), texts.Draw(t, "theirs")
		if got := told(Weave(base, base, theirs)); got != strings.Join(theirs, "") {
			t.Fatalf("alone they made %q, got %q", theirs, got)
		}
		if got := told(Weave(base, mine, base)); got != strings.Join(mine, "") {
			t.Fatalf("alone I made %q, got %q", mine, got)
		}
		if got := told(Weave(base, mine, mine)); got != strings.Join(mine, "") {
			t.Fatalf("together we made %q, got %q", mine, got)
		}
		var shown []string
		for _, w := range Weave(base, mine, theirs) {
			shown = slices.Concat(shown, w.Text, w.Base, w.Mine, w.Theirs)
		}
		for _, side := range [][]string{mine, theirs} {
			for _, p := range side {
				if !slices.Contains(base, p) && !slices.Contains(shown, p) {
					t.Fatalf("%q is lost in %q", p, shown)
				}
			}
		}
	})
}

func TestParagraphs(t *testing.T) {
	got := Paragraphs("\r\n Eitt \r\nto\t\r\n\r\n\r\ntre\n \nfire")
	if diff := cmp.Diff([]string{" Eitt\nto", "tre", "fire"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestWeaveOfManyParagraphs takes texts that are too long to be searched: what
// only one changed still holds, and what both did is given back whole.
func TestWeaveOfManyParagraphs(t *testing.T) {
	many := func(sign string) (text []string) {
		for range 2500 {
			text = append(text, sign)
		}
		return text
	}
	base, mine, theirs := many("a"), many("b"), many("c")[1:]
	if got := Weave(base, mine, base); len(got) != 1 || !slices.Equal(got[0].Text, mine) {
		t.Errorf("alone I made %d runs", len(got))
	}
	if got := Weave(base, mine, theirs); len(got) != 1 || !got[0].Clash || !slices.Equal(got[0].Theirs, theirs) {
		t.Errorf("both made %d runs", len(got))
	}
}
