package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func mailPath(id forum.IncomingID) string { return pages.IncomingAddress(id) }

// TestLongListsSayThatTheyGoOn shows the newest of what is held and of what
// failed, and how much there is.
func TestLongListsSayThatTheyGoOn(t *testing.T) {
	s := onSQLite(t)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		in, err := tx.ForumByAddress(ctx, "raad@voss.example")
		if err != nil {
			return err
		}
		for n := range 201 {
			mail := forum.Incoming{ForumID: in.ID, Recipient: in.Address, AcceptedAt: tx.Now(), State: forum.Noted, Reading: forum.Reading{Subject: fmt.Sprintf("Fråvær %03d", n)}}
			_, err := tx.AcceptMail(ctx, &mail, []byte(mail.Subject))
			lost := forum.Message{ForumID: in.ID, To: member, Kind: forum.HeldMessage, Language: forum.Nynorsk, CreatedAt: tx.Now(), State: forum.Failed, Trouble: mail.Subject}
			if err := errors.Join(err, tx.SaveMessage(ctx, &lost)); err != nil {
				return err
			}
		}
		return nil
	})
	b := s.as(secretary)
	for _, path := range []string{council + "/held", "/failed"} {
		b.get(path).has(t, "Fråvær 200", "Fråvær 001", "Her står dei 200 nyaste av 201.").lacks(t, "Fråvær 000")
	}
	b.get(council+"/held").has(t, "Berre tekne vare på (201)")
}

// TestHeldMail releases a held mail as a member's, sets one aside and takes
// that back.
func TestHeldMail(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	known, unknown := s.deliver(member, "Sak frå eit medlem"), s.deliver("ukjend@nokon.example", "Sak frå ein ukjend")
	b.get("/").has(t, "2 e-postar haldne tilbake")
	b.get(council+"/held").has(t, "Sak frå eit medlem", "ukjend@nokon.example", "Avsendaren er ikkje registrert som medlem")

	page := b.get(mailPath(known)).is(t, http.StatusOK).has(t, "Hei &lt;b&gt;råd&lt;/b&gt;", "notat.pdf", "Slepp gjennom som Medlem", "selected>Medlem, Vaksdal kommune")
	page.lacks(t, "<b>råd</b>")
	raw := b.get(mailPath(known)+"/raw").is(t, http.StatusOK)
	if raw.header.Get("Content-Type") != "text/plain; charset=utf-8" || !strings.HasPrefix(raw.body, "From: "+member) {
		t.Errorf("the source is %s: %q", raw.header.Get("Content-Type"), raw.body)
	}
	b.get(mailPath(unknown)).lacks(t, "selected>Medlem")
	b.post(mailPath(unknown)+"/release").is(t, http.StatusUnprocessableEntity).has(t, "Vel ein som kan melde inn saker")

	b.post(mailPath(known)+"/release", "person", fmt.Sprint(s.actor(member).Person)).is(t, http.StatusOK).has(t, "E-posten blir lesen på nytt")
	select {
	case <-s.woken:
	default:
		t.Error("the mailroom was not woken")
	}
	b.post(mailPath(known)+"/set-aside").is(t, http.StatusConflict)

	b.post(mailPath(unknown)+"/set-aside").is(t, http.StatusOK).has(t, "E-posten er lagd til side", mailPath(unknown)+"/hold")
	b.get(council+"/held").has(t, "Lagde til side (1)")
	b.post(mailPath(unknown)+"/hold").is(t, http.StatusOK).has(t, "E-posten er halden tilbake att", "La e-posten til side")
	s.as(member).get(mailPath(unknown)).is(t, http.StatusForbidden)
}

// invitation is a message as the mail door writes it.
const invitation = "From: =?utf-8?q?Samarbeidsr=C3=A5det?= <raad@voss.example>\r\nTo: medlem@vaksdal.example\r\nSubject: Innkalling\r\n" +
	"Reply-To: raad+abc@voss.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n" +
	"--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
	"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVelkomen til møte\r\n" +
	"--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p style=\"color:red\">Velkomen til <b>møte</b></p><script>alert(1)</script>\r\n--a--\r\n" +
	"--m\r\nContent-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment; filename=invite.ics\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--m--\r\n"

// written gives the first message that a forum sent its bytes, and a state.
func (s *stage) written(raw string, state forum.MessageState) forum.Message {
	s.Helper()
	var message forum.Message
	s.write(func(ctx context.Context, tx forum.Tx) error {
		messages, err := tx.Messages(ctx, 1, 0, 100)
		if err != nil {
			return err
		}
		message = messages[len(messages)-1]
		piece, err := tx.SavePiece(ctx, []byte(raw))
		if err != nil {
			return err
		}
		message.Contents, message.Subject, message.State, message.Attempts = []forum.Digest{piece}, "Innkalling", state, 3
		if state == forum.Failed {
			message.Trouble = "550 no such user"
		}
		return tx.SaveMessage(ctx, &message)
	})
	return message
}

// TestMessageAsReceived shows an outgoing message as its receiver sees it,
// without letting it do anything.
func TestMessageAsReceived(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	meeting := b.meeting()
	b.post(meeting+"/call").is(t, http.StatusOK)
	message := s.written(invitation, forum.KeptHere)
	path := pages.MessageAddress(message.ID)
	b.get(path).is(t, http.StatusOK).has(t, "Samarbeidsrådet &lt;raad@voss.example&gt;", "raad+abc@voss.example", "Velkomen til møte", `<iframe title="Slik mottakaren ser brevet"`, path+"/invite.ics").
		lacks(t, "alert(1)", "color:red")
	body := b.get(path+"/body").is(t, http.StatusOK).has(t, "Velkomen til <b>møte</b>")
	body.has(t, `<p class="own-1">`, ".own-1{color:red}").lacks(t, `style="`)
	invite := b.get(path+"/invite.ics").is(t, http.StatusOK)
	if !strings.HasPrefix(invite.body, "BEGIN:VCALENDAR") || invite.header.Get("Content-Disposition") != "attachment; filename=invite.ics" {
		t.Errorf("the invitation is %q, %q", invite.header.Get("Content-Disposition"), invite.body)
	}
	if raw := b.get(path + "/raw"); raw.body != invitation || raw.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("the source is %s", raw.header.Get("Content-Type"))
	}

	// Whom it is to sees it too, others of the forum do not.
	s.write(func(ctx context.Context, tx forum.Tx) error {
		message.PersonID = s.actor(member).Person
		return tx.SaveMessage(ctx, &message)
	})
	s.as(member).get(path).is(t, http.StatusOK)
	s.as(hospital).get(path).is(t, http.StatusForbidden)
}

func TestUnwrittenMessage(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	b.post(b.meeting()+"/call").is(t, http.StatusOK)
	b.get("/messages/1").is(t, http.StatusOK).has(t, "ikkje skrive enno")
	for _, part := range []string{"body", "raw", "invite.ics"} {
		b.get("/messages/1/"+part).is(t, http.StatusNotFound).has(t, "Brevet er ikkje skrive enno")
	}
}

func TestFailedMessages(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	b.get("/failed").is(t, http.StatusOK).has(t, "Alt er levert")
	b.post(b.meeting()+"/call").is(t, http.StatusOK)
	message := s.written("Subject: Innkalling\r\n\r\nHei\r\n", forum.Failed)
	b.get("/").has(t, "1 brev kunne ikkje leverast")
	b.get("/failed").has(t, "550 no such user", "3 forsøk")
	s.as(member).get("/failed").is(t, http.StatusOK).lacks(t, "550 no such user")
	again := pages.MessageAddress(message.ID) + "/again"
	b.post(again, "back", "failed").is(t, http.StatusOK).has(t, "Brevet er i kø på nytt", "Alt er levert")
	b.post(again).is(t, http.StatusConflict).has(t, "Brevet ligg alt i kø")
	b.get(pages.MessageAddress(message.ID)+"/invite.ics").is(t, http.StatusNotFound).has(t, "inga innkalling")
}
