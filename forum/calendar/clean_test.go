package calendar

import (
	"testing"

	"pgregory.net/rapid"
)

// What is taken for clean is what cleaning leaves as it is.
func TestIsClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("aå \n\r\t\u0085\u00ad\u200f\u2028\ufeff")))).Draw(t, "text")
		if rapid.Bool().Draw(t, "cut") && text != "" {
			text = text[:len(text)-1] // perhaps within a letter
		}
		if isClean(text) && cleaned(text) != text {
			t.Fatalf("%q becomes %q", text, cleaned(text))
		}
	})
	for _, text := range []string{"", "Møte i Samarbeidsrådet\nHeradshuset, 2. høgda", "Ødegård"} {
		if !isClean(text) {
			t.Errorf("%q is not taken for clean", text)
		}
	}
}
