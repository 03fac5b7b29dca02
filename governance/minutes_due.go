package governance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

const (
	// lookBack is for how long after a meeting its minutes are asked for.
	lookBack = 120 * 24 * time.Hour
	// minutesAhead is how long before their deadline the secretaries are reminded of minutes.
	minutesAhead = 3 * 24 * time.Hour
	// unprintedAfter is how long minutes may be approved before it is made sure that a job still prints them.
	unprintedAfter = 15 * time.Minute
)

// MinutesOwed is why secretaries are reminded of a meeting that was held.
const MinutesOwed forum.Cause = "minutes"

// PrintMinutes makes the PDF of approved minutes.
func PrintMinutes(id MinutesID) forum.Job { return forum.Chore{Name: MinutesChore, ID: int64(id)} }

// MinutesChore names that job.
const MinutesChore = "print_minutes"

// minutesDue ends meetings whose time is over, approves by silence what key-holders
// did not object to, and reminds of what is owed, each in a transaction of its own.
func minutesDue(ctx context.Context, keeper forum.Keeper, almanac forum.Almanac) error {
	var over, owed []forum.MeetingID
	var open, unprinted []MinutesID
	err := keeper.Read(ctx, func(ctx context.Context, of forum.Tx) error {
		tx := In(of)
		meetings, err := tx.MeetingsAhead(ctx, tx.Now().Add(-lookBack))
		if err != nil {
			return err
		}
		over, owed, open = nil, nil, nil
		for _, m := range meetings {
			if m.Hold(tx.Now()) == nil {
				over = append(over, m.ID)
			}
			if m.State == forum.HeldMeeting || m.Hold(tx.Now()) == nil {
				owed = append(owed, m.ID)
			}
		}
		all, err := tx.MinutesOpen(ctx)
		if err != nil {
			return err
		}
		for _, of := range all {
			if of.State == KeyedMinutes {
				open = append(open, of.ID)
			}
		}
		unprinted, err = tx.MinutesUnprinted(ctx, tx.Now().Add(-unprintedAfter))
		return err
	})
	each := func(id forum.MeetingID, act func(context.Context, Tx, forum.MeetingID) error) {
		err = errors.Join(err, keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return act(ctx, In(tx), id) }))
	}
	for _, id := range over {
		each(id, holdMeeting)
	}
	for _, id := range open {
		err = errors.Join(err, keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return closeMinutes(ctx, In(tx), id) }))
	}
	for _, id := range owed {
		each(id, func(ctx context.Context, tx Tx, id forum.MeetingID) error {
			return remindOfMinutes(ctx, tx, almanac, id)
		})
	}
	if len(unprinted) == 0 {
		return err
	}
	return errors.Join(err, keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		jobs := make([]forum.Job, len(unprinted))
		for i, id := range unprinted {
			jobs[i] = PrintMinutes(id)
		}
		_, err := tx.Nudge(ctx, jobs...)
		return err
	}))
}

// holdMeeting ends a meeting whose time is over. Doing it again changes nothing.
func holdMeeting(ctx context.Context, tx Tx, id forum.MeetingID) error {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return err
	}
	if m.Hold(tx.Now()) != nil {
		return nil
	}
	if err := tx.SaveMeeting(ctx, m); err != nil {
		return err
	}
	return tx.Record(ctx, forum.Event{
		ForumID: m.ForumID, At: tx.Now(), Deed: "meeting_held", Object: forum.MeetingObject(m.ID), Details: map[string]string{"Start": m.Start.Format(time.RFC3339)},
	})
}

// remindOfMinutes reminds each secretary once, shortly before their deadline, of
// minutes that are not out.
func remindOfMinutes(ctx context.Context, tx Tx, almanac forum.Almanac, id forum.MeetingID) error {
	m, err := tx.Meeting(ctx, id)
	if err != nil || m.State != forum.HeldMeeting {
		return err
	}
	mandate, err := forum.MandateOn(ctx, tx, m.ForumID, forum.DateOf(m.Start))
	if err != nil {
		return err
	}
	due := mandate.Deadlines.MinutesDue(m.End)
	wanted := forum.Span{Start: due.Add(-minutesAhead), End: due}
	if !wanted.Holds(tx.Now()) || !forum.Remindable(almanac, due, tx.Now()) {
		return nil
	}
	reminded, err := tx.Reminders(ctx, id)
	if err != nil {
		return err
	}
	secretaries, err := forum.Holders(ctx, tx, m.ForumID, WriteMinutes, "")
	if err != nil {
		return err
	}
	secretaries = slices.DeleteFunc(secretaries, func(p forum.PersonID) bool {
		return slices.ContainsFunc(reminded, func(r forum.Reminder) bool { return r.PersonID == p && r.Cause == MinutesOwed })
	})
	if len(secretaries) == 0 {
		return nil
	}
	in, facts, err := minutesFacts(ctx, tx, m, &Minutes{Number: 1})
	if err != nil {
		return err
	}
	facts.Deadline = due
	for _, person := range secretaries {
		to, err := tx.Person(ctx, person)
		if err != nil {
			return err
		}
		if err := tx.SaveReminder(ctx, &forum.Reminder{PersonID: person, MeetingID: id, Cause: MinutesOwed, RemindedAt: tx.Now()}); err != nil {
			return err
		}
		facts.Person = to.Name
		if err := forum.Send(ctx, tx, in, to, MinutesOwedMessage, facts); err != nil {
			return err
		}
	}
	return tx.Record(ctx, forum.Event{
		ForumID: m.ForumID, At: tx.Now(), Deed: "minutes_reminded", Object: forum.MeetingObject(id), Details: map[string]string{"People": fmt.Sprint(len(secretaries))},
	})
}
