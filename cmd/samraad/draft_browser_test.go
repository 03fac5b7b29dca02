package main_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestDraftIsWrittenByTwo lets two secretaries write one section in real
// browsers: in place, kept as it is typed, at once with a clash, and with a
// session that ends before the save.
func TestDraftIsWrittenByTwo(t *testing.T) {
	axe := axeCore(t)
	d := serveDemo(t)
	ours, theirs := newTab(t, d.url), newTab(t, d.url)
	ours.stepInto(secretary)
	theirs.stepInto(otherSecretary)
	theirs.press(theirs.say.T("language.nn"))

	ours.proposesMatter()
	ours.press(ours.say.T("page.draft.go"))
	ours.sees(ours.say.T("draft_part.background"), "Vi ber rådet vedta lista.", ours.say.T("page.draft.gate.waits"))
	draft := ours.path()

	ours.writesInPlace("Rådet vedtek lista.")
	ours.keeps()
	ours.open(draft)
	ours.press(ours.say.T("page.draft.continue"))
	ours.holds("Rådet vedtek lista.")
	ours.press(ours.say.T("page.draft.save"))
	ours.sees(ours.say.T("notice.draft_saved"), "Rådet vedtek lista.")

	theirs.open(draft)
	theirs.writesInPlace(" Ho gjeld òg jul.")
	theirs.free(axe)
	ours.writesInPlace(" Ho gjeld i påska.")
	ours.press(ours.say.T("page.draft.save"))
	theirs.press(theirs.say.T("page.draft.save"))
	theirs.sees(theirs.say.T("page.settle.side.theirs"), "Ho gjeld i påska.", "Ho gjeld òg jul.")
	theirs.free(axe)
	theirs.choose("pick-0", "both")
	theirs.press(theirs.say.T("page.settle.submit"))
	theirs.sees(theirs.say.T("notice.draft_saved"), "Ho gjeld i påska.", "Ho gjeld òg jul.", theirs.say.T("page.draft.gate.both"))

	ours.open(draft)
	ours.writesInPlace(" Sist.")
	look[bool](ours, `(() => {
		const request = new XMLHttpRequest();
		request.open("POST", "/sign-out", false);
		request.send();
		return true;
	})()`)
	if status := ours.pressed(ours.say.T("page.draft.save")); status != http.StatusUnauthorized && status != http.StatusForbidden {
		t.Fatalf("a save without a session answered %d", status)
	}
	ours.stepInto(secretary)
	ours.open(draft)
	ours.do("write", chromedp.Click(named("a")(ours.say.T("page.draft.edit_what", "Section", ours.say.T("draft_part.recommendation"))), chromedp.NodeVisible))
	eventually(t, "what was typed is there again", func() bool { return strings.HasSuffix(ours.typed(), " Sist.") })
}

// writesInPlace opens the recommendation where it stands, and types at its end.
func (b *tab) writesInPlace(text string) {
	b.Helper()
	page := look[string](b, `location.href`)
	b.do("write", chromedp.Click(named("a")(b.say.T("page.draft.edit_what", "Section", b.say.T("draft_part.recommendation"))), chromedp.NodeVisible))
	eventually(b.T, "the section is a form", func() bool { return look[bool](b, `document.querySelector("form[data-keep] textarea") !== null`) })
	if now := look[string](b, `location.href`); now != page {
		b.Errorf("writing led from %s to %s", page, now)
	}
	look[bool](b, `(() => {
		const field = document.querySelector("form[data-keep] textarea");
		field.focus();
		field.setSelectionRange(field.value.length, field.value.length);
		return true;
	})()`)
	b.write("text", text)
}

// keeps waits until the server has what is typed.
func (b *tab) keeps() {
	b.Helper()
	eventually(b.T, "what is typed is kept", func() bool { return strings.Contains(b.text(), b.say.T("page.draft.kept")) })
}

func (b *tab) typed() string {
	return look[string](b, `document.querySelector("form[data-keep] textarea")?.value ?? ""`)
}

// holds makes sure of what stands in the form.
func (b *tab) holds(text string) {
	b.Helper()
	if got := b.typed(); got != text {
		b.Fatalf("the form holds %q, want %q", got, text)
	}
}

// free makes sure that axe-core finds nothing wrong with the page.
func (b *tab) free(axe string) {
	b.Helper()
	c := &crawl{tab: b, axe: axe}
	for _, found := range c.violations(false) {
		b.Errorf("%s: %s", b.path(), fmt.Sprint(found))
	}
}
