package mail

import (
	"mime"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestCutWords: never longer than allowed, the beginning of the text, and whole where it fits.
func TestCutWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, most := rapid.String().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "most")
		cut := cutWords(text, most)
		characters := utf8.RuneCountInString(text)
		switch {
		case utf8.RuneCountInString(cut) > most:
			t.Fatalf("%q has more than %d characters", cut, most)
		case characters <= most && cut != text:
			t.Fatalf("%q was cut to %q", text, cut)
		case characters > most && !(strings.HasSuffix(cut, "…") && strings.HasPrefix(string([]rune(text)), strings.TrimSuffix(cut, "…"))):
			t.Fatalf("%q became %q", text, cut)
		}
	})
}

// TestFoldSubject: reads as it was written, on lines of their lawful length, of which none is empty or another field.
func TestFoldSubject(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject := oneLine(rapid.String().Draw(t, "subject"))
		folded := foldSubject(subject)
		for i, line := range strings.Split("Subject: "+folded, "\r\n") {
			if len(line) > 78 || i > 0 && !strings.HasPrefix(line, " =?") || strings.ContainsAny(line, "\r\n") || !isASCII(line) {
				t.Fatalf("line %d of %q is %q", i, subject, line)
			}
		}
		read, err := new(mime.WordDecoder).DecodeHeader(strings.ReplaceAll(folded, "\r\n", ""))
		if err != nil || read != subject {
			t.Fatalf("%q reads %q (%v)", subject, read, err)
		}
	})
}
