package main_test

import (
	"strings"
	"testing"
)

// TestWhoComesIsLive looks at a meeting as its secretary while a member declines in another browser: the page tells
// without being opened again, and the form that is being filled in stays as it is.
func TestWhoComesIsLive(t *testing.T) {
	d := serveDemo(t)
	secretary, member := newTab(t, d.url), newTab(t, d.url)
	for b, who := range map[*tab]string{secretary: "Sekretær for kommunane, Voss herad", member: "Helse- og omsorgssjef, Voss herad"} {
		b.open("/demo")
		b.press(b.say.T("page.demo.step_as", "Name", who))
		b.open("/meetings/1")
	}
	uncalled := secretary.say.T("page.attendance.in_place", "Member", "Helse- og omsorgssjef, Voss herad")
	if text := secretary.text(); !strings.Contains(text, secretary.say.T("reply.none")) || strings.Contains(text, uncalled) {
		t.Fatalf("before anybody has answered:\n%s", text)
	}
	secretary.write("comment", "Eg skriv enno")
	member.choose("answer", "no")
	member.write("comment", "Er på kurs")
	member.press(member.say.T("page.answer.submit"))
	eventually(t, "the secretary sees who declined and who stands in", func() bool {
		text := secretary.text()
		return strings.Contains(text, "Er på kurs") && strings.Contains(text, uncalled)
	})
	if typed := look[string](secretary, `document.querySelector('[name=comment]').value`); typed != "Eg skriv enno" {
		t.Errorf("what was being written is now %q", typed)
	}
}
