package mail_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

const (
	calendarAnswer = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:%METHOD%\r\nBEGIN:VEVENT\r\nUID:uid\r\nDTSTAMP:20261019T083000Z\r\n" +
		"DTSTART:20261124T090000Z\r\nDTEND:20261124T120000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:medlem@kvam.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

func calendarMail(from, method string) string {
	head := strings.Join([]string{
		"From: <" + from + ">", "To: <" + council + ">", "Subject: Svar", "MIME-Version: 1.0", "Content-Type: text/calendar; method=" + method + "; charset=UTF-8",
	}, "\r\n")
	return head + "\r\n\r\n" + strings.ReplaceAll(calendarAnswer, "%METHOD%", method)
}

// TestRuling is what becomes of mail, by what it is, who wrote it and how sure that is.
func TestRuling(t *testing.T) {
	plain := func(from string, headers ...string) string {
		return item(from, "Felles rutine", "Vi ber om at rådet drøftar dette.", headers...)
	}
	const own = "the address with the member's token"
	nobodys := forum.TokenAddress(council, strings.Repeat("a", 26))
	bounced := "From: <mailer-daemon@kvam.example>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain\r\n\r\nfailed\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; medlem@kvam.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
	for _, test := range []struct {
		name      string
		raw       string
		to        string // the council when empty
		envelope  string // the author when empty
		untrusted bool
		demo      bool
		want      string // state, reason, and whether the writer is told
	}{
		{name: "a member's item", raw: passed("kvam.example") + plain(member), want: "understood"},
		{name: "a member's item, in the demonstration", raw: plain(member), demo: true, want: "understood"},
		{name: "a member's item, unproven", raw: plain(member), want: "held held.unauthenticated told"},
		{name: "a member's item, another relay's word", raw: strings.Replace(passed("kvam.example"), "mx.voss", "mx.evil", 1) + plain(member), want: "held held.unauthenticated told"},
		{name: "a member's item, another domain's proof", raw: passed("elsewhere.example") + plain(member), want: "held held.unauthenticated told"},
		{name: "the relay's word from who is no relay", raw: passed("kvam.example") + plain(member), untrusted: true, want: "held held.unauthenticated told"},
		{name: "the demonstration from elsewhere", raw: plain(member), demo: true, untrusted: true, want: "held held.unauthenticated told"},
		{name: "a stranger's item", raw: passed("elsewhere.example") + plain(stranger), want: "held held.unknown_sender told"},
		{name: "a stranger's item, unproven", raw: plain(stranger), want: "held held.unauthenticated told"},
		{name: "who may not propose", raw: passed("bergen.example") + plain(guest), want: "held held.no_right told"},
		{name: "two authors", raw: passed("kvam.example") + strings.Replace(plain(member), "From: <", "From: <"+stranger+">, <", 1), want: "held held.no_single_author"},
		{name: "a member's reply", raw: passed("kvam.example") + plain(member, "In-Reply-To: <x@y.example>"), want: "held held.reply"},
		{name: "an unproven reply", raw: plain(member, "In-Reply-To: <x@y.example>"), want: "held held.unauthenticated told"},
		{name: "a reply to the own token", raw: plain(member, "In-Reply-To: <x@y.example>"), to: own, want: "held held.reply"},
		{name: "a new mail to the own token", raw: plain(member), to: own, want: "held held.reply"},
		{name: "a reply to another's token", raw: passed("bergen.example") + plain(secretary, "In-Reply-To: <x@y.example>"), to: own, want: "held held.wrong_token told"},
		{name: "an item to a token that nobody has", raw: passed("kvam.example") + plain(member), to: nobodys, want: "held held.wrong_token told"},
		{name: "an answer to an invitation", raw: calendarMail(member, "REPLY"), to: own, want: "understood"},
		{name: "another time proposed", raw: calendarMail(member, "COUNTER"), to: own, want: "understood"},
		{name: "an answer without a return path", raw: calendarMail(member, "REPLY"), to: own, envelope: "<>", want: "understood"},
		{name: "an unproven answer without a return path", raw: calendarMail(member, "REPLY"), envelope: "<>", want: "held held.unauthenticated"},
		{name: "a stranger's answer", raw: calendarMail(stranger, "REPLY"), to: own, want: "held held.unauthenticated told"},
		{name: "a member's own invitation", raw: passed("kvam.example") + calendarMail(member, "REQUEST"), want: "held held.invitation"},
		{name: "a member's own cancellation", raw: passed("kvam.example") + calendarMail(member, "CANCEL"), want: "held held.invitation"},
		{name: "an identity number", raw: passed("kvam.example") + item(member, "Pasient", "Det gjeld 11077941012."), want: "held held.identity_number told"},
		{name: "no return path", raw: passed("kvam.example") + plain(member), envelope: "<>", want: "noted noted.auto-reply"},
		{name: "out of the office", raw: plain(member, "Auto-Submitted: auto-replied"), want: "noted noted.auto-reply"},
		{name: "mail from a list", raw: plain(member, "List-Id: <x.y>"), want: "noted noted.list"},
		{name: "our own mail", raw: plain(council, "X-Samraad-Message: 7"), want: "noted noted.loop"},
		{name: "a bounce", raw: bounced, envelope: "<>", want: "noted noted.bounce"},
		{name: "unreadable", raw: "\x00\x01\x02", want: "held held.unreadable"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			_, facts := h.invited()
			to := test.to
			switch to {
			case "":
				to = council
			case own:
				to = forum.TokenAddress(council, facts.Token)
			}
			envelope := test.envelope
			switch envelope {
			case "":
				envelope = "someone@kvam.example"
			case "<>":
				envelope = ""
			}
			h.write(func(ctx context.Context, tx forum.Tx) error {
				_, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: to, Envelope: envelope, Peer: "127.0.0.1:25", Trusted: !test.untrusted}, []byte(strings.Replace(test.raw, "UID:uid", "UID:"+facts.UID, 1)))
				return err
			})
			before := len(h.sent(council))
			reader := h.reader()
			reader.Demo = test.demo
			if n := h.drained(reader); n != 1 {
				t.Fatalf("%d mails were read", n)
			}
			got := h.only(council)
			words := []string{string(got.State)}
			if got.Reason != "" {
				words = append(words, got.Reason)
			}
			for _, m := range h.sent(council)[before:] {
				if m.Kind == forum.HeldMessage {
					words = append(words, "told")
				}
			}
			if said := strings.Join(words, " "); said != test.want {
				t.Errorf("got %q, want %q", said, test.want)
			}
		})
	}
}

// TestMailedItem follows an item with its papers to the inbox and back to its writer.
func TestMailedItem(t *testing.T) {
	onBoth(t, func(h *house) {
		h.invited()
		raw := passed("kvam.example") + strings.Join([]string{
			"From: Sjefen <Medlem@KVAM.example>", "To: <" + council + ">", "Subject: =?utf-8?q?Utskriving_i_helgane_=E2=80=93_felles_rutine?=", "MIME-Version: 1.0",
			"Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain; charset=utf-8", "", "Rådet bør drøfte dette.", "",
			"--b", "Content-Type: application/pdf", "Content-Disposition: attachment; filename=framlegg.pdf", "", "%PDF-1.4 x", "",
			"--b", "Content-Type: application/pdf", "Content-Disposition: attachment; filename=tom.pdf", "", "--b--", "",
		}, "\r\n")
		h.deliver(raw, council)
		h.deliver(raw, council)
		if n := h.drained(h.reader()); n != 1 {
			h.Fatalf("the same mail twice was read %d times", n)
		}
		got := h.only(council)
		want := forum.Reading{
			MailKind: "item", From: member, Subject: "Utskriving i helgane – felles rutine", Text: "Rådet bør drøfte dette.", Papers: []string{"framlegg.pdf", "tom.pdf"},
		}
		if diff := cmp.Diff(want, got.Reading); diff != "" || got.State != forum.Understood {
			h.Errorf("%s (-want +got):\n%s", got.State, diff)
		}
		matter := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) { return tx.Matter(ctx, got.MatterID) })
		if matter.Title != want.Subject || matter.Text != want.Text || matter.Proposer != h.person(member).ID || matter.Level != forum.Municipal || matter.MailID != got.ID {
			h.Errorf("the matter: %+v", matter)
		}
		papers := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Document, error) { return tx.Documents(ctx, matter.ID) })
		if len(papers) != 1 || papers[0].Name != "framlegg.pdf" || papers[0].Type != "application/pdf" {
			h.Fatalf("the papers: %+v", papers)
		}
		if content, err := readAll(h.files.Open(context.Background(), papers[0].Digest)); err != nil || !strings.HasPrefix(content, "%PDF-1.4 x") {
			h.Errorf("the paper: %q, %v", content, err)
		}
		h.receiptOf(matter, "framlegg.pdf", "tom.pdf (fila er tom)", "tysdag 24. november kl. 10.00")
	})
}

// receiptOf checks that the last message is the receipt of a matter and says something.
func (h *house) receiptOf(matter *forum.Matter, says ...string) {
	h.Helper()
	all := h.sent(council)
	last := all[len(all)-1]
	if last.Kind != forum.ReceiptMessage || last.To != member {
		h.Fatalf("the last message is a %s to %s", last.Kind, last.To)
	}
	c, err := mail.Compose(context.Background(), &last, url, nil)
	h.must(err)
	for _, words := range append(says, matter.Intake) {
		if !strings.Contains(c.Subject+c.Plain, words) {
			h.Errorf("the receipt does not say %q:\n%s\n%s", words, c.Subject, c.Plain)
		}
	}
}

// TestWhatIsTooLongIsKept gives titles and texts that no matter may have.
func TestWhatIsTooLongIsKept(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("ord ", 100))
	long := strings.TrimSpace(strings.Repeat("Lang tekst.\n", 20_000))
	for _, test := range []struct {
		name, subject, text string
		title, starts       string
		papers              int
	}{
		{"no subject", "", "Kan rådet sjå på dette?\nHelsing oss", "Kan rådet sjå på dette?", "Kan rådet", 0},
		{"nothing at all", "", "", "Utan tittel", "", 0},
		{"control characters", "=?utf-8?q?=01=02?=", "", "Utan tittel", "", 0},
		{"a long subject", words, "Kort.", strings.TrimSpace(strings.Repeat("ord ", 49)) + "…", words + "\n\nKort.", 0},
		{"a long text", "Lang", long, "Lang", "Lang tekst.\nLang", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			h.deliver(passed("kvam.example")+item(member, test.subject, test.text), council)
			h.drained(h.reader())
			got := h.only(council)
			if got.State != forum.Understood {
				t.Fatalf("%s: %s", got.State, got.Reason)
			}
			matter := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) { return tx.Matter(ctx, got.MatterID) })
			if matter.Title != test.title || !strings.HasPrefix(matter.Text, test.starts) {
				t.Errorf("title %q, text %.300q", matter.Title, matter.Text)
			}
			papers := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Document, error) { return tx.Documents(ctx, matter.ID) })
			if len(papers) != test.papers {
				t.Fatalf("%d papers", len(papers))
			}
			if test.papers == 1 {
				content, err := readAll(h.files.Open(context.Background(), papers[0].Digest))
				if err != nil || content != test.text || !strings.HasSuffix(matter.Text, "«Lang.txt».") {
					t.Errorf("%d of %d bytes are kept, %v; the text ends %q", len(content), len(test.text), err, matter.Text[len(matter.Text)-60:])
				}
			}
		})
	}
}

// TestReleased reads a held mail again after a secretary's word.
func TestReleased(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"a member's from home", item(stranger, "Heimanfrå", "Ei sak."), "understood"},
		{"a reply that is an item", passed("kvam.example") + item(member, "SV: Sak", "Ei sak."), "understood"},
		{"with an identity number", item(stranger, "Heimanfrå", "Det gjeld 11077941012."), "understood"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			h.deliver(test.raw, council)
			h.drained(h.reader())
			held, by, writer := h.only(council), forum.AsPerson(h.person(secretary).ID), h.person(member).ID
			if held.State != forum.HeldMail {
				t.Fatalf("not held but %s", held.State)
			}
			h.write(func(ctx context.Context, tx forum.Tx) error { return forum.ReleaseHeld(ctx, tx, by, held.ID, writer) })
			h.drained(h.reader())
			if got := h.only(council); string(got.State) != test.want {
				t.Errorf("got %s %s, want %s", got.State, got.Reason, test.want)
			}
		})
	}
}

// TestLearnedAddress releases a mail from an address that nobody has, and learns it: the next one is the member's when it is proven, and
// an answer too, until that is taken back. Nobody has the address by it.
func TestLearnedAddress(t *testing.T) {
	onBoth(t, func(h *house) {
		const private = "helsesjefen@privat.example"
		_, facts := h.invited()
		number := 0
		from := func(proof string) forum.Incoming {
			number++
			h.deliver(proof+strings.Replace(item(private, fmt.Sprint("Sak ", number), "Vi ber rådet drøfte dette."), "<1@", fmt.Sprintf("<%d@", number), 1), council)
			h.drained(h.reader())
			var newest forum.Incoming
			for _, m := range h.mails(council) {
				if m.ID > newest.ID {
					newest = m
				}
			}
			return newest
		}
		by, writer := forum.AsPerson(h.person(secretary).ID), h.person(member).ID
		held := from(passed("privat.example"))
		if held.State != forum.HeldMail {
			h.Fatalf("not held but %s", held.State)
		}
		h.write(func(ctx context.Context, tx forum.Tx) error {
			if err := forum.LearnWriter(ctx, tx, by, held.ID, writer); err != nil {
				return err
			}
			return forum.ReleaseHeld(ctx, tx, by, held.ID, writer)
		})
		h.drained(h.reader())
		if next := from(passed("privat.example")); next.State != forum.Understood {
			h.Errorf("the next is %s %s", next.State, next.Reason)
		}
		if forged := from(""); forged.State != forum.HeldMail || forged.Reason != mail.HeldUnauthenticated {
			h.Errorf("a forged one is %s %s", forged.State, forged.Reason)
		}
		h.now = h.now.Add(2 * time.Hour)
		h.deliver(passed("privat.example")+strings.NewReplacer(member, private, "UID:uid", "UID:"+facts.UID).Replace(calendarMail(member, "REPLY")), council)
		h.drained(h.reader())
		if answers := h.answers(); len(answers) != 1 || answers[0].PersonID != writer {
			h.Errorf("answers %+v", answers)
		}
		h.write(func(ctx context.Context, tx forum.Tx) error {
			_, err := tx.PersonByAddress(ctx, private)
			if !forum.IsKind(err, forum.NotFound) {
				h.Errorf("the address is somebody's to sign in with: %v", err)
			}
			return forum.UnlearnWriter(ctx, tx, by, held.ID)
		})
		if last := from(passed("privat.example")); last.State != forum.HeldMail || last.Reason != "held.unknown_sender" {
			h.Errorf("after it was taken back: %s %s", last.State, last.Reason)
		}
		deeds := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Deed, error) {
			return forum.History(ctx, tx, forum.MailObject(held.ID))
		})
		var said []string
		for _, d := range deeds {
			said = append(said, d.Deed)
		}
		if got := strings.Join(said, " "); !strings.Contains(got, "address_learned") || !strings.Contains(got, "address_unlearned") {
			h.Errorf("the log says %s", got)
		}
	})
}

// TestLearningIsRefused is what a secretary cannot say of an address, and who cannot say anything.
func TestLearningIsRefused(t *testing.T) {
	h := onSQLite(t)
	learn := func(by, from, writer string) error {
		h.deliver(passed(from[strings.LastIndex(from, "@")+1:])+item(from, "Sak "+from+writer, "Tekst.", "In-Reply-To: <x@y.example>", "X-N: "+by+writer), council)
		h.drained(h.reader())
		var newest forum.Incoming
		for _, m := range h.mails(council) {
			if m.ID > newest.ID {
				newest = m
			}
		}
		return h.keeper.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			return forum.LearnWriter(ctx, tx, forum.AsPerson(h.person(by).ID), newest.ID, h.person(writer).ID)
		})
	}
	for _, test := range []struct {
		name, by, from, writer string
		want                   forum.Kind
	}{
		{"by a member", member, stranger, member, forum.Forbidden},
		{"for who may not propose", secretary, stranger, guest, forum.Invalid},
		{"an address that another has", secretary, secretary, member, forum.Conflict},
		{"a forum's", secretary, group, member, forum.Invalid},
	} {
		if err := learn(test.by, test.from, test.writer); !forum.IsKind(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	h.must(learn(secretary, stranger, member))
	if err := learn(secretary, stranger, secretary); !forum.IsKind(err, forum.Conflict) {
		t.Errorf("an address that was learned of another: %v", err)
	}
}

// TestWhatCannotBeReadCannotBeReleased keeps a mail held that would only be held again.
func TestWhatCannotBeReadCannotBeReleased(t *testing.T) {
	h := onSQLite(t)
	h.deliver(passed("kvam.example")+"From: <"+member+">\r\nSubject: Djup\r\nMIME-Version: 1.0\r\n"+strings.Repeat("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 20), council)
	h.drained(h.reader())
	held, by, writer := h.only(council), forum.AsPerson(h.person(secretary).ID), h.person(member).ID
	if held.Readable() {
		t.Fatalf("held for %s, which can be read", held.Reason)
	}
	err := h.keeper.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error { return forum.ReleaseHeld(ctx, tx, by, held.ID, writer) })
	if !forum.IsKind(err, forum.Invalid) || h.only(council).State != forum.HeldMail {
		t.Errorf("released: %v", err)
	}
}

// TestARelayThatTriesAgain makes one matter of a mail that comes again with one more Received field.
func TestARelayThatTriesAgain(t *testing.T) {
	onBoth(t, func(h *house) {
		first := passed("kvam.example") + item(member, "Sak", "Ei sak.")
		other := passed("kvam.example") + strings.Replace(item(member, "Ei anna sak", "Ei anna sak."), "<1@kvam", "<2@kvam", 1)
		for _, raw := range []string{first, "Received: from retry\r\n" + first, other} {
			h.deliver(raw, council)
			h.drained(h.reader())
		}
		states := map[forum.IncomingState]int{}
		for _, mail := range h.mails(council) {
			states[mail.State]++
		}
		if states[forum.Understood] != 2 || states[forum.Noted] != 1 || states[forum.HeldMail] != 0 {
			h.Errorf("three mails became %v", states)
		}
	})
}

// TestRunIsWoken reads mail at once when it is told of it, and ends with its context.
func TestRunIsWoken(t *testing.T) {
	h := onSQLite(t)
	read := make(chan forum.IncomingState, 1)
	reader := h.reader()
	reader.Read = func(state forum.IncomingState) { read <- state }
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); reader.Run(ctx) }()
	h.deliver(passed("kvam.example")+item(member, "Sak", "Ei sak."), council)
	reader.Wake()
	select {
	case state := <-read:
		if state != forum.Understood {
			t.Errorf("the mail is %s", state)
		}
	case <-time.After(30 * time.Second):
		t.Error("the mail was not read")
	}
	cancel()
	<-ended
}
