package forum_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestAddresses(t *testing.T) {
	const wrong = "invalid: error.address"
	for name, c := range map[string]struct {
		text, want, refusal string
	}{
		"bare":                      {"helsesjef@kvam.example", "helsesjef@kvam.example", ""},
		"in capitals":               {"Helsesjef@KVAM.example", "helsesjef@kvam.example", ""},
		"with blanks around":        {" helsesjef@kvam.example\n", "helsesjef@kvam.example", ""},
		"with a name":               {"Helse- og omsorgssjef <helsesjef@kvam.example>", "helsesjef@kvam.example", ""},
		"with a quoted name":        {`"Sjef, helse" <helsesjef@kvam.example>`, "helsesjef@kvam.example", ""},
		"with a tag":                {"helsesjef+raad@kvam.example", "helsesjef+raad@kvam.example", ""},
		"nothing":                   {"", "", wrong},
		"no domain":                 {"helsesjef", "", wrong},
		"no domain behind the sign": {"helsesjef@", "", wrong},
		"no local part":             {"@kvam.example", "", wrong},
		"two addresses":             {"a@kvam.example, b@kvam.example", "", wrong},
		"a second header line":      {"a@kvam.example\r\nBcc: b@kvam.example", "", wrong},
		"a NUL":                     {"a\x00@kvam.example", "", wrong},
		"a quoted comma":            {`"a,b"@kvam.example`, "", wrong},
		"a quoted blank":            {`"a b"@kvam.example`, "", wrong},
		"a quoted at sign":          {`"a@evil.example"@kvam.example`, "", wrong},
		"a quoted bracket":          {`"a<b"@kvam.example`, "", wrong},
		"a quoted colon":            {`"a:b"@kvam.example`, "", wrong},
		"longer than mail allows":   {strings.Repeat("a", 250) + "@kvam.example", "", wrong},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := forum.CleanAddress(c.text)
			refused(t, err, c.refusal)
			if got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestACleanAddressStaysClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.String(),
			rapid.StringMatching(`"?[a-zA-Z0-9.+<>@,;: \\"æøåİ]{0,12}"?@[a-zA-Z.\[\]æÅ]{0,10}`),
		).Draw(t, "text")
		address, err := forum.CleanAddress(text)
		if err != nil {
			return
		}
		if strings.ContainsAny(address, " \r\n\x00<>\",;") || strings.Count(address, "@") != 1 {
			t.Fatalf("%q", address)
		}
		if again, err := forum.CleanAddress(address); err != nil || again != address {
			t.Fatalf("%q, cleaned again, is %q (%v)", address, again, err)
		}
	})
}

func TestLanguages(t *testing.T) {
	for language, want := range map[forum.Language]bool{"nn": true, "nb": true, "en": true, "": false, "NN": false, "se": false} {
		if language.Valid() != want {
			t.Errorf("%q: %v", language, language.Valid())
		}
	}
}
