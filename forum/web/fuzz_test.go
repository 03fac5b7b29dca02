package web_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
)

// FuzzPaperName makes any bytes a name that is safe to show and to save.
func FuzzPaperName(f *testing.F) {
	for _, seed := range []string{"notat.pdf", "../../x", "a\x00\r\nb", "\xff\xfe", "notat\u202efdp.exe", strings.Repeat("å", 400), "..", `C:\a\b`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, given string) {
		name := web.PaperName(given)
		if !utf8.ValidString(name) || utf8.RuneCountInString(name) > 150 || strings.ContainsAny(name, `/\`) || name == "." || name == ".." {
			t.Errorf("%q became %q", given, name)
		}
		if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%q became %q, with marks that are not seen", given, name)
		}
		if again := web.PaperName(name); again != name {
			t.Errorf("%q became %q and then %q", given, name, again)
		}
	})
}

// FuzzTicket takes no ticket that the server did not write.
func FuzzTicket(f *testing.F) {
	server, other := web.New(web.Options{}), web.New(web.Options{})
	paper := forum.Paper{Name: "notat.pdf", Type: "application/pdf", Size: 3, Digest: "abc"}
	if got, ok := server.Redeem(server.Ticket(paper)); !ok || got != paper {
		f.Fatalf("a ticket of the server's own gives %v, %v", got, ok)
	}
	for _, seed := range []string{"", ".", "a.b", server.Ticket(paper), other.Ticket(paper), server.Ticket(paper) + "A"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, ticket string) {
		if paper, ok := other.Redeem(ticket); ok && ticket != other.Ticket(paper) {
			t.Errorf("the ticket %q was taken", ticket)
		}
	})
}
