package mail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// report is what a mail system tells of a mail to an address (RFC 3464), with the beginning of the mail that came back.
func report(action, status, mimeID string) string {
	return strings.ReplaceAll("From: MAILER-DAEMON@mx.kvam.example\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"+
		"--b\nContent-Type: text/plain\n\nThe mail system\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.kvam.example\n\n"+
		"Final-Recipient: rfc822; "+member+"\nAction: "+action+"\nStatus: "+status+"\nDiagnostic-Code: smtp; 550 no such user here\n\n"+
		"--b\nContent-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID: <"+mimeID+">\n\n--b--\n", "\n", "\r\n")
}

// TestComingBack has reports come in on an invitation that was handed over, to several addresses of ours.
func TestComingBack(t *testing.T) {
	const ours = "the message's own"
	for _, test := range []struct {
		name, action, status string
		to                   string // where it comes, or ours
		named                bool   // what came back has its Message-ID
		state                forum.MessageState
		stopped              bool
		reason               string
	}{
		{"no such mailbox", "failed", "5.1.1", ours, true, forum.CameBack, true, "noted.bounce"},
		{"only the address tells", "failed", "5.1.1", ours, false, forum.CameBack, true, "noted.bounce"},
		{"only the Message-ID tells", "failed", "5.1.1", council, true, forum.CameBack, true, "noted.bounce"},
		{"nothing tells which", "failed", "5.1.1", council, false, forum.HandedOver, false, "noted.bounce"},
		{"a wrong secret", "failed", "5.1.1", forum.TokenAddress(council, "b-aaaaaaaaaaaaaaaaaaaaaaaaaa"), false, forum.HandedOver, false, "noted.bounce"},
		{"another forum's address", "failed", "5.1.1", group, true, forum.HandedOver, false, "noted.bounce"},
		{"a full mailbox", "failed", "4.2.2", ours, true, forum.CameBack, false, "noted.bounce"},
		{"a delay", "delayed", "4.4.1", ours, true, forum.HandedOver, false, "noted.delay"},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				m, _ := h.invited()
				s := newSink(h.T, nil)
				h.must(h.outbox(relayTo(h.T, "smtp://"+s.address)).Send(h.Context(), m.ID))
				to, id := test.to, m.MIMEID
				if to == ours {
					to = s.all()[0].from
				}
				if !test.named {
					id = "somebody-else@mx.kvam.example"
				}
				h.deliver(report(test.action, test.status, id), to)
				h.drained(h.reader())
				base, _ := forum.SplitTokenAddress(to)
				if mail := h.only(base); mail.State != forum.Noted || mail.Reason != test.reason {
					h.Errorf("the report: %s, %s", mail.State, mail.Reason)
				}
				if got := h.message(m.ID).State; got != test.state {
					h.Errorf("the message: %s", got)
				}
				stopped := h.stopped()
				if got := len(stopped) == 1 && stopped[0].Address == member; got != test.stopped {
					h.Errorf("stopped: %+v", stopped)
				}
			})
		})
	}
}

// TestStoppedAddress has mail to an address stop, seen by who handles it, and go again on their word.
func TestStoppedAddress(t *testing.T) {
	onBoth(t, func(h *house) {
		m, _ := h.invited()
		s := newSink(h.T, nil)
		relay := relayTo(h.T, "smtp://"+s.address)
		h.must(h.outbox(relay).Send(h.Context(), m.ID))
		h.deliver(report("failed", "5.1.1", m.MIMEID), s.all()[0].from)
		h.drained(h.reader())
		in, by := h.forum(council), forum.AsPerson(h.person(secretary).ID)
		send := func(kind forum.MessageKind) forum.Message {
			h.write(func(ctx context.Context, tx forum.Tx) error {
				return forum.Send(ctx, tx, in, h.person(member), kind, matterFacts(nil))
			})
			all := h.sent(council)
			return all[len(all)-1]
		}
		stopped := send(forum.ReceiptMessage)
		if stopped.State != forum.Stopped {
			h.Fatalf("a mail to a stopped address is %s", stopped.State)
		}
		if got := send(forum.SignInMessage).State; got != forum.Queued {
			h.Errorf("a mail to sign in by is %s", got)
		}
		failures := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.FailurePage, error) {
			return forum.ReadFailures(ctx, tx, by)
		})
		if len(failures.Stopped) != 1 || failures.Stopped[0].Name != h.person(member).Name || len(failures.Returned) != 1 {
			h.Errorf("failures: %+v", failures)
		}
		people := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.PeoplePage, error) {
			return forum.ReadPeoplePage(ctx, tx, by, in.ID, "")
		})
		marked := 0
		for _, row := range people.Seats {
			if row.Stopped != nil {
				marked++
			}
		}
		if marked != 1 {
			h.Errorf("%d people are marked", marked)
		}
		try := func(do func(ctx context.Context, tx forum.Tx) error) error { return h.keeper.Write(h.Context(), do) }
		err := try(func(ctx context.Context, tx forum.Tx) error { return forum.SendAgain(ctx, tx, by, stopped.ID) })
		if !forum.IsKind(err, forum.Conflict) {
			h.Errorf("sent again to a stopped address: %v", err)
		}
		err = try(func(ctx context.Context, tx forum.Tx) error {
			return forum.ResumeMail(ctx, tx, forum.AsPerson(h.person(guest).ID), in.ID, member)
		})
		if !forum.IsKind(err, forum.Forbidden) {
			h.Errorf("somebody without the right: %v", err)
		}
		err = try(func(ctx context.Context, tx forum.Tx) error { return forum.ResumeMail(ctx, tx, by, in.ID, secretary) })
		if !forum.IsKind(err, forum.NotFound) {
			h.Errorf("an address that is not stopped: %v", err)
		}
		h.must(try(func(ctx context.Context, tx forum.Tx) error { return forum.ResumeMail(ctx, tx, by, in.ID, member) }))
		h.must(try(func(ctx context.Context, tx forum.Tx) error { return forum.SendAgain(ctx, tx, by, stopped.ID) }))
		h.must(h.outbox(relay).Send(h.Context(), stopped.ID))
		if got := h.message(stopped.ID).State; got != forum.HandedOver {
			h.Errorf("sent again it is %s", got)
		}
		page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MessagePage, error) {
			return forum.ReadMessagePage(ctx, tx, by, stopped.ID)
		})
		if len(page.Steps) != 1 || page.Steps[0].Kind != forum.SentAgainStep || page.Stopped != nil {
			h.Errorf("its page: %+v", page.Steps)
		}
	})
}

// TestOwnWord has a person say that the own address works.
func TestOwnWord(t *testing.T) {
	h := onSQLite(t)
	h.write(func(ctx context.Context, tx forum.Tx) error {
		return tx.SaveAddressTrouble(ctx, &forum.AddressTrouble{Address: member, At: h.now, StoppedAt: h.now})
	})
	by := forum.AsPerson(h.person(member).ID)
	if page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.SelfPage, error) {
		return forum.ReadSelfPage(ctx, tx, by)
	}); page.Stopped == nil {
		t.Error("the own page does not tell")
	}
	h.write(func(ctx context.Context, tx forum.Tx) error { return forum.ResumeOwnMail(ctx, tx, by) })
	err := h.keeper.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error { return forum.ResumeOwnMail(ctx, tx, by) })
	if !forum.IsKind(err, forum.Conflict) {
		t.Errorf("twice: %v", err)
	}
}

// TestRefusedAtTheDoor has a relay refuse a mail because the address is no more, which is the same as its coming back.
func TestRefusedAtTheDoor(t *testing.T) {
	for code, stops := range map[int]bool{550: true, 451: false} {
		h := onSQLite(t)
		m, _ := h.invited()
		s := newSink(t, nil)
		s.then(refusal(code, "no"))
		err := h.outbox(relayTo(t, "smtp://"+s.address)).Send(t.Context(), m.ID)
		if (err == nil) != stops {
			t.Errorf("%d: %v", code, err)
		}
		if got := len(h.stopped()); (got == 1) != stops {
			t.Errorf("%d: %d addresses are stopped", code, got)
		}
		page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MessagePage, error) {
			return forum.ReadMessagePage(ctx, tx, forum.AsPerson(h.person(secretary).ID), m.ID)
		})
		if len(page.Steps) != 1 || page.NextTry.IsZero() == !stops {
			t.Errorf("%d: %+v, next try %v", code, page.Steps, page.NextTry)
		}
	}
}

// TestAnsweredMessage shows on a message's page what came to its own address since.
func TestAnsweredMessage(t *testing.T) {
	h := onSQLite(t)
	m, facts := h.invited()
	h.now = h.now.Add(time.Hour)
	h.deliver(item(member, "Sv: Innkalling", "Eg kjem."), forum.TokenAddress(council, facts.Token))
	page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MessagePage, error) {
		return forum.ReadMessagePage(ctx, tx, forum.AsPerson(h.person(secretary).ID), m.ID)
	})
	if len(page.Answers) != 1 || !page.Answers[0].AcceptedAt.Equal(h.now) {
		t.Errorf("answers: %+v", page.Answers)
	}
}

// stopped are the addresses that get no mail.
func (h *house) stopped() []forum.AddressTrouble {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.AddressTrouble, error) {
		return tx.StoppedAddresses(ctx)
	})
}
