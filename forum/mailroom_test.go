package forum_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// accept commits a mail and gives its id.
func (h *house) accept(recipient, raw string) forum.IncomingID {
	h.Helper()
	done(h, accepted(recipient, raw))
	waiting := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Incoming, error) { return tx.NotUnderstood(ctx, 100) })
	if len(waiting) == 0 {
		h.Fatal("no mail waits")
	}
	return waiting[len(waiting)-1].ID
}

func accepted(recipient, raw string) act[bool] {
	return func(ctx context.Context, tx forum.Tx) (bool, error) {
		return forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: recipient, Envelope: vaksdal, Peer: "192.0.2.7:25"}, []byte(raw))
	}
}

func held(id forum.IncomingID, reading forum.Reading, reason string, tellWriter bool) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) {
		return nil, forum.HoldMail(ctx, tx, id, reading, reason, tellWriter)
	}
}

func taken(id forum.IncomingID, sender forum.PersonID) act[*forum.Matter] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
		return forum.TakeMailedItem(ctx, tx, id, sender, forum.Reading{MailKind: "item", From: vaksdal, Subject: "Felles beredskapsplan"}, mailedProposal)
	}
}

func released(by forum.Actor, id forum.IncomingID, writer forum.PersonID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) {
		return nil, forum.ReleaseHeld(ctx, tx, by, id, writer)
	}
}

func setAside(by forum.Actor, id forum.IncomingID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.SetMailAside(ctx, tx, by, id) }
}

func heldAgain(by forum.Actor, id forum.IncomingID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.HoldAgain(ctx, tx, by, id) }
}

func (h *house) mail(id forum.IncomingID) *forum.Incoming {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Incoming, error) { return tx.Incoming(ctx, id) })
}

func TestAcceptingMail(t *testing.T) {
	onBoth(t, func(h *house) {
		for name, c := range map[string]struct {
			recipient string
			want      string
		}{
			"to a forum":        {"raad@voss.example", ""},
			"in capitals":       {"Raad@VOSS.example", ""},
			"to a token":        {"raad+abc23@voss.example", ""},
			"to nobody":         {"nokon@voss.example", "not found: error.not_found.forum"},
			"to no address":     {"", "not found: error.not_found.forum"},
			"with a hard token": {"raad+'; DROP TABLE matters; --@voss.example", ""},
		} {
			h.Run(name, func(t *testing.T) {
				fresh, err := try(h, accepted(c.recipient, name))
				refused(t, err, c.want)
				if fresh != (c.want == "") {
					t.Errorf("fresh: %v", fresh)
				}
				again, err := try(h, accepted(c.recipient, name))
				refused(t, err, c.want)
				if again {
					t.Error("the same bytes to the same recipient are taken for another mail")
				}
			})
		}
	})
}

func TestAMailTakesEffectOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.accept("raad@voss.example", "Felles beredskapsplan")
		matter := done(h, taken(id, h.person(vaksdal)))
		h.wantLetters("receipt " + vaksdal)
		mail := h.mail(id)
		if mail.State != forum.Understood || mail.MatterID != matter.ID || mail.From != vaksdal || h.matter(matter.ID).MailID != id {
			h.Errorf("understood as %+v", mail)
		}
		_, err := try(h, taken(id, h.person(vaksdal)))
		refused(h.T, err, "conflict: error.mail.state.understood")
		_, err = try(h, held(id, forum.Reading{}, "held.unknown_sender", true))
		refused(h.T, err, "conflict: error.mail.state.understood")
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			return nil, forum.NoteMail(ctx, tx, id, forum.Reading{}, "noted.auto")
		})
		refused(h.T, err, "conflict: error.mail.state.understood")
		h.wantLetters()
		if n := len(seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Incoming, error) { return tx.NotUnderstood(ctx, 10) })); n != 0 {
			h.Errorf("%d mails still wait", n)
		}
	})
}

func TestAMailOfSomeoneWhoMayNotPropose(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.accept("raad@voss.example", "Felles beredskapsplan")
		for _, who := range []string{observing, former, outside} {
			_, err := try(h, taken(id, h.person(who)))
			refused(h.T, err, "forbidden: error.forbidden.propose_matter")
		}
		if state := h.mail(id).State; state != forum.Accepted {
			h.Errorf("the mail is %s", state)
		}
	})
}

func TestHeldMail(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		id := h.accept("raad@voss.example", "Felles beredskapsplan")
		reading := forum.Reading{MailKind: "item", From: "ukjend@kvam.example", Subject: "Felles beredskapsplan", Text: "Hei", Papers: []string{"plan.pdf"}}
		done(h, held(id, reading, "held.unknown_sender", true))
		letter := h.wantLetters("held ukjend@kvam.example")[0]
		want := forum.HeldFacts{Forum: "Samarbeidsrådet", Address: "raad@voss.example", Subject: "Felles beredskapsplan", Reason: "held.unknown_sender"}
		if diff := cmp.Diff(want, facts[forum.HeldFacts](h, letter)); diff != "" || letter.PersonID != 0 || letter.Language != forum.Nynorsk {
			h.Errorf("the writer, %d, is told in %s: %s", letter.PersonID, letter.Language, diff)
		}
		page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.HeldPage, error) {
			return forum.ReadHeldPage(ctx, tx, by, h.forum("raad"))
		})
		if page.Held.Count != 1 || len(page.Held.Newest) != 1 || page.Held.Newest[0].Reason != "held.unknown_sender" {
			h.Fatalf("the page shows %+v", page.Held)
		}
		if diff := cmp.Diff(reading, page.Held.Newest[0].Reading); diff != "" {
			h.Errorf("how it was read: %s", diff)
		}

		done(h, setAside(by, id))
		_, err := try(h, released(by, id, h.person(vaksdal)))
		refused(h.T, err, "conflict: error.mail.state.set-aside")
		done(h, heldAgain(h.as(hfSecretary), id))
		_, err = try(h, heldAgain(by, id))
		refused(h.T, err, "conflict: error.mail.state.held")
		for _, who := range []string{observing, former, outside} {
			_, err := try(h, released(by, id, h.person(who)))
			refused(h.T, err, "invalid: error.mail.writer on person")
		}
		done(h, released(by, id, h.person(vaksdal)))
		if mail := h.mail(id); mail.State != forum.Accepted || mail.SpeaksFor != h.person(vaksdal) || mail.HandledBy != by.Person {
			h.Errorf("released as %+v", mail)
		}
		_, err = try(h, setAside(by, id))
		refused(h.T, err, "conflict: error.mail.state.accepted")
		done(h, taken(id, h.mail(id).SpeaksFor))
		h.wantLetters("receipt " + vaksdal)
		if diff := cmp.Diff([]string{"forum_imported", "mail_held", "mail_set_aside", "mail_held_again", "mail_released", "matter_proposed"}, h.deeds("raad")); diff != "" {
			h.Errorf("deeds: %s", diff)
		}
	})
}

func TestAWriterIsToldOnceAnHour(t *testing.T) {
	onBoth(t, func(h *house) {
		n := 0
		hold := func(to, from string, tell bool) {
			h.Helper()
			n++
			id := h.accept(to, string(rune('a'+n)))
			done(h, held(id, forum.Reading{From: from}, "held.unknown_sender", tell))
			if state := h.mail(id).State; state != forum.HeldMail {
				h.Errorf("the mail is %s", state)
			}
		}
		hold("raad@voss.example", "ukjend@kvam.example", false)
		h.wantLetters()
		hold("raad@voss.example", "ukjend@kvam.example", true)
		h.wantLetters("held ukjend@kvam.example")
		h.now = h.now.Add(59 * time.Minute)
		hold("raad@voss.example", "Ukjend@Kvam.example", true)
		h.wantLetters()
		hold("raad@voss.example", "annan@kvam.example", true)
		h.wantLetters("held annan@kvam.example")
		hold("gruppe@voss.example", "ukjend@kvam.example", true)
		if letter := h.wantLetters("held ukjend@kvam.example")[0]; letter.Language != forum.English {
			h.Errorf("another forum's notice is in %s", letter.Language)
		}
		h.now = h.now.Add(time.Minute)
		hold("raad@voss.example", "ukjend@kvam.example", true)
		h.wantLetters("held ukjend@kvam.example")
		for _, nobody := range []string{"", "ikkje ei adresse", "a@b, c@d"} {
			hold("raad@voss.example", nobody, true)
		}
		h.wantLetters()
		hold("raad@voss.example", hfSecretary, true)
		if letter := h.wantLetters("held " + hfSecretary)[0]; letter.Language != forum.English || letter.PersonID != h.person(hfSecretary) {
			h.Errorf("someone known is told in %s", letter.Language)
		}
	})
}

func TestNotedMail(t *testing.T) {
	onBoth(t, func(h *house) {
		id := h.accept("raad@voss.example", "Eg er på ferie")
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			return nil, forum.NoteMail(ctx, tx, id, forum.Reading{MailKind: "auto-reply", From: vaksdal}, "noted.auto-reply")
		})
		if mail := h.mail(id); mail.State != forum.Noted || mail.MailKind != "auto-reply" || mail.Reason != "noted.auto-reply" {
			h.Errorf("noted as %+v", mail)
		}
		h.wantLetters()
	})
}

// fading is a transaction in which seats can be read so many times, and then the
// database is away.
type fading struct {
	forum.Tx
	left *int
}

func (f fading) Seats(ctx context.Context, in forum.ForumID, on forum.Date) ([]forum.Seat, error) {
	if *f.left--; *f.left < 0 {
		return nil, forum.Refuse(forum.Unavailable, "error.database")
	}
	return f.Tx.Seats(ctx, in, on)
}

func TestADatabaseThatIsAwayIsNotTheWritersFault(t *testing.T) {
	onBoth(t, func(h *house) {
		id, by, writer := h.accept("raad@voss.example", "Felles beredskapsplan"), h.as(ourSecretary), h.person(vaksdal)
		done(h, held(id, forum.Reading{}, "held.unknown_sender", false))
		released := false
		for reads := 0; !released; reads++ {
			left := reads
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (any, error) {
				return nil, forum.ReleaseHeld(ctx, fading{tx, &left}, by, id, writer)
			})
			if released = left >= 0; released {
				h.must(err)
			} else {
				refused(h.T, err, "unavailable: error.database")
			}
		}
	})
}
