package mail_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// TestNothingAddsAHeaderField: whatever people, forums, matters and places are called, a mail has the fields that it should have,
// each once, on lines of their lawful length (RFC 5322 § 2.1.1).
func TestNothingAddsAHeaderField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hostile := rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string {
			pieces := []string{"\r\n", "\r", "\n", "\x00", `"`, `\`, "<", ">", ",", ";", ":", "\u202e", "\u2028", "\u0085", "=?utf-8?q?=0D=0AX:?=", " ", "Bcc: x@evil.example", "Råd", "\xff", "\t"}
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
		}))
		facts := matterFacts(func(f *forum.MatterFacts) {
			f.Title, f.Person, f.Forum = hostile.Draw(t, "title"), hostile.Draw(t, "person"), hostile.Draw(t, "forum")
		})
		invited := invitationFacts(func(f *forum.InvitationFacts) {
			f.Person, f.Forum, f.Slot.Place = facts.Person, facts.Forum, facts.Title
		})
		for _, l := range []letter{{"receipt", forum.ReceiptMessage, facts}, {"invitation", forum.InvitationMessage, invited}} {
			c, err := mail.Compose(t.Context(), l.message(forum.Nynorsk), url, nil)
			if err != nil {
				t.Fatalf("%s: %v", l.name, err)
			}
			head, _, _ := strings.Cut(string(c.Raw), "\r\n\r\n")
			count := map[string]int{}
			for line := range strings.SplitSeq(head, "\r\n") {
				if len(line) > 998 || strings.ContainsAny(line, "\r\n\x00") {
					t.Fatalf("%s: line %q", l.name, line)
				}
				if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
					name, _, isField := strings.Cut(line, ":")
					if !isField {
						t.Fatalf("%s: line %q", l.name, line)
					}
					count[name]++
				}
			}
			want := []string{
				"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "List-Id", "MIME-Version", "Message-ID", "Reply-To", "Subject", "To",
				"X-Auto-Response-Suppress", "X-Samraad-Message",
			}
			if got := slices.Sorted(maps.Keys(count)); !slices.Equal(got, want) {
				t.Fatalf("%s has %v", l.name, got)
			}
			for name, n := range count {
				if n != 1 {
					t.Fatal(fmt.Sprint(l.name, " has ", n, " × ", name))
				}
			}
		}
	})
}
