package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/chromedp/cdproto/emulation"

	"github.com/samraad/samraad/templates"
)

// People and forums of the demonstration.
const (
	secretary      = "Sekretær for kommunane, Voss herad"
	member         = "Helse- og omsorgssjef, Kvam herad"
	otherSecretary = "Sekretær for sykehusene, Helse Bergen HF"
	chair          = "Klinikkdirektør, Voss sjukehus, Helse Bergen HF"
	council        = "Samarbeidsrådet"
)

// TestSecretaryInBrowser tells a secretary's day, and then a member's, with the
// scripts that a browser runs and without any.
func TestSecretaryInBrowser(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			demo := serveDemo(t)
			b := newTab(t, demo.url)
			if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			b.open("/")
			b.press(b.say.T("page.demo.step_as", "Name", secretary))
			b.sees(secretary, council)

			b.takesMattersFromInbox()
			b.plansMeeting(scripts)
			b.callsMovesAndCancels(scripts)
			b.readsWhatWasSent()
			b.setsStrangersMailAside(demo)
			b.changesLanguage()

			b.stepInto(member)
			b.proposesMatter()
			b.hasNoInbox()
		})
	}
}

// inForum opens the council's page.
func (b *tab) inForum() {
	b.Helper()
	b.open("/forums")
	b.press(council)
}

// takesMattersFromInbox brings one matter to the next meeting by one press, and
// sends another back.
func (b *tab) takesMattersFromInbox() {
	const discussion, briefing = "Ambulant team for unge med samansette vanskar", "Legevakt i høgtidene"
	b.inForum()
	b.press(b.say.T("page.forum.propose"))
	b.write("title", briefing)
	b.choose("kind", "briefing")
	b.press(b.say.T("page.propose.submit"))
	b.sees(b.say.T("notice.matter_proposed"))

	b.inForum()
	b.press(b.say.T("page.forum.inbox"))
	b.sees(discussion, briefing)
	take := look[string](b, `[...document.querySelectorAll("button[aria-label]")].map(e => e.ariaLabel).find(e => e.includes("`+discussion+`"))`)
	b.press(take)
	b.sees(b.say.T("notice.matter_placed"))
	b.misses(discussion)

	b.press(briefing)
	b.unfold(b.say.T("page.matter.other_ways"))
	b.choose("way", "return")
	b.write("reason", "Ho er meld inn til feil forum.")
	b.press(b.say.T("page.matter.remove_submit"))
	b.sees(b.say.T("notice.matter_returned"), b.say.T("matter_state.returned"), "Ho er meld inn til feil forum.")
	b.press(b.say.T("undo.label"))
	b.sees(b.say.T("notice.matter_put_back"))
}

// plansMeeting fills in the form, after a try that is refused.
func (b *tab) plansMeeting(scripts bool) {
	b.inForum()
	b.press(b.say.T("page.forum.plan"))
	day := time.Now().AddDate(0, 0, 150).Format(time.DateOnly)
	for name, value := range map[string]string{"start_date": day, "start_time": "12:00", "end_date": day, "end_time": "10:00"} {
		b.set(name, value)
	}
	b.write("place", "Gamle kyrkja, Øystese")
	b.refused(b.say.T("page.plan.submit"))
	b.sees(b.say.N("field.mistakes", 1))
	if focused := look[bool](b, `document.activeElement.matches("[data-focus]")`); focused != scripts {
		b.Errorf("the summary of what is wrong has the focus: %v, with scripts: %v", focused, scripts)
	}
	b.set("end_time", "14:00")
	b.press(b.say.T("page.plan.submit"))
	b.sees(b.say.T("notice.meeting_planned"), "Gamle kyrkja, Øystese")
}

func (b *tab) callsMovesAndCancels(scripts bool) {
	call := look[string](b, `document.querySelector("form[action$='/call'] button").innerText`)
	b.rests(call)
	b.sees(b.say.T("errand.now"), b.say.T("meeting_state.draft"))
	if scripts {
		left := look[string](b, `document.querySelector("[data-left]").innerText`)
		eventually(b.T, "the seconds run", func() bool { return look[string](b, `document.querySelector("[data-left]").innerText`) != left })
	}
	b.press(b.say.T("undo.label"))
	b.sees(b.say.T("notice.errand_undone"), b.say.T("meeting_state.draft"))
	b.press(look[string](b, `document.querySelector("form[action$='/call'] button").innerText`))
	b.sees(b.say.T("notice.meeting_called"), b.say.T("meeting_state.called"))

	b.press(b.say.T("page.meeting.move"))
	b.set("start_time", "13:00")
	b.set("end_time", "15:00")
	b.press(b.say.T("page.move.submit"))
	b.sees(b.say.T("notice.meeting_moved"), "13.00")

	b.press(b.say.T("page.meeting.cancel"))
	b.write("reason", "Vegen er stengd.")
	b.press(b.say.T("page.cancel.submit"))
	b.sees(b.say.T("notice.meeting_cancelled"), b.say.T("meeting_state.cancelled"), "Vegen er stengd.")
}

// readsWhatWasSent opens the letter that tells of the cancelling, as its
// receiver sees it.
func (b *tab) readsWhatWasSent() {
	const cancelled = "Avlyst: " + council
	b.inForum()
	b.awaits(b.path()+"/sent", cancelled)
	letter := look[string](b, `[...document.querySelectorAll("main a")].find(e => e.innerText.startsWith("`+cancelled+`")).pathname`)
	b.awaits(letter, b.say.T("page.message.headers"))
	if text := b.letter(); !strings.Contains(text, "Vegen er stengd.") {
		b.Errorf("the letter says\n%s", text)
	}
}

// setsStrangersMailAside puts a held mail away, and thinks better of it.
func (b *tab) setsStrangersMailAside(demo demonstration) {
	demo.mail(b.T, "ukjend@fjern.example", "samarbeidsrad@voss.example", "Kan eg melde inn dette", "Eg er ny her.")
	b.inForum()
	b.awaits(b.path()+"/held", "Kan eg melde inn dette")
	b.press("Kan eg melde inn dette")
	b.sees("Eg er ny her.", b.say.T("incoming_state.held"))
	b.press(b.say.T("page.incoming.set_aside"))
	b.sees(b.say.T("notice.mail_set_aside"))
	b.press(b.say.T("undo.label"))
	b.sees(b.say.T("notice.mail_held_again"))
}

func (b *tab) changesLanguage() {
	b.open("/forums")
	english := templates.In("en")
	b.press(english.T("language.en"))
	b.sees(english.T("page.forums.lead"))
	b.press(b.say.T("language.nn"))
	b.sees(b.say.T("page.forums.lead"))
}

// proposesMatter melds a matter with a file by the form.
func (b *tab) proposesMatter() {
	paper := filepath.Join(b.TempDir(), "vaktliste.txt")
	if err := os.WriteFile(paper, []byte("Vakter i påska\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	b.inForum()
	b.press(b.say.T("page.forum.propose"))
	b.write("title", "Felles vaktliste i påska")
	b.choose("kind", "decision")
	b.write("text", "Vi ber rådet vedta lista.")
	b.attach("papers", paper)
	b.press(b.say.T("page.propose.submit"))
	b.sees(b.say.T("notice.matter_proposed"), "Felles vaktliste i påska", "Vi ber rådet vedta lista.", "vaktliste.txt")
}

// hasNoInbox makes sure that the secretaries' page is closed.
func (b *tab) hasNoInbox() {
	b.inForum()
	b.misses(b.say.T("page.forum.inbox"))
	inbox := b.site + b.path() + "/inbox"
	if status := b.turn(inbox, chromedp.Navigate(inbox)); status != 403 {
		b.Errorf("the inbox answered %d", status)
	}
	b.sees(b.say.T("page.problem.forbidden"))
}
