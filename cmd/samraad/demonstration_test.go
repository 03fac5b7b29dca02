package main_test

import (
	"fmt"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// demonstration is the real program serving the demonstration on ports of its own.
type demonstration struct {
	url  string
	smtp string
	log  string   // the file of what it logs
	own  []string // settings of its environment
}

// serveDemo starts it; more are settings of its environment.
func serveDemo(t *testing.T, more ...string) demonstration {
	folder := t.TempDir()
	own := []string{"SAMRAAD_VAR=" + folder, "SAMRAAD_DB=sqlite:" + filepath.Join(folder, "samraad.db"), "SAMRAAD_LANGUAGE=nn"}
	return serve(t, []string{"--demo"}, append(own, more...))
}

// serve starts the real program with settings in its environment, on ports of its own.
func serve(t *testing.T, flags, environment []string) demonstration {
	pages, mails, folder := freePort(t), freePort(t), t.TempDir()
	stderr, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stderr.Close() })
	process := exec.Command(binary, append([]string{"serve"}, flags...)...)
	process.Stderr = stderr
	process.Env = append(os.Environ(), "SAMRAAD_HTTP="+pages, "SAMRAAD_SMTP="+mails, "SAMRAAD_URL=http://"+pages)
	process.Env = append(process.Env, environment...)
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := process.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := process.Wait(); err != nil {
			said, _ := os.ReadFile(stderr.Name())
			t.Errorf("ending: %v\n%s", err, said)
		}
	})
	d := demonstration{url: "http://" + pages, smtp: mails, log: stderr.Name(), own: environment}
	eventually(t, "the server is ready", func() bool {
		answer, err := http.Get(d.url + "/readyz")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return d
}

// mail sends a mail of plain text to a forum.
func (d demonstration) mail(t *testing.T, from, to, subject, text string, more ...string) {
	t.Helper()
	headers := append([]string{"From: " + from, "To: " + to, "Subject: " + subject,
		"Message-ID: <" + url.QueryEscape(subject) + "@" + from[strings.Index(from, "@")+1:] + ">", "Content-Type: text/plain; charset=utf-8"}, more...)
	message := strings.Join(headers, "\r\n") + "\r\n\r\n" + text + "\r\n"
	if err := smtp.SendMail(d.smtp, nil, from, []string{to}, []byte(message)); err != nil {
		t.Fatal(err)
	}
}

// eventually tries often, and fails the test when patience is over.
func eventually(t *testing.T, what string, try func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !try() {
		select {
		case <-deadline.C:
			t.Fatalf("waited in vain until %s", what)
		case <-again.C:
		}
	}
}

// fillUp brings the demonstration to where its pages have most to show: mail
// of every fate, a matter sent back, two that the levels do not agree on, an
// agenda that went out and more of it that waits for the keys. It answers the
// pages of the two meetings, and those that only mails lead to.
func fillUp(t *testing.T, d demonstration) (meetings, mailed []string) {
	const address, asked, disputed = "samarbeidsrad@voss.example", "Opplæring i dialyse", "Elektronisk melding om dialyse"
	d.mail(t, "ukjend@fjern.example", address, "Kan eg melde inn dette", "Eg er ny her.")
	d.mail(t, "reklame@fjern.example", address, "Tilbod til kommunar", "Kjøp no.")
	d.mail(t, "helse@kvam.example", address, "Automatisk svar", "Eg er på ferie.", "Auto-Submitted: auto-replied")
	d.mail(t, "helse@kvam.example", address, "Transport av pasientar mellom kommunane", "Vi ber rådet drøfte ei felles ordning.")
	d.mail(t, "leiar@bjorkeli.example", address, asked, "Vi treng kurs for heimesjukepleia.")
	d.mail(t, "leiar@bjorkeli.example", address, disputed, "Vi ber om at kommunane tek i bruk meldinga.")

	b := newTab(t, d.url)
	b.stepInto(secretary)
	b.inForum()
	council := b.path()
	for _, subject := range []string{"Kan eg melde inn dette", "Tilbod til kommunar", b.say.T("page.held.noted", "Count", 1)} {
		b.awaits(council+"/held", subject)
	}
	b.press("Tilbod til kommunar")
	b.press(b.say.T("page.incoming.set_aside"))
	for _, title := range []string{"Transport av pasientar mellom kommunane", asked, disputed} {
		b.awaits(council+"/inbox", title)
	}

	for _, title := range []string{asked, disputed} {
		b.open(council + "/inbox")
		b.press(title)
		b.unfold(b.say.T("page.matter.other_ways"))
		b.choose("way", "return")
		b.write("reason", "Saka bør opp i underutvalet fyrst.")
		b.press(b.say.T("page.matter.remove_ask"))
		b.sees(b.say.T("notice.removal_asked"))
	}
	b.stepInto(otherSecretary)
	b.press(b.say.T("language.nn"))
	b.open(council + "/inbox")
	b.press(disputed)
	b.choose("answer", "no")
	b.write("objection", "Saka kan ikkje vente.")
	b.press(b.say.T("page.matter.answer_submit"))
	b.sees(b.say.T("notice.removal_contested"))
	return b.sendsOut("Transport av pasientar mellom kommunane")
}

// sendsOut lets an agenda with a guest go out, puts a supplement before the
// keys, and tells of a change of another meeting. It answers the pages of both
// meetings, and those of the guest and of a member.
func (b *tab) sendsOut(late string) (meetings, mailed []string) {
	const meeting = "/meetings/1"
	b.answers(meeting)
	b.stepInto(secretary)
	b.plansSeries()
	b.open(meeting)
	b.press(look[string](b, `document.querySelector('.agenda__line:has(a[href^="/matters/"]) .agenda__acts a').ariaLabel`))
	b.write("name", "Ungdomsrådet")
	b.write("address", "ungdom@fjern.example")
	b.choose("language", "nn")
	b.press(b.say.T("page.guest_new.submit"))
	b.asksForKeys(meeting)
	for _, holder := range []string{deputy, chair} {
		b.stepInto(holder)
		b.open(meeting + "/keys")
		b.press(b.say.T("page.keys.approve_all"))
	}
	b.stepInto(secretary)
	b.awaits(meeting+"/package", b.say.T("page.package.correct"))
	mailed = append(mailed, b.linkIn(b.mailTo(member), "/copy/"))

	b.inForum()
	b.open(b.path() + "/sent")
	b.awaits(b.path(), b.say.T("message_kind.guest"))
	invitation := look[string](b, `[...document.querySelectorAll("main li")].find(e => e.innerText.includes("ungdom@fjern.example")).querySelector("a").innerText`)
	mailed = append(mailed, b.linkIn(invitation, "/guest/"))

	tomorrow := b.callsForTomorrow()
	b.press(b.say.T("page.package.tell"))
	b.write("text", "Vi møtest i kantina.")
	b.press(b.say.T("page.notice.submit"))

	b.inForum()
	b.press(b.say.T("page.forum.inbox"))
	b.press(late)
	b.set("meeting", "1")
	b.press(b.say.T("page.matter.place_submit"))
	b.open(meeting + "/keys")
	b.press(b.say.T("page.keys.ask"))
	b.sees(b.say.T("notice.keys_asked"))
	b.stepInto(deputy)
	b.open(meeting + "/keys")
	b.objects(late, "Ambulansetenesta er ikkje spurd.")
	b.stepInto(secretary)
	b.corrects(meeting)
	return []string{meeting, tomorrow}, mailed
}

// answers lets some of those who are invited say whether they come.
func (b *tab) answers(meeting string) {
	for _, said := range []struct{ who, answer, comment string }{
		{deputy, "yes", ""}, {member, "yes", "Eg kjem med toget kl. 9.40."}, {chair, "yes", ""},
		{"Leiar, Voss DPS NKS Bjørkeli", "maybe", "Det kan bli vakt."}, {"Helse- og omsorgssjef, Vaksdal kommune", "no", "Eg er på kurs."},
	} {
		b.stepInto(said.who)
		b.open(meeting)
		b.choose("answer", said.answer)
		if said.comment != "" {
			b.write("comment", said.comment)
		}
		b.press(b.say.T("page.answer.submit"))
	}
}

// linkIn opens a mail by the link with a name, and answers where a link in it
// leads to whose path begins so.
func (b *tab) linkIn(name, begins string) string {
	b.Helper()
	b.press(name)
	b.awaits(b.path(), b.say.T("page.message.headers"))
	b.open(b.path() + "/body")
	return look[string](b, fmt.Sprintf(`document.querySelector('a[href*=%q]').pathname`, begins))
}
