package mail_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// guestInvited calls a meeting with a guest of one line, and gives the guest's invitation.
func (h *house) guestInvited() (facts forum.GuestFacts) {
	h.Helper()
	_, invitation := h.invited()
	by, in := forum.AsPerson(h.person(secretary).ID), h.forum(council).ID
	h.write(func(ctx context.Context, tx forum.Tx) error {
		matter, err := forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: "Legevakt", Source: forum.ByWeb})
		if err != nil {
			return err
		}
		if _, err := forum.PlaceMatter(ctx, tx, by, matter.ID, invitation.Meeting); err != nil {
			return err
		}
		_, err = forum.InviteGuest(ctx, tx, by, invitation.Meeting, "item-1", "Fastlege", stranger, forum.Nynorsk)
		return err
	})
	for _, m := range h.sent(council) {
		if m.Kind == forum.GuestMessage {
			h.must(json.Unmarshal(m.Facts, &facts))
		}
	}
	return facts
}

// TestAGuestsCalendarAnswers takes a no as each client writes it, to the guest's own address.
func TestAGuestsCalendarAnswers(t *testing.T) {
	for _, client := range clients {
		t.Run(client, func(t *testing.T) {
			onBoth(t, func(h *house) {
				facts := h.guestInvited()
				h.now = h.now.Add(6 * time.Hour)
				own := forum.TokenAddress(council, facts.Token)
				answer := strings.ReplaceAll(clientReply(h.T, client, own, facts.UID, "DECLINED", 0, made.Add(time.Hour)), member, stranger)
				h.deliver(answer, own)
				h.drained(h.reader())
				if m := h.only(council); m.State != forum.Understood {
					h.Fatalf("the mail is %s %s", m.State, m.Reason)
				}
				guest := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) { return tx.Guest(ctx, 1) })
				if reply, _ := guest.Answer(); reply != forum.NotComing || !guest.RepliedAt.Equal(made.Add(time.Hour)) {
					h.Errorf("the guest is %+v", guest)
				}
			})
		})
	}
}

// TestGuestAnswersOutOfPlace is what becomes of answers that are another's, or to something else.
func TestGuestAnswersOutOfPlace(t *testing.T) {
	for name, c := range map[string]struct {
		partStat string
		sequence int
		change   func(raw string) string
		want     string
	}{
		"from somebody else":    {"DECLINED", 0, func(raw string) string { return strings.ReplaceAll(raw, stranger, member) }, "held held.wrong_token"},
		"to another invitation": {"DECLINED", 0, func(raw string) string { return strings.Replace(raw, "UID:", "UID:x", 1) }, "held held.answer_other_meeting"},
		"to what was not sent":  {"DECLINED", 4, nil, "held held.answer_ahead"},
		"a delegate":            {"DELEGATED", 0, nil, "held held.answer_delegated"},
		"a delegate by address": {"DELEGATED", 0, strings.NewReplacer("PARTSTAT=DELEGATED", "PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:x@y.example\"").Replace, "held held.answer_delegated"},
		"a mail in words": {"DECLINED", 0, func(raw string) string {
			head, _, _ := strings.Cut(raw, "Content-Type:")
			return head + "In-Reply-To: <1@voss.example>\r\n\r\nEg kjem gjerne.\r\n"
		}, "held held.reply"},
		"an identity number": {"DECLINED", 0, func(raw string) string { return strings.Replace(raw, "ferie", "01819010001", 1) }, "held held.identity_number"},
	} {
		t.Run(name, func(t *testing.T) {
			h := onSQLite(t)
			facts := h.guestInvited()
			h.now = h.now.Add(6 * time.Hour)
			own := forum.TokenAddress(council, facts.Token)
			raw := strings.ReplaceAll(clientReply(h.T, "thunderbird", own, facts.UID, c.partStat, c.sequence, made.Add(time.Hour)), member, stranger)
			if c.change != nil {
				raw = c.change(raw)
			}
			h.deliver(raw, own)
			h.drained(h.reader())
			if m := h.only(council); string(m.State)+" "+m.Reason != c.want {
				h.Errorf("it is %s %s", m.State, m.Reason)
			}
			if guest := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Guest, error) { return tx.Guest(ctx, 1) }); guest.Reply != "" {
				h.Errorf("the guest answered %s", guest.Reply)
			}
		})
	}
}
