package forum

import (
	"context"
	"errors"
	"fmt"
)

// PlanMeeting makes a draft of a meeting for a secretary.
func PlanMeeting(ctx context.Context, tx Tx, by Actor, in ForumID, form MeetingForm, slot Slot) (*Meeting, error) {
	standing, err := by.May(ctx, tx, PlanIt, in)
	if err != nil {
		return nil, err
	}
	deadlines, err := deadlinesFor(ctx, tx, in, slot)
	if err != nil {
		return nil, errors.Join(err, form.check())
	}
	m, err := Plan(in, form, slot, deadlines, NewSecret(), tx.Now())
	if err != nil {
		return nil, err
	}
	if err := tx.SaveMeeting(ctx, m); err != nil {
		return nil, err
	}
	return m, recordMeeting(ctx, tx, by, standing, m, "meeting_planned")
}

// deadlinesFor are those of the mandate that is in force on a slot's day.
func deadlinesFor(ctx context.Context, tx Tx, in ForumID, slot Slot) (Deadlines, error) {
	if err := slot.check(tx.Now()); err != nil {
		return Deadlines{}, err
	}
	mandate, err := tx.Mandate(ctx, in, DateOf(slot.Start))
	if IsKind(err, NotFound) {
		return Deadlines{}, Refuse(Invalid, "error.meeting.no_mandate").On("start")
	}
	if err != nil {
		return Deadlines{}, err
	}
	return mandate.Deadlines, nil
}

// CallMeeting invites everyone who has a seat, once each.
func CallMeeting(ctx context.Context, tx Tx, by Actor, id MeetingID) (*Meeting, error) {
	return changeMeeting(ctx, tx, by, id, CallIt, "meeting_called", func(m *Meeting) error {
		return m.Call(tx.Now())
	})
}

// MoveMeeting gives a meeting another time or place; those invited get an update.
func MoveMeeting(ctx context.Context, tx Tx, by Actor, id MeetingID, to Slot) (*Meeting, error) {
	return changeMeeting(ctx, tx, by, id, MoveIt, "meeting_moved", func(m *Meeting) error {
		deadlines, err := deadlinesFor(ctx, tx, m.ForumID, to)
		if err != nil {
			return err
		}
		return m.Move(to, deadlines, tx.Now())
	})
}

// CancelMeeting calls a meeting off; those invited get a cancellation, and what
// stood on its agenda goes back to the inbox.
func CancelMeeting(ctx context.Context, tx Tx, by Actor, id MeetingID, reason string) (*Meeting, error) {
	m, err := changeMeeting(ctx, tx, by, id, CancelIt, "meeting_cancelled", func(m *Meeting) error {
		return m.Cancel(reason)
	})
	if err != nil {
		return nil, err
	}
	return m, emptyAgenda(ctx, tx, by, m)
}

// changeMeeting asks for the right, changes the meeting by a rule, saves and
// records it, and lets the calendars of those invited follow.
func changeMeeting(ctx context.Context, tx Tx, by Actor, id MeetingID, right Right, deed string, rule func(*Meeting) error) (*Meeting, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, right, m.ForumID)
	if err != nil {
		return nil, err
	}
	before := *m
	if err := rule(m); err != nil {
		return nil, err
	}
	if err := tx.SaveMeeting(ctx, m); err != nil {
		return nil, err
	}
	if err := carryEdition(ctx, tx, m); err != nil {
		return nil, err
	}
	if err := recordMeeting(ctx, tx, by, standing, m, deed); err != nil {
		return nil, err
	}
	if before.State == DraftMeeting && m.State != CalledMeeting {
		return m, nil // nobody was ever invited
	}
	var notice *Edition // of a change that comes too late for anything slower
	if before.State != DraftMeeting && (before.TakesNotice(tx.Now()) || m.TakesNotice(tx.Now())) {
		if notice, err = newNotice(ctx, tx, by, m); err != nil {
			return nil, err
		}
	}
	if err := invite(ctx, tx, m, notice); err != nil {
		return nil, err
	}
	return m, settleAgenda(ctx, tx, by, m)
}

func recordMeeting(ctx context.Context, tx Tx, by Actor, as Standing, m *Meeting, deed string) error {
	return tx.Record(ctx, Event{
		ForumID: m.ForumID, At: tx.Now(), PersonID: by.Person, Level: as.Level, Deed: deed, Object: MeetingObject(m.ID),
		Details: map[string]string{
			"Start": m.Start.Format("2006-01-02T15:04:05Z07:00"), "Place": m.Place, "Sequence": fmt.Sprint(m.Sequence), "Reason": m.Reason,
		},
	})
}
