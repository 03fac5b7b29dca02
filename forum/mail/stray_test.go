package mail_test

import (
	"bytes"
	"context"
	netmail "net/mail"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

const box = "samraad@kommune.example"

// shareMailbox gives the forums plus-addresses of one mailbox.
func (h *house) shareMailbox() (councilAt, groupAt string) {
	h.Helper()
	shared := map[string]string{}
	for _, at := range []string{council, group} {
		in := h.forum(at)
		in.Address = forum.TokenAddress(box, in.Key)
		h.write(func(ctx context.Context, tx forum.Tx) error { return tx.SaveForum(ctx, in) })
		shared[at] = in.Address
	}
	return shared[council], shared[group]
}

// TestMailWithoutItsTag finds the forum of a mail that came to a shared mailbox, also where its provider has taken the tag out of
// the address.
func TestMailWithoutItsTag(t *testing.T) {
	const uid, ours = "<uid>", "<ours>"
	for _, test := range []struct{ name, raw, to, want string }{
		{"with its tag", item(secretary, "Sak", "Ei sak."), "samraad+rehab@kommune.example", group},
		{"with the token of nobody", item(secretary, "Sak", "Ei sak."), "samraad+rehab+abc@kommune.example", group},
		{"from who sits in one forum", item(secretary, "Sak", "Ei sak."), box, council},
		{"from who sits in two", item(member, "Sak", "Ei sak."), box, council},
		{"from a stranger", item(stranger, "Sak", "Ei sak."), box, council},
		{"an answer to our mail", item(stranger, "SV: Sak", "Ja.", "In-Reply-To: <x@y.example>", "References: <a@b> "+ours+" <c@d>"), box, group},
		{"an answer to an invitation", strings.Replace(calendarMail(stranger, "REPLY"), "UID:uid", "UID:"+uid, 1), box, group},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			_, groupAt := h.shareMailbox()
			h.write(func(ctx context.Context, tx forum.Tx) error {
				in, err := tx.ForumByAddress(ctx, groupAt)
				if err != nil {
					return err
				}
				to, err := tx.PersonByAddress(ctx, member)
				if err != nil {
					return err
				}
				return forum.Send(ctx, tx, in, to, forum.ReceiptMessage, forum.MatterFacts{})
			})
			meeting := forum.Meeting{ForumID: h.forum(groupAt).ID, Form: forum.Ordinary, Slot: slot, State: forum.CalledMeeting, UID: "mote@voss.example"}
			h.write(func(ctx context.Context, tx forum.Tx) error { return tx.SaveMeeting(ctx, &meeting) })
			p := newProvider(h, nil, false)
			raw := strings.NewReplacer("To: <"+council+">", "To: <"+test.to+">", uid, meeting.UID, ours, "<"+h.sent(groupAt)[0].MIMEID+">").Replace(test.raw)
			p.arrives("INBOX", raw)
			p.look(p.mailbox("INBOX"))
			want := forum.TokenAddress(box, map[string]string{council: "raad", group: "rehab"}[test.want])
			if got := h.only(want); strings.Contains(test.to, "+") && got.Recipient != test.to || !strings.Contains(test.to, "+") && got.Recipient != want {
				t.Errorf("it came to %s", got.Recipient)
			}
		})
	}
}

// TestAnswerWithoutItsTag does what an answer to our mail asks although it did not come to the address that its writer was given,
// if the writer is proven; nobody else can do it by knowing what the mail was called.
func TestAnswerWithoutItsTag(t *testing.T) {
	for _, test := range []struct{ name, from, proof, named, want string }{
		{"its receiver", member, passed("kvam.example"), "", "understood"},
		{"its receiver, unproven", member, "", "", "held held.unauthenticated"},
		{"another member", secretary, passed("bergen.example"), "", "held held.reply"},
		{"its receiver, to a mail that we never sent", member, passed("kvam.example"), "<other@voss.example>", "held held.reply"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			matter, _ := commented(h)
			var told forum.Message
			for _, m := range h.sent(council) {
				if m.Kind == forum.CommentMessage && m.To == member {
					told = m
				}
			}
			named := test.named
			if named == "" {
				named = "<" + told.MIMEID + ">"
			}
			h.deliver(test.proof+item(test.from, "SV: Utskriving", "Helgane går fint.", "In-Reply-To: "+named), council)
			h.drained(h.reader())
			got := h.only(council)
			if said := strings.TrimSpace(string(got.State) + " " + got.Reason); said != test.want {
				t.Errorf("the answer is %s, want %s", said, test.want)
			}
			wanted := 1
			if test.want == "understood" {
				wanted = 2
			}
			if thread := h.thread(matter); len(thread) != wanted {
				t.Errorf("the thread: %v", thread)
			}
		})
	}
}

// TestEveryLetterTellsItsToken reads of each message to which address its answers go.
func TestEveryLetterTellsItsToken(t *testing.T) {
	for _, l := range letters() {
		m := l.message(forum.Nynorsk)
		c, err := mail.Compose(t.Context(), m, url, papers)
		if err != nil {
			t.Fatalf("%s: %v", l.name, err)
		}
		parsed, err := netmail.ReadMessage(bytes.NewReader(c.Raw))
		if err != nil {
			t.Fatal(err)
		}
		answers, err := parsed.Header.AddressList("Reply-To")
		if err != nil {
			t.Fatal(err)
		}
		if _, sent := forum.SplitTokenAddress(answers[0].Address); sent != mail.TokenIn(m) {
			t.Errorf("%s: answers go to %s, and its facts tell %q", l.name, answers[0].Address, mail.TokenIn(m))
		}
	}
}
