package forum_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestSplittingTokenAddresses(t *testing.T) {
	for name, c := range map[string]struct {
		address, forum, token string
	}{
		"no token":                {"raad@voss.example", "raad@voss.example", ""},
		"a token":                 {"raad+abc23@voss.example", "raad@voss.example", "abc23"},
		"in capitals":             {"RAAD+ABC23@Voss.Example", "raad@voss.example", "abc23"},
		"an empty token":          {"raad+@voss.example", "raad@voss.example", ""},
		"a second plus sign":      {"box+raad+abc23@voss.example", "box+raad@voss.example", "abc23"},
		"nothing before the plus": {"+abc@voss.example", "@voss.example", "abc"},
		"a plus in the domain":    {"raad@vo+ss.example", "raad@vo+ss.example", ""},
		"no domain":               {"RAAD+abc", "raad+abc", ""},
		"nothing":                 {"", "", ""},
		"an at sign in quotes":    {`"x@y+z"@voss.example`, `"x@y+z"@voss.example`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			at, token := forum.SplitTokenAddress(c.address)
			if at != c.forum || token != c.token {
				t.Errorf("got %q and %q", at, token)
			}
		})
	}
}

func TestATokenComesBackFromItsAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringMatching(`[a-z0-9.-]{1,20}@[a-z0-9.-]{1,20}`).Draw(t, "forum")
		token := rapid.StringMatching(`[a-z2-7]{1,26}`).Draw(t, "token")
		written := forum.TokenAddress(address, token)
		if rapid.Bool().Draw(t, "case is folded on the way") {
			written = strings.ToUpper(written)
		}
		if gotForum, gotToken := forum.SplitTokenAddress(written); gotForum != address || gotToken != token {
			t.Fatalf("%s came back as %q and %q", written, gotForum, gotToken)
		}
	})
}

func TestNoRecipientBreaksTheSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a@+"<>. ]{0,20}`)).Draw(t, "address")
		at, token := forum.SplitTokenAddress(address)
		if token == "" && strings.Count(address, "+") == 0 && at != strings.ToLower(address) {
			t.Fatalf("%q became %q", address, at)
		}
		if token != "" && forum.TokenAddress(at, token) != strings.ToLower(address) && strings.Count(address, "@") == 1 {
			t.Fatalf("%q became %q and %q", address, at, token)
		}
	})
}

func TestSecrets(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		secret := forum.NewSecret()
		if len(secret) != 26 || strings.Trim(secret, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			t.Fatalf("%q does not survive a mail system that folds case", secret)
		}
		if seen[secret] {
			t.Fatalf("%q came twice", secret)
		}
		seen[secret] = true
	}
}
