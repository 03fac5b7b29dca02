package main_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/jhillyerd/enmime/v2"
)

// Addresses of those who tell the story.
const (
	secretaryAddress = "sekretariat@voss.example"
	memberAddress    = "helse@kvam.example"
	deputyAddress    = "helse@voss.example"
	chairAddress     = "klinikk@helse-bergen.example"
	councilAddress   = "samarbeidsrad@voss.example"
	// relay is the server in front, which says whether a sender is who it seems.
	relay = "mx.voss.example"
)

// TestFromSignInToSendOut tells how one meeting comes about where nothing is a
// demonstration: each signs in by the link in a mail that a real server was
// handed, the secretary calls the meeting and takes what was mailed to its
// agenda, both keys are turned, and the member opens what is mailed. What the
// secretary does is counted in presses.
func TestFromSignInToSendOut(t *testing.T) {
	for name, scripts := range map[string]bool{"with scripts": true, "without scripts": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, mails := serveReal(t)
			visitor := func(address string) *tab {
				b := newTab(t, d.url)
				if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
					t.Fatal(err)
				}
				b.signsIn(mails, address)
				return b
			}
			s := visitor(secretaryAddress)
			meeting := s.callsInFourPresses()
			s.takesMailInTwoPresses(d)
			m := visitor(memberAddress)
			m.answersInvitation(meeting)
			s.sendsOutInTwoPresses(meeting)
			for _, address := range []string{deputyAddress, chairAddress} {
				visitor(address).turnsKey()
			}
			s.open(meeting)
			s.sees(s.say.T("meeting_state.agenda-sent"))
			m.opensPackage(mails, meeting)
		})
	}
}

// serveReal starts the real program with an area of its own and a server that
// takes its mail.
func serveReal(t *testing.T) (demonstration, *sink) {
	mails, err := newSink()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(mails.Close)
	folder := t.TempDir()
	environment := []string{"SAMRAAD_VAR=" + folder, "SAMRAAD_DB=sqlite:" + filepath.Join(folder, "samraad.db"), "SAMRAAD_LANGUAGE=nn", "SAMRAAD_SMTP_URL=smtp://" + mails.Address()}
	bring := exec.Command(binary, "import", "area", "demo/voss.yaml")
	bring.Env = append(os.Environ(), environment...)
	if out, err := bring.CombinedOutput(); err != nil {
		t.Fatalf("importing the area: %v\n%s", err, out)
	}
	return serve(t, nil, append(environment, "SAMRAAD_RELAY="+relay)), mails
}

// link is what a mail to an address leads to, of the newest whose link fits.
func (s *sink) link(t *testing.T, address, begins string) (path string) {
	t.Helper()
	pattern := regexp.MustCompile(begins + `[a-z2-7]{26}`)
	eventually(t, address+" is mailed "+begins, func() bool {
		for _, d := range s.To(address) {
			if found := pattern.FindString(readable(t, d)); found != "" {
				path = found
			}
		}
		return path != ""
	})
	return path
}

// readable is the text of a mail.
func readable(t *testing.T, d delivery) string {
	t.Helper()
	read, err := enmime.ReadEnvelope(bytes.NewReader(d.raw))
	if err != nil {
		t.Fatal(err)
	}
	return read.Text
}

// signsIn asks for a mail, opens its link in the same browser, and presses the button there.
func (b *tab) signsIn(mails *sink, address string) {
	b.Helper()
	b.open("/sign-in")
	b.press(b.say.T("language.nn"))
	b.write("address", address)
	b.press(b.say.T("page.sign_in.submit"))
	b.open(mails.link(b.T, address, "/enter/"))
	b.press(b.say.T("page.sign_in_code.submit"))
	b.sees(b.say.T("page.home.title"))
}

// callsInFourPresses plans a meeting and calls it, and answers its path.
func (b *tab) callsInFourPresses() (meeting string) {
	day := time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	b.inPresses(4, "call a meeting", func() {
		b.press(council)
		b.press(b.say.T("page.forum.plan"))
		for name, value := range map[string]string{"start_date": day, "start_time": "10:00", "end_date": day, "end_time": "12:00", "place": "Gamle kyrkja, Øystese"} {
			b.set(name, value)
		}
		b.press(b.say.T("page.plan.submit"))
		b.press(look[string](b, `document.querySelector("form[action$='/call'] button").innerText`))
		b.sees(b.say.T("notice.meeting_called"))
	})
	return b.path()
}

// takesMailInTwoPresses brings what a member mails to the agenda.
func (b *tab) takesMailInTwoPresses(d demonstration) {
	const subject = "Felles beredskapsøving"
	d.mail(b.T, memberAddress, councilAddress, subject, "Vi ber rådet drøfte ei felles øving.", "Authentication-Results: "+relay+"; dmarc=pass header.from=kvam.example")
	b.awaits("/", b.say.N("page.home.inbox", 1))
	b.inPresses(2, "take what was mailed to the agenda", func() {
		b.press(b.say.N("page.home.inbox", 1))
		b.press(look[string](b, fmt.Sprintf(`[...document.querySelectorAll("button[aria-label]")].map(e => e.ariaLabel).find(e => e.includes(%q))`, subject)))
		b.sees(b.say.T("notice.matter_placed"))
	})
}

// sendsOutInTwoPresses puts the agenda forward, from where it goes out by itself.
func (b *tab) sendsOutInTwoPresses(meeting string) {
	b.inPresses(2, "send out", func() {
		b.press(look[string](b, fmt.Sprintf(`document.querySelector('main a[href=%q]').innerText`, meeting)))
		b.press(b.say.T("page.keys.ask"))
		b.sees(b.say.T("notice.keys_asked"))
	})
}

// answersInvitation says yes on the page that the invitation leads to.
func (b *tab) answersInvitation(meeting string) {
	b.open(meeting)
	b.choose("answer", "yes")
	b.press(b.say.T("page.answer.submit"))
	b.sees(b.say.T("reply.yes"))
}

// turnsKey approves all that waits for one key-holder.
func (b *tab) turnsKey() {
	b.inPresses(2, "approve the agenda", func() {
		b.press(look[string](b, `document.querySelector('main a[href$="/keys"]').innerText`))
		b.press(b.say.T("page.keys.approve_all"))
	})
}

// opensPackage opens what was mailed by the link in it, and finds the same on the meeting's page.
func (b *tab) opensPackage(mails *sink, meeting string) {
	b.open(mails.link(b.T, memberAddress, "/copy/"))
	b.sees(b.say.T("page.copy.title.package"), "Felles beredskapsøving")
	b.opensPDF()
	b.open(meeting)
	b.sees("Felles beredskapsøving", b.say.T("page.package.title"))
}
