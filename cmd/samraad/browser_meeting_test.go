package main_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

const (
	deputy = "Helse- og omsorgssjef, Voss herad"
	// taken is the matter that the story's meeting deals with.
	taken = "Ambulant team for unge med samansette vanskar"
)

// TestMeetingInBrowser tells the secretary's part of one meeting, from the
// series that plans it to the notice on the day before another, with scripts
// and without any.
func TestMeetingInBrowser(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			slow, release := slowConverter(t)
			b := newTab(t, serveDemo(t, "SAMRAAD_CONVERTER="+slow).url)
			if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			b.stepInto(secretary)
			meeting := b.plansSeries()
			b.takesToMeeting(meeting)
			b.editsAgenda(meeting)
			b.asksForKeys(meeting)
			b.turnsKeys(meeting)
			b.waitsForPDF(meeting, scripts, release)
			b.seesWhoOpened(meeting)
			b.corrects(meeting)
			b.tellsOfTomorrow()
		})
	}
}

// slowConverter is a converter of papers that waits to be released, and then
// does what LibreOffice does.
func slowConverter(t *testing.T) (path string, release func()) {
	folder := t.TempDir()
	gate := filepath.Join(folder, "gate")
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(folder, "convert")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nread -r go < "+gate+"\nexec /usr/bin/soffice \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path, func() {
		if err := os.WriteFile(gate, []byte("go\n"), 0); err != nil { // opens when the converter reads
			t.Error(err)
		}
	}
}

// plansSeries plans two meetings by a rule, looks at them before they are made,
// calls both, and answers the path of the first.
func (b *tab) plansSeries() (meeting string) {
	b.inForum()
	b.press(b.say.T("page.series.plan"))
	first := time.Now().AddDate(0, 0, 20)
	for first.Weekday() == time.Saturday || first.Weekday() == time.Sunday {
		first = first.AddDate(0, 0, 1)
	}
	b.choose("kind", "weeks")
	b.choose("avoid", "move")
	b.choose("form", "ordinary")
	for name, value := range map[string]string{
		"weekday": fmt.Sprint(int(first.Weekday())), "weeks": "26", "from": first.Format(time.DateOnly), "to": first.AddDate(0, 0, 190).Format(time.DateOnly),
		"start": "10:00", "end": "12:00", "place": "Gamle kyrkja, Øystese",
	} {
		b.set(name, value)
	}
	b.press(b.say.T("page.series.preview"))
	b.sees(b.say.T("page.preview.title"), b.say.N("page.preview.lead", 2))
	b.press(b.say.N("page.preview.confirm", 2))
	b.sees(b.say.T("notice.series_planned"))
	b.press(b.say.N("page.series.call", 2))
	b.sees(b.say.T("notice.series_called"))
	return look[string](b, `document.querySelector('main a[href^="/meetings/"]').pathname`)
}

// takesToMeeting brings a matter from the inbox to the meeting, and a paper to
// the matter that no program here makes a PDF of but the converter.
func (b *tab) takesToMeeting(meeting string) {
	b.inForum()
	b.press(b.say.T("page.forum.inbox"))
	b.press(taken)
	b.set("meeting", strings.TrimPrefix(meeting, "/meetings/"))
	b.press(b.say.T("page.matter.place_submit"))
	b.sees(b.say.T("notice.matter_placed"))

	paper := filepath.Join(b.TempDir(), "Erfaringar.rtf")
	if err := os.WriteFile(paper, []byte(`{\rtf1\ansi Ungdom som ikkje kom til time, ville heller bli ringde til.\par}`), 0o600); err != nil {
		b.Fatal(err)
	}
	b.unfold(b.say.T("page.matter.add_papers"))
	b.attach("papers", paper)
	b.press(b.say.T("page.matter.add_submit"))
	b.sees(b.say.T("notice.papers_added"), "Erfaringar.rtf")
}

// editsAgenda gives the matter its time and who presents it, and invites a
// guest to it alone.
func (b *tab) editsAgenda(meeting string) {
	b.open(meeting)
	b.press(b.say.T("page.agenda.edit"))
	key := look[string](b, fmt.Sprintf(`[...document.querySelectorAll("[data-line]")].find(e => e.dataset.title === %q).querySelector("[name=key]").value`, taken))
	b.set("minutes-"+key, "35")
	b.set("presenter-"+key, deputy)
	b.press(b.say.T("page.agenda.save"))
	b.sees(b.say.T("notice.agenda_saved"), b.say.N("page.agenda.minutes", 35), b.say.T("page.agenda.presented_by", "Name", deputy))

	b.press(b.say.T("page.agenda.invite_what", "Title", taken))
	b.write("name", "Ungdomsrådet")
	b.write("address", "ungdom@fjern.example")
	b.choose("language", "nn")
	b.press(b.say.T("page.guest_new.submit"))
	b.sees(b.say.T("notice.guest_invited"), "Ungdomsrådet")
}

// asksForKeys sends the agenda on its way from the meeting's page.
func (b *tab) asksForKeys(meeting string) {
	b.open(meeting)
	b.press(b.say.T("page.keys.ask"))
	b.sees(b.say.T("notice.keys_asked"))
}

// turnsKeys approves as both key-holders, after the deputy has objected and
// thought better of it.
func (b *tab) turnsKeys(meeting string) {
	b.stepInto(deputy)
	b.press(look[string](b, `document.querySelector('main a[href$="/keys"]').innerText`))
	b.objects(taken, "Ungdommane er ikkje spurde.")
	b.press(look[string](b, fmt.Sprintf(`[...document.querySelectorAll("button[aria-label]")].find(e => e.innerText === %q).ariaLabel`, b.say.T("page.keys.take_back"))))
	b.sees(b.say.T("notice.key_taken_back"))
	b.press(b.say.T("page.keys.approve_all"))
	b.sees(b.say.T("notice.key_turned"))

	b.stepInto(chair)
	b.open(meeting)
	b.press(b.say.T("page.keys.open_turn"))
	b.press(b.say.T("page.keys.approve_all"))
	b.sees(b.say.T("notice.agenda_out"))
}

// objects holds one item of an agenda back, on the page of the keys.
func (b *tab) objects(title, why string) {
	b.Helper()
	item := `//li[contains(., "` + title + `")]`
	b.unfoldAt(b.say.T("page.keys.object"), item+`//summary`)
	b.do("writing why", chromedp.SendKeys(item+`//textarea`, why, chromedp.NodeVisible))
	if status := b.turn("objecting", chromedp.Click(item+fmt.Sprintf(`//button[normalize-space()=%q]`, b.say.T("page.keys.object_submit")), chromedp.NodeVisible)); status != http.StatusOK {
		b.Fatalf("objecting answered %d", status)
	}
	b.hurries()
	b.sees(b.say.T("notice.key_objected"), why)
}

// waitsForPDF sees that a PDF is being made, and opens it when it is.
func (b *tab) waitsForPDF(meeting string, scripts bool, release func()) {
	b.stepInto(secretary)
	b.open(meeting)
	b.sees(b.say.T("page.package.making"))
	release()
	const made = `[...document.querySelectorAll("#package form")].filter(e => e.part.value === "pdf").length === 1`
	eventually(b.T, "the PDF is made", func() bool {
		if !scripts { // the page does not ask again by itself
			b.open(meeting)
		}
		return look[bool](b, made)
	})
	b.opensPDF()
	b.open(meeting)
	b.misses(b.say.T("page.package.making"))
}

// opensPDF presses the button of the whole package. What comes is no page, so
// that it is known by the answer alone.
func (b *tab) opensPDF() {
	b.Helper()
	ctx, cancel := b.within()
	defer cancel()
	answered := make(chan *network.Response, 1)
	err := chromedp.Listen(ctx, func(event any) {
		if e, is := event.(*network.EventResponseReceived); is && strings.HasSuffix(e.Response.URL, "/files/pdf") {
			select {
			case answered <- e.Response:
			default: // the viewer asks once more
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	b.do("opening the PDF", chromedp.Click(`//form[input[@name="part"][@value="pdf"]]/button`, chromedp.NodeVisible))
	select {
	case answer := <-answered:
		if answer.Status != http.StatusOK || answer.MimeType != "application/pdf" {
			b.Fatalf("%s answered %d with %s", answer.URL, answer.Status, answer.MimeType)
		}
	case <-ctx.Done():
		b.Fatal("no PDF was answered")
	}
	b.do("leaving the PDF", chromedp.Navigate("about:blank"))
	eventually(b.T, "the PDF is left", func() bool { return look[string](b, `location.href + document.readyState`) == "about:blankcomplete" })
}

// seesWhoOpened opens a member's copy by the link in the member's mail, as
// somebody who is not signed in, and sees that the secretary is told.
func (b *tab) seesWhoOpened(meeting string) {
	b.open(meeting)
	b.press(b.say.T("page.package.who"))
	receivers := look[int](b, `[...document.querySelectorAll("main .section")].find(e => e.querySelector(".people")).querySelectorAll(".people__one").length`)
	b.sees(b.say.T("page.package.opened_count", "Count", 1, "Of", receivers)) // the secretary
	link := b.linkIn(b.mailTo(member), "/copy/")
	b.sees(taken)

	b.signsOut()
	b.open(link)
	b.sees(b.say.T("page.copy.title.package"), b.say.T("page.copy.for", "Name", member), taken)
	b.opensPDF()

	b.stepInto(secretary)
	b.open(meeting + "/package")
	b.sees(b.say.T("page.package.opened_count", "Count", 2, "Of", receivers))
}

// mailTo is the name of the link to the mail that somebody got with an agenda,
// whatever has become of it.
func (b *tab) mailTo(person string) string {
	b.Helper()
	begins := b.say.T("page.package.mail_to", "Name", person, "State", "")
	return look[string](b, fmt.Sprintf(`[...document.querySelectorAll("a[aria-label]")].find(e => e.ariaLabel.startsWith(%q)).ariaLabel`, begins))
}

// signsOut forgets who uses the browser.
func (b *tab) signsOut() {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		b.Fatal(err)
	}
}

// corrects sends anew what was wrong.
func (b *tab) corrects(meeting string) {
	b.open(meeting + "/package")
	b.press(b.say.T("page.package.correct"))
	b.write("text", "Vedlegget mangla ei side.")
	b.press(b.say.T("page.correct.submit"))
	b.sees(b.say.T("notice.edition_corrected"), "Vedlegget mangla ei side.")
}

// tellsOfTomorrow calls a meeting for tomorrow, tells those who come of a change,
// and confirms as one of them.
func (b *tab) tellsOfTomorrow() {
	meeting := b.callsForTomorrow()
	b.press(b.say.T("page.package.tell"))
	b.write("text", "Vi møtest i kantina.")
	b.press(b.say.T("page.notice.submit"))
	b.sees(b.say.T("notice.notice_sent"))

	b.stepInto(member)
	b.open(meeting)
	b.sees(b.say.T("page.package.confirm_hint"), "Vi møtest i kantina.")
	b.press(b.say.T("mail.notice.action"))
	b.sees(b.say.T("notice.notice_confirmed"))
	b.misses(b.say.T("page.package.confirm_hint"))
}

// callsForTomorrow plans a meeting for tomorrow, calls it, and answers its path.
func (b *tab) callsForTomorrow() (meeting string) {
	b.inForum()
	b.press(b.say.T("page.forum.plan"))
	day := time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	for name, value := range map[string]string{"start_date": day, "start_time": "12:00", "end_date": day, "end_time": "14:00", "place": "Vangskyrkja"} {
		b.set(name, value)
	}
	b.press(b.say.T("page.plan.submit"))
	b.press(look[string](b, `document.querySelector("form[action$='/call'] button").innerText`))
	b.sees(b.say.T("notice.meeting_called"))
	return b.path()
}
