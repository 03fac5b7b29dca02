package mail

import (
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
)

// guestRuling decides about a mail to an address that only one guest was given: the guest's calendar may answer, and what
// else comes from the guest is for a secretary to read.
func guestRuling(ctx context.Context, tx forum.Tx, id forum.GuestID, m *Message, answers bool) (ruling, error) {
	guest, err := tx.Guest(ctx, id)
	switch {
	case err != nil:
		return ruling{}, err
	case m.Held != "":
		return ruling{hold: m.Held}, nil
	case m.FromCount != 1:
		return ruling{hold: "held.no_single_author"}, nil
	case !strings.EqualFold(m.From.Address, guest.Address):
		return ruling{hold: "held.wrong_token"}, nil
	case !answers:
		return ruling{hold: "held.reply"}, nil
	}
	return ruling{guest: id}, nil
}

// takeGuestAnswer does what the answer of a guest's calendar asks.
func (r *Reader) takeGuestAnswer(ctx context.Context, id forum.IncomingID, guest forum.GuestID, reading forum.Reading, m *Message) (state forum.IncomingState, err error) {
	if m.Calendar == nil || len(m.Calendar.Entries) == 0 {
		return r.put(ctx, id, reading, ruling{hold: "held.answer_no_meeting"})
	}
	entry := m.Calendar.Entries[0]
	said := forum.CalendarAnswer{UID: entry.UID, Sequence: entry.Sequence, Stamp: entry.Stamp, Counter: m.Calendar.Method == "COUNTER"}
	for _, a := range entry.Attendees {
		if said.PartStat == "" || strings.EqualFold(a.Address, m.From.Address) {
			said.PartStat = a.PartStat
		}
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		state, err = forum.TakeMailedGuestAnswer(ctx, tx, id, guest, reading, said)
		return err
	})
	return state, err
}
