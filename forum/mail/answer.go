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
	entry, err := meantEntry(ctx, tx, m.Calendar.Entries)
	if err != nil {
		return forum.CalendarAnswer{}, err
	}
	said := forum.CalendarAnswer{
		Meeting: rule.about, UID: entry.UID, Sequence: entry.Sequence, Stamp: entry.Stamp, Comment: entry.Comment,
		Instance: entry.RecurrenceID, Counter: m.Calendar.Method == "COUNTER", Start: entry.Start, End: entry.End,
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
		if len(own.DelegatedTo) > 0 {
			said.Delegate = cutBytes(own.DelegatedTo[0], longestDelegate)
		}
		if own.Comment != "" {
			said.Comment = own.Comment
		}
	}
	return said, nil
}

const (
	longestDelegate = 254 // what an address may have (RFC 5321 § 4.5.3.1.3)
	mostInstances   = 100
)

// meantEntry is the entry of an object that a meeting of ours is: of several instances of a series the one that begins when the
// meeting does, else the one that speaks of no instance, else the first.
func meantEntry(ctx context.Context, tx forum.Tx, entries []calendar.Entry) (calendar.Entry, error) {
	for _, entry := range entries[:min(len(entries), mostInstances)] {
		if len(entries) == 1 || entry.RecurrenceID == "" {
			return entry, nil
		}
		meeting, err := tx.MeetingByUID(ctx, entry.UID)
		if err != nil && !forum.IsKind(err, forum.NotFound) {
			return entry, err
		}
		if err == nil && (forum.CalendarAnswer{Instance: entry.RecurrenceID}).Means(meeting) {
			return entry, nil
		}
	}
	return entries[0], nil
}
