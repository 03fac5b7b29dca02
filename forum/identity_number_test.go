package forum_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

// The numbers are synthetic: 80 is added to the month.
func TestHasIdentityNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                    false,
		"01819010001":                         true,
		"pasient 018190 10001.":               true,
		"nr.018190-10001,":                    true,
		"018190\u00a010001":                   true,
		"41819010186 (D-nummer)":              true,
		"01819010002":                         false,
		"018190  10001":                       false,
		"101819010001":                        false,
		"018190100011":                        false,
		"1018190 10001":                       false,
		"018190 100010":                       false,
		"Tlf. 55 55 55 55, org.nr. 983974724": false,
		"32819010001":                         false,
		"99999999999":                         false,
		"00000000000":                         false,
	} {
		if got := forum.HasIdentityNumber(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// One wrong digit is always found out, since every weight is prime to 11.
func TestOneWrongDigitIsNoIdentityNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := []byte("01819010001")
		at := rapid.IntRange(0, 10).Draw(t, "at")
		digit := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		isSame := number[at] == digit
		number[at] = digit
		if got := forum.HasIdentityNumber(fmt.Sprintf("nr %s", number)); got != isSame {
			t.Fatalf("%s: %v", number, got)
		}
	})
}
