package mail

import (
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
)

// guestAnswers reads the answers of guests' calendars; what else comes from a guest is for a secretary to read.
var guestAnswers = Handler{
	Admit: func(ctx context.Context, tx forum.Tx, token forum.AddressToken, m *Message) (hold string, err error) {
		guest, err := tx.Guest(ctx, forum.GuestID(token.Subject))
		switch {
		case err != nil:
			return "", err
		case m.Held != "":
			return m.Held, nil
		case m.FromCount != 1:
			return "held.no_single_author", nil
		case !strings.EqualFold(m.From.Address, guest.Address):
			return "held.wrong_token", nil
		case m.Kind != RSVP && m.Kind != Counter:
			return "held.reply", nil
		}
		return "", nil
	},
	Take: func(ctx context.Context, tx forum.Tx, mail Given) (forum.IncomingState, error) {
		m := mail.Message
		if m.Calendar == nil || len(m.Calendar.Entries) == 0 {
			return forum.HeldMail, forum.HoldMail(ctx, tx, mail.ID, mail.Reading, "held.answer_no_meeting", false)
		}
		entry := m.Calendar.Entries[0]
		said := forum.CalendarAnswer{UID: entry.UID, Sequence: entry.Sequence, Stamp: entry.Stamp, Counter: m.Calendar.Method == "COUNTER"}
		for _, a := range entry.Attendees {
			if said.PartStat == "" || strings.EqualFold(a.Address, m.From.Address) {
				said.PartStat = a.PartStat
			}
		}
		return forum.TakeMailedGuestAnswer(ctx, tx, mail.ID, forum.GuestID(mail.Token.Subject), mail.Reading, said)
	},
}
