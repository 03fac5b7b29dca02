package main_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestMinutesAreWrittenByTwo lets two secretaries write the minutes of a meeting
// that goes on, in two real browsers at once: what each types is saved, appears at
// the other, is woven, and is shown to both where it cannot be.
func TestMinutesAreWrittenByTwo(t *testing.T) {
	axe := axeCore(t)
	folder := t.TempDir()
	d := serve(t, []string{"--demo", "--clock", "2031-01-06T09:00:00+01:00"}, []string{
		"SAMRAAD_VAR=" + folder, "SAMRAAD_DB=sqlite:" + filepath.Join(folder, "samraad.db"), "SAMRAAD_LANGUAGE=nn",
	})
	ours, theirs := newTab(t, d.url), newTab(t, d.url)
	ours.stepInto(secretary)
	theirs.stepInto(otherSecretary)
	theirs.press(theirs.say.T("language.nn"))

	ours.callsForToday()
	ours.press(ours.say.T("page.minutes.start"))
	ours.sees(ours.say.T("notice.minutes_started"), ours.say.T("minutes.nobody"))
	editor := ours.path()
	ours.turn("everybody is here", chromedp.Click(`form[action$="/arrive"] button`, chromedp.NodeVisible))
	ours.sees(ours.say.T("page.minutes.left"))
	ours.free(axe)
	theirs.open(editor)

	ours.types("note", "Leiaren opna møtet.")
	ours.keepsMinutes()
	theirs.gets("note", "Leiaren opna møtet.")
	theirs.types("note", "\n\nSakene vart drøfta.")
	theirs.keepsMinutes()
	ours.gets("note", "Leiaren opna møtet.\n\nSakene vart drøfta.")
	if author := ours.author("note"); !strings.Contains(author, otherSecretary) {
		t.Errorf("the page says that %q", author)
	}

	ours.types("decision", "Rådet er einig.")
	theirs.types("note", " Lenge.")
	ours.keepsMinutes()
	theirs.keepsMinutes()
	theirs.gets("decision", "Rådet er einig.")
	ours.gets("note", "Leiaren opna møtet.\n\nSakene vart drøfta. Lenge.")

	// Both change the same paragraph before either hears of the other.
	theirs.deaf()
	ours.types("decision", " Samrøystes.")
	ours.keepsMinutes()
	theirs.types("decision", " Mot ei røyst.")
	eventually(t, "both are shown", func() bool {
		return look[bool](theirs, fieldOf("decision")+`.querySelector("[data-clash]:not([hidden])") !== null`)
	})
	theirs.sees("Rådet er einig. Samrøystes.")
	theirs.free(axe)
	theirs.turn("keep both", chromedp.Click(`[data-clash]:not([hidden]) button[value="decision:both"]`, chromedp.NodeVisible))
	theirs.gets("decision", "Rådet er einig. Samrøystes.\n\nRådet er einig. Mot ei røyst.")
	ours.gets("decision", "Rådet er einig. Samrøystes.\n\nRådet er einig. Mot ei røyst.")

	ours.press(ours.say.T("page.minutes.read"))
	ours.sees("Sakene vart drøfta. Lenge.", "Rådet er einig. Mot ei røyst.")
	ours.free(axe)
}

// callsForToday plans a meeting of the demonstration's own day and calls it.
func (b *tab) callsForToday() {
	b.inForum()
	b.press(b.say.T("page.forum.plan"))
	for name, value := range map[string]string{"start_date": "2031-01-06", "start_time": "10:00", "end_date": "2031-01-06", "end_time": "12:00", "place": "Vangskyrkja"} {
		b.set(name, value)
	}
	b.press(b.say.T("page.plan.submit"))
	b.press(look[string](b, `document.querySelector("form[action$='/call'] button").innerText`))
	b.sees(b.say.T("notice.meeting_called"))
}

// fieldOf is a field of the first item of the minutes, in the page's own language.
func fieldOf(name string) string {
	return fmt.Sprintf(`document.querySelector('form[data-live] [data-field="%s"]')`, name)
}

// types writes at the end of a field of the first item.
func (b *tab) types(field, text string) {
	b.Helper()
	look[bool](b, fmt.Sprintf(`(() => {
		const area = %s.querySelector("[data-text]");
		area.focus();
		area.setSelectionRange(area.value.length, area.value.length);
		return true;
	})()`, fieldOf(field)))
	b.do("type "+text, chromedp.KeyEvent(text))
}

// gets waits until a field of the first item says something.
func (b *tab) gets(field, want string) {
	b.Helper()
	says := func() string { return look[string](b, fieldOf(field)+`.querySelector("[data-text]").value`) }
	eventually(b.T, fmt.Sprintf("%s says %q, not %q", field, want, says()), func() bool { return says() == want })
}

func (b *tab) author(field string) string {
	return look[string](b, fieldOf(field)+`.querySelector("[data-author]").textContent`)
}

// keepsMinutes waits until the server has what was typed in the first item.
func (b *tab) keepsMinutes() {
	b.Helper()
	eventually(b.T, "what is typed is saved", func() bool {
		return look[bool](b, `[...document.querySelectorAll("form[data-live] [data-text]")].every((area) => area.value === area.closest("[data-field]").querySelector("[data-was]").value)`)
	})
}

// deaf keeps the page from hearing what others write.
func (b *tab) deaf() {
	look[bool](b, `(() => {
		const ask = window.fetch;
		window.fetch = (address, options) => options?.method === "POST" ? ask(address, options) : new Promise(() => {});
		return true;
	})()`)
}
