package forum_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

// numbers are of the parties of Voss lokalsjukehusområde in the public register.
var numbers = []string{
	"960510542", "961821967", "944233199", "971159928", "944227121", "983974724", "974743272", "916270097", "984027737",
}

func TestRegisteredNumbersAreAccepted(t *testing.T) {
	for _, number := range numbers {
		t.Run(number, func(t *testing.T) { refused(t, forum.CheckOrganisationNumber(number), "") })
	}
}

func TestNumbersOfAnotherFormAreRefused(t *testing.T) {
	for name, number := range map[string]string{
		"nothing":          "",
		"eight digits":     "96051054",
		"ten digits":       "9605105420",
		"with spaces":      "960 510 542",
		"a letter":         "96051054x",
		"a country prefix": "NO9605105",
		"arabic digits":    "٩٦٠٥",
		"a check digit of ten is never given out": "960510500",
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, forum.CheckOrganisationNumber(number), "invalid: error.organisation_number")
		})
	}
}

func TestEveryChangeOfOneDigitIsFound(t *testing.T) {
	for _, number := range numbers {
		for at := range number {
			for digit := byte('0'); digit <= '9'; digit++ {
				if digit == number[at] {
					continue
				}
				changed := number[:at] + string(digit) + number[at+1:]
				if forum.CheckOrganisationNumber(changed) == nil {
					t.Errorf("%s is accepted, though one digit from %s", changed, number)
				}
			}
		}
	}
}

func TestNoTextBreaksTheNumberCheck(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{9}`)).Draw(t, "number")
		if forum.CheckOrganisationNumber(number) == nil && len(number) != 9 {
			t.Fatalf("%q is accepted", number)
		}
	})
}

func TestLevelsAcrossTheTable(t *testing.T) {
	for level, want := range map[forum.Level]forum.Level{
		forum.Municipal: forum.Specialist, forum.Specialist: forum.Municipal, forum.Advisory: "", "": "", "*": "",
	} {
		if got := level.Other(); got != want {
			t.Errorf("across from %q is %q, want %q", level, got, want)
		}
	}
}
