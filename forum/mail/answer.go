package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
)

// takeAnswer does what a calendar's answer asks for its author.
func (r *Reader) takeAnswer(ctx context.Context, id forum.IncomingID, rule ruling, reading forum.Reading, m *Message) (state forum.IncomingState, err error) {
	if m.Calendar == nil || len(m.Calendar.Entries) == 0 {
		return r.put(ctx, id, reading, ruling{hold: "held.answer_no_meeting"})
	}
	err = r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		said, err := calendarAnswer(ctx, tx, rule, m)
		if err != nil {
			return err
		}
		state, err = forum.TakeMailedAnswer(ctx, tx, id, rule.author, reading, said)
		return err
	})
	return state, err
}

// calendarAnswer reads the one entry and participant that the answer is about. Of several participants it is the one
// whose address is the author's: some calendars repeat all of them.
func calendarAnswer(ctx context.Context, tx forum.Tx, rule ruling, m *Message) (forum.CalendarAnswer, error) {
	entry := m.Calendar.Entries[0]
	said := forum.CalendarAnswer{
		Meeting: rule.about, UID: entry.UID, Sequence: entry.Sequence, Stamp: entry.Stamp, Comment: entry.Comment,
		Counter: m.Calendar.Method == "COUNTER", Start: entry.Start, End: entry.End,
	}
	var own *calendar.Attendee
	for _, a := range entry.Attendees {
		if a.Address == "" {
			continue
		}
		said.Attendees = append(said.Attendees, a.Address)
		person, err := forum.WriterOf(ctx, tx, a.Address)
		if err != nil && !forum.IsKind(err, forum.NotFound) {
			return said, err
		}
		if err == nil && person.ID == rule.author && own == nil {
			own = &a
		}
	}
	if own == nil && len(entry.Attendees) == 1 {
		own = &entry.Attendees[0]
	}
	if own != nil {
		said.PartStat = own.PartStat
		if own.Comment != "" {
			said.Comment = own.Comment
		}
	}
	return said, nil
}
